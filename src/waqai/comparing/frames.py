"""Sides as columns, with the keys of the blocks in which pairs are looked for: only two that share a key are compared.

A key joins a time and a somewhere: the days by fours with a cell of half a degree, or with a province; the very day with a country and a family of types, or
with a party. One record's keys are widened to the neighbouring days and cells, so that no border parts a pair.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from waqai.comparing.sides import KILLED, Side, fold_area, fold_place

WIDEST_DAYS = 100
"""What may have taken place on more days than these is not compared: its day says nothing."""
_BUCKET_DAYS = 4
_CELL_DEGREES = 0.5
_ROUGH_KM = 60.0
"""A point of a wider radius stands for an area larger than a cell."""
_FEW_DAYS = 7


def make_columns(sides: Sequence[Side], *, widened: bool) -> dict[str, list[Any]]:
    """By name of column, a value for each side, in their order; `unique_id` is its place in it."""
    rows = [_row(number, side, widened=widened) for number, side in enumerate(sides)]
    return {name: [row[name] for row in rows] for name in _row(0, _NOTHING, widened=False)}


def is_too_wide(side: Side) -> bool:
    """Whether its days are too many to be compared."""
    return side.days is not None and side.days > WIDEST_DAYS


_NOTHING = Side(id="", type=None, family=None)


def _row(number: int, side: Side, *, widened: bool) -> dict[str, Any]:
    killed = side.figures.get(KILLED)
    others = {measure: held for measure, held in side.figures.items() if measure != KILLED}
    return {
        "unique_id": str(number),
        "first": None if side.first is None else side.first.toordinal(),
        "last": None if side.last is None else side.last.toordinal(),
        "place": fold_place(side.place),
        "admin1": fold_area(side.admin1),
        "lat": side.lat if side.lon is not None else None,
        "lon": side.lon if side.lat is not None else None,
        "radius": side.radius_km or 0.0,
        "type": side.type,
        "family": side.family,
        "code": side.code,
        "killed": None if killed is None else float(killed.number),
        "killed_low": None if killed is None else float(killed.low),
        "killed_high": None if killed is None else float(killed.upper),
        "measures": sorted(others),
        "counts": sorted(f"{measure} {held.number:g}" for measure, held in others.items() if held.number > 0),
        "keys": list(side.keys),
        "parties": " + ".join(side.keys) or None,
        "blocks": sorted(set(iter_blocks(side, widened=widened))),
    }


def iter_blocks(side: Side, *, widened: bool) -> Iterator[str]:
    """The keys of the blocks that a side belongs to; none where it has no day, or too many."""
    if side.first is None or side.last is None or is_too_wide(side):
        return
    first, last, beside = side.first.toordinal(), side.last.toordinal(), 1 if widened else 0
    buckets = range(first // _BUCKET_DAYS - beside, last // _BUCKET_DAYS + beside + 1)
    for cell in _cells(side, beside=beside):
        yield from (f"cell {bucket} {cell}" for bucket in buckets)
    area = fold_area(side.admin1)
    if area is not None:
        yield from (f"area {bucket} {side.country} {area}" for bucket in buckets)
    if last - first < _FEW_DAYS:
        for day in range(first - beside, last + beside + 1):
            if side.family is not None:
                yield f"type {day} {side.country} {side.family}"
            if side.code is not None:
                yield f"code {day} {side.country} {side.code}"
            yield from (f"party {day} {side.country} {key}" for key in side.keys)


def _cells(side: Side, *, beside: int) -> list[str]:
    if side.lat is None or side.lon is None or (side.radius_km or 0.0) > _ROUGH_KM:
        return []
    row, column, columns = math.floor(side.lat / _CELL_DEGREES), math.floor(side.lon / _CELL_DEGREES), round(360 / _CELL_DEGREES)
    near = range(-beside, beside + 1)
    return [f"{row + north}/{(column + east) % columns}" for north in near for east in near]
