from __future__ import annotations

import json
from pathlib import Path

import pytest

from imports.tables import ACLED, OWN, POLECAT, UCDP, read, write
from waqai.core import EmptyReport, MissingColumn, ReportNotFound, UnreadableReport
from waqai.imports import ForeignRow, RowError


@pytest.mark.parametrize(("row", "dataset"), [(ACLED, "acled"), (UCDP, "ucdp"), (POLECAT, "polecat"), (OWN, "csv")])
def test_the_headers_tell_whose_file_it_is(row: dict[str, str], dataset: str, tmp_path: Path) -> None:
    (found,) = read(write(tmp_path / "rows.csv", [row]))
    assert found.dataset == dataset


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding"), [("a.csv", ";", "utf-8-sig"), ("a.tsv", "\t", "utf-8"), ("a.txt", "\t", "cp1252"), ("a.csv", ",", "utf-16")]
)
def test_separators_and_encodings_are_told_by_the_file(name: str, delimiter: str, encoding: str, tmp_path: Path) -> None:
    table = write(tmp_path / name, [{k.upper(): v for k, v in ACLED.items()} | {"NOTES": "Café, fled"}], delimiter=delimiter, encoding=encoding)
    (row,) = [one for one in read(table) if isinstance(one, ForeignRow)]
    assert (row.notes, row.notes_columns) == ("Café, fled", ("NOTES",))


def test_json_lines_are_rows_too(tmp_path: Path) -> None:
    table = tmp_path / "rows.jsonl"
    table.write_text("\n".join([json.dumps(ACLED), "[]", json.dumps(ACLED | {"event_id_cnty": "B", "fatalities": 3, "iso": None})]), encoding="utf-8")
    first, bad, last = read(table)
    assert (first.id, bad.line, last.figures[0].low) == ("SYR900", 2, 3)


def test_the_guard_of_a_spreadsheet_comes_off(tmp_path: Path) -> None:
    (row,) = read(write(tmp_path / "a.csv", [ACLED | {"notes": "'=1+1", "location": "'quoted'"}]))
    assert (row.notes, row.place.name, row.cells["notes"]) == ("=1+1", "'quoted'", "=1+1")


def test_a_row_of_hashtags_is_none(tmp_path: Path) -> None:
    tags = {name: f"#{name}" for name in ACLED}
    (row,) = read(write(tmp_path / "a.csv", [tags, ACLED]))
    assert row.line == 3


def test_an_id_that_comes_twice_is_set_aside_and_names_the_first(tmp_path: Path) -> None:
    rows = read(write(tmp_path / "a.csv", [ACLED, ACLED]))
    assert isinstance(rows[1], RowError)
    assert str(rows[1]) == "line 3 'SYR900': the id stands in line 2 already; ids must differ"


def test_a_bad_row_does_not_stop_the_others(tmp_path: Path) -> None:
    rows = read(write(tmp_path / "a.csv", [ACLED, ACLED | {"event_id_cnty": "B", "event_date": "soon"}, ACLED | {"event_id_cnty": "C"}]))
    assert [(type(row), row.id) for row in rows] == [(ForeignRow, "SYR900"), (RowError, "B"), (ForeignRow, "C")]


def test_a_file_without_needed_columns_says_all_that_it_lacks_at_once(tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", [{name: cell for name, cell in ACLED.items() if name not in ("time_precision", "geo_precision")}])
    with pytest.raises(MissingColumn, match="lacks time_precision, geo_precision; its columns are 'event_id_cnty'"):
        read(table, dataset="acled")
    with pytest.raises(MissingColumn, match="Get the file with all its columns"):  # its command has no --column
        read(table, dataset="acled")
    with pytest.raises(MissingColumn, match="none of acled, ucdp, polecat, csv"):
        read(table)
    with pytest.raises(MissingColumn, match="no column 'Ort'"):
        read(write(tmp_path / "b.csv", [OWN]), columns={"place": "Ort"})


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "nothing.csv").touch()
    with pytest.raises(EmptyReport, match=r"nothing\.csv is empty"):
        read(tmp_path / "nothing.csv")
    with pytest.raises(ReportNotFound):
        read(tmp_path / "none.csv")
    (tmp_path / "a.zip").write_bytes(b"PK")
    with pytest.raises(UnreadableReport, match="is no table; tables are"):
        read(tmp_path / "a.zip")
    (tmp_path / "a.jsonl").write_text("1\n", encoding="utf-8")
    with pytest.raises(UnreadableReport, match="no JSON object"):
        read(tmp_path / "a.jsonl")


def test_a_code_without_a_type_of_ours_is_set_aside_unless_a_type_stands_in(tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", [ACLED | {"sub_event_type": "Other"}, ACLED | {"event_id_cnty": "B"}])
    refused, kept = read(table)
    assert isinstance(refused, RowError) and kept.type == "clash"
    first, second = read(table, stand_in="detention")
    assert (first.type, first.cells["sub_event_type"], second.type) == ("detention", "Other", "clash")
