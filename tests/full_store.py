"""A store with rows in every table, made from the scene and from what the database says of its own columns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from scenes import fill
from waqai.keeping.contents import find_tables
from waqai.store import Store

ODD = ("plain", "é ﷽ 𓂀\n", "\ue0000000 and \ue000d83d")
"""Text as it is stored: two lines of scripts, and what stands for a NUL and for half of a pair."""


def fill_every_table(store: Store) -> None:
    """The scene of four reports, and some rows, which mean nothing, in each table that has none yet."""
    fill(store)
    with store.writing() as connection:
        fill_empty_tables(connection)


def fill_empty_tables(connection: sa.Connection, *, without: Collection[str] = ()) -> None:
    """Some rows in each empty table: every column has a value in one and none in another that allows it."""
    known = sa.MetaData()
    known.reflect(connection, only=[shape.name for shape in find_tables(connection, passing=True) if shape.name not in without])
    for table in known.sorted_tables:
        if connection.execute(sa.select(table).limit(1)).first() is None:
            for number in range(3):
                connection.execute(table.insert(), {column.name: _value(column, number, connection) for column in table.c})


def _value(column: sa.Column[Any], number: int, connection: sa.Connection) -> Any:
    pointed = [key.column for key in column.foreign_keys]
    if pointed:
        found = connection.scalars(sa.select(pointed[0]).order_by(pointed[0])).all()
        return found[number % len(found)]
    if number == 1 and column.nullable and not column.primary_key:
        return None
    if isinstance(column.type, sa.Boolean):
        return number != 2
    if isinstance(column.type, sa.Date):
        return date(2021, 3, 5 + number)
    if isinstance(column.type, sa.Float):
        return (0.1, -2.5, 1e-300)[number]
    if isinstance(column.type, sa.Integer):
        return 2**40 + number if isinstance(column.type, sa.BigInteger) else 7 + number
    if isinstance(column.type, sa.LargeBinary):
        return bytes(range(number, 250))
    return _text(column, number)


def _text(column: sa.Column[Any], number: int) -> str:
    if column.name in ("at", "since", "until", "expires", "due") or column.name.endswith(("_at", "_until", "_try", "last_used")):
        return f"2021-03-0{5 + number}T12:00:00.000000+00:00"
    if column.name in ("plain", "value", "settings", "versions", "counts", "headers", "filters", "kinds", "doors", "scopes", "draft", "quiet", "state"):
        return '{"a":1}'
    return f"{ODD[number]}-{number}" if column.primary_key or column.unique else ODD[number]
