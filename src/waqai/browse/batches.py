"""Many rows from the database as plain columns, as fast as the driver gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from waqai.schema.columns import unescape_text

CHUNK, BATCH = 500, 10_000
SOME: sa.BindParameter[Any] = sa.bindparam("some", expanding=True)
"""What stands in a question for some ids."""
Some: TypeAlias = Sequence[Any] | None
"""Ids of what is to be loaded; None: all."""


def iter_batches(connection: sa.Connection, chosen: sa.Select[Any], some: Some) -> Iterator[tuple[Sequence[Any], ...]]:
    """Columns of some thousand rows at a time as the driver gives them, for all or for some ids: as rows, SQLAlchemy's take twice the time."""
    for each in [{}] if some is None else [{"some": some[start : start + CHUNK]} for start in range(0, len(some), CHUNK)]:
        cursor: Any = connection.execute(chosen, each).cursor
        while rows := cursor.fetchmany(BATCH):
            yield tuple(zip(*rows, strict=True))
        cursor.close()


def raw(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """SQL: the column as the driver gives it. Of hundreds of thousands of values only the different ones are worth a look."""
    return sa.type_coerce(column, sa.types.NullType())


def exact(value: str) -> str:
    """The text of a raw value."""
    return str(unescape_text(value))
