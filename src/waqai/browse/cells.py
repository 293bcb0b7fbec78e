"""Incidents on a map: those near each other as one mark with their number, on a grid of squares that are of one size on the screen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waqai.browse.mercator import TILE_PIXELS, project
from waqai.browse.picture import NO_DAY, Mask, Picture
from waqai.core import BadQuestion, Day

CELL_PIXELS = 64
"""Side of a cell on the screen."""
MOST_CELLS = 1_500
"""More than this make a map slow and say nothing: cells are made larger, twice each time, until there are as few."""
FARTHEST_ZOOM = 22
_WIDEST = 2_048  # cells along the longer side of what is looked at: more would be larger ones anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What a map shows, in degrees; `west` beyond `east`: it goes across the date line. Longitudes may run on beyond 180, as maps that repeat give them.

    Raises BadQuestion for a side that is no number, and for a south that is not below the north.
    """

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        sides = (self.west, self.south, self.east, self.north)
        if not all(map(math.isfinite, sides)) or max(map(abs, sides)) > 36_000 or self.south >= self.north or self.west == self.east:
            raise BadQuestion(f"west {self.west}, south {self.south}, east {self.east}, north {self.north} enclose no part of a map; give degrees")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A mark on the map: `count` incidents whose points have this mean, and the family that most of them are of.

    Where it is one incident only, `incident` is its id, with its type, its latest day, and how exactly its place is known.
    """

    lat: float
    lon: float
    count: int
    family: str
    incident: str | None = None
    type: str | None = None
    day: Day | None = None
    radius_km: float | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The marks of what a map shows, most incidents first. Of those that pass the filters `outside` lie elsewhere, and `without_point` nowhere on a map."""

    cells: tuple[Cell, ...]
    outside: int
    without_point: int


def make_cells(picture: Picture, chosen: Mask, box: Box, *, zoom: int) -> Cells:
    """The chosen incidents in the box. Raises BadQuestion for a zoom that maps do not have."""
    if not 0 <= zoom <= FARTHEST_ZOOM:
        raise BadQuestion(f"there is no zoom {zoom}; maps have 0 to {FARTHEST_ZOOM}")
    placed = chosen & ~np.isnan(picture.columns["x"])
    rows, x = _find_rows(picture, placed, box)
    cells = _cluster(picture, rows, x, zoom=zoom) if len(rows) else ()
    points = int(placed.sum())
    return Cells(cells=cells, outside=points - len(rows), without_point=int(chosen.sum()) - points)


def _find_rows(picture: Picture, placed: Mask, box: Box) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(rows in the box, their x on a map that begins no later than the box and runs on beyond the date line)."""
    (west, _), (north, south) = project(np.array([box.north, box.south]), np.array([box.west, box.east]))
    width = 1.0 if box.east - box.west >= 360 else (box.east - box.west) / 360 % 1
    across = (picture.columns["x"] - west) % 1
    y = picture.columns["y"]
    rows = np.flatnonzero(placed & (across <= width) & (y >= north) & (y <= south))
    return rows, west % 1 + across[rows]


def _cluster(picture: Picture, rows: NDArray[np.int64], x: NDArray[np.float64], *, zoom: int) -> tuple[Cell, ...]:
    """Cells of a grid that stands still on the map, of its size at this zoom or larger."""
    y, per_world = picture.columns["y"][rows], TILE_PIXELS * 2.0**zoom / CELL_PIXELS
    while per_world * max(np.ptp(x), np.ptp(y)) > _WIDEST:
        per_world /= 2
    while True:
        right, down = (np.floor(along * per_world).astype(np.int64) for along in (x, y))
        cells, members = np.unique((down - down.min()) * (2 * _WIDEST) + right - right.min(), return_inverse=True)
        if len(cells) <= MOST_CELLS:
            return tuple(_iter_cells(picture, rows, members, len(cells)))
        per_world /= 2


def _iter_cells(picture: Picture, rows: NDArray[np.int64], members: NDArray[np.int64], cells: int) -> Iterator[Cell]:
    counts = np.bincount(members, minlength=cells)
    lat, lon = (np.bincount(members, weights=picture.columns[name][rows], minlength=cells) / counts for name in ("lat", "lon"))
    first = np.zeros(cells, dtype=np.int64)
    first[members[::-1]] = rows[::-1]
    families = _most_common(picture, rows, members, cells)
    for n in np.argsort(-counts, kind="stable").tolist():
        about = {"lat": round(float(lat[n]), 5), "lon": round(float(lon[n]), 5), "count": int(counts[n]), "family": families[n]}
        yield Cell(**about, **(_one(picture, int(first[n])) if counts[n] == 1 else {}))


def _most_common(picture: Picture, rows: NDArray[np.int64], members: NDArray[np.int64], cells: int) -> list[str]:
    """The family of most incidents of each cell; of equals the first by name."""
    names = picture.values("family")
    by_name = np.argsort(np.array(names))
    rank = np.empty(len(names), dtype=np.int64)
    rank[by_name] = np.arange(len(names))
    counts = np.bincount(members * len(names) + rank[picture.columns["family"][rows]], minlength=cells * len(names)).reshape(cells, len(names))
    return [names[by_name[n]] for n in counts.argmax(axis=1).tolist()]


def _one(picture: Picture, row: int) -> dict[str, Any]:
    """What is told of a single incident."""
    columns = picture.columns
    day, radius, precision = int(columns["latest"][row]), float(columns["radius_km"][row]), int(columns["precision"][row])
    return {
        "incident": picture.ids[row],
        "type": picture.values("type")[columns["type"][row]],
        "day": None if day == NO_DAY else Day.fromordinal(day),
        "radius_km": None if math.isnan(radius) else radius,
        "precision": None if precision < 0 else picture.values("precision")[precision],
    }
