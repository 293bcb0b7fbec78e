"""Small charts: competing figures over time, a dot for each on the day it was said, with its bounds as a line; how often fields stood against how sure the
reader was. Pure functions to coordinates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from waqai.browse import Band
from waqai.codebook import FigureStanding
from waqai.core import Figure

WIDTH, HEIGHT = 560, 190
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 12, 26
SIDE = 260
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A figure on the chart, in pixels from the upper left; `low_y` to `high_y` are its bounds, `open`: "at least"."""

    x: float
    y: float
    low_y: float
    high_y: float
    open: bool
    figure: Figure
    standing: FigureStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The dots with their axes: (pixel, label) of each tick."""

    dots: tuple[Dot, ...]
    days: tuple[tuple[float, str], ...]
    numbers: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def make_chart(standing: Mapping[Figure, FigureStanding]) -> Chart | None:
    """The figures of one group over the days on which they were said; None where fewer than two have a day."""
    told = [figure for figure in standing if figure.said_at is not None]
    if len(told) < 2:
        return None
    days = [figure.said_at for figure in told if figure.said_at is not None]
    first, last = min(days), max(days)
    top = max(max(figure.high or 0, figure.best or 0, figure.low) for figure in told)
    ticks = choose_ticks(top)
    scale = _Scale(first=first, days=max((last - first).days, 1), top=ticks[-1] or 1)
    dots = tuple(_dot(figure, standing[figure], scale) for figure in told)
    return Chart(dots=dots, days=_day_ticks(first, last, scale), numbers=tuple((scale.y(n), f"{n:,g}") for n in ticks))


def choose_ticks(top: float) -> tuple[float, ...]:
    """0 and one to five round numbers up to at least `top`.

    >>> choose_ticks(25), choose_ticks(879), choose_ticks(3)
    ((0, 5, 10, 15, 20, 25), (0, 200, 400, 600, 800, 1000), (0, 1, 2, 3))
    """
    power = 10 ** max(len(str(int(top))) - 2, 0)
    step = next(s * power * ten for ten in (1, 10, 100) for s in _STEPS if top / (s * power * ten) <= 5)
    return tuple(step * n for n in range(int(-(-top // step)) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    first: date
    days: int
    top: float

    def x(self, day: date) -> float:
        return round(LEFT + 10 + (day - self.first).days / self.days * (WIDTH - LEFT - RIGHT - 20), 1)

    def y(self, number: float) -> float:
        return round(HEIGHT - BOTTOM - number / self.top * (HEIGHT - TOP - BOTTOM), 1)


def _dot(figure: Figure, standing: FigureStanding, scale: _Scale) -> Dot:
    said_at = figure.said_at or scale.first
    best = figure.best if figure.best is not None else figure.low
    high = figure.high if figure.high is not None else max(best, figure.low)
    return Dot(
        x=scale.x(said_at),
        y=scale.y(best),
        low_y=scale.y(figure.low),
        high_y=scale.y(high),
        open=figure.high is None,
        figure=figure,
        standing=standing,
    )


def _day_ticks(first: date, last: date, scale: _Scale) -> tuple[tuple[float, str], ...]:
    """The first and the last day, and the middle one where there is room."""
    days = [first, last] if (last - first).days < 2 else [first, first + timedelta(days=(last - first).days // 2), last]
    return tuple((scale.x(day), day.isoformat()) for day in dict.fromkeys(days))


def names_of(figures: Sequence[Figure]) -> dict[str, int]:
    """The speakers, each with a number for its colour, in the order in which they first speak."""
    return {speaker: n for n, speaker in enumerate(dict.fromkeys(figure.speaker for figure in figures))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How often fields stood against how sure the reader was, in pixels: a dot for each band, the line on which a reader stands that knows what it knows."""

    dots: tuple[tuple[float, float, Band], ...]
    line: tuple[float, float, float, float]
    ticks: tuple[tuple[float, float, str], ...]
    width: int = SIDE + LEFT + RIGHT
    height: int = SIDE + TOP + BOTTOM
    left: int = LEFT
    right: int = LEFT + SIDE
    top: int = TOP
    bottom: int = TOP + SIDE


def make_calibration(bands: Sequence[Band]) -> Calibration | None:
    """The chart of these bands; None without any."""
    if not bands:
        return None
    dots = tuple((_across(band.mean), _down(band.share), band) for band in bands)
    ticks = tuple((_across(n / 4), _down(n / 4), f"{n * 25} %") for n in range(5))
    return Calibration(dots=dots, line=(_across(0), _down(0), _across(1), _down(1)), ticks=ticks)


def _across(share: float) -> float:
    return round(LEFT + share * SIDE, 1)


def _down(share: float) -> float:
    return round(TOP + (1 - share) * SIDE, 1)
