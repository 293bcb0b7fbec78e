"""`waqai import`: what a person sees, and what never leaves."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
from pyarrow import parquet

from command_line import Run
from imports.tables import ACLED, OWN, UCDP, write
from waqai.export.registry import FILES, FORMATS


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WAQAI_STORE", str(tmp_path / "s.sqlite"))
    return tmp_path / "s.sqlite"


def test_a_dry_run_shows_what_would_come_in_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "ged.csv", [UCDP, UCDP | {"id": "2", "best": "lots"}])
    ran = run("import", "ucdp", str(file), "--dry-run")
    assert ran.code == 0
    assert "1 row of UCDP GED: 1 new, 0 changed, 0 as the store has them" in ran.err
    assert "1 row set aside: 1 best" in ran.err and "line 3, best 'lots': it is no number from 0 to 1e+09" in ran.err
    assert "new: ucdp-ged:700001 (line 2)" in ran.out and "3 to 7 killed; 2 Government of Syria killed" in ran.out and "says: the army" in ran.out
    assert run("incidents").out.strip() == "no incident passes" and "no imports" in run("import", "list").out


def test_a_file_comes_in_is_listed_and_is_taken_back(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "ged.csv", [UCDP, UCDP | {"id": "2"}])
    ran = run("import", "ucdp", str(file), "--by", "ana")
    assert "2 incidents opened" in ran.err and "import-1: `waqai import undo import-1` takes it back" in ran.out
    assert "nothing to change" in run("import", "ucdp", str(file)).err
    listed = run("import", "list").out
    assert "import-1" in listed and "ana  UCDP GED  ged.csv: 2 rows in" in listed
    assert "brought in rows of UCDP GED from ged.csv as import-1" in run("log").out
    back = run("import", "undo", "import-1", "--because", "wrong file")
    assert back.out.startswith("import-1 is undone: 2 rows of UCDP GED taken out")
    assert "UNDONE by entry" in run("import", "list").out
    assert run("import", "undo", "import-1", "--because", "again").code == 1


def test_a_file_that_names_no_country_is_said_to_be_found_by_none(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "ged.csv", [{name: cell for name, cell in UCDP.items() if name != "country"}])
    assert "no row says in which country it lies" in run("import", "ucdp", str(file), "--dry-run").err
    ran = run("import", "ucdp", str(file), "--country", "sy")
    assert "no row says" not in ran.err and "clash" in run("incidents", "--country", "SY").out


def test_every_row_that_is_set_aside_can_be_had_as_a_table(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "ged.csv", [UCDP | {"id": str(n), "type_of_violence": "7"} for n in range(12)])
    ran = run("import", "ucdp", str(file), "--errors", str(tmp_path / "errors.csv"))
    assert ran.code == 1 and "12 rows set aside: 12 no type of ours" in ran.err and "… and 2 more" in ran.err
    rows = list(csv.DictReader((tmp_path / "errors.csv").open(newline="")))
    assert (len(rows), rows[0]["line"], rows[0]["column"], rows[0]["value"]) == (12, "2", "type_of_violence", "7")
    again = run("import", "ucdp", str(file), "--errors", str(tmp_path / "errors.csv"))
    assert again.code == 1 and "name a new file" in again.err


def test_a_table_of_anybodys_is_explained_on_the_command_line(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "theirs.csv", [{"Ref": "7", "What": "Prison break", "Day": "3/4/2023", "Town": "Raqqa", "Got away": "12"}])
    told = ["--column", "id=Ref", "--column", "type=What", "--column", "earliest=Day", "--column", "place=Town", "--column", "escaped=Got away"]
    ran = run("import", "csv", str(file), "--publisher", "Partners", "--type", "prison break=jailbreak", "--dates", "day-first", *told)
    assert ran.code == 0, ran.err
    shown = run("incidents").out
    assert "2023-04-03" in shown and "jailbreak" in shown and "escaped: 12" in shown


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("acled", "{file}", "--terms", "CC BY 4.0"), "rows of ACLED come under its own terms"),
        (("csv", "{file}", "--publisher", "P", "--column", "colour=x"), "'colour=x' is not FIELD=HEADER; FIELD is one of id, type"),
        (("csv", "{file}", "--publisher", "P", "--type", "x=picnic"), "'picnic' is no type"),
        (("csv", "{file}"), "--publisher"),
        (("ucdp", "{file}", "--country", "Syria"), "'Syria' is no country of two letters"),
        (("polecat", "{file}"), "is no file of POLECAT as we know it: it lacks Event ID, Event Mode"),
        (("ucdp", "nowhere.csv"), "there is no file or folder 'nowhere.csv'"),
        (("undo", "import-4", "--because", "x"), "there is no import 'import-4'"),
        (("undo", "import-4"), "say why"),
    ],
)
def test_what_cannot_be_done_is_said_before_any_row_is_kept(words: tuple[str, ...], says: str, run: Run, tmp_path: Path) -> None:
    run("import", "csv", str(write(tmp_path / "first.csv", [OWN])), "--publisher", "P")
    file = write(tmp_path / "rows.csv", [ACLED])
    ran = run("import", *(word.format(file=file) for word in words), width=400)
    assert ran.code != 0 and says in " ".join(ran.err.replace("│", " ").split()), ran.err


@pytest.mark.parametrize("profile", ["public", "internal"])
def test_a_row_of_acled_leaves_in_no_file(profile: str, run: Run, tmp_path: Path) -> None:
    words = "Zanzabuk fighters and Quorfil guards exchanged fire in Tel Salam."
    run("import", "acled", str(write(tmp_path / "a.csv", [ACLED | {"notes": words, "fatalities": "7777", "actor1": "Zanzabuk"}])))
    run("import", "ucdp", str(write(tmp_path / "u.csv", [UCDP])))
    (shown,) = {line.split()[0] for line in run("incidents").out.splitlines() if line.strip().startswith("i-")}
    assert "Zanzabuk" in run("show", shown).out and "UCDP GED" in run("show", shown).out, "both tell of one incident"
    for format in FORMATS:
        out = tmp_path / f"out-{format}.{format if format in FILES or format == 'jsonl' else 'csv'}"
        ran = run("export", "--format", format, "--profile", profile, "--out", str(out))
        assert ran.code == 0, ran.err
        written = b"".join(_unpacked(file) for file in tmp_path.glob(f"out-{format}*"))
        assert shown.encode() in written or format in ("plover", "ftm"), "the incident itself leaves, as UCDP tells it"
        assert [word for word in (b"Zanzabuk", b"Quorfil", b"SYR900", b"7777", b"ACLED terms", b"Daily") if word in written] == [], format


def _unpacked(file: Path) -> bytes:
    if file.suffix == ".parquet":
        return str(parquet.read_table(file).to_pylist()).encode()
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    return file.read_bytes()


def test_an_incident_that_acled_alone_tells_of_leaves_in_no_file(run: Run, tmp_path: Path) -> None:
    run("import", "acled", str(write(tmp_path / "a.csv", [ACLED])))
    ran = run("export", "--format", "csv", "--profile", "internal", "--out", str(tmp_path / "out.csv"))
    assert "held back: 1 incident" in ran.err
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1
