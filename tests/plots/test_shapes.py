from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.plots.shapes import Box, clip, load_countries, load_provinces

POINTS = st.tuples(st.integers(-20, 20).map(float), st.integers(-20, 20).map(float))


def test_countries_and_provinces_are_where_they_are() -> None:
    syria = next(one for one in load_countries() if one.name == "Syria")
    assert 35 < syria.box.west < 36.5 and 32 < syria.box.south < 33 and 41.5 < syria.box.east < 43 and 37 < syria.box.north < 37.7
    assert sum("Hasa" in one.name for one in load_provinces()) >= 1 and len(load_provinces()) > 4000


@settings(deadline=None)
@given(st.lists(POINTS, min_size=3, max_size=8))
def test_what_is_cut_lies_in_the_box_and_what_lay_in_it_stays(points: list[tuple[float, float]]) -> None:
    box = Box(west=-10, south=-10, east=10, north=10)
    cut = clip(tuple(points), box)
    assert all(-10 - 1e-9 <= x <= 10 + 1e-9 and -10 - 1e-9 <= y <= 10 + 1e-9 for x, y in cut)
    assert {(x, y) for x, y in points if abs(x) <= 10 and abs(y) <= 10} <= set(cut)


def test_no_country_reaches_across_the_whole_map_for_lying_on_both_sides_of_the_date_line() -> None:
    for country in load_countries():
        for ring in country.rings:
            steps = [abs(lon - before) for (before, lat), (lon, _) in pairwise(ring) if abs(lat) < 80]
            assert max(steps, default=0) < 180, country.name
    (russia,) = [country for country in load_countries() if country.name == "Russia"]
    assert russia.box.east > 185 and russia.box.west < -185
