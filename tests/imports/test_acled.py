from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from imports.tables import ACLED, fail_one, read_one
from waqai.imports import RowFigure


def test_a_row_says_what_when_where_who_and_how_many(tmp_path: Path) -> None:
    row = read_one(tmp_path, ACLED)
    assert (row.dataset, row.id, row.line, row.type, row.status) == ("acled", "SYR900", 2, "clash", "occurred")
    assert (row.earliest, row.latest, row.published) == (date(2023, 6, 18), date(2023, 6, 18), date(2023, 6, 23))
    assert (row.place.name, row.place.country, row.place.lat, row.place.radius_km, row.place.precision) == ("Tel Salam", "SY", 36.5, 5.0, "P1_point")
    assert [(p.role, p.name) for p in row.parties] == [
        ("initiator", "Islamic State"),
        ("target", "Military Forces of Syria (2000-2024)"),
        ("target", "Police"),
        ("target", "Tribal Guard"),
    ]
    assert row.figures == (RowFigure(measure="killed", low=5, high=None, best=5, columns=("fatalities",)),)
    assert (row.publishers, row.speaker) == (("Desk of Tests", "The Daily"), None)


def test_one_source_alone_is_who_says_it(tmp_path: Path) -> None:
    row = read_one(tmp_path, ACLED | {"source": "SOHR"})
    assert (row.speaker, row.speaker_columns) == ("SOHR", ("source",))


@pytest.mark.parametrize(("code", "first", "last"), [("2", date(2023, 6, 15), date(2023, 6, 21)), ("3", date(2023, 6, 3), date(2023, 7, 3))])
def test_a_day_that_is_known_to_the_week_or_month_is_a_span_around_it(code: str, first: date, last: date, tmp_path: Path) -> None:
    row = read_one(tmp_path, ACLED | {"time_precision": code})
    assert (row.earliest, row.latest) == (first, last)


@pytest.mark.parametrize(
    ("code", "location", "precision", "radius"),
    [("2", "Tel Salam", "P2_near", 25), ("2", "Ras Al Ain", "P3_admin2", 50), ("3", "Al Hasakeh", "P4_admin1", 150)],
)
def test_a_place_that_is_less_exact_lies_further_from_its_point(code: str, location: str, precision: str, radius: float, tmp_path: Path) -> None:
    place = read_one(tmp_path, ACLED | {"geo_precision": code, "location": location}).place
    assert (place.precision, place.radius_km) == (precision, radius)


def test_a_type_brings_what_its_code_says(tmp_path: Path) -> None:
    row = read_one(tmp_path, ACLED | {"sub_event_type": "Government regains territory"})
    assert (row.type, row.attrs) == ("territory_change", {"taken_by": "government", "violent": True})


def test_a_crowd_is_no_party_and_civilians_are_victims(tmp_path: Path) -> None:
    crowd = read_one(tmp_path, ACLED | {"sub_event_type": "Peaceful protest", "actor1": "Protesters (Syria)", "assoc_actor_1": "Teachers", "actor2": ""})
    assert [(p.role, p.name) for p in crowd.parties] == [("initiator", "Teachers"), ("target", "Police"), ("target", "Tribal Guard")]
    attack = read_one(tmp_path, ACLED | {"sub_event_type": "Attack", "actor2": "Civilians (Syria)", "assoc_actor_2": ""})
    assert [(p.role, p.name, p.words) for p in attack.parties][1:] == [("victim", "civilians", "Civilians (Syria)")]


def test_who_stops_a_protest_acts_and_the_crowd_does_not(tmp_path: Path) -> None:
    row = read_one(
        tmp_path,
        ACLED
        | {"sub_event_type": "Protest with intervention", "actor1": "Protesters (Syria)", "assoc_actor_1": "Teachers", "actor2": "Police", "assoc_actor_2": ""},
    )
    assert [(p.role, p.name) for p in row.parties] == [("victim", "Teachers"), ("initiator", "Police")]


@pytest.mark.parametrize(
    ("tags", "figure"),
    [
        ("crowd size=about 100; women targeted", (90, 110, 100)),
        ("crowd size=at least 50", (50, None, 50)),
        ("crowd size=dozens", (24, 99, None)),
        ("crowd size=1,000-2,000", (1000, 2000, None)),
        ("crowd size=no report", None),
    ],
)
def test_the_size_of_a_crowd_is_a_figure(tags: str, figure: tuple[int, int | None, int | None] | None, tmp_path: Path) -> None:
    row = read_one(tmp_path, ACLED | {"tags": tags, "fatalities": "0"})
    assert [(f.low, f.high, f.best) for f in row.figures] == ([] if figure is None else [figure])


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("sub_event_type", "Other", "no type of ours for 'Other': ACLED's residual class"),
        ("sub_event_type", "Dance", "no type of ours: 'Dance' is no code that we know of"),
        ("event_date", "31 June 2023", "is no day"),
        ("event_date", "03/04/2023", "say how dates are meant"),
        ("time_precision", "9", "none of the codes 1, 2, 3"),
        ("geo_precision", "", "it is needed"),
        ("latitude", "136.5", "no number from -90 to 90"),
        ("fatalities", "many", "no number"),
        ("event_id_cnty", "", "it is needed"),
    ],
)
def test_a_wrong_cell_names_its_line_and_column_and_what_would_help(column: str, value: str, why: str, tmp_path: Path) -> None:
    error = fail_one(tmp_path, ACLED | {column: value})
    assert (error.line, error.column, error.value or "") == (2, column, value)
    assert why in error.why


def test_a_country_without_its_number_is_found_by_name(tmp_path: Path) -> None:
    assert read_one(tmp_path, ACLED | {"iso": "", "country": "Democratic Republic of Congo"}).place.country == "CD"
    assert fail_one(tmp_path, ACLED | {"iso": "", "country": "Atlantis"}).column == "country"
