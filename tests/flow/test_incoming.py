"""What comes in by files, uploads and pastes is kept with what it was made of; what no reader reads is kept and said."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from documents import make_docx, make_pdf
from factories import make_report
from waqai.core import Incoming, Notice, Report
from waqai.flow import Chain, Store, add_reports, incoming_of_paste, iter_incoming, iter_outcomes, load_settings, now, report_of_paste
from waqai.flow.doors import iter_uploaded
from waqai.languages import find_recognised
from waqai.originals import find_retrievals, get_content, verify_originals

SENTENCE = "Twelve men escaped from a jail in Raqqa, Syria, on Monday, police said."
PAGE = f"<html><head><title>Escape</title></head><body><article>{'<p>' + SENTENCE + ' Nobody was hurt, the police said.</p>'}</article></body></html>"
ARABIC = "هرب ثلاثة رجال من سجن البلدة ليلة الاثنين، وقالت الشرطة إن اثنين منهم أعيدا في الصباح. ولم يذكر أحد كيف فتحوا الباب."


def came(path: Path, chain: Chain, store: Store) -> list[Report]:
    found: list[Report] = []
    add_reports(iter_incoming([path], settings=load_settings()), chain, store, on_report=found.append)
    return found


def test_a_file_that_is_one_report_is_kept_to_the_byte(chain: Chain, store: Store, tmp_path: Path) -> None:
    files = {
        "page.html": (PAGE.encode(), "text/html", "article text by trafilatura "),
        "plain.txt": (SENTENCE.encode(), "text/plain", "the file's characters as they are"),
        "wide.txt": (("Wide: " + SENTENCE).encode("utf-16"), "text/plain", "the file's characters as they are"),
        "paper.pdf": (make_pdf([f"Printed: {SENTENCE}"]), "application/pdf", "the pages' text by pypdf "),
        "paper.docx": (
            make_docx([f"Typed: {SENTENCE}"]),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "the paragraphs' text by python-docx ",
        ),
    }
    for name, (content, media_type, made_text) in files.items():
        path = tmp_path / name
        path.write_bytes(content)
        (report,) = came(path, chain, store)
        (custody,) = find_retrievals(report.sha256, store)
        assert get_content(custody.original_sha256, store) == content
        assert (custody.media_type, custody.size, custody.retrieval.how, custody.retrieval.address) == (media_type, len(content), "file", str(path))
        assert custody.made_text.startswith(made_text)
    assert verify_originals(store).originals == len(files)


def test_a_row_of_a_table_names_the_hash_of_the_file_and_its_place_and_brings_no_bytes(chain: Chain, store: Store, tmp_path: Path) -> None:
    rows = {
        "list.csv": (f'text,publisher\n"{SENTENCE} Seen first.",A\n"{SENTENCE} Seen later.",B\n', "line 3"),
        "list.jsonl": (f'{{"text": "{SENTENCE} Told first."}}\n\n{{"text": "{SENTENCE} Told later."}}\n', "line 3"),
        "list.json": (f'[{{"text": "{SENTENCE} Read first."}},\n\n{{"text": "{SENTENCE} Read later."}}]', "line 3"),
    }
    for name, (content, place) in rows.items():
        path = tmp_path / name
        path.write_text(content)
        (custody,) = find_retrievals(came(path, chain, store)[-1].sha256, store)
        assert custody.retrieval.within == f"{place} of the file with SHA-256 {hashlib.sha256(content.encode()).hexdigest()}"
        assert (custody.original_sha256, custody.is_kept) == ("", False)
    assert verify_originals(store).originals == 0 and verify_originals(store).retrievals == 6


def test_an_upload_and_a_paste_say_that_they_are_one(chain: Chain, store: Store) -> None:
    add_reports(iter_uploaded("a.txt", SENTENCE.encode(), settings=load_settings()), chain, store)
    pasted = report_of_paste(f"{SENTENCE}\r\nMore came later.", url="https://daily.example/1")
    add_reports([incoming_of_paste(pasted, at=now())], chain, store)
    (upload,), (paste,) = find_retrievals("a", store), find_retrievals(pasted.id, store)
    assert (upload.retrieval.how, upload.retrieval.address) == ("upload", "a.txt")
    assert (paste.retrieval.how, paste.retrieval.address) == ("paste", "https://daily.example/1")
    assert get_content(paste.original_sha256, store) == f"{SENTENCE}\nMore came later.".encode()


def test_running_it_twice_changes_nothing_and_a_setting_leaves_the_bytes_out(chain: Chain, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    settings = chain.ground.settings
    without = settings.model_copy(update={"intake": settings.intake.model_copy(update={"keep_originals": False})})
    chain = replace(chain, ground=replace(chain.ground, settings=without))
    came(path, chain, store)
    head = verify_originals(store).head
    came(path, chain, store)
    assert (verify_originals(store).head, verify_originals(store).originals, verify_originals(store).retrievals) == (head, 0, 1)
    assert find_retrievals("a", store)[0].size == len(SENTENCE)


def test_a_report_in_a_language_that_the_reader_does_not_read_is_kept_found_and_said_and_read_by_one_that_does(chain: Chain, store: Store) -> None:
    report = make_report(ARABIC, id="ar")
    summary = add_reports([report], chain, store)
    (notice,) = summary.notices
    assert notice.stage == "reading.refused" and notice.reason == f"kept, not read: it is Arabic, and the reader {chain.reader.stamp.name} reads English"
    assert store.get_report("ar") == report and [hit.report for hit in store.search("سجن")] == ["ar"]
    reading = store.find_reading("ar")
    assert reading is not None and reading.notices == (notice,) and reading.accounts == ()
    recognised = find_recognised(report.sha256, store)
    assert recognised is not None and recognised.language == "ar"
    assert add_reports([report], chain, store).notices == []  # said once

    class Polyglot:
        stamp = replace(chain.reader.stamp, name="polyglot")

        def iter_read(self, reports: list[Report]) -> list[Notice]:
            return [Notice(record=one.id, stage="reading", reason="read") for one in reports]

    other = replace(chain, reader=Polyglot(), languages=frozenset({"ar"}))  # type: ignore[arg-type]
    assert [one.reason for one in add_reports([report], other, store).notices] == ["read"]


def test_in_a_batch_each_report_keeps_its_own_outcome(chain: Chain) -> None:
    items = [make_report(SENTENCE, id="one"), make_report(ARABIC, id="ar"), Incoming(report=make_report(SENTENCE + " Again.", id="two"))]
    outcomes = list(iter_outcomes(items, chain))
    assert [one.report.id if one.report else None for one in outcomes] == ["one", "ar", "two"]
    assert [bool(one.reading and one.reading.accounts) for one in outcomes] == [True, False, True]


def test_english_under_a_wrong_declaration_is_read_and_kept_as_it_was_declared(chain: Chain, store: Store) -> None:
    text = f"{SENTENCE} Guards looked for them in the fields behind the river, and the governor asked for calm."
    summary = add_reports([make_report(text, id="wrong", language="de")], chain, store)
    assert summary.accounts >= 1 and store.get_report("wrong").language == "de"
    assert [notice.reason for notice in summary.notices if "German" in notice.reason] == ["it is given as German, and was read as English, which its words are"]
