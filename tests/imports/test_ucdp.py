from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from imports.tables import UCDP, fail_one, read_one


def test_a_row_says_what_when_where_who_and_how_many(tmp_path: Path) -> None:
    row = read_one(tmp_path, UCDP)
    assert (row.dataset, row.id, row.type, row.earliest, row.latest) == ("ucdp", "700001", "clash", date(2023, 6, 18), date(2023, 6, 18))
    assert (row.place.name, row.place.admin1, row.place.country, row.place.precision, row.place.radius_km) == (
        "Tel Salam town",
        "Hasakah",
        "SY",
        "P2_near",
        25.0,
    )
    assert [(p.role, p.name, p.words) for p in row.parties] == [("initiator", "Syrian government", "Government of Syria"), ("target", "IS", "IS")]
    assert [(f.of_whom, f.low, f.high, f.best) for f in row.figures] == [(None, 3, 7, 5), ("Government of Syria", 2, 2, 2), ("civilians", 1, 1, 1)]
    assert (row.speaker, row.publishers, row.published, row.notes) == ("the army", ("Desk of Tests",), date(2023, 6, 20), "Fighting near Tel Salam")


def test_a_file_that_names_no_country_is_of_the_one_that_a_person_named(tmp_path: Path) -> None:
    row = {name: cell for name, cell in UCDP.items() if name != "country"}
    assert [read_one(tmp_path, row, country=country).place.country for country in (None, "SY")] == [None, "SY"]
    assert read_one(tmp_path, UCDP, country="IQ").place.country == "SY"


def test_violence_on_one_side_is_an_attack_on_civilians(tmp_path: Path) -> None:
    row = read_one(tmp_path, UCDP | {"type_of_violence": "3", "side_a": "IS", "side_b": "Civilians"})
    assert (row.type, [(p.role, p.name) for p in row.parties]) == ("attack_on_civilians", [("initiator", "IS"), ("victim", "civilians")])


@pytest.mark.parametrize(("code", "days"), [("1", 1), ("2", 2), ("3", 7), ("4", 28), ("5", 32)])
def test_a_span_is_as_long_as_its_precision_says_at_the_least(code: str, days: int, tmp_path: Path) -> None:
    row = read_one(tmp_path, UCDP | {"date_prec": code})
    assert (row.latest - row.earliest).days + 1 == days
    assert row.earliest <= date(2023, 6, 18) <= row.latest


def test_a_span_that_is_long_already_stays(tmp_path: Path) -> None:
    row = read_one(tmp_path, UCDP | {"date_prec": "4", "date_end": "2023-07-18"})
    assert (row.earliest, row.latest) == (date(2023, 6, 18), date(2023, 7, 18))


@pytest.mark.parametrize(
    ("best", "low", "high", "figure"),
    [("0", "0", "0", None), ("0", "0", "4", (0, 4, 0)), ("5", "3", "", (3, None, 5)), ("", "3", "9", (3, 9, None)), ("40", "20", "20", (20, 40, 40))],
)
def test_deaths_are_a_range_that_holds_all_three_numbers(best: str, low: str, high: str, figure: object, tmp_path: Path) -> None:
    row = read_one(tmp_path, UCDP | {"best": best, "low": low, "high": high, "deaths_a": "", "deaths_civilians": ""})
    assert [(f.low, f.high, f.best) for f in row.figures] == ([] if figure is None else [figure])


def test_several_who_say_it_leave_the_word_to_the_dataset(tmp_path: Path) -> None:
    assert read_one(tmp_path, UCDP | {"source_original": "the army;locals"}).speaker is None
    assert read_one(tmp_path, UCDP | {"source_original": ""}).speaker == "Desk of Tests"
    assert read_one(tmp_path, UCDP | {"source_original": "", "source_office": "-1"}).speaker is None


def test_a_source_that_came_out_before_the_event_has_no_day(tmp_path: Path) -> None:
    assert read_one(tmp_path, UCDP | {"source_date": "2022-06-20"}).published is None


@pytest.mark.parametrize(("column", "value"), [("type_of_violence", "4"), ("date_end", "2023-06-01"), ("where_prec", "0"), ("longitude", ""), ("best", "1.5")])
def test_a_wrong_cell_is_named(column: str, value: str, tmp_path: Path) -> None:
    assert fail_one(tmp_path, UCDP | {column: value}).column == column
