"""Counts by week or month as columns: what surely lies in each, what may, the interval of its rate; breaks in level, and a forecast with its fan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waqai.plots.axes import choose_ticks
from waqai.plots.colours import FAINT, GRID, INK
from waqai.plots.fonts import width_of
from waqai.plots.picture import Area, Label, Picture, Shape, Stroke

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 14, 44
SURE, MAY, UNRIPE, LINE, FAN, FAN_MIDDLE = "#56b4e9", "#cfe3f1", "#e8eaed", "#d55e00", "#f3d9c9", "#e9b08c"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A week or month: `sure` happenings lie in it, `may` more can; `low` to `high` is the interval of its rate; `unripe`: more may still be reported."""

    label: str
    sure: float
    may: float = 0.0
    low: float | None = None
    high: float | None = None
    unripe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one level, from column `first` to column `last`, with the interval of its level."""

    first: int
    last: int
    level: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A month that is forecast: the median, and the bounds that hold half and nine tenths of what is expected."""

    label: str
    median: float
    half: tuple[float, float]
    most: tuple[float, float]


def make_columns(columns: Sequence[Column], *, title: str, alt: str, pieces: Sequence[Piece] = (), ahead: Sequence[Ahead] = ()) -> Picture | None:
    """The columns in their order, with pieces laid over them and what is forecast behind them; None where there is nothing."""
    if not columns and not ahead:
        return None
    tallest = max([1.0, *(max(one.sure + one.may, one.high or 0.0) for one in columns), *(one.high for one in pieces), *(one.most[1] for one in ahead)])
    scale = _Scale(top=choose_ticks(tallest)[-1], many=len(columns) + len(ahead))
    labels = [*(one.label for one in columns), *(one.label for one in ahead)]
    shapes = (*_axes(scale, labels), *_bars(columns, scale), *_pieces(pieces, scale), *_fan(ahead, len(columns), scale), *_legend(columns, pieces, ahead))
    return Picture(width=WIDTH, height=HEIGHT, title=title, alt=alt, shapes=shapes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    top: float
    many: int

    @property
    def step(self) -> float:
        return (WIDTH - LEFT - RIGHT) / self.many

    def x(self, place: float) -> float:
        return LEFT + place * self.step

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - min(value, self.top) / self.top * (HEIGHT - TOP - BOTTOM)


def _axes(scale: _Scale, labels: Sequence[str]) -> Iterator[Shape]:
    for tick in choose_ticks(scale.top):
        yield Stroke(points=((LEFT, scale.y(tick)), (WIDTH - RIGHT, scale.y(tick))), line=GRID)
        yield Label(x=LEFT - 6, y=scale.y(tick) + 4, words=f"{tick:,g}", size=10, anchor="end", colour=FAINT)
    every = max(-(-len(labels) * 74 // (WIDTH - LEFT - RIGHT)), 1)
    for n in range(0, len(labels), every):
        x = min(max(scale.x(n + 0.5), LEFT + 20), WIDTH - 36)
        yield Label(x=x, y=HEIGHT - BOTTOM + 15, words=labels[n], size=10, anchor="middle", colour=FAINT)


def _bars(columns: Sequence[Column], scale: _Scale) -> Iterator[Shape]:
    wide = min(scale.step * 0.8, 36)
    for n, one in enumerate(columns):
        left, middle = scale.x(n + 0.5) - wide / 2, scale.x(n + 0.5)
        if one.unripe:
            yield _box(scale.x(n), scale.x(n + 1), scale.y(0), scale.y(scale.top), UNRIPE)
        if one.may:
            yield _box(left, left + wide, scale.y(one.sure), scale.y(one.sure + one.may), MAY)
        if one.sure:
            yield _box(left, left + wide, scale.y(0), scale.y(one.sure), SURE)
        if one.low is not None and one.high is not None and len(columns) <= 120:
            yield Stroke(points=((middle, scale.y(one.low)), (middle, scale.y(one.high))), line=INK, width=0.8)


def _box(left: float, right: float, low: float, high: float, fill: str) -> Area:
    return Area(points=((left, low), (right, low), (right, high), (left, high)), fill=fill)


def _pieces(pieces: Sequence[Piece], scale: _Scale) -> Iterator[Shape]:
    for n, one in enumerate(pieces):
        left, right, y = scale.x(one.first), scale.x(one.last + 1), scale.y(one.level)
        yield Stroke(points=((left, y), (right, y)), line=LINE, width=2)
        yield from (Stroke(points=((left, scale.y(bound)), (right, scale.y(bound))), line=LINE, width=0.8, dashed=True) for bound in (one.low, one.high))
        if n:
            yield Stroke(points=((left, scale.y(0)), (left, scale.y(scale.top))), line=LINE, width=1, dashed=True)


def _fan(ahead: Sequence[Ahead], past: int, scale: _Scale) -> Iterator[Shape]:
    for n, one in enumerate(ahead, past):
        left, right = scale.x(n + 0.1), scale.x(n + 0.9)
        yield _box(left, right, scale.y(one.most[0]), scale.y(one.most[1]), FAN)
        yield _box(left, right, scale.y(one.half[0]), scale.y(one.half[1]), FAN_MIDDLE)
        yield Stroke(points=((left, scale.y(one.median)), (right, scale.y(one.median))), line=LINE, width=2)


def _legend(columns: Sequence[Column], pieces: Sequence[Piece], ahead: Sequence[Ahead]) -> Iterator[Shape]:
    items = [(SURE, "happenings")] if columns else []
    items += [(MAY, "may lie in it, day not known")] if any(one.may for one in columns) else []
    items += [(UNRIPE, "reports may still come")] if any(one.unripe for one in columns) else []
    items += [(LINE, "level, with its interval")] if pieces else []
    items += [(FAN_MIDDLE, "half of what is expected"), (FAN, "nine tenths")] if ahead else []
    x = float(LEFT)
    for fill, words in items:
        yield _box(x, x + 12, HEIGHT - 6, HEIGHT - 16, fill)
        yield Label(x=x + 17, y=HEIGHT - 7, words=words, size=10, colour=FAINT)
        x += 17 + width_of(words, size=10) + 16
