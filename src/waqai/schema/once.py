"""Plain questions and writes whose statements are put together once: doing it anew each time takes longer than the database does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from waqai.schema.prepared import Rows, ask, tell


def find_where(connection: sa.Connection, *columns: sa.Column[Any], **equal: Any) -> Rows:
    """These columns of the rows of their table in which the named ones have these values, in no order."""
    return ask(connection, _question(columns, *equal), equal)


def find_value(connection: sa.Connection, column: sa.Column[Any], **equal: Any) -> Any:
    """This column of the first row found; None also where there is none."""
    rows = find_where(connection, column, **equal)
    return rows[0][0] if rows else None


def find_values(connection: sa.Connection, column: sa.Column[Any], **equal: Any) -> list[Any]:
    """This column of the rows found, in no order."""
    return [value for (value,) in find_where(connection, column, **equal)]


def insert(connection: sa.Connection, table: sa.Table, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
    """Add a row, or several that name the same columns."""
    tell(connection, _insertion(table), [rows] if isinstance(rows, Mapping) else rows)


def delete_where(connection: sa.Connection, table: sa.Table, **equal: Any) -> None:
    """Delete the rows in which the named columns have these values."""
    tell(connection, _deletion(table, *equal), [equal])


@cache
def _question(columns: tuple[sa.Column[Any], ...], *names: str) -> sa.Select[Any]:
    return sa.select(*columns).where(*_are(columns[0].table, names))


@cache
def _insertion(table: sa.Table) -> sa.Insert:
    return table.insert()


@cache
def _deletion(table: sa.Table, *names: str) -> sa.Delete:
    return table.delete().where(*_are(table, names))


def _are(table: Any, names: Sequence[str]) -> list[sa.ColumnElement[bool]]:
    return [table.c[name] == sa.bindparam(name) for name in names]
