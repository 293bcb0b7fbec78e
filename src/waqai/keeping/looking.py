"""Look at a store's file without changing it: does it open, is each page sound, does the log hold, what are its checksums."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from waqai.core import StoreError
from waqai.keeping.digests import TableDigest, digest_tables, find_differing
from waqai.logbook.chain import verify_entries
from waqai.schema.engine import errors_named


@contextmanager
def look_into(file: Path) -> Iterator[sa.Connection]:
    """A connection that can only read. Raises StoreError."""
    address = f"{file.absolute().as_uri()}?mode=ro"  # not in the engine's own: that is decoded once more, and loses what stands behind a "#"
    engine = sa.create_engine("sqlite+pysqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=sa.NullPool)
    try:
        with errors_named(str(file)), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def find_damage(connection: sa.Connection) -> tuple[str, ...]:
    """What SQLite finds wrong with pages, indexes and rows that point to nothing; PostgreSQL looks after its own."""
    if connection.dialect.name != "sqlite":
        return ()
    found = [str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars() if line != "ok"]
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
    return (*found, *(f"row {row[1]} of {row[0]} points to a row of {row[2]} that is not there" for row in lost))


def check_copy(file: Path, expected: Mapping[str, TableDigest]) -> None:
    """Hold a finished copy against what it was made of: it opens, each page is sound, the log holds, every table is the same. Raises StoreError."""
    with look_into(file) as connection:
        check_same(connection, expected, name=str(file))


def check_same(connection: sa.Connection, expected: Mapping[str, TableDigest], *, name: str) -> None:
    """As `check_copy`, of an open database. Raises StoreError."""
    if damage := find_damage(connection):
        raise StoreError(f"{name} is damaged as it was written ({damage[0]}): the disk fails, or the store was damaged before. Look with `waqai doctor`")
    check = verify_entries(connection)
    if not check.holds:
        raise StoreError(f"the log does not hold at entry {check.broken_entry} ({check.fault}): a copy of it is not kept. See `waqai verify`")
    if differing := find_differing(digest_tables(connection), expected):
        raise StoreError(f"{name} is not what it was made of: {', '.join(differing)} differ. The disk fails; use another")
