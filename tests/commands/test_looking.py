"""What `show` and `incidents` make of competing figures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from command_line import Run

TEXTS = {
    "a": ("2023-06-20", "Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said.\n\nGuards were searching the city."),
    "b": ("2023-06-21", "Fifteen prisoners escaped from the jail in Raqqa, Syria, on Monday, the Observatory said.\n\nThey are still at large."),
    "c": ("2023-06-21", "Twenty prisoners escaped from the jail in Raqqa, Syria, on Monday, police said.\n\nTheir cells stood open, a guard told us."),
}


@pytest.fixture
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three reports of one escape: one speaker revises, another differs."""
    monkeypatch.setenv("WAQAI_STORE", str(tmp_path / "s.sqlite"))
    for name, (published, text) in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
        assert run("add", str(tmp_path / f"{name}.txt"), "--published", published, "--publisher", f"Daily {name}").code == 0


def escape_of(run: Run, *words: str) -> dict[str, object]:
    (line,) = run("incidents", "--type", "escape", "--format", "jsonl", *words).out.splitlines()
    found: dict[str, object] = json.loads(line)
    return found


@pytest.mark.parametrize(("rule", "bounds"), [("ucdp-like", (15, 15, 20)), ("acled-like", (15, 15, 15)), ("every-casualty-like", (15, None, 20))])
def test_low_best_and_high_follow_the_rule_that_is_named(run: Run, store: None, rule: str, bounds: tuple[float | None, ...]) -> None:
    (found,) = escape_of(run, "--figures", rule)["ranges"]  # type: ignore[misc]
    assert (found["low"], found["best"], found["high"]) == bounds
    assert (found["rule"], found["figures"], found["counting"]) == (f"{rule} 1", 3, 2)
    assert "ranges" not in escape_of(run)


def test_a_store_of_an_older_waqai_says_that_it_is_brought_up_to_date_once(run: Run, store: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = escape_of(run)
    monkeypatch.setattr("waqai.store.views.RULES", "other")
    first = run("incidents", "--format", "jsonl")
    assert first.code == 0 and "made by an older waqai" in first.err and json.loads(first.out) == before
    assert "older waqai" not in run("incidents").err


def test_a_revised_figure_is_listed_and_marked(run: Run, store: None) -> None:
    escape = escape_of(run)
    assert {(f["best"], f["standing"]) for f in escape["figures"]} == {(12, "revised"), (15, "counts"), (20, "counts")}  # type: ignore[attr-defined]
    shown = run("show", str(escape["id"]), width=200).out
    assert "revised later" in shown and "--figures ucdp-like" in shown
    listed = run("incidents", "--figures", "ucdp-like", width=200).out
    assert "low 15 best 15 high 20 (ucdp-like)" in listed and "revised later: 12 the Observatory" in listed


def test_show_names_the_rule_its_version_and_its_source(run: Run, store: None) -> None:
    shown = " ".join(run("show", str(escape_of(run)["id"]), "--figures", "acled-like", width=200).out.split())
    assert "by acled-like 1 (ACLED's note on fatalities" in shown and "the lowest number reported" in shown


def test_a_rule_that_is_not_there_is_wrong_usage(run: Run, store: None) -> None:
    assert run("incidents", "--figures", "mean").code == 2


def test_csv_has_a_row_for_each_figure_or_by_a_rule_for_what_is_counted(run: Run, store: None) -> None:
    each = list(csv.DictReader(io.StringIO(run("incidents", "--type", "escape", "--format", "csv").out)))
    assert (each[0]["best"], each[0]["speaker"], each[0]["standing"]) == ("12", "the Observatory", "revised") and len(each) == 3
    (one,) = csv.DictReader(io.StringIO(run("incidents", "--type", "escape", "--format", "csv", "--figures", "ucdp-like").out))
    assert (one["low"], one["best"], one["high"], one["reports"], one["country"]) == ("15", "15", "20", "3", "SY")


def test_what_does_not_add_up_is_a_note(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_STORE", str(tmp_path / "other.sqlite"))
    text = "Twenty-five prisoners fled a jail in Manbij, Syria, on Sunday, the Observatory said. Ten Iraqis and 13 Syrians escaped, the Observatory said."
    (tmp_path / "d.txt").write_text(text)
    run("add", str(tmp_path / "d.txt"), "--published", "2023-06-20", "--publisher", "Daily d")
    escape = str(escape_of(run)["id"])
    notices = json.loads(run("show", escape, "--format", "json").out)["notices"]
    assert notices == ["d: escaped: 25 != 10 Iraqis + 13 Syrians = 23 (the whole by the Observatory)"]
    assert f"note: {notices[0]}" in run("show", escape, width=200).out
