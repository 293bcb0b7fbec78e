"""What a database holds, as it says itself: its tables in the order in which they can be filled, and their rows in one form on both engines.

The tables are asked of the database and not of our own code, so that what one room adds is kept with the rest. A row has what SQLite's driver gives: a day is
its ISO text, yes and no are 1 and 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
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
PG_HOME = "(SELECT relnamespace FROM pg_class WHERE oid = to_regclass('alembic_version'))"
"""The schema in which the store is, which need not be the first on the role's path: a schema of the role's own name may have come later."""
_OURS_ALONE = "alembic_version"
_INDEX = "search_index"


@dataclass(slots=True, kw_only=True)
class Shape:
    """A table: its columns by name with their kinds in the engine's words, its key's columns in their order. Mutable while it is put together."""

    name: str
    columns: dict[str, str] = field(default_factory=dict)
    key: list[str] = field(default_factory=list)
    points_to: set[str] = field(default_factory=set)

    @property
    def names(self) -> list[str]:
        """The columns in the order in which rows have them."""
        return sorted(self.columns)


def find_tables(connection: sa.Connection, *, passing: bool = False) -> list[Shape]:
    """The tables whose rows a copy has, those that others point to first; `passing`: those whose rows it has not, too."""
    postgresql = connection.dialect.name == "postgresql"
    found: dict[str, Shape] = {}
    for table, column, kind, place in connection.exec_driver_sql(_PG_COLUMNS if postgresql else _SQLITE_COLUMNS):
        if table == _OURS_ALONE or table.startswith((_INDEX, "sqlite_")):
            continue
        shape = found.setdefault(table, Shape(name=table))
        shape.columns[column] = kind.lower()
        if place:
            shape.key.append(column)
    for table, other in connection.exec_driver_sql(_PG_POINTERS if postgresql else _SQLITE_POINTERS):
        if table in found and other in found and other != table:
            found[table].points_to.add(other)
    ordered = TopologicalSorter({name: sorted(found[name].points_to) for name in sorted(found)}).static_order()
    return [found[name] for name in ordered if passing or name not in PASSING]


def iter_rows(connection: sa.Connection, shape: Shape) -> Iterator[list[tuple[Any, ...]]]:
    """All rows by primary key, a batch at a time, columns by name. Text comes in the order of its code points, on PostgreSQL too."""
    size = BATCH_OF_BYTES if any(kind in ("blob", "bytea") for kind in shape.columns.values()) else BATCH
    postgresql = connection.dialect.name == "postgresql"
    if postgresql and "double precision" in shape.columns.values():
        connection.exec_driver_sql("SET LOCAL extra_float_digits = 1")  # every digit, whatever the database or the role is set to
    question = _selection(shape, postgresql=postgresql)
    rows = connection.exec_driver_sql(question, execution_options={"stream_results": True, "max_row_buffer": size})
    while batch := rows.fetchmany(size):
        yield [tuple(row) for row in batch]


def _selection(shape: Shape, *, postgresql: bool) -> str:
    """SQL for all rows, which means the same in every session: a day's own text form would follow DateStyle.

    >>> print(_selection(Shape(name="t", columns={"b": "date", "a": "text"}, key=["a"]), postgresql=True))
    SELECT "a", to_char("b", 'YYYY-MM-DD') FROM "t" ORDER BY "a" COLLATE "C"
    """
    forms = {"date": "to_char({}, 'YYYY-MM-DD')", "boolean": "{}::int"} if postgresql else {}
    columns = ", ".join(forms.get(shape.columns[name], "{}").format(f'"{name}"') for name in shape.names)
    order = ", ".join(f'"{name}"' + (' COLLATE "C"' if postgresql and shape.columns[name] == "text" else "") for name in shape.key)
    return f'SELECT {columns} FROM "{shape.name}" ORDER BY {order}'


def as_json(value: Any) -> Any:
    """A value of a row as JSON has it: bytes as hex, and no minus before a zero, which SQLite does not keep.

    >>> as_json(b"a"), as_json(None), as_json(-0.0)
    ('61', None, 0.0)
    """
    if isinstance(value, float):
        return value + 0.0
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


_SQLITE_COLUMNS = """
SELECT one.name, held.name, held.type, held.pk FROM sqlite_master AS one, pragma_table_info(one.name) AS held
WHERE one.type = 'table' AND one.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY one.name, held.pk, held.cid
"""
_SQLITE_POINTERS = """
SELECT one.name, held."table" FROM sqlite_master AS one, pragma_foreign_key_list(one.name) AS held
WHERE one.type = 'table' AND one.sql NOT LIKE 'CREATE VIRTUAL%'
"""
_PG_COLUMNS = f"""
SELECT one.relname, held.attname, format_type(held.atttypid, NULL), coalesce(array_position(key.indkey::int2[], held.attnum) + 1, 0)
FROM pg_class AS one JOIN pg_attribute AS held ON held.attrelid = one.oid AND held.attnum > 0 AND NOT held.attisdropped
LEFT JOIN pg_index AS key ON key.indrelid = one.oid AND key.indisprimary
WHERE one.relkind = 'r' AND one.relnamespace = {PG_HOME} ORDER BY 1, 4, held.attnum
"""
_PG_POINTERS = f"""
SELECT one.relname, other.relname FROM pg_constraint AS held
JOIN pg_class AS one ON one.oid = held.conrelid JOIN pg_class AS other ON other.oid = held.confrelid
WHERE held.contype = 'f' AND held.connamespace = {PG_HOME}
"""
