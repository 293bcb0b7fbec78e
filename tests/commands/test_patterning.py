"""`waqai patterns`: what is asked, answered, drawn, and refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import scenes
from command_line import Run
from waqai.store import open_store


@pytest.fixture(autouse=True)
def address(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with few incidents, named to all commands."""
    path = str(tmp_path / "s.sqlite")
    with open_store(path) as store:
        scenes.fill(store)
    monkeypatch.setenv("WAQAI_STORE", path)
    return path


def test_one_meeting_before_one_escape_is_not_testable_and_the_reason_is_told(run: Run) -> None:
    told = run("patterns", "after", "--type", "escape", "--country", "SY", "--date", "2021-03-02", width=400)
    assert told.code == 0 and told.err == ""
    assert told.out.startswith(
        "Raised in the days after?\nhappenings of type escape, country SY; after 1 given date\n\nNot testable. There are 0 reference dates"
    )
    assert "It would take at least 5 separate reference dates" in told.out


def test_programs_are_told_the_same_as_json(run: Run) -> None:
    told = json.loads(run("patterns", "after", "--type", "escape", "--after-type", "meeting", "--format", "json").out)
    assert told["testable"] is False and told["says"][0].startswith("Not testable.") and told["figures"] == {}
    assert "after happenings of type meeting" in told["asked"]


def test_where_there_is_nothing_to_draw_no_file_is_made(run: Run, tmp_path: Path) -> None:
    told = run("patterns", "recurrence", "--picture", str(tmp_path / "a.svg"))
    assert told.code == 0 and "no picture: there is nothing to draw" in told.err and not (tmp_path / "a.svg").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("after", "--type", "escape"), "say after what"),
        (("recurrence", "--words", "Qalat"), "patterns are not looked for by words"),
        (("recurrence", "--tag", "qalat"), "patterns are not looked for by tag"),
        (("recurrence", "--actor", "Qalat prison"), "'Qalat prison' is no body of the register"),
        (("after", "--type", "escape", "--after-type", "meetin"), "perhaps meeting"),
        (("after", "--type", "escape", "--date", "8 June"), "'8 June' is no day"),
        (("recurrence", "--picture", "a.pdf"), "'a.pdf' is neither .svg nor .png"),
    ],
)
def test_what_may_not_or_cannot_be_asked_is_refused_with_the_reason(run: Run, words: tuple[str, ...], said: str) -> None:
    told = run("patterns", *words, width=400)
    assert told.code == 2 and said in " ".join(told.err.replace("│", " ").split())
