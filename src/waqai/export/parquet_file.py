"""A table as Parquet; what is to be known of the file, and what each column holds, is in its metadata."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from waqai.bounds import Cleared
from waqai.export.guard import make_whole
from waqai.export.shapes import Column, Kind, Row, Shape
from waqai.export.writing import Writing

BATCH = 5_000
"""Rows of a row group: how many are in memory together."""
_TYPES: dict[Kind, Any] = {"text": pa.string(), "number": pa.float64(), "integer": pa.int64(), "day": pa.date32(), "truth": pa.bool_()}


def write_parquet(shapes: Sequence[Shape], records: Iterable[Cleared], file: BinaryIO, writing: Writing) -> None:
    """One table, a row group for each BATCH rows."""
    (shape,) = shapes
    schema = pa.schema([_field(column) for column in shape.columns])
    with pq.ParquetWriter(file, schema, compression="zstd") as parquet:
        batch: list[Row] = []
        for record in records:
            batch.extend(writing.tally.rows_of(shape, record))
            if len(batch) >= BATCH:
                parquet.write_batch(_make_batch(batch, shape.columns, schema))
                batch.clear()
        if batch:
            parquet.write_batch(_make_batch(batch, shape.columns, schema))
        parquet.add_key_value_metadata({"waqai": json.dumps(dict_of_lines(writing), ensure_ascii=False)})


def dict_of_lines(writing: Writing) -> dict[str, str]:
    """What is to be known of the file by name; several values of one name are joined."""
    found: dict[str, str] = {}
    for name, value in writing.about().lines():
        found[name] = f"{found[name]}; {value}" if name in found else value
    return found


def _field(column: Column) -> Any:
    told = {"title": column.title} | ({"hxl": column.hxl} if column.hxl else {})
    return pa.field(column.name, _TYPES[column.kind], metadata=told)


def _make_batch(rows: Sequence[Row], columns: Sequence[Column], schema: Any) -> Any:
    arrays = [_make_array(values, column.kind) for values, column in zip(zip(*rows, strict=True), columns, strict=True)]
    return pa.record_batch(arrays, schema=schema)


def _make_array(values: Sequence[Any], kind: Kind) -> Any:
    if kind == "text" and not all(one is None or one.isascii() for one in values):
        values = [one if one is None else make_whole(one) for one in values]
    return pa.array(values, type=_TYPES[kind])
