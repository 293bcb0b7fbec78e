"""`waqai release`, `release verify` and `release diff` as a person meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Run

TEXT = "Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said.\n\nGuards were searching the city."
LATER = "Fifteen prisoners escaped from the jail in Raqqa, Syria, on Monday, the Observatory said.\n\nThey are still at large."


@pytest.fixture
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_STORE", str(tmp_path / "s.sqlite"))
    add(run, tmp_path, "a", TEXT)


def add(run: Run, folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.txt").write_text(text)
    assert run("add", str(folder / f"{name}.txt"), "--published", "2023-06-20", "--publisher", f"Daily {name}").code == 0


def test_a_release_is_made_held_to_its_sums_and_compared_with_the_next(run: Run, store: None, tmp_path: Path) -> None:
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    made = run("release", "--out", one, "--title", "Escapes", "--given-by", "A desk", "--licence", "CC-BY-4.0")
    assert made.code == 0 and "1 incident, profile public" in made.err
    assert "# Escapes, " in (tmp_path / "one" / "README.md").read_text() and "Given out by A desk." in (tmp_path / "one" / "README.md").read_text()
    assert run("release", "verify", one).out.endswith("is as it was made\n")
    add(run, tmp_path, "b", LATER)
    assert run("release", "--out", two).code == 0
    told = run("release", "diff", one, two)
    assert told.code == 0 and "0 new, 1 changed, 0 withdrawn" in told.out and "reports: 1 → 2" in told.out and "(judgement, " in told.out
    (change,) = json.loads(run("release", "diff", one, two, "--format", "json").out)["changed"]
    assert change["values"]["reports"] == ["1", "2"] and any("Fifteen" in line for line in change["figures"])


def test_a_changed_file_is_named_and_a_folder_that_is_there_is_left_alone(run: Run, store: None, tmp_path: Path) -> None:
    one = tmp_path / "one"
    assert run("release", "--out", str(one)).code == 0
    (one / "codebook.md").chmod(0o644)
    (one / "codebook.md").write_text("mine")
    told = run("release", "verify", str(one))
    assert told.code == 1 and told.out == "codebook.md was changed\n"
    again = run("release", "--out", str(one))
    assert again.code == 1 and "a release never changes" in again.err and (one / "codebook.md").read_text() == "mine"


def test_without_a_folder_the_usage_is_told(run: Run, store: None, tmp_path: Path) -> None:
    assert run("release").code == 2
    assert "is no release" in run("release", "verify", str(tmp_path)).err
