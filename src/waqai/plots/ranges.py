"""Estimates with their intervals, a row for each, beside what chance alone gives: the picture that no estimate of a pattern is shown without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10

from waqai.plots.colours import FAINT, GRID, INK
from waqai.plots.fonts import width_of
from waqai.plots.picture import Area, Disc, Label, Picture, Shape, Stroke

WIDTH, ROW, TOP, BOTTOM = 720, 26, 26, 44
RIGHT, GAP, MOST_LABEL = 120, 14, 260
CHANCE, MARK = "#dfe3e8", "#0072b2"
"""Fill of what chance gives, and the colour of an estimate that stands out of it; another is grey."""
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A row: the estimate with its interval; `chance`, the interval of what is found where there is no pattern; `words` behind it; `stands_out` of chance."""

    label: str
    estimate: float
    low: float
    high: float
    chance: tuple[float, float] | None = None
    words: str = ""
    stands_out: bool = False


def make_ranges(rows: Sequence[Range], *, title: str, alt: str, axis: str, none_at: float) -> Picture | None:
    """The rows from the top down; `none_at` is the value that means no effect, `axis` what is measured. None without rows. Raises MissingPart."""
    if not rows:
        return None
    bounds = [none_at, *(value for one in rows for value in (one.low, one.high, *(one.chance or ())))]
    ticks = _ticks(min(bounds), max(bounds))
    left = GAP + min(max(width_of(one.label, size=10.5) for one in rows), MOST_LABEL) + GAP
    scale = _Scale(left=left, low=ticks[0], high=ticks[-1])
    height = TOP + ROW * len(rows) + BOTTOM
    shapes = (*_axes(scale, ticks, height, axis), *_chance(rows, scale), *_none(scale, none_at, height), *_rows(rows, scale))
    return Picture(width=WIDTH, height=height, title=title, alt=alt, shapes=shapes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    left: float
    low: float
    high: float

    def x(self, value: float) -> float:
        return self.left + (value - self.low) / (self.high - self.low) * (WIDTH - RIGHT - self.left)


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """Three to seven round numbers from at most `low` to at least `high`.

    >>> _ticks(0.0, 1.0), _ticks(0.4, 2.3)
    ((0.0, 0.2, 0.4, 0.6, 0.8, 1.0), (0.0, 0.5, 1.0, 1.5, 2.0, 2.5))
    """
    rough = max(high - low, 1e-9) / 5
    power = 10.0 ** floor(log10(rough))
    step = next(power * one for one in _STEPS if power * one >= rough * 0.999)
    first, last = floor(low / step + 1e-9), -floor(-high / step + 1e-9)
    return tuple(round(step * n, 10) for n in range(first, max(last, first + 1) + 1))


def _axes(scale: _Scale, ticks: Sequence[float], height: int, axis: str) -> Iterator[Shape]:
    for tick in ticks:
        x = scale.x(tick)
        yield Stroke(points=((x, TOP - 6), (x, height - BOTTOM)), line=GRID)
        yield Label(x=x, y=height - BOTTOM + 15, words=f"{tick:,g}", size=10, anchor="middle", colour=FAINT)
    yield Label(x=(scale.left + WIDTH - RIGHT) / 2, y=height - 8, words=axis, size=11, anchor="middle", colour=FAINT)


def _chance(rows: Sequence[Range], scale: _Scale) -> Iterator[Shape]:
    for n, one in enumerate(rows):
        if one.chance is not None:
            top, left, right = TOP + ROW * n + 4, scale.x(one.chance[0]), scale.x(one.chance[1])
            yield Area(points=((left, top), (right, top), (right, top + ROW - 8), (left, top + ROW - 8)), fill=CHANCE)
    if any(one.chance is not None for one in rows):
        yield Area(points=((GAP, 6), (GAP + 22, 6), (GAP + 22, 16), (GAP, 16)), fill=CHANCE)
        yield Label(x=GAP + 28, y=15, words="what chance alone gives", size=10, colour=FAINT)


def _none(scale: _Scale, none_at: float, height: int) -> Iterator[Shape]:
    x = scale.x(none_at)
    yield Stroke(points=((x, TOP - 6), (x, height - BOTTOM)), line=FAINT, dashed=True)


def _rows(rows: Sequence[Range], scale: _Scale) -> Iterator[Shape]:
    for n, one in enumerate(rows):
        y, colour = TOP + ROW * (n + 0.5), MARK if one.stands_out else FAINT
        yield Label(x=scale.left - GAP, y=y + 4, words=cut_words(one.label, size=10.5, room=MOST_LABEL), size=10.5, anchor="end", colour=INK)
        yield Stroke(points=((scale.x(one.low), y), (scale.x(one.high), y)), line=colour, width=2)
        yield Disc(x=scale.x(one.estimate), y=y, radius=5, fill=colour if one.stands_out else "#ffffff", line=colour, width=1.8)
        yield Label(x=WIDTH - RIGHT + GAP, y=y + 4, words=one.words, size=10, colour=INK if one.stands_out else FAINT)


def cut_words(words: str, *, size: float, room: float) -> str:
    """The words as far as there is room for them."""
    if width_of(words, size=size) <= room:
        return words
    while words and width_of(words + "…", size=size) > room:
        words = words[:-1]
    return words.rstrip() + "…"
