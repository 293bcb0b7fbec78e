"""A picture as plain shapes, in pixels from the upper left: what maps and charts are drawn as, and what SVG, PNG and PDF are written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Point: TypeAlias = tuple[float, float]
Anchor: TypeAlias = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A closed outline. `fill` and `line` are "#rrggbb" or None."""

    points: tuple[Point, ...]
    fill: str | None
    line: str | None = None
    width: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line through points; `dashed`: broken."""

    points: tuple[Point, ...]
    line: str
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """A circle. `opacity` in [0, 1] is that of the fill alone."""

    x: float
    y: float
    radius: float
    fill: str | None
    line: str | None = None
    width: float = 1.0
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words, on one line; (`x`, `y`) is where their base line begins, has its middle or ends."""

    x: float
    y: float
    words: str
    size: float = 11.0
    anchor: Anchor = "start"
    colour: str = "#222222"
    bold: bool = False
    halo: bool = False


Shape: TypeAlias = Area | Stroke | Disc | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Shapes in the order in which they are painted. `title` names it, `alt` says in a sentence or two what is to be seen."""

    width: int
    height: int
    title: str
    alt: str
    shapes: tuple[Shape, ...]
