"""A table as comma-separated values (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from waqai.bounds import Cleared
from waqai.export.guard import guard, make_whole
from waqai.export.shapes import Row, Shape
from waqai.export.writing import Writing

BOM = "\ufeff"


def write_csv(shapes: Sequence[Shape], records: Iterable[Cleared], file: BinaryIO, writing: Writing) -> None:
    """One table. Texts that a spreadsheet would take for formulas are guarded, `writing.bom` puts the mark in front by which it knows UTF-8."""
    (shape,) = shapes
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    text.write(BOM if writing.bom else "")
    rows = csv.writer(text, lineterminator="\r\n")  # with "\n" alone, a cell that holds "\r" would stand unquoted and break its row
    rows.writerow([column.name for column in shape.columns])
    if writing.hxl:
        rows.writerow([column.hxl or "" for column in shape.columns])
    for record in records:
        rows.writerows([make_cells(row) for row in writing.tally.rows_of(shape, record)])
    text.flush()
    text.detach()


def make_cells(row: Row) -> list[object]:
    """As the csv module is to write them: days in ISO form and whole numbers without a point, `true` and `false`."""
    return [one if one is None else _cell(one) for one in row]


def _cell(value: object) -> object:
    if isinstance(value, str):
        return guard(value) if value.isascii() else guard(make_whole(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return int(value) if isinstance(value, float) and value.is_integer() else value
