from __future__ import annotations

from datetime import date

import pytest

from sides import later, side
from waqai.comparing.frames import WIDEST_DAYS, iter_blocks, make_columns
from waqai.comparing.sides import Side


def meet(ours: Side, theirs: Side) -> bool:
    """Whether both share a block, and so are compared."""
    return not set(iter_blocks(ours, widened=True)).isdisjoint(iter_blocks(theirs, widened=False))


@pytest.mark.parametrize("days", range(-4, 5))
@pytest.mark.parametrize("lon", [40.02, 40.49, 40.51, 40.98])
def test_neighbours_in_days_and_degrees_are_compared_whatever_border_lies_between(days: int, lon: float) -> None:
    bare = {"admin1": None, "family": None, "keys": ()}
    assert meet(side("a", lon=40.5, **bare), side("b", later(days), lon=lon, **bare))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"day": later(20)}, "another time"),
        ({"lat": 33.0, "admin1": "Daraa", "keys": ("others",), "family": "unrest"}, "another place, other people, other acts"),
        ({"day": None}, "no day"),
        ({"last": later(WIDEST_DAYS)}, "days that say nothing"),
    ],
)
def test_what_cannot_be_one_is_not_compared(change: dict[str, object], why: str) -> None:
    assert not meet(side("a"), side("b", **change)), why


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"lat": None, "lon": None}, "the province is told by both"),
        ({"lat": None, "lon": None, "admin1": None}, "the same family on the same day in the same country"),
        ({"lat": 33.0, "admin1": "Daraa"}, "the same family on the same day: a point can be wrong"),
        ({"lat": 33.0, "admin1": "Daraa", "family": "unrest"}, "the same party on the same day"),
        ({"radius_km": 300.0}, "a rough point still has its province"),
        ({"day": date(2021, 2, 1), "last": date(2021, 3, 31)}, "two months that hold the day"),
    ],
)
def test_what_may_be_one_is_compared_though_much_differs(change: dict[str, object], why: str) -> None:
    assert meet(side("a"), side("b", **change)), why


def test_the_world_ends_nowhere_between_east_and_west() -> None:
    bare = {"admin1": None, "family": None, "keys": (), "lat": 0.1}
    assert meet(side("a", lon=179.9, **bare), side("b", lon=-179.9, **bare))


def test_columns_are_of_one_length_and_a_half_point_is_none() -> None:
    columns = make_columns([side("a"), side("b", lon=None)], widened=False)
    assert {len(values) for values in columns.values()} == {2}
    assert columns["unique_id"] == ["0", "1"] and columns["lat"] == [36.5, None]
