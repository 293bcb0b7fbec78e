"""A table as GeoJSON (RFC 7946): a point for each row that has one, its radius and precision among the properties. A row without a point is still there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from waqai.bounds import Cleared
from waqai.export.guard import make_whole
from waqai.export.shapes import Row, Shape, find_point
from waqai.export.writing import Writing


def write_geojson(shapes: Sequence[Shape], records: Iterable[Cleared], file: BinaryIO, writing: Writing) -> None:
    """A collection of features; what is to be known of the file is its member `about`. Raises ValueError for a table without places."""
    (shape,) = shapes
    point = find_point(shape)
    if point is None:
        raise ValueError(f"the table {shape.name} has no columns lat and lon")
    names = [column.name for column in shape.columns]
    separator = b'{"type": "FeatureCollection", "features": [\n'
    for record in records:
        for row in writing.tally.rows_of(shape, record):
            file.write(separator + _encode(_feature(names, row, point)))
            separator = b",\n"
    file.write((b"\n" if separator == b",\n" else separator) + b'], "about": ' + _encode(writing.about().as_plain()) + b"}\n")


def _feature(names: Sequence[str], row: Row, point: tuple[int, int]) -> dict[str, Any]:
    lat, lon = row[point[0]], row[point[1]]
    geometry = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": row[0], "geometry": geometry, "properties": dict(zip(names, row, strict=True))}


def _encode(value: object) -> bytes:
    return make_whole(json.dumps(value, ensure_ascii=False, default=str)).encode("utf-8")
