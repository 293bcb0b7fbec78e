"""What a database holds, as it says itself: its tables in the order in which they can be filled, and their rows in one form on both engines.

The tables are asked of the database and not of our own code, so that what one room adds is kept with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from waqai.schema import alerts, people, tables

BATCH = 1_000
"""Rows that are read and written together. A report's text is some kilobytes, so that a batch is a few megabytes."""
BATCH_OF_BYTES = 20
"""Rows of a table with a column of bytes: one may hold a document of 20 MB."""
PASSING = frozenset(table.name for table in (*people.PASSING, *alerts.PASSING))
"""Who is in now, and the keys that webhooks are signed with: no copy has their rows."""
VIEWS = frozenset(table.name for table in tables.VIEWS)
_OURS_ALONE = "alembic_version"
_INDEX = "search_index"


def find_tables(connection: sa.Connection, *, passing: bool = False) -> list[sa.Table]:
    """The tables whose rows a copy has, those that others point to first; `passing`: those whose rows it has not, too. Types are those of the engine."""
    asked = sa.inspect(connection)
    names = [name for name in asked.get_table_names() if name != _OURS_ALONE and not name.startswith(_INDEX)]
    found = sa.MetaData()
    keys, pointed = asked.get_multi_pk_constraint(filter_names=names), asked.get_multi_foreign_keys(filter_names=names)
    for place, columns in asked.get_multi_columns(filter_names=names).items():
        _describe(place[1], columns, set(keys[place]["constrained_columns"]), pointed[place], found)
    return [table for table in found.sorted_tables if passing or table.name not in PASSING]


def _describe(name: str, columns: Sequence[Any], keys: set[str], pointed: Sequence[Any], found: sa.MetaData) -> None:
    """Columns, key and what it points to: indexes and the rest, which take most of the time to ask for, are of no interest."""
    ends = {
        column: f"{one['referred_table']}.{other}" for one in pointed for column, other in zip(one["constrained_columns"], one["referred_columns"], strict=True)
    }
    sa.Table(name, found, *(_column(column, ends.get(column["name"]), is_key=column["name"] in keys) for column in columns))


def _column(told: Any, pointed: str | None, *, is_key: bool) -> sa.Column[Any]:
    key = [] if pointed is None else [sa.ForeignKey(pointed)]
    return sa.Column(told["name"], told["type"], *key, nullable=told["nullable"], primary_key=is_key, autoincrement=False)


def iter_rows(connection: sa.Connection, table: sa.Table) -> Iterator[list[tuple[Any, ...]]]:
    """All rows by primary key, a batch at a time, columns by name. Text comes in the order of its code points, on PostgreSQL too."""
    columns = sorted(table.c, key=lambda column: column.name)
    chosen = sa.select(*columns).order_by(*(_in_one_order(column, connection) for column in table.primary_key.columns))
    size = BATCH_OF_BYTES if any(isinstance(column.type, sa.LargeBinary) for column in columns) else BATCH
    rows = connection.execute(chosen, execution_options={"stream_results": True, "yield_per": size})
    for batch in rows.partitions():
        yield [tuple(map(_same_on_both, row)) for row in batch]


def _in_one_order(column: sa.Column[Any], connection: sa.Connection) -> sa.ColumnElement[Any]:
    return sa.collate(column, "C") if connection.dialect.name == "postgresql" and isinstance(column.type, sa.String) else column


def _same_on_both(value: Any) -> Any:
    """SQLite keeps no minus before a zero.

    >>> _same_on_both(-0.0)
    0.0
    """
    return value + 0.0 if isinstance(value, float) else value


def as_json(value: Any) -> Any:
    """A value of a row as JSON has it; bytes as hex.

    >>> as_json(date(2023, 6, 18)), as_json(b"a"), as_json(None)
    ('2023-06-18', '61', None)
    """
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if isinstance(value, date) else value
