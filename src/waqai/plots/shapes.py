"""The outlines of countries and provinces that ship with the desk, as rings of degrees. See docs/provenance.md for whose lines they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from waqai.plots.fonts import shipped_file

Degrees: TypeAlias = tuple[float, float]
"""East, north."""
Ring: TypeAlias = tuple[Degrees, ...]


POLAR = 80.0
"""Rings that turn beyond this latitude go round the pole, and are left as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Degrees of the edges. `west` is less than `east`: no box crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    def overlaps(self, other: Box) -> bool:
        return self.west < other.east and other.west < self.east and self.south < other.north and other.south < self.north


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The rings of one country or province and the box around them."""

    name: str
    rings: tuple[Ring, ...]
    box: Box


@cache
def load_countries() -> tuple[Outline, ...]:
    """Every country. Raises MissingPart where the files of the desk's libraries were not fetched."""
    topology = json.loads(shipped_file("world-atlas/countries-50m.json").read_text(encoding="utf-8"))
    return tuple(_iter_outlines(topology, ["countries"]))


@cache
def load_provinces() -> tuple[Outline, ...]:
    """Every first-level area."""
    topology = json.loads(files("waqai").joinpath("desk/static/shapes/admin1.json").read_text(encoding="utf-8"))
    return tuple(_iter_outlines(topology, sorted(topology["objects"])))


def _iter_outlines(topology: Any, objects: Sequence[str]) -> Iterator[Outline]:
    arcs = _decode(topology)
    for name in objects:
        for geometry in topology["objects"][name]["geometries"]:
            polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
            rings = tuple(laid for polygon in polygons for ring in polygon for laid in on_both_sides(_join(ring, arcs)))
            if rings:
                yield Outline(name=geometry["properties"].get("name", ""), rings=rings, box=_box_of(rings))


def _decode(topology: Any) -> list[list[Degrees]]:
    """The arcs of a topology in degrees: each point is told as the step from the one before, in whole numbers."""
    (scale_x, scale_y), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + left, y * scale_y + low))
        arcs.append(arc)
    return arcs


def _join(numbers: Sequence[int], arcs: Sequence[Sequence[Degrees]]) -> Ring:
    """A ring of arcs; one with a negative number n is arc ~n backwards. An arc begins where the one before ends."""
    ring: list[Degrees] = []
    for number in numbers:
        arc = list(arcs[number]) if number >= 0 else list(reversed(arcs[~number]))
        ring += arc[1:] if ring else arc
    return tuple(ring)


def on_both_sides(ring: Ring) -> tuple[Ring, ...]:
    """The ring; one that crosses the date line goes on beyond it, and is there once more on the other side: else it would reach across the whole map.

    >>> on_both_sides(((179.0, 0.0), (-179.0, 0.0), (-179.0, 1.0)))
    (((179.0, 0.0), (181.0, 0.0), (181.0, 1.0)), ((-181.0, 0.0), (-179.0, 0.0), (-179.0, 1.0)))
    """
    laid: list[Degrees] = []
    turn = 0.0
    for (before, _), (lon, lat) in zip((ring[0], *ring), ring, strict=False):
        if abs(lon - before) > 180 and abs(lat) < POLAR:
            turn += -360.0 if lon > before else 360.0
        laid.append((lon + turn, lat))
    west, east = min(lon for lon, _ in laid), max(lon for lon, _ in laid)
    by = -360.0 if east > 180.5 else 360.0 if west < -180.5 else 0.0
    return (tuple(laid), tuple((lon + by, lat) for lon, lat in laid)) if by else (tuple(laid),)


def _box_of(rings: Sequence[Ring]) -> Box:
    east, north = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    return Box(west=min(east), south=min(north), east=max(east), north=max(north))


def clip(ring: Ring, box: Box) -> Ring:
    """What of the ring lies in the box, by Sutherland and Hodgman (1974); empty where nothing does.

    >>> clip(((-1, -1), (1, -1), (1, 1), (-1, 1)), Box(west=0, south=0, east=5, north=5))
    ((0.0, 0.0), (1.0, 0.0), (1, 1), (0.0, 1.0))
    """
    for axis, edge, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        ring = _cut(ring, axis=axis, edge=edge, sign=sign)
        if not ring:
            break
    return ring


def _cut(ring: Ring, *, axis: int, edge: float, sign: int) -> Ring:
    kept: list[Degrees] = []
    for before, at in zip((ring[-1], *ring[:-1]), ring, strict=True):
        was_in, is_in = sign * (before[axis] - edge) >= 0, sign * (at[axis] - edge) >= 0
        if was_in != is_in:
            share = (edge - before[axis]) / (at[axis] - before[axis])
            kept.append((before[0] + share * (at[0] - before[0]), before[1] + share * (at[1] - before[1])))
        if is_in:
            kept.append(at)
    return tuple(kept)
