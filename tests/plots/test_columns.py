"""Counts by week or month as columns."""

from __future__ import annotations

from waqai.plots import Ahead, Area, Column, Label, Picture, Piece, Stroke, make_columns
from waqai.plots.columns import FAN, LEFT, LINE, MAY, RIGHT, SURE, UNRIPE, WIDTH

MONTHS = tuple(Column(label=f"2021-{n:02}", sure=n, low=n / 2, high=2 * n) for n in range(1, 11))


def drawn(*columns: Column, pieces: tuple[Piece, ...] = (), ahead: tuple[Ahead, ...] = ()) -> Picture:
    picture = make_columns(columns, title="T", alt="A", pieces=pieces, ahead=ahead)
    assert picture is not None
    return picture


def height_at(picture: Picture, number: str) -> float:
    """How high the axis has this number."""
    return next(shape.y - 4 for shape in picture.shapes if isinstance(shape, Label) and shape.words == number)


def boxes(picture: Picture, fill: str) -> list[Area]:
    """Those of the plot, without that of the legend."""
    return [shape for shape in picture.shapes if isinstance(shape, Area) and shape.fill == fill][:-1]


def words(picture: Picture) -> str:
    return "; ".join(shape.words for shape in picture.shapes if isinstance(shape, Label))


def test_a_column_is_as_high_as_its_count_and_what_may_lie_in_it_stands_on_it() -> None:
    picture = drawn(*MONTHS[:-1], Column(label="2021-10", sure=10, may=10))
    tallest, (may,) = boxes(picture, SURE)[-1], boxes(picture, MAY)
    assert abs(tallest.points[2][1] - height_at(picture, "10")) < 1e-6
    assert (round(may.points[0][1], 6), round(may.points[2][1], 6)) == (round(height_at(picture, "10"), 6), round(height_at(picture, "20"), 6))


def test_the_newest_columns_that_may_still_grow_stand_on_grey_and_the_legend_says_why() -> None:
    picture = drawn(*MONTHS, Column(label="2021-11", sure=2, unripe=True))
    (grey,) = boxes(picture, UNRIPE)
    assert abs(grey.points[1][0] - (WIDTH - RIGHT)) < 1e-6 and "reports may still come" in words(picture)
    assert "still come" not in words(drawn(*MONTHS)) and "not known" not in words(drawn(*MONTHS))


def test_a_piece_lies_over_its_columns_and_begins_with_a_break() -> None:
    pieces = (Piece(first=0, last=4, level=5, low=4, high=6), Piece(first=5, last=9, level=15, low=12, high=18))
    lines = [shape for shape in drawn(*MONTHS, pieces=pieces).shapes if isinstance(shape, Stroke) and shape.line == LINE]
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    levels = [shape for shape in lines if shape.width == 2]
    assert [round(x, 6) for one in levels for x, _ in one.points] == [LEFT, round(middle, 6), round(middle, 6), WIDTH - RIGHT]
    (edge,) = (shape for shape in lines if shape.width == 1)
    assert abs(edge.points[0][0] - middle) < 1e-6


def test_a_forecast_stands_behind_the_past_with_its_fan() -> None:
    picture = drawn(*MONTHS, ahead=(Ahead(label="2021-11", median=10, half=(8, 12), most=(4, 20)),))
    (fan,) = [shape for shape in picture.shapes if isinstance(shape, Area) and shape.fill == FAN][:1]
    assert (round(fan.points[0][1], 6), round(fan.points[2][1], 6)) != (0, 0) and abs(fan.points[2][1] - height_at(picture, "20")) < 1e-6
    assert fan.points[0][0] > boxes(picture, SURE)[-1].points[1][0]
    assert make_columns([], title="T", alt="A") is None
