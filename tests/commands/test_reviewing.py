"""Correct, accept, reject, lock, source: each is logged, shown where it counts, and taken back by `undo`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Run, account_in, escape_of

TEXTS = {
    "a": "Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said.\n\nGuards were searching the city.",
    "b": "Fifteen prisoners escaped from the jail in Raqqa, Syria, on Monday, local officials said.\n\nThey are still at large.",
}


@pytest.fixture
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two reports of one escape."""
    monkeypatch.setenv("WAQAI_STORE", str(tmp_path / "s.sqlite"))
    monkeypatch.setenv("WAQAI_BY", "ana")
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
        assert run("add", str(tmp_path / f"{name}.txt"), "--published", "2023-06-20", "--publisher", f"Daily {name}").code == 0


def test_a_corrected_count_is_shown_with_who_gave_it_and_what_the_machine_had(run: Run, store: None) -> None:
    before, account = escape_of(run), account_in(run, "a")
    ran = run("correct", account, "count", "escaped=11", "--words", "Twelve prisoners", "--because", "a slip of the pen")
    entry = ran.out.split("logged as entry ")[1].split(";")[0]
    assert ran.code == 0 and "figures: 12 escaped → 11 escaped" in ran.out
    shown = run("show", str(before["id"]), width=200)
    assert "11 escaped (prisoners)" in shown.out and "corrected by ana" in shown.out and "before: 12 escaped (prisoners); because: a slip" in shown.out
    (review,) = json.loads(run("show", str(before["id"]), "--format", "json").out)["reviews"]
    assert (review["account"], review["facet"], review["value"]["best"], review["entry"]) == (account, "count", 11, int(entry))
    log = run("log", "--last", "1", width=200).out
    assert "corrected the escape of report a" in log and "from the words “Twelve prisoners”" in log
    assert "before: 12 escaped" in run("show", "a", width=200).out
    assert "equal" in run("rebuild").out
    assert run("undo", entry, "--because", "it was right").code == 0 and escape_of(run) == before


def test_day_and_place_are_corrected_too(run: Run, store: None) -> None:
    for report in TEXTS:
        assert run("correct", account_in(run, report), "when", "2023-06-18", "--because", "x").code == 0
        assert run("correct", account_in(run, report), "where", "Manbij, SY", "--because", "x").code == 0
    assert run("correct", account_in(run, "a"), "actor", "custodian=Military Police", "--because", "x").code == 0
    assert "Military Police" in run("show", account_in(run, "a"), width=200).out
    escape = escape_of(run)
    assert (escape["when"]["earliest"], escape["where"]["name"]) == ("2023-06-18", "Manbij")  # type: ignore[index]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("type", "jailbrake"), "perhaps jailbreak"),
        (("when", "Sunday"), "is no day"),
        (("where", "Zzyzxqua"), "knows no place"),
        (("count", "24"), "MEASURE=NUMBER"),
        (("colour", "red"), "no facet 'colour'"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_nothing_is_logged(run: Run, store: None, words: tuple[str, str], said: str) -> None:
    before = run("log").out
    ran = run("correct", account_in(run, "a"), *words, "--because", "x")
    assert ran.code == 1 and said in ran.err and run("log").out == before


def test_a_rejected_account_is_shown_and_leaves_the_figures(run: Run, store: None) -> None:
    ran = run("reject", account_in(run, "b"), "--because", "another jail")
    assert "figures: 15 escaped → none" in ran.out and "rejected 1 of" in ran.out
    shown = run("show", str(escape_of(run)["id"]), width=200).out
    assert "rejected by ana on 2024-01-01" in shown and "so it counts for nothing; because: another jail" in shown
    assert {f["report"] for f in escape_of(run)["figures"]} == {"a"}  # type: ignore[attr-defined]
    assert run("accept", account_in(run, "b"), "--because", "the same jail").code == 0
    assert {f["report"] for f in escape_of(run)["figures"]} == {"a", "b"} and "accepted by ana" in run("show", str(escape_of(run)["id"]), width=200).out  # type: ignore[attr-defined]


def test_a_locked_incident_takes_no_further_report(run: Run, store: None, tmp_path: Path) -> None:
    escape = str(escape_of(run)["id"])
    assert run("lock", escape, "--because", "checked").code == 0
    assert "locked by ana on 2024-01-01" in run("show", escape, width=200).out
    (tmp_path / "c.txt").write_text(TEXTS["a"].replace("Twelve", "Twenty-two").replace("Guards", "Men"))
    run("add", str(tmp_path / "c.txt"), "--published", "2023-06-20")
    assert "c" not in {a["report"] for a in json.loads(run("show", escape, "--format", "json").out)["accounts"]}
    assert "locked already" in run("lock", escape, "--because", "x").err


def test_an_unreliable_speaker_is_left_out_by_every_rule_and_said_so(run: Run, store: None) -> None:
    ran = run("source", "the Observatory", "--unreliable", "--because", "never right")
    assert ran.code == 0 and "12 escaped → 12 escaped (left out)" in ran.out
    listed = run("incidents", "--figures", "ucdp-like", width=200).out
    assert "low 15 best 15 high 15" in listed and "left out: unreliable: 12 the Observatory" in listed
    assert "unreliable already" in run("source", "Observatory", "--unreliable", "--because", "x").err
    assert run("source", "the Observatory", "--because", "x").code == 2
    assert run("source", "Observatory", "--reliable", "--because", "right after all").code == 0
    assert "marked Observatory reliable after all" in run("log", "--last", "1").out
    assert "low 12 best 12 high 15" in run("incidents", "--figures", "ucdp-like", width=200).out


def test_a_note_and_a_tag_stand_in_the_log_of_their_incident_until_they_are_undone(run: Run, store: None) -> None:
    before = escape_of(run)
    incident = str(before["id"])
    noted = run("note", incident, "ask the governor again")
    entry = noted.out.split("logged as entry ")[1].split(",")[0]
    assert noted.code == 0 and f"`waqai undo {entry}` takes it back" in noted.out
    assert run("tag", incident, "Follow  up").code == 0
    again = run("tag", incident, "follow up")
    assert again.code == 1 and "bears the tag 'follow up' already" in again.err
    log = run("log", "--incident", incident, width=200).out
    assert f"noted on incident {incident}: ask the governor again" in log and f"tagged incident {incident} “follow up”" in log
    assert escape_of(run) == before
    shown = run("show", incident, width=200).out
    assert "note: ask the governor again  (" in shown and f"entry {entry})" in shown and "tag: follow up  (" in shown
    assert (
        json.loads(run("incidents", "--tag", "FOLLOW up", "--format", "jsonl").out)["id"] == incident
        and run("incidents", "--tag", "other").out.strip() == "no incident passes"
    )
    asides = json.loads(run("show", incident, "--format", "json").out)["asides"]
    assert [note["words"] for note in asides["notes"]] == ["ask the governor again"] and asides["questions"] == []
    assert (
        run("undo", entry, "--because", "done").code == 0
        and "note:" not in run("show", incident, width=200).out
        and "UNDONE" in run("log", "--incident", incident, width=200).out
    )
    assert run("note", "i-nowhere", "x").code == 1 and run("note", incident, "  ").code == 1
