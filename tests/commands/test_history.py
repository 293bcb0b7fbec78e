from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from command_line import Run, account_in, escape_of
from waqai.core import Incoming, Original
from waqai.originals import find_retrievals, get_content, keep_original
from waqai.store import open_store

TEXTS = {
    "a": "Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said.\n\nGuards were searching the city.",
    "b": "Fifteen prisoners escaped from the jail in Raqqa, Syria, on Monday, local officials called Zanzibarbarians said.\n\nThey are still at large.",
}


@pytest.fixture
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store in a folder of its own, with two reports of one escape."""
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setenv("WAQAI_STORE", str(folder / "s.sqlite"))
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
        assert run("add", str(tmp_path / f"{name}.txt"), "--published", "2023-06-20", "--publisher", f"Daily {name}").code == 0
    return folder / "s.sqlite"


def test_the_log_says_who_put_what_where_when_and_why(run: Run, store: Path) -> None:
    ran, incident = run("log"), escape_of(run)["id"]
    assert f"opened incident {incident} for the escape of report a" in ran.out and "2024-01-01 00:00  linker:" in ran.out
    assert f"the escape of report b ({account_in(run, 'b')}) into incident {incident} as its news" in ran.out and "because: " in ran.out
    rows = [json.loads(line) for line in run("log", "--format", "jsonl").out.splitlines()]
    assert [row["entry"] for row in rows] == list(range(1, len(rows) + 1))
    assert json.loads(run("log", "--format", "json", "--last", "1").out)[0] == rows[-1]
    assert all(row["reader"].startswith("learned ") for row in rows) and f"(read by {rows[0]['reader']})" in run("log", width=200).out
    assert {json.loads(line)["report"] for line in run("log", "--report", "b", "--format", "jsonl").out.splitlines()} == {"b"}
    assert str(rows[-1]["subject"]) in run("log", "--incident", str(incident)).out
    assert "no entries" in run("log", "--homeless").out


def test_an_unknown_incident_or_report_of_the_log_is_said(run: Run, store: Path) -> None:
    assert "'i-none'" in run("log", "--incident", "i-none").err and "'none'" in run("log", "--report", "none").err


def test_undo_says_what_it_changed_and_can_be_undone(run: Run, store: Path) -> None:
    before = escape_of(run)
    joined = next(r["entry"] for r in map(json.loads, run("log", "--format", "jsonl").out.splitlines()) if r["account"] == account_in(run, "b"))
    ran = run("undo", str(joined), "--because", "two jails", "--by", "ana")
    assert ran.code == 0 and f"entry {joined} is undone" in ran.out and "2 reports" in ran.out and f"moved from {before['id']} to i-" in ran.out
    assert "not there → escape" in ran.out
    log = run("log").out
    assert "UNDONE by" in log and "ana" in log and "because: two jails" in log
    again = run("undo", str(joined), "--because", "x")
    assert again.code == 1 and "undone already, by entry" in again.err
    undo = again.err.split("by entry ")[1].split(";")[0]
    assert run("undo", undo, "--because", "one jail").code == 0 and escape_of(run) == before


@pytest.mark.parametrize(("words", "said"), [(("999", "--because", "x"), "no entry 999"), (("1", "--because", "x"), "every account needs an incident")])
def test_what_cannot_be_undone_is_said(run: Run, store: Path, words: tuple[str, ...], said: str) -> None:
    ran = run("undo", *words)
    assert ran.code == 1 and said in ran.err and ran.out == ""


def test_a_word_without_a_reason_is_wrong_usage(run: Run, store: Path) -> None:
    assert run("undo", "1").code == run("undo", "1", "--because", "  ").code == run("erase", "a", "--yes").code == 2


def test_different_same_unsure_and_split_are_logged_and_move_accounts(run: Run, store: Path) -> None:
    whole, account = str(escape_of(run)["id"]), account_in(run, "b")
    parted = run("different", account, whole, "--because", "two jails")
    assert parted.code == 0 and f"moved from {whole} to i-" in parted.out
    refused = run("same", account, whole, "--because", "one jail")
    assert refused.code == 1 and "says that account" in refused.err and "waqai undo" in refused.err
    entry = refused.err.split("waqai undo ")[1].split("`")[0]
    assert run("undo", entry, "--because", "one jail").code == 0
    assert "no account moved" in run("same", account, whole, "--because", "one jail").out
    assert "no account moved" in run("unsure", account, whole, "--because", "who knows").out and "not sure whether" in run("log", "--last", "1").out
    assert run("split", whole, account, "--because", "two jails").code == 0
    assert run("verify").code == 0 and "equal" in run("rebuild").out


def test_show_as_of_a_day_leaves_out_what_came_later(run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_NOW", "2024-01-05T00:00:00+00:00")
    (tmp_path / "c.txt").write_text(TEXTS["a"].replace("Twelve", "Twenty-two").replace("Guards", "Men"))
    run("add", str(tmp_path / "c.txt"), "--published", "2023-06-20")
    incident = str(escape_of(run)["id"])
    then = run("show", incident, "--as-of", "2024-01-04", "--format", "json")
    assert {a["report"] for a in json.loads(then.out)["accounts"]} == {"a", "b"} and "as of 2024-01-04: the log up to entry" in then.err
    assert "in c" not in run("show", incident, "--as-of", "2024-01-04").out
    assert {a["report"] for a in json.loads(run("show", incident, "--as-of", "2024-01-05", "--format", "json").out)["accounts"]} == {"a", "b", "c"}
    assert "opened on 2024-01-01" in run("show", incident, "--as-of", "2023-12-31").err
    assert run("show", "a", "--as-of", "2024-01-04").code == 2


def test_verify_names_a_changed_entry_and_ends_with_1(run: Run, store: Path) -> None:
    assert "the log holds" in run("verify").out and "0 erased" in run("verify").out
    with sqlite3.connect(store) as connection:
        connection.execute("DROP TRIGGER log_payloads_no_update")
        connection.execute("UPDATE log_payloads SET because = 'for money' WHERE entry = 2")
    ran = run("verify")
    assert ran.code == 1 and "broken at entry 2: its value or reason was changed" in ran.out


def test_verify_names_a_text_that_is_another_and_ends_with_1(run: Run, store: Path) -> None:
    held = run("verify", width=200)
    assert held.code == 0 and "each report's text has the hash that it came with" in held.out
    with sqlite3.connect(store) as connection:
        connection.execute("DROP TRIGGER reports_no_update")
        connection.execute("UPDATE reports SET text = text || '.' WHERE id = 'b'")
    ran = run("verify", width=200)
    assert ran.code == 1 and "the log holds" in ran.out and "the text of report 'b' is not the one that came in" in ran.out


def test_rebuild_lists_what_differed(run: Run, store: Path) -> None:
    incident = escape_of(run)["id"]
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE incidents SET grade = 'confirmed'")
    ran = run("rebuild")
    assert f"incident {incident} was changed" in ran.out and "equal" in run("rebuild").out


def test_erase_asks_destroys_the_words_and_refuses_the_text_from_then_on(run: Run, store: Path, tmp_path: Path) -> None:
    def files_with_the_word() -> list[str]:
        return [f.name for f in store.parent.iterdir() if b"zanzibarbarian" in f.read_bytes().lower()]

    assert files_with_the_word()
    asked = run("erase", "b", "--because", "asked for", stdin=b"n\n")
    assert asked.code == 1 and "cannot be undone" in asked.err and "nothing was erased" in asked.out and files_with_the_word()
    ran = run("erase", "b", "--because", "asked for", "--by", "ana", "--yes")
    assert ran.code == 0 and "erased: report b" in ran.out and files_with_the_word() == []
    assert "1 erased" in run("verify").out and run("verify").code == 0 and "equal" in run("rebuild").out
    again = run("add", str(tmp_path / "b.txt"))
    assert again.code == 1 and "erased on 2024-01-01 by ana (asked for)" in again.err and files_with_the_word() == []
    assert "erased on 2024-01-01" in run("show", "b").err and "erased already" in run("erase", "b", "--because", "x", "--yes").err
    assert "ERASED with its report" in run("log", "--report", "b").out and {f["report"] for f in escape_of(run)["figures"]} == {"a"}  # type: ignore[attr-defined]
    assert run("add", str(tmp_path / "b.txt"), "--again").code == 2  # without a reason
    assert "kept with --again only" in run("add", str(tmp_path / "b.txt"), "--because", "x").err  # a reason for nothing
    back = run("add", str(tmp_path / "b.txt"), "--again", "--because", "asked to put it back", "--by", "bo")
    assert back.code == 0 and "1 new report" in back.err and {f["report"] for f in escape_of(run)["figures"]} == {"a", "b"}  # type: ignore[attr-defined]
    assert "took in again the erased text of report b" in run("log").out and run("verify").code == 0 and "equal" in run("rebuild").out
    assert "no report 'none'" in run("erase", "none", "--because", "x", "--yes").err


def test_a_backup_brought_back_says_what_is_lost_and_what_it_erased_again(run: Run, store: Path, tmp_path: Path) -> None:
    backup = tmp_path / "b.sqlite"
    made = run("backup", str(backup))
    assert made.code == 0 and "2 reports, the log up to entry" in made.out and made.err == ""
    assert "own folder" in run("backup", str(store.parent / "here.sqlite")).err
    (store.parent / "here.sqlite").unlink()
    run("erase", "b", "--because", "asked for", "--yes")
    asked = run("restore", str(backup), stdin=b"n\n")
    assert asked.code == 1 and "Lost: 1 entry of the log, 0 reports" in asked.err and "nothing was restored" in asked.out
    ran = run("restore", str(backup), "--yes")
    assert ran.code == 0 and "1 report, the log up to entry" in ran.out and "erased after the backup was made: b" in ran.out
    assert [f.name for f in store.parent.iterdir() if b"zanzibarbarian" in f.read_bytes().lower()] == []
    assert run("verify").code == 0 and {a["report"] for a in escape_of(run)["accounts"]} == {"a"}  # type: ignore[attr-defined]
    assert run("backup", str(backup)).code == 1


def test_erase_names_the_reports_whose_originals_still_hold_the_words(run: Run, store: Path) -> None:
    with open_store(store) as opened:
        (one,) = find_retrievals("b", opened)
        original = Original(sha256=one.original_sha256, media_type=one.media_type, content=get_content(one.original_sha256, opened))
        keep_original(Incoming(report=opened.get_report("a"), original=original, retrieval=one.retrieval), opened, at=one.kept_at)
    ran = run("erase", "b", "--because", "asked for", "--by", "ana", "--yes")
    assert "whose originals still hold it: a; erase them, too" in ran.out
    assert "still hold it" not in run("erase", "a", "--because", "asked for", "--by", "ana", "--yes").out
