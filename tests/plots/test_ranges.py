"""Estimates with intervals beside what chance alone gives."""

from __future__ import annotations

from waqai.plots import Area, Disc, Label, Picture, Range, Stroke, make_ranges
from waqai.plots.ranges import CHANCE, MARK

ONE = Range(label="days 1 to 7 after", estimate=1.5, low=1.0, high=2.0, chance=(0.5, 1.25), words="p .01", stands_out=True)


def drawn(*rows: Range, none_at: float = 1.0) -> Picture:
    picture = make_ranges(rows, title="T", alt="A", axis="ratio", none_at=none_at)
    assert picture is not None
    return picture


def where(picture: Picture, number: str) -> float:
    """Where the axis has this number."""
    return next(shape.x for shape in picture.shapes if isinstance(shape, Label) and shape.words == number)


def test_dot_interval_and_chance_lie_where_the_axis_has_their_numbers() -> None:
    picture = drawn(ONE)
    (dot,) = (shape for shape in picture.shapes if isinstance(shape, Disc))
    line = next(shape for shape in picture.shapes if isinstance(shape, Stroke) and shape.line == MARK)
    chance = next(shape for shape in picture.shapes if isinstance(shape, Area) and shape.fill == CHANCE)
    assert abs(dot.x - where(picture, "1.5")) < 1e-6
    assert [round(x, 6) for x, _ in line.points] == [round(where(picture, one), 6) for one in ("1", "2")]
    assert abs(chance.points[0][0] - where(picture, "0.5")) < 1e-6 and where(picture, "1") < chance.points[1][0] < where(picture, "1.5")


def test_the_value_of_no_effect_is_on_the_picture_though_no_interval_reaches_it() -> None:
    picture = drawn(Range(label="all", estimate=3.0, low=2.5, high=4.0))
    (dashed,) = (shape for shape in picture.shapes if isinstance(shape, Stroke) and shape.dashed)
    assert abs(dashed.points[0][0] - where(picture, "1")) < 1e-6
    assert not any(isinstance(shape, Label) and "chance" in shape.words for shape in picture.shapes)


def test_what_does_not_stand_out_is_hollow() -> None:
    picture = drawn(ONE, Range(label="days 1 to 14 after", estimate=1.1, low=0.9, high=1.4, chance=(0.8, 1.2)))
    assert [shape.fill for shape in picture.shapes if isinstance(shape, Disc)] == [MARK, "#ffffff"]


def test_a_long_name_is_cut_and_nothing_is_no_picture() -> None:
    picture = drawn(Range(label="a very long name of a baseline " * 4, estimate=1, low=1, high=1))
    assert any(isinstance(shape, Label) and shape.words.endswith("…") for shape in picture.shapes)
    assert make_ranges([], title="T", alt="A", axis="ratio", none_at=0) is None
