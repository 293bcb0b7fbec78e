"""Plain questions and writes whose statements are put together once: doing it anew each time takes longer than the database does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa


def find_where(connection: sa.Connection, *columns: sa.Column[Any], **equal: Any) -> sa.CursorResult[Any]:
    """These columns of the rows of their table in which the named ones have these values, in no order."""
    return connection.execute(_question(columns, *equal), equal)


def insert(connection: sa.Connection, table: sa.Table, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
    """Add a row, or several that name the same columns."""
    connection.execute(_insertion(table), rows)


def delete_where(connection: sa.Connection, table: sa.Table, **equal: Any) -> None:
    """Delete the rows in which the named columns have these values."""
    connection.execute(_deletion(table, *equal), equal)


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
