"""`waqai export`: the file, what is said of it, and what is refused before any work."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from command_line import Run

TEXTS = {
    "a": ("2023-06-20", "Twelve prisoners escaped from a jail in Raqqa, Syria, on Monday, the Observatory said.\n\nGuards were searching the city."),
    "b": ("2023-06-21", "Fifteen prisoners escaped from the jail in Raqqa, Syria, on Monday, police said.\n\nThey are still at large."),
}


@pytest.fixture
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_STORE", str(tmp_path / "s.sqlite"))
    for name, (published, text) in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
        assert run("add", str(tmp_path / f"{name}.txt"), "--published", published, "--publisher", f"Daily {name}").code == 0


def test_incidents_are_written_with_a_file_beside_that_says_what_is_to_be_known(run: Run, store: None, tmp_path: Path) -> None:
    ran = run("export", "--format", "csv", "--type", "escape", "--out", str(tmp_path / "out.csv"))
    assert (ran.code, ran.out) == (0, "") and "1 row of incidents in" in ran.err and "profile public" in ran.err
    (row,) = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(), newline=""))
    assert (row["type"], row["escaped_low"], row["escaped_high"], row["figures_rule"], row["speakers"]) == ("escape", "12", "15", "ucdp-like 1", "2")
    about = (tmp_path / "out.csv.about.txt").read_text()
    assert "profile: public\n" in about and "filters: type escape\n" in about and "GeoNames" in about


def test_a_rule_of_figures_can_be_named(run: Run, store: None, tmp_path: Path) -> None:
    run("export", "--format", "csv", "--figures", "acled-like", "--type", "escape", "--out", str(tmp_path / "out.csv"))
    (row,) = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(), newline=""))
    assert (row["escaped_high"], row["figures_rule"]) == ("12", "acled-like 1")


def test_standard_output_gets_the_bytes_alone(run: Run, store: None, tmp_path: Path) -> None:
    ran = run("export", "--format", "jsonl", "--out", "-", "--type", "escape")
    assert [json.loads(line)["type"] for line in ran.out.splitlines()] == ["escape"]
    assert "1 record to standard output" in ran.err and not list(tmp_path.glob("*.about.txt"))


def test_a_file_that_is_there_is_replaced_only_by_force(run: Run, store: None, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")
    ran = run("export", "--format", "csv", "--out", str(tmp_path / "out.csv"))
    assert ran.code == 1 and "--force replaces it" in ran.err and (tmp_path / "out.csv").read_text() == "mine"
    assert run("export", "--format", "csv", "--out", str(tmp_path / "out.csv"), "--force").code == 0
    assert (tmp_path / "out.csv").read_text().startswith("id,type,")


def test_the_internal_profile_is_said_in_the_file_and_to_the_person(run: Run, store: None, tmp_path: Path) -> None:
    ran = run("export", "--format", "csv", "--table", "accounts", "--profile", "internal", "--out", str(tmp_path / "out.csv"))
    assert "internal profile: not to be passed on" in ran.err
    assert "profile: internal profile: not to be passed on\n" in (tmp_path / "out.csv.about.txt").read_text()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(), newline="")))
    assert {row["report"] for row in rows} == {"a", "b"} and all(row["start"] for row in rows)


def test_what_is_fresh_is_counted_on_standard_error(run: Run, store: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_NOW", "2023-06-21T12:00:00+00:00")
    ran = run("export", "--format", "csv", "--type", "escape", "--out", str(tmp_path / "out.csv"))
    assert "no rows" in ran.err and "held back: 1 incident, custody, security operations and combat of the last 72 hours" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--format", "docx"), "no format 'docx'"),
        (("--format", "csv", "--table", "people"), "no table 'people'"),
        (("--format", "parquet", "--bom"), "--bom is for csv"),
        (("--format", "gpkg", "--hxl"), "--hxl is for csv and xlsx"),
        (("--format", "csv", "--type", "escpe"), "perhaps escape"),
    ],
)
def test_what_cannot_be_is_refused_before_any_work(run: Run, tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    ran = run("export", "--out", str(tmp_path / "out"), *words)
    assert ran.code == 2 and says in " ".join(ran.err.replace("│", " ").split())
    assert not list(tmp_path.glob("out*"))


def test_without_a_store_nothing_is_written(run: Run, tmp_path: Path) -> None:
    ran = run("export", "--format", "csv", "--out", str(tmp_path / "out.csv"), "--store", str(tmp_path / "none.sqlite"))
    assert ran.code == 1 and not (tmp_path / "out.csv").exists()


def test_hashtags_and_the_mark_are_written_where_they_are_asked_for(run: Run, store: None, tmp_path: Path) -> None:
    run("export", "--format", "csv", "--bom", "--hxl", "--out", str(tmp_path / "out.csv"))
    content = (tmp_path / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,") and content.splitlines()[1].startswith(b"#event+id,#event+type,")
