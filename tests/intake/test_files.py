"""Any source comes out as reports and notices, in order, and no input ends the run."""

import codecs
import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents import make_docx, make_pdf, make_xlsx
from waqai.core import Columns, IntakeError, Notice, Report, ReportNotFound, text_sha256
from waqai.intake.files import STAGE_ASSUMED, iter_reports, make_ignored_notice, reports_of_upload
from waqai.intake.guard import Limits
from waqai.intake.records import Defaults

SENTENCE = "Twelve inmates fled from the prison of Ras al-Ain on Monday."
# What check_text lets through: no NUL, no half pairs, few other control characters, something visible.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, (*range(9), *range(14, 32), 127))))).map(lambda text: text + "§")
IN_ONE_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


def paste(raw: bytes | str, **options: object) -> list[Report | Notice]:
    stream = BytesIO(raw.encode() if isinstance(raw, str) else raw)
    return list(iter_reports(["-"], stdin=stream, **options))  # type: ignore[arg-type]


def only_report(found: list[Report | Notice]) -> Report:
    (report,) = found
    assert isinstance(report, Report), report
    return report


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@IN_ONE_FOLDER
@given(text=TEXTS)
def test_any_text_comes_out_of_txt_json_and_jsonl_code_point_for_code_point(tmp_path: Path, text: str) -> None:
    record = json.dumps({"id": "x", "text": text})
    bare = json.dumps({"id": "y", "text": text}, ensure_ascii=False)
    marked = codecs.BOM_UTF8 + text.encode()
    sources = [
        write(tmp_path / "a.txt", marked),
        write(tmp_path / "b.json", record),
        write(tmp_path / "c.jsonl", f"{record}\r\n\n{bare}\n"),
        write(tmp_path / "d.json", f"[{bare},\n{record}]"),
        write(tmp_path / "e.jsonl", codecs.BOM_UTF16_LE + f"{record}\r\n{bare}".encode("utf-16-le")),
    ]
    found = list(iter_reports(sources))
    assert [report.text for report in found if isinstance(report, Report)] == [text] * 8
    assert {report.sha256 for report in found if isinstance(report, Report)} == {text_sha256(text)}


@IN_ONE_FOLDER
@given(raw=st.one_of(st.binary(max_size=200), st.text(alphabet='{}[]":,\\u0dn1 \n\ufeff', max_size=60).map(str.encode)))
@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.unknown"])
def test_no_bytes_end_the_run(tmp_path: Path, name: str, raw: bytes) -> None:
    found = list(iter_reports([write(tmp_path / name, raw)]))
    assert found
    assert all(isinstance(item, Report) or item.reason for item in found)


def test_random_pages_do_not_end_the_run(tmp_path: Path) -> None:
    for seed in range(30):
        write(tmp_path / f"{seed}.html", bytes((seed * 7919 + i * i * 31) % 256 for i in range(400)) + b"<p>x</p>" * seed)
    assert len([item for item in iter_reports([tmp_path]) if isinstance(item, Report | Notice)]) >= 30


def test_a_source_that_is_missing_raises_before_anything_is_read(tmp_path: Path) -> None:
    first = write(tmp_path / "a.txt", SENTENCE)
    with pytest.raises(ReportNotFound, match="gone"):
        iter_reports([first, tmp_path / "gone"])
    with pytest.raises(IntakeError, match="address"):
        iter_reports([first, "https://example.org/a"])


def test_a_plain_text_keeps_its_spaces_line_ends_and_title(tmp_path: Path) -> None:
    text = f"\n Title: A headline\r\n\r\n{SENTENCE}\r\x0c  \n"
    report = only_report(list(iter_reports([write(tmp_path / "seed.txt", text)], defaults=Defaults(published=date(2023, 6, 20), publisher="P"))))
    assert report == Report(id="seed", text=text, sha256=text_sha256(text), published=date(2023, 6, 20), publisher="P")


def test_a_million_lines_stream(tmp_path: Path) -> None:
    class Endless:
        """A JSON Lines stream of which nobody has seen the end."""

        def __init__(self) -> None:
            self.given = 0

        def readline(self, _size: int = -1) -> bytes:
            self.given += 1
            return b'{"text": "Report %d."}\n' % self.given

    endless = Endless()
    tracemalloc.start()
    reports = iter_reports(["-"], stdin=endless)  # type: ignore[arg-type]
    first = [next(reports) for _ in range(1000)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert endless.given <= 1001
    assert peak < 5_000_000
    assert isinstance(first[-1], Report)
    assert (first[-1].text, first[-1].id) == ("Report 1000.", "stdin-1000")


def test_one_bad_line_is_a_notice_in_its_place_and_the_run_goes_on(tmp_path: Path) -> None:
    good = json.dumps({"id": "g", "text": SENTENCE})
    lines = [good, "{broken", json.dumps({"id": "d", "text": SENTENCE, "published": "soon"}), "", '{"text": "caf\udce9"}', json.dumps({"text": " "}), good]
    path = write(tmp_path / "in.jsonl", "\n".join(lines).encode("utf-8", "surrogateescape"))
    found = list(iter_reports([path]))
    assert [type(item).__name__ for item in found] == ["Report", "Notice", "Notice", "Notice", "Notice", "Report"]
    notices = [item for item in found if isinstance(item, Notice)]
    assert [notice.record for notice in notices] == [f"{path}:{line}" for line in (2, 3, 5, 6)]
    assert notices[0].reason.startswith("line 2: not JSON: Expecting property name")
    assert notices[1].reason == "line 3: field 'published' holds 'soon', which is no day; write YYYY-MM-DD, an ISO instant, or null"
    assert "line 5: not UTF-8: byte 0xe9 at offset 13" in notices[2].reason
    assert notices[3].reason == "line 6: it holds no visible character (length 1)"
    assert {notice.stage for notice in notices} == {"intake"}


def test_a_bad_item_of_an_array_is_a_notice_with_the_line_it_starts_on() -> None:
    found = paste('[{"id": "a", "text": "One."},\n {"id": "b"},\n {"id": "c", "text": "Three."}, 7\n]')
    assert [item.id if isinstance(item, Report) else item.record for item in found] == ["a", "stdin:2", "c", "stdin:3"]


def test_what_stands_before_a_broken_place_of_a_document_is_kept() -> None:
    report, notice = paste('[{"id": "a", "text": "One."},\n {"id": "b", "text": "Two."')
    assert isinstance(report, Report)
    assert isinstance(notice, Notice)
    assert "line 2" in notice.reason


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        *(
            (name, layout)
            for name in ("in.json", "in.jsonl", "in.ndjson", None)
            for layout in ("{0}\n{1}", "{0}\r\n{1}\r\n", "[{0}, {1}]", "[\n{0}\n,\n{1}\n]")
        ),
        # Objects over several lines; in a .jsonl each line would be broken, and said so.
        ("in.json", "{2}\n{3}"),
        (None, "{2}\n{3}"),
    ],
)
def test_the_layout_of_json_is_told_by_its_content_whatever_the_suffix(tmp_path: Path, name: str | None, layout: str) -> None:
    records = [{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}]
    if layout == "{2}\n{3}" and name in {"in.jsonl", "in.ndjson"}:
        pytest.skip("a .jsonl has a record on each line: an object over several lines is broken there, and said so")
    content = layout.format(*(json.dumps(r) for r in records), *(json.dumps(r, indent=1) for r in records))
    found = paste(content) if name is None else list(iter_reports([write(tmp_path / name, content)]))
    assert [(item.id, item.text) for item in found if isinstance(item, Report)] == [("a", "One."), ("b", "Two.")]
    assert len(found) == 2


def test_clashing_ids_get_a_number_and_none_is_given_twice(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": "1"}, {"id": "a-2", "text": "2"}, {"id": "a", "text": "3"}, {"id": "a", "text": "4"}, {"text": "5"}, {"text": "6"}]
    write(tmp_path / "in.jsonl", "\n".join(map(json.dumps, lines)))
    write(tmp_path / "a.txt", SENTENCE)
    found = [item.id for item in iter_reports([tmp_path / "in.jsonl", tmp_path / "a.txt"]) if isinstance(item, Report)]
    assert found == ["a", "a-2", "a-3", "a-4", "in", "in-2", "a-5"]


def test_a_record_set_aside_takes_no_id() -> None:
    found = paste('{"id": "a", "text": ""}\n{"id": "a", "text": "One."}')
    assert [item.id for item in found if isinstance(item, Report)] == ["a"]


def test_fields_that_are_not_read_change_nothing_and_are_named_once() -> None:
    plain = [{"id": str(n), "text": f"Report {n}."} for n in range(3)]
    shuffled = [{**record, "incident_keys": [str(2 - n)], "accounts": [n], "fetched_at": "2020-01-01"} for n, record in enumerate(plain)]
    ignored: Counter[str] = Counter()
    assert paste("\n".join(map(json.dumps, plain))) == paste("\n".join(map(json.dumps, shuffled)), ignored=ignored)
    notice = make_ignored_notice(ignored)
    assert notice is not None
    assert notice.reason == "fields that waqai does not read were left out: 'accounts' (3), 'fetched_at' (3), 'incident_keys' (3)"
    assert make_ignored_notice(Counter()) is None


def test_a_file_of_a_million_field_names_does_not_fill_the_memory() -> None:
    ignored: Counter[str] = Counter()
    paste(json.dumps({"text": SENTENCE, **{f"f{n}": 0 for n in range(5000)}}), ignored=ignored)
    assert len(ignored) == 1001
    assert ignored.total() == 5000


def test_an_assumed_encoding_is_said_before_the_report_it_is_about(tmp_path: Path) -> None:
    path = write(tmp_path / "old.txt", "Die Häftlinge flohen am Montag aus der Anstalt.".encode("cp1252"))
    notice, report = iter_reports([path])
    assert isinstance(notice, Notice)
    assert (notice.record, notice.stage) == (str(path), STAGE_ASSUMED)
    assert isinstance(report, Report)
    assert "Häftlinge" in report.text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n", "no visible character"),
        ("a.txt", b"\xef\xbb\xbf", "no visible character"),
        ("a.txt", b"%PDF-1.7 renamed", "a PDF"),
        ("a.txt", b"words\x00" * 9, "NUL"),
        ("a.jsonl", b"PK\x03\x04 zipped\nlines\n", "a ZIP archive"),
        ("a.html", b"", "the file is empty"),
        ("a.json", b"", "no record"),
        ("a.json", b"[]", "no record"),
        ("a.jsonl", b"\n\n", "no record"),
        ("a.json", b"\xff\xfe[\x00", "not UTF-16|line 1|',' or|column"),
        ("a.json", '{"text": "Köln"}'.encode("cp1252"), "not UTF-8"),
    ],
)
def test_a_file_that_holds_no_report_is_a_notice_that_says_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    found = list(iter_reports([write(tmp_path / name, content)]))
    (notice,) = found
    assert isinstance(notice, Notice)
    assert notice.record.startswith(str(tmp_path / name))
    assert any(part in notice.reason for part in reason.split("|")), notice.reason


def test_a_line_or_a_file_over_the_limit_is_set_aside(tmp_path: Path) -> None:
    long = json.dumps({"text": "x" * 500})
    found = paste(f'{{"id": "a", "text": "One."}}\n{long}\n{{"id": "b", "text": "Two."}}', limits=Limits(max_bytes=100))
    assert [item.id if isinstance(item, Report) else item.record for item in found] == ["a", "stdin:2", "b"]
    (notice,) = iter_reports([write(tmp_path / "a.txt", "x" * 101)], limits=Limits(max_bytes=100))
    assert isinstance(notice, Notice)
    assert "more than 100 bytes" in notice.reason


def test_a_paste_is_a_report_named_stdin() -> None:
    report = only_report(paste(f"[AP] {SENTENCE}\r\n"))
    assert (report.id, report.text, report.title) == ("stdin", f"[AP] {SENTENCE}\r\n", None)


def test_a_pasted_page_is_extracted() -> None:
    body = f"<p>{SENTENCE}</p>" * 5
    report = only_report(paste(f"<!doctype html><html lang=en><head><title>Tunnel</title></head><body><article>{body}</article></body></html>"))
    assert report.text.startswith(SENTENCE)
    assert (report.title, report.language) == ("Tunnel", "en")


def test_what_a_page_says_goes_before_defaults_and_those_before_its_host(tmp_path: Path) -> None:
    body = "".join(f"<p>{SENTENCE} It was the {n}th time.</p>" for n in range(5))
    head = "<link rel=canonical href='https://daily.example/a'>"
    path = write(tmp_path / "page.html", f"<html lang=en><head>{head}</head><body><article>{body}</article></body></html>")
    named = only_report(list(iter_reports([path], defaults=Defaults(publisher="The Daily", published=date(2023, 6, 20), language="ar"))))
    assert (named.publisher, named.published, named.language, named.url) == ("The Daily", date(2023, 6, 20), "en", "https://daily.example/a")
    assert only_report(list(iter_reports([path]))).publisher == "daily.example"


def test_a_folder_of_pages_is_read_by_one_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from waqai.intake import child

    started: list[object] = []
    start = child._Child.__init__
    monkeypatch.setattr(child._Child, "__init__", lambda self, looking, limits: (started.append(1), start(self, looking, limits))[1])
    for n in range(20):
        write(tmp_path / f"{n}.html", f"<html><body><article>{f'<p>{SENTENCE} Case {n}.</p>' * 5}</article></body></html>")
    assert sum(isinstance(item, Report) for item in iter_reports([tmp_path])) == 20
    assert len(started) == 1


def test_the_same_sources_give_the_same_reports(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", SENTENCE)
    write(tmp_path / "a.jsonl", json.dumps({"id": "b", "text": "One."}))
    assert list(iter_reports([tmp_path])) == list(iter_reports([tmp_path]))


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SENTENCE)
    reports: Iterator[Report | Notice] = iter_reports([path])
    path.unlink()
    (notice,) = reports
    assert isinstance(notice, Notice)
    assert "cannot be opened: No such file" in notice.reason


def test_a_name_that_cannot_be_printed_gives_an_id_that_can(tmp_path: Path) -> None:
    path = write(tmp_path / "a\nb.txt", SENTENCE)
    assert only_report(list(iter_reports([path]))).id == "a_b"


def test_documents_are_read_beside_pages_and_texts(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", make_pdf([SENTENCE]))
    write(tmp_path / "b.docx", make_docx(SENTENCE, "Nobody was hurt."))
    write(tmp_path / "c.txt", SENTENCE)
    found = list(iter_reports([tmp_path], defaults=Defaults(published=date(2023, 6, 20), publisher="P")))
    assert [(item.id, item.text, item.published) for item in found if isinstance(item, Report)] == [
        ("a", SENTENCE, date(2023, 6, 20)),
        ("b", f"{SENTENCE}\nNobody was hurt.", date(2023, 6, 20)),
        ("c", SENTENCE, date(2023, 6, 20)),
    ]


def test_a_pasted_pdf_is_recognised() -> None:
    assert only_report(paste(make_pdf([SENTENCE]))).text == SENTENCE


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"", "the file is empty"),
        ("a.docx", b"", "the file is empty"),
        ("a.xlsx", b"", "the file is empty"),
        ("a.csv", b"", "the table is empty"),
        ("a.pdf", b"words", "named .pdf, but its content is something else"),
        ("a.docx", b"%PDF-1.7", "named .docx, but its content is a PDF"),
        ("a.csv", b"PK\x03\x04", "a ZIP archive or an office document"),
        ("a.txt", b"PK\x03\x04", "give the file its own suffix if that is .pdf, .docx or .xlsx"),
        ("a.json", b"%PDF-1.7", "a PDF"),
    ],
)
def test_a_file_under_a_wrong_name_is_a_notice_that_says_what_it_is(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    for found in (list(iter_reports([write(tmp_path / name, content)])), list(reports_of_upload(name, content))):
        (notice,) = found
        assert isinstance(notice, Notice)
        assert reason in notice.reason


def test_an_upload_is_read_as_its_file_would_be(tmp_path: Path) -> None:
    contents: dict[str, bytes] = {
        "a.txt": SENTENCE.encode(),
        "b.jsonl": b'{"text": "One."}\n{"text": "Two."}',
        "c.pdf": make_pdf([SENTENCE]),
        "d.csv": b"Text,Date\nOne.,2023-06-18\n",
        "e.xlsx": make_xlsx(["Text"], ["One."]),
        "f.html": f"<html><body><article>{f'<p>{SENTENCE}</p>' * 5}</article></body></html>".encode(),
    }
    for name, content in contents.items():
        of_file = [item for item in iter_reports([write(tmp_path / name, content)]) if isinstance(item, Report)]
        assert of_file
        assert [item for item in reports_of_upload(f"/no/such/folder/{name}", content) if isinstance(item, Report)] == of_file


def test_a_table_whose_columns_are_chosen_elsewhere_is_read_by_them(tmp_path: Path) -> None:
    seen: list[object] = []
    path = write(tmp_path / "a.csv", b"Was,Wann\nMen fled.,18.06.2023\n")
    found = list(iter_reports([path], choose_columns=lambda headers: (seen.append(headers), Columns(text=("Was",), published="Wann"))[1]))
    assert [(item.text, item.published) for item in found if isinstance(item, Report)] == [("Men fled.", date(2023, 6, 18))]
    assert seen == [("Was", "Wann")]


def test_a_table_that_is_gone_is_a_notice(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", b"Text\nx\n")
    reports = iter_reports([path])
    path.unlink()
    (notice,) = reports
    assert isinstance(notice, Notice)
    assert "cannot be opened: No such file" in notice.reason
