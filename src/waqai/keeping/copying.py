"""All rows of one open database into another that has the same tables and no rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from waqai.core import StoreError
from waqai.indexes.index import filled_anew
from waqai.keeping.contents import Shape, find_tables, iter_rows
from waqai.keeping.looking import iter_wrong_days
from waqai.schema.engine import explain, label_of

Told: TypeAlias = Callable[[str, int, int], None]
"""What hears how far it is: the table, how many of its rows are done, how many it has."""


def copy_rows(source: sa.Connection, target: sa.Connection, *, told: Told | None = None) -> None:
    """Copy every table but those of the moment, views too. The target's own rows go first: a new store's few notes.

    Both are in a transaction; the target's is the caller's to commit. Raises StoreError where the tables are not the same, and for a day that is none.
    """
    if wrong := next(iter_wrong_days(source), ""):
        raise StoreError(f"{wrong}: nothing was copied. See `waqai doctor`")
    wanted, there = find_tables(source), {shape.name: shape for shape in find_tables(target)}
    if odd := {shape.name for shape in wanted} ^ there.keys() or {shape.name for shape in wanted if shape.names != there[shape.name].names}:
        raise StoreError(f"the two stores do not have the same tables ({', '.join(sorted(odd))}): bring both up to date with `waqai migrate` first")
    target.exec_driver_sql("DELETE FROM notes")
    with filled_anew(target):
        for shape in wanted:
            _copy_table(source, target, shape, told)


def _copy_table(source: sa.Connection, target: sa.Connection, shape: Shape, told: Told | None) -> None:
    done = 0
    of = 0 if told is None else source.exec_driver_sql(f'SELECT count(*) FROM "{shape.name}"').scalar() or 0
    for batch in iter_rows(source, shape):
        _write(target, shape, batch)
        done += len(batch)
        if told is not None:
            told(shape.name, done, of)


def _write(target: sa.Connection, shape: Shape, rows: Sequence[tuple[Any, ...]]) -> None:
    columns = ", ".join(f'"{name}"' for name in shape.names)
    if target.dialect.name != "postgresql":
        places = ", ".join("?" for _ in shape.names)
        target.exec_driver_sql(f'INSERT INTO "{shape.name}" ({columns}) VALUES ({places})', list(rows))
        return
    driver: Any = target.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(f'COPY "{shape.name}" ({columns}) FROM STDIN') as lines:
            for row in rows:
                lines.write_row(row)
    except target.dialect.loaded_dbapi.Error as error:  # the driver's own: SQLAlchemy knows nothing of COPY
        raise StoreError(explain(str(error), address=label_of(str(target.engine.url)))) from error
