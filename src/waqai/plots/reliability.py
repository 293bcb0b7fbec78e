"""Strength words against what came: a row for each word, its band beside how often it came true, with the interval of that share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waqai.plots.colours import FAINT, GRID, INK, SEVERAL
from waqai.plots.picture import Area, Disc, Label, Picture, Shape, Stroke

WIDTH, ROW, TOP, BOTTOM = 640, 34, 12, 44
LABEL, COUNT = 150, 110
"""Pixels for the word on the left, and for how many there are on the right."""
BAND = "#c9d7e3"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow:
    """A strength word: `n` resolved, `yes` of them true; `band` and `interval` as (low, high) probabilities."""

    word: str
    n: int
    yes: int
    band: tuple[float, float]
    interval: tuple[float, float]


def make_reliability(rows: Sequence[WordRow], *, title: str) -> Picture:
    """The picture; without rows one that says so."""
    height = TOP + ROW * max(len(rows), 1) + BOTTOM
    shapes: list[Shape] = list(_axes(height))
    for n, row in enumerate(rows):
        shapes += _row(row, y=TOP + ROW * (n + 0.5))
    if not rows:
        shapes.append(Label(x=WIDTH / 2, y=TOP + ROW * 0.6, words="nothing is resolved yet", anchor="middle", colour=FAINT))
    alt = "; ".join(f"{row.word}: {row.yes} of {row.n} came true, band {row.band[0]:.2f} to {row.band[1]:.2f}" for row in rows)
    return Picture(width=WIDTH, height=height, title=title, alt=alt or "nothing is resolved yet", shapes=tuple(shapes))


def _x(p: float) -> float:
    return LABEL + p * (WIDTH - LABEL - COUNT)


def _axes(height: int) -> Iterator[Shape]:
    for tick in (0, 0.25, 0.5, 0.75, 1):
        yield Stroke(points=((_x(tick), TOP), (_x(tick), height - BOTTOM)), line=GRID)
        yield Label(x=_x(tick), y=height - BOTTOM + 14, words=f"{tick:g}", size=10, anchor="middle", colour=FAINT)
    words = "bar: what the word is taken to mean; dot and line: how often it came true, 95 % interval"
    yield Label(x=WIDTH / 2, y=height - 8, words=words, size=10, anchor="middle", colour=FAINT)


def _row(row: WordRow, *, y: float) -> Iterator[Shape]:
    low, high = _x(row.band[0]), _x(row.band[1])
    yield Area(points=((low, y - 9), (high, y - 9), (high, y + 9), (low, y + 9)), fill=BAND)
    yield Stroke(points=((_x(row.interval[0]), y), (_x(row.interval[1]), y)), line=SEVERAL[1], width=2)
    yield Disc(x=_x(row.yes / row.n), y=y, radius=4.5, fill=SEVERAL[1])
    yield Label(x=LABEL - 12, y=y + 4, words=row.word, size=11, anchor="end", colour=INK)
    yield Label(x=WIDTH - COUNT + 12, y=y + 4, words=f"n = {row.n}, {row.yes} true", size=10.5, colour=FAINT)
