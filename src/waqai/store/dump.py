"""All rows as text, in one order: to compare stores, and to look inside one."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from waqai.schema import tables
from waqai.schema.columns import plain_json


def iter_dump(connection: sa.Connection, *, without: Sequence[str]) -> Iterator[str]:
    """One line of JSON for each row, tables by name, rows by primary key. `changes` is left out: it counts how a store was filled, and says nothing of what."""
    for table in sorted(tables.metadata.sorted_tables, key=lambda t: t.name):
        if table is not tables.changes and table.name not in without:
            for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings():
                yield plain_json({"table": table.name} | plain_row(row))


def plain_row(row: sa.RowMapping) -> dict[str, Any]:
    """A row as JSON can hold it."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date) else value
