"""Statements handed to SQLite's driver as they were compiled the first time: for a small one, SQLAlchemy's own way there takes ten times what SQLite does.

PostgreSQL is asked by SQLAlchemy, whose answers look alike: named tuples of the same values. Lists are filled up there, too: few questions are planned anew.
What is asked here must be put together once (a module's constant or behind `functools.cache`), as what was compiled is kept beside the statement for good.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from sqlite3 import Connection as SqliteConnection
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

Rows: TypeAlias = list[Any]
"""Named tuples, whichever engine answered."""
Way: TypeAlias = Callable[[Any], Any] | None
"""From a value to what the driver knows, or back; None: it stays."""
_SQLITE: Any = SQLiteDialect_pysqlite()


def ask(connection: sa.Connection, statement: sa.Executable, asked: Mapping[str, Any] | None = None) -> Rows:
    """All rows that answer a question."""
    asked = asked or {}
    if connection.dialect.name != "sqlite":
        return list(connection.execute(statement, dict(_filled_up(asked))))
    prepared = _prepare(statement, *_sizes(asked))
    cursor = _driver(connection).execute(prepared.sql, prepared.bind(asked))
    found = cursor.fetchall()
    return prepared.read(found, cursor.description) if found else []


def tell(connection: sa.Connection, statement: sa.Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write each of these rows, which name the same columns (or the values by which a row is found)."""
    if connection.dialect.name != "sqlite":
        connection.execute(statement, rows)
        return
    prepared = _prepare(statement, *((name, None) for name in rows[0]))
    driver = _driver(connection)
    if len(rows) == 1:
        driver.execute(prepared.sql, prepared.bind(rows[0]))
    else:
        driver.executemany(prepared.sql, map(prepared.bind, rows))


def say(connection: sa.Connection, words: str) -> None:
    """Execute words that hold no values and give no answer."""
    if connection.dialect.name == "sqlite":
        _driver(connection).execute(words)
    else:
        connection.exec_driver_sql(words)


def _driver(connection: sa.Connection) -> SqliteConnection:
    """The driver's connection, in a transaction: SQLAlchemy begins one with its first statement, and so do we."""
    if not connection.in_transaction():
        connection.begin()
    driver: SqliteConnection = connection.connection.driver_connection  # type: ignore[assignment]
    return driver


@dataclass(slots=True)
class _Prepared:
    """A compiled statement: where each of its values comes from, and how those of an answer are read. Mutable: the answer's kind is known with the first."""

    sql: str
    sources: tuple[tuple[str | None, Any, Way], ...]  # (name, place in its list or None, way in), or (None, a fixed value, None)
    ways_back: tuple[Way, ...]
    plain: bool  # whether no source is fixed or in a list
    make: Any = None

    def bind(self, asked: Mapping[str, Any]) -> list[Any]:
        """The values in the statement's order."""
        if self.plain:
            return [asked[name] if way is None else way(asked[name]) for name, _, way in self.sources]  # type: ignore[index]
        return [at if name is None else _way_in(way, asked[name] if at is None else _nth(asked[name], at)) for name, at, way in self.sources]

    def read(self, found: Sequence[tuple[Any, ...]], description: Any) -> Rows:
        """The rows as they were written."""
        if self.make is None:
            self.make = partial(tuple.__new__, namedtuple("Row", [column[0] for column in description], rename=True))
        if any(self.ways_back):
            columns = zip(*found, strict=True)
            found = list(zip(*(values if way is None else map(way, values) for way, values in zip(self.ways_back, columns, strict=True)), strict=True))
        return list(map(self.make, found))


class _Source:
    """Stands for a value while a statement is compiled."""

    def __init__(self, name: str, place: int | None) -> None:
        self.name, self.place = name, place


def _nth(values: Sequence[Any], place: int) -> Any:
    return values[min(place, len(values) - 1)]


def _way_in(way: Way, value: Any) -> Any:
    return value if way is None else way(value)


def _sizes(asked: Mapping[str, Any]) -> Iterable[tuple[str, int | None]]:
    """Each name with None, or for a list with the next power of two of its length: so few statements are compiled, filled up with the last value."""
    for name, value in asked.items():
        yield name, None if not isinstance(value, list | tuple) else 0 if not value else 1 << (len(value) - 1).bit_length()


def _filled_up(asked: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """The same, each list as long as `_sizes` says."""
    for name, size in _sizes(asked):
        yield name, asked[name] if not size else [_nth(asked[name], place) for place in range(size)]


@cache
def _prepare(statement: Any, *sizes: tuple[str, int | None]) -> _Prepared:
    columns = [name for name, _ in sizes] if isinstance(statement, sa.Insert) else None
    compiled: Any = statement.compile(dialect=_SQLITE, column_keys=columns)
    asked = {name: _Source(name, None) if size is None else [_Source(name, place) for place in range(size)] for name, size in sizes}
    state = compiled.construct_expanded_state(asked)
    ways = {name: bind.type.dialect_impl(_SQLITE).bind_processor(_SQLITE) for name, bind in compiled.binds.items()}
    sources = tuple(_source(state.parameters[name], state.processors.get(name) or ways.get(name)) for name in state.positiontup)
    ways_back = tuple(entry.type.dialect_impl(_SQLITE).result_processor(_SQLITE, None) for entry in compiled._result_columns)
    return _Prepared(state.statement, sources, ways_back, plain=all(name is not None and at is None for name, at, _ in sources))


def _source(value: Any, way: Way) -> tuple[str | None, Any, Way]:
    return (value.name, value.place, way) if isinstance(value, _Source) else (None, _way_in(way, value), None)
