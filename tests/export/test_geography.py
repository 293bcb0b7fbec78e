from __future__ import annotations

import pytest

from waqai.codebook import load_actors
from waqai.export.geography import ACLED_NAMES, UCDP_NAMES, alpha3, country_name, find_cell, iso_number

REGISTER = load_actors()
STATES = sorted(actor.country for actor in REGISTER.actors.values() if actor.kind == "state" and actor.country)


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [(-90, -180, 1), (-89.6, -179.4, 2), (-89.4, -180, 721), (90, 180, 259200), (10.51, 2.29, 145085)],  # the last: a worked example of PRIO-GRID's users
)
def test_cells_are_counted_from_the_south_west_corner_along_rows_of_720(lat: float, lon: float, cell: int) -> None:
    assert find_cell(lat, lon) == cell


def test_no_cell_is_told_where_a_rounded_point_may_lie_in_two() -> None:
    assert find_cell(36.5, 40.2, within=0.05) is None
    assert find_cell(36.4, 40.2, within=0.05) == find_cell(36.4, 40.2)


def test_every_state_of_the_register_but_kosovo_has_iso_codes_and_no_two_the_same() -> None:
    numbers = {state: iso_number(state) for state in STATES if state != "XK"}
    letters = {state: alpha3(state) for state in STATES if state != "XK"}
    assert None not in numbers.values() and len(set(numbers.values())) == len(numbers)
    assert None not in letters.values() and len(set(letters.values())) == len(letters)


@pytest.mark.parametrize(
    ("state", "number", "letters"),
    [("SD", 729, "SDN"), ("YE", 887, "YEM"), ("ET", 231, "ETH"), ("DE", 276, "DEU"), ("FR", 250, "FRA"), ("CD", 180, "COD"), ("MM", 104, "MMR")],
)
def test_codes_that_iso_withdrew_are_not_told(state: str, number: int, letters: str) -> None:
    assert (iso_number(state), alpha3(state)) == (number, letters)


def test_countries_are_named_as_the_scheme_names_them() -> None:
    assert [country_name("CD", REGISTER, named=named) for named in (ACLED_NAMES, UCDP_NAMES, {})] == [
        "Democratic Republic of Congo",
        "DR Congo (Zaire)",
        "Democratic Republic of the Congo",
    ]
    assert country_name("SY", REGISTER, named=ACLED_NAMES) == "Syria"
    assert country_name("QQ", REGISTER, named=ACLED_NAMES) is None
    assert country_name(None, REGISTER, named=ACLED_NAMES) is None
