from __future__ import annotations

import math
from collections import Counter

import pytest

from crowds import REGISTER, Crowd, crowd
from factories import make_where
from waqai.browse import Browser, Cells
from waqai.core import BadQuestion, Incident
from waqai.store import Filters, Store

FAMILIES = ("custody_exit", "custody_entry", "combat", "remote_violence", "policy_and_aid", "diplomacy")
WORLD = {"west": -180.0, "south": -85.0, "east": 180.0, "north": 85.0}
SYRIA = {"west": 35.0, "south": 32.0, "east": 43.0, "north": 38.0}
PACIFIC = {"west": 170.0, "south": -30.0, "east": -160.0, "north": 10.0}


@pytest.fixture
def full(store: Store) -> Crowd:
    return crowd(store, 5, reports=60)


@pytest.fixture
def asked(full: Crowd) -> Browser:
    return Browser(full.store, actors=REGISTER)


def is_in(one: Incident, west: float, south: float, east: float, north: float) -> bool:
    if one.where is None or one.where.lat is None or one.where.lon is None:
        return False
    across = west <= one.where.lon <= east if west <= east else one.where.lon >= west or one.where.lon <= east
    return across and south <= one.where.lat <= north


def grouped(incidents: list[Incident], zoom: int) -> dict[tuple[int, int], list[Incident]]:
    """Incidents by the cell of 64 pixels in which they lie, worked out with formulas of its own."""
    cells: dict[tuple[int, int], list[Incident]] = {}
    for one in incidents:
        assert one.where is not None and one.where.lat is not None and one.where.lon is not None
        side, lat = 4 * 2**zoom, math.radians(one.where.lat)
        x, y = (one.where.lon + 180) / 360, (1 - math.log(math.tan(lat) + 1 / math.cos(lat)) / math.pi) / 2
        cells.setdefault((math.floor(x * side), math.floor(y * side)), []).append(one)
    return cells


@pytest.mark.parametrize("zoom", [0, 3, 8, 14])
def test_cells_hold_what_lies_there(full: Crowd, asked: Browser, zoom: int) -> None:
    for box, filters in ((WORLD, Filters()), (SYRIA, Filters()), (PACIFIC, Filters()), (WORLD, Filters(type=("escape", "aid")))):
        passing = list(full.store.iter_incidents(filters))
        inside = [one for one in passing if is_in(one, **box)]
        wanted = grouped(inside, zoom)
        found = asked.cells(filters, zoom=zoom, **box)
        assert sorted(cell.count for cell in found.cells) == sorted(map(len, wanted.values()))
        assert {cell.incident for cell in found.cells if cell.incident} == {ones[0].id for ones in wanted.values() if len(ones) == 1}
        placed = [one for one in passing if one.where is not None and one.where.lat is not None]
        assert (found.outside, found.without_point) == (len(placed) - len(inside), len(passing) - len(placed))
        check_marks(full.store, found, wanted)


def check_marks(store: Store, found: Cells, wanted: dict[tuple[int, int], list[Incident]]) -> None:
    """Each mark stands in the middle of its incidents, has the family of most of them, and tells of a single one what there is to tell."""
    families = {one.id: family for family in FAMILIES for one in store.iter_incidents(Filters(family=(family,)))}
    by_middle = {}
    for ones in wanted.values():
        middle = tuple(round(sum(getattr(one.where, name) for one in ones) / len(ones), 3) for name in ("lat", "lon"))
        by_middle[middle] = ones
    for cell in found.cells:
        ones = by_middle[round(cell.lat, 3), round(cell.lon, 3)]
        counted = Counter(families[one.id] for one in ones)
        assert cell.family == min(counted, key=lambda family: (-counted[family], family))
        if len(ones) == 1 and (where := ones[0].where):
            told = (cell.type, cell.day, cell.radius_km, cell.precision)
            assert told == (ones[0].type, ones[0].when.latest if ones[0].when else None, where.radius_km, where.precision)


def test_a_map_that_repeats_shows_the_same(asked: Browser) -> None:
    once = asked.cells(Filters(), zoom=6, **SYRIA)
    again = asked.cells(Filters(), zoom=6, **SYRIA | {"west": 35.0 + 720, "east": 43.0 + 720})
    assert once == again and once.cells
    wide = asked.cells(Filters(), zoom=1, **WORLD | {"west": -400.0, "east": 500.0})
    assert wide.outside == 0 and sum(cell.count for cell in wide.cells) == sum(cell.count for cell in asked.cells(Filters(), zoom=1, **WORLD).cells)


def test_marks_stand_still_while_the_map_moves(asked: Browser) -> None:
    here = asked.cells(Filters(), zoom=7, **SYRIA)
    moved = asked.cells(Filters(), zoom=7, **SYRIA | {"west": 34.37, "north": 38.21})
    assert set(here.cells) <= set(moved.cells)


def test_there_are_never_more_marks_than_a_map_can_bear(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.browse.cells.MOST_CELLS", 2)
    made = Crowd(store, 1)
    for lat in range(8):
        made.random.seed(lat)
        tell_at(made, 30.0 + lat, 40.0)
    found = Browser(store, actors=REGISTER).cells(Filters(), zoom=10, **WORLD)
    assert 1 <= len(found.cells) <= 2 and sum(cell.count for cell in found.cells) == 8


def tell_at(made: Crowd, lat: float, lon: float) -> None:
    account = made.account
    made.incidents.clear()  # a new incident each time
    made.account = lambda report, **fields: account(report, **fields | {"where": make_where(lat=lat, lon=lon)})  # type: ignore[method-assign]
    made.tell()
    made.account = account  # type: ignore[method-assign]


def test_what_no_map_shows_is_refused(asked: Browser) -> None:
    nan = float("nan")
    for wrong in ({"west": nan}, {"north": math.inf}, {"south": 85.0}, {"south": 86.0}, {"west": 180.0}, {"east": 1e9}):
        with pytest.raises(BadQuestion, match="no part of a map"):
            asked.cells(Filters(), zoom=3, **WORLD | wrong)
    for zoom in (-1, 23):
        with pytest.raises(BadQuestion, match=f"there is no zoom {zoom}"):
            asked.cells(Filters(), zoom=zoom, **WORLD)
