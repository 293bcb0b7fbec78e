from __future__ import annotations

import pytest

from sides import killed, later, side
from waqai.comparing.differing import Field, compare_sides
from waqai.comparing.sides import Range, Side


def fields(ours: list[Side], theirs: list[Side]) -> dict[str, Field]:
    return {one.name: one for one in compare_sides(ours, theirs)}


def test_what_both_tell_alike_agrees_and_deaths_stand_first_among_figures() -> None:
    figures = killed(3, wounded=Range(low=5, high=5), escaped=Range(low=2, high=2))
    found = compare_sides([side("o", figures=figures)], [side("t", figures=figures)])
    assert [(one.name, one.agrees, one.apart) for one in found] == [
        ("day", True, 0),
        ("place", True, 0),
        ("type", True, None),
        ("killed", True, 0),
        ("escaped", True, 0),
        ("wounded", True, 0),
    ]


@pytest.mark.parametrize(
    ("theirs", "agrees", "apart"),
    [
        (side("t", later(2)), False, 2),
        (side("t", later(-2)), False, 2),
        (side("t", later(-2), later(1)), True, 0),  # a span that holds our day
        (side("t", None), None, None),
    ],
)
def test_days_part_by_what_lies_between_them(theirs: Side, agrees: bool | None, apart: float | None) -> None:
    day = fields([side("o")], [theirs])["day"]
    assert (day.agrees, day.apart) == (agrees, apart)


@pytest.mark.parametrize(
    ("theirs", "agrees"),
    [
        (side("t", lat=36.53), True),  # 3 km: one town
        (side("t", lat=36.7), False),  # 22 km, both exact
        (side("t", lat=36.7, radius_km=50.0), True),  # told as the district
        (side("t", lat=None), None),
    ],
)
def test_places_agree_within_both_radii(theirs: Side, agrees: bool | None) -> None:
    place = fields([side("o")], [theirs])["place"]
    assert place.agrees is agrees and (place.apart == pytest.approx(22.2, abs=0.1) if agrees is False else not place.apart)


def test_types_agree_by_their_code_too_and_an_unknown_one_says_nothing() -> None:
    ours = [side("o", code="1")]
    assert fields(ours, [side("t", type="air_strike", code="1")])["type"].agrees is True
    assert fields(ours, [side("t", type="air_strike", code="2")])["type"].agrees is False
    other = fields(ours, [side("t", type=None, family=None, code="Other")])["type"]
    assert other.agrees is None and other.theirs == "a type that we have not (Other)"


def test_figures_part_by_the_persons_between_them_and_what_one_tells_alone_does_not() -> None:
    found = fields([side("o", figures=killed(3, 5))], [side("t", figures={"killed": Range(low=9, high=12), "wounded": Range(low=1, high=1)})])
    assert (found["killed"].ours, found["killed"].theirs, found["killed"].agrees, found["killed"].apart) == ("3–5", "9–12", False, 4)
    assert (found["wounded"].ours, found["wounded"].agrees) == (None, None)


def test_of_several_rows_the_days_span_all_and_figures_are_added() -> None:
    found = fields([side("o", later(0), later(2), figures=killed(9))], [side("a", figures=killed(4)), side("b", later(2), figures=killed(5))])
    assert (found["day"].theirs, found["killed"].theirs, found["killed"].agrees) == ("2021-03-05 to 2021-03-07", "9", True)


def test_a_figure_that_only_some_of_several_rows_tell_is_no_sum() -> None:
    found = fields([side("o", figures=killed(9))], [side("a", figures=killed(4)), side("b", later(1), figures={})])
    assert (found["killed"].theirs, found["killed"].agrees) == (None, None)
