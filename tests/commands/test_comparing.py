"""`waqai compare`: what the screen and the files say, what is refused before any work, and what never gets into a file."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from command_line import Run
from waqai.comparing import matching

OURS = """id,type,earliest,latest,place,admin1,country,lat,lon,killed_low,killed_high,killed_best,escaped_low,escaped_high,escaped_best
d1,clash,2023-06-19,2023-06-19,Raqqa,Ar-Raqqah,SY,35.95,39.01,12,12,12,,,
d2,escape,2023-06-25,2023-06-25,Al-Hasakah,Al-Hasakah,SY,36.5,40.75,,,,30,30,30
"""
HEADER = (
    "id,type_of_violence,where_coordinates,adm_1,country,latitude,longitude,where_prec,date_start,date_end,date_prec,side_a,side_b,low,best,high,source_office"
)
RAQQA = "77,1,Raqqa town,Raqqa governorate,Syria,35.95,39.01,1,2023-06-19,2023-06-19,1,Government of Syria,IS,17,17,17,SOHR"
BASRA = "78,3,Basra,Basra,Iraq,30.5,47.8,1,2023-06-19,2023-06-19,1,IS,Civilians,99,99,99,"
BROKEN = "79,9,Homs,Homs,Syria,34.7,36.7,1,2023-06-19,2023-06-19,1,IS,Civilians,1,1,1,"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compare")


@pytest.fixture
def ged(run: Run, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file of UCDP's with a row that is ours too, one of another country and a broken one; a store of a fight and an escape, made once."""
    store = made / "s.sqlite"
    monkeypatch.setenv("WAQAI_STORE", str(store))
    if not store.exists():
        (made / "desk.csv").write_text(OURS)
        assert run("import", "csv", str(made / "desk.csv"), "--publisher", "Our desk", "--by", "Ana").code == 0
    (tmp_path / "ged.csv").write_text("\n".join((HEADER, RAQQA, BASRA, BROKEN, "")))
    return str(tmp_path / "ged.csv")


def count_of(shown: str, words: str) -> list[str]:
    """Ours and theirs in that line of the first table."""
    return next(line.split()[-2:] for line in shown.splitlines() if line.startswith(f"{words} "))


def test_the_screen_shows_what_is_where_and_which_figures_differ(run: Run, ged: str) -> None:
    ran = run("compare", "ucdp", ged)
    assert ran.code == 0
    places = ("in both", "perhaps in both", "in this one only", "outside the other", "all")
    assert [count_of(ran.out, words) for words in places] == [["1", "1"], ["0", "0"], ["0", "0"], ["1", "1"], ["2", "2"]]
    assert "no death is told" in ran.out and "in a country of which the other record has nothing" in ran.out
    assert "killed  ours 12, theirs 17" in ran.out and " = 77" in ran.out
    assert "set aside: 1 row of the file" in ran.err and "line 4, type_of_violence" in ran.err


def test_rows_that_cannot_be_found_in_what_was_asked_for_are_no_misses(run: Run, ged: str) -> None:
    ran = run("compare", "ucdp", ged, "--country", "IQ")
    assert count_of(ran.out, "in both") == ["0", "0"] and "In theirs only (1)" in ran.out
    assert "only days, country, type and family" in run("compare", "ucdp", ged, "--publisher", "Our desk").err


def test_csv_has_a_row_for_each_happening(run: Run, ged: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("compare", "ucdp", ged, "--format", "csv").out, newline="")))
    assert [one["found"] for one in rows] == ["both", "outside theirs", "outside ours"]
    told = ("their_id", "their_line", "our_killed_best", "their_killed_best", "killed_apart")
    assert [rows[0][name] for name in told] == ["77", "2", "12", "17", "5"]


def test_a_file_is_public_unless_it_is_said_otherwise_and_says_what_it_is(run: Run, ged: str, tmp_path: Path) -> None:
    ran = run("compare", "ucdp", ged, "--format", "json", "--out", str(tmp_path / "out.json"))
    assert (ran.code, ran.out) == (0, "") and "profile public" in ran.err
    plain = json.loads((tmp_path / "out.json").read_text())
    assert ["profile", "public"] in plain["about"] and plain["rows"][0]["our_lat"] in (35.9, 36.0) and plain["rows"][0]["their_lat"] == 35.95


def test_values_of_a_table_of_unknown_terms_stay_out_of_a_public_file(run: Run, ged: str, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("id,type,earliest,place,country,lat,lon,killed_best\nX-1,clash,2023-06-19,Raqqa,SY,35.95,39.01,4711\n")
    assert "theirs 4,711" in run("compare", "csv", str(table)).out
    assert run("compare", "csv", str(table), "--format", "csv", "--out", str(tmp_path / "out.csv")).code == 0
    written = (tmp_path / "out.csv").read_text()
    assert "X-1" in written and "4711" not in written and "35.95" not in written
    assert "values of theirs: ids only" in (tmp_path / "out.csv.about.txt").read_text()
    assert run("compare", "csv", str(table), "--format", "csv", "--out", str(tmp_path / "in.csv"), "--profile", "internal").code == 0
    assert "4711" in (tmp_path / "in.csv").read_text()


def test_the_same_store_and_file_give_the_same_bytes(run: Run, ged: str) -> None:
    first, second = (run("compare", "ucdp", ged, "--format", "json").out for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--out", "x.txt"), 2, "text is for the screen; --format csv or json goes into a file"),
        (("--format", "csv", "--out", "no/such/x.csv"), 1, "there is no folder 'no/such'"),
        (("--column", "best"), 2, "write FIELD=HEADER, e.g. event_date=Date"),
        (("--country", "Syria"), 2, "'Syria' is no code of two letters"),
    ],
)
def test_what_cannot_be_done_is_said_before_any_work(run: Run, ged: str, words: tuple[str, ...], code: int, said: str) -> None:
    ran = run("compare", "ucdp", ged, *words)
    assert ran.code == code and said in " ".join(ran.err.replace("│", " ").split()) and ran.out == ""


def test_a_file_that_is_no_such_dataset_is_told_what_it_lacks(run: Run, ged: str) -> None:
    ran = run("compare", "acled", ged)
    assert ran.code == 1 and "it lacks" in ran.err and "event_id_cnty" in ran.err


def test_a_file_that_is_not_there_is_said(run: Run, ged: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a long path would be told in short
    ran = run("compare", "ucdp", "ged.csv.gone")
    assert ran.code == 1 and "ged.csv.gone" in ran.err


def test_without_the_extra_it_is_said_what_to_install(run: Run, ged: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "find_spec", lambda name: None)
    ran = run("compare", "ucdp", ged)
    assert ran.code == 1 and "waqai: comparing needs duckdb and splink" in ran.err and "pip install 'waqai[compare]'" in ran.err


def test_the_command_line_starts_without_splink_and_duckdb(run: Run) -> None:
    assert run("compare", "--help").code == 0 and "waqai.comparing" not in vars(sys.modules["waqai.cli.compare_commands"])


def test_a_record_is_not_compared_with_what_was_imported_from_the_very_dataset(
    run: Run, ged: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes((made / "s.sqlite").read_bytes())
    monkeypatch.setenv("WAQAI_STORE", str(copy))
    assert run("import", "ucdp", ged, "--by", "Ana").code == 0
    ran = run("compare", "ucdp", ged)
    assert count_of(ran.out, "all") == ["2", "2"] and "killed  ours 12, theirs 17" in ran.out  # 12: the desk's own, not 12 to 17
    assert "left out of ours: 1 incident that only rows of UCDP GED" in ran.err


def test_what_must_not_be_passed_on_is_compared_on_the_screen_and_in_no_file(run: Run, ged: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_STORE", str(tmp_path / "theirs.sqlite"))
    (tmp_path / "desk.csv").write_text(OURS)
    assert run("import", "csv", str(tmp_path / "desk.csv"), "--publisher", "A partner", "--terms", "no redistribution", "--by", "Ana").code == 0
    assert count_of(run("compare", "ucdp", ged).out, "all") == ["2", "2"]
    for profile in ("public", "partner", "internal"):
        assert run("compare", "ucdp", ged, "--format", "csv", "--profile", profile, "--out", str(tmp_path / f"{profile}.csv")).code == 0
        rows = list(csv.DictReader(io.StringIO((tmp_path / f"{profile}.csv").read_text(), newline="")))
        assert {one["found"] for one in rows} <= {"theirs only", "outside ours"}
        assert not [name for one in rows for name, value in one.items() if name.startswith("our_") and value]


def test_rows_that_name_no_country_lie_in_the_one_that_was_asked_for(run: Run, ged: str, tmp_path: Path) -> None:
    (tmp_path / "bare.csv").write_text("\n".join((HEADER.replace("country", "nothing"), RAQQA.replace("Syria,", ",").replace("of ,IS", "of Syria,IS"), "")))
    (row,) = json.loads(run("compare", "ucdp", str(tmp_path / "bare.csv"), "--country", "SY", "--type", "clash", "--format", "json").out)["rows"]
    assert (row["found"], row["their_country"]) == ("both", "SY")


def test_an_escape_is_found_in_the_class_in_which_acled_has_it(run: Run, ged: str, tmp_path: Path) -> None:
    columns = "event_id_cnty,event_date,time_precision,sub_event_type,country,admin1,location,latitude,longitude,geo_precision,fatalities"
    rows = ("SYR7,2023-06-25,1,Other,Syria,Al Hasakeh,Al-Hasakeh,36.5,40.75,1,0", "SYR8,2023-06-19,1,Armed clash,Syria,Ar Raqqa,Ar-Raqqa,35.95,39.01,1,12")
    (tmp_path / "acled.csv").write_text("\n".join((columns, *rows, "")))
    ran = run("compare", "acled", str(tmp_path / "acled.csv"))
    assert count_of(ran.out, "in both") == ["2", "2"] and "set aside" not in ran.err
