from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import dist

import pytest

from waqai.bounds import Cleared
from waqai.plots import Disc, Label, Stroke, make_map
from waqai.plots.maps import HEIGHT, WIDTH

Make = Callable[..., Cleared]


def test_every_mark_lies_on_the_map_and_those_that_meet_are_one_with_their_number(record_of: Make) -> None:
    records = [*(record_of(f"i-{n}", at=(36.5 + n / 1000, 40.5)) for n in range(7)), record_of("i-far", at=(33.3, 44.4), family="combat")]
    picture = make_map(records, title="All")
    assert picture is not None
    marks = [shape for shape in picture.shapes if isinstance(shape, Disc) and shape.y < HEIGHT]
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in marks)
    assert [label.words for label in picture.shapes if isinstance(label, Label) and label.words.isdigit()] == ["7"]
    assert picture.alt == "Map with 8 of 8 incidents (by country: SY 8)."


@pytest.mark.parametrize(("radius_km", "least", "most"), [(25.0, 34, 39), (50.0, 70, 76)])
def test_the_circle_of_a_place_is_as_wide_as_it_may_be_off(record_of: Make, radius_km: float, least: float, most: float) -> None:
    """300 km from edge to edge of 440 pixels: 25 km are 36.7 pixels."""
    picture = make_map([record_of("i-1", radius_km=radius_km)], title="One", subject="i-1")
    assert picture is not None
    assert any(isinstance(shape, Disc) and least < shape.radius < most and shape.opacity < 0.5 for shape in picture.shapes)


def test_the_scale_bar_is_true(record_of: Make) -> None:
    picture = make_map([record_of("i-1")], title="One")
    assert picture is not None
    bar = next(shape for shape in picture.shapes if isinstance(shape, Stroke) and len(shape.points) == 4)
    km = next(int(label.words.removesuffix(" km")) for label in picture.shapes if isinstance(label, Label) and label.words.endswith(" km"))
    assert abs((bar.points[2][0] - bar.points[1][0]) / HEIGHT * 300 - km) < 0.5


def test_what_the_map_is_about_is_named_and_stands_apart(record_of: Make) -> None:
    picture = make_map([record_of("i-1"), record_of("i-2")], title="Two", subject="i-1")
    assert picture is not None
    assert [label.words for label in picture.shapes if isinstance(label, Label) and label.bold] == ["Town i-1"]


def test_without_a_point_there_is_no_map(record_of: Make) -> None:
    assert make_map([record_of("i-1", at=None)], title="None") is None
    picture = make_map([record_of("i-1", at=None), record_of("i-2")], title="One")
    assert picture is not None and "1 without a point" in picture.alt


@pytest.mark.parametrize("at", [(-89.0, 179.9), (71.0, -179.9), (0.0, 0.0)])
def test_no_point_of_the_globe_breaks_it(record_of: Make, at: tuple[float, float]) -> None:
    assert make_map([record_of("i-1", at=at), record_of("i-2", at=(-at[0], -at[1]))], title="Both ends") is not None
    assert make_map([record_of("i-1", at=at)], title="One end") is not None


def test_marks_of_many_hide_neither_each_other_nor_a_continent(record_of: Make) -> None:
    records = [record_of(f"i-{n}", at=(36.5 + n % 4 * 0.9, 40.5 + n % 5 * 0.9)) for n in range(400)]
    picture = make_map([*records, record_of("i-far", at=(-30.0, -60.0))], title="Many")
    assert picture is not None
    marks = [shape for shape in picture.shapes if isinstance(shape, Disc) and shape.y < HEIGHT and shape.opacity == 0.9]
    assert sum(int(label.words) for label in picture.shapes if isinstance(label, Label) and label.words.isdigit()) == 400
    assert all(mark.radius < 25 for mark in marks)
    assert all(dist((one.x, one.y), (other.x, other.y)) > 0.7 * (one.radius + other.radius) for one, other in combinations(marks, 2))
