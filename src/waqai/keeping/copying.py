"""All rows of one open database into another that has the same tables and no rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from waqai.core import StoreError
from waqai.indexes.index import filled_anew
from waqai.keeping.contents import find_tables, iter_rows

Told: TypeAlias = Callable[[str, int, int], None]
"""What hears how far it is: the table, how many of its rows are done, how many it has."""


def copy_rows(source: sa.Connection, target: sa.Connection, *, told: Told | None = None) -> None:
    """Copy every table but those of the moment, views too. The target's own rows go first: a new store's few notes.

    Both are in a transaction; the target's is the caller's to commit. Raises StoreError where the tables are not the same.
    """
    wanted, there = find_tables(source), {table.name: table for table in find_tables(target)}
    if (odd := {table.name for table in wanted} ^ there.keys()) or (odd := _other_columns(wanted, there)):
        raise StoreError(f"the two stores do not have the same tables ({', '.join(sorted(odd))}): bring both up to date with `waqai migrate` first")
    target.execute(there["notes"].delete())
    with filled_anew(target):
        for table in wanted:
            _copy_table(source, table, target, there[table.name], told)
    _move_sequences_on(target)


def _other_columns(wanted: Sequence[sa.Table], there: dict[str, sa.Table]) -> set[str]:
    return {table.name for table in wanted if {column.name for column in table.c} != {column.name for column in there[table.name].c}}


def _copy_table(source: sa.Connection, table: sa.Table, target: sa.Connection, into: sa.Table, told: Told | None) -> None:
    columns, done = sorted(column.name for column in table.c), 0
    of = source.scalar(sa.select(sa.func.count()).select_from(table)) or 0
    for batch in iter_rows(source, table):
        _write(target, into, columns, batch)
        done += len(batch)
        if told is not None:
            told(table.name, done, of)


def _write(target: sa.Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if target.dialect.name != "postgresql":
        target.execute(table.insert(), [dict(zip(columns, row, strict=True)) for row in rows])
        return
    named = ", ".join(f'"{column}"' for column in columns)
    driver: Any = target.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({named}) FROM STDIN') as lines:
        for row in rows:
            lines.write_row(row)


def _move_sequences_on(target: sa.Connection) -> None:
    """A sequence goes on after the rows that came with their numbers."""
    if target.dialect.name != "postgresql":
        return
    for table, column in target.execute(sa.text(_SEQUENCES)).all():
        target.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT coalesce(max({column}), 0) + 1 FROM {table}), false)"))


_SEQUENCES = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL
"""
