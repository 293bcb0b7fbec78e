"""Look at a store's file without changing it: does it open, is each page sound, does the log hold, what are its checksums."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from waqai.core import StoreError
from waqai.keeping.contents import find_tables
from waqai.keeping.digests import TableDigest, digest_tables, find_differing
from waqai.keeping.files import errors_in_reading
from waqai.logbook.chain import verify_entries
from waqai.schema.engine import errors_named
from waqai.schema.files import is_there


@contextmanager
def look_into(file: Path) -> Iterator[sa.Connection]:
    """A connection that can only read. Raises StoreError."""
    address = f"{file.absolute().as_uri()}?mode=ro"  # not in the engine's own: that is decoded once more, and loses what stands behind a "#"
    engine = sa.create_engine("sqlite+pysqlite://", creator=lambda: _opened(address), poolclass=sa.NullPool)
    try:
        with errors_named(str(file)), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _opened(address: str) -> sqlite3.Connection:
    opened = sqlite3.connect(address, uri=True)
    opened.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")  # a damaged text is another text, and no error that quotes all of it
    return opened


def find_cut(file: Path) -> str:
    """How many bytes a file has of those that its own head speaks of, as words; "" for all, and where a log lies beside it, which may have the rest.

    SQLite itself takes a page that was cut off for one that ends in zeros. Raises NotPossible for a file that cannot be read. Source: "Database File
    Format", 1.3, sqlite.org/fileformat2.html: the count of pages holds where the two counters of changes agree.
    """
    with errors_in_reading(file), file.open("rb") as opened:
        head = opened.read(100)
    beside = Path(f"{file}-wal")
    if len(head) < 100 or head[24:28] != head[92:96] or (is_there(beside) and beside.stat().st_size):
        return ""
    size_of_page = int.from_bytes(head[16:18])
    wanted, size = int.from_bytes(head[28:32]) * (65_536 if size_of_page == 1 else size_of_page), file.stat().st_size
    return f"it has {size:,} of {wanted:,} bytes" if size < wanted else ""


def find_damage(connection: sa.Connection) -> tuple[str, ...]:
    """What SQLite finds wrong with pages, indexes and rows that point to nothing, and days that are none; PostgreSQL looks after its own."""
    if connection.dialect.name != "sqlite":
        return ()
    found = [str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars() if line != "ok"]
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
    pointing = (f"row {row[1]} of {row[0]} points to a row of {row[2]} that is not there" for row in lost)
    return (*found, *pointing, *(() if found else iter_wrong_days(connection)))


def iter_wrong_days(connection: sa.Connection) -> Iterator[str]:
    """A line for each column of days in which something else stands: SQLite keeps what it is given."""
    for shape in () if connection.dialect.name == "postgresql" else find_tables(connection):
        for column in sorted(name for name, kind in shape.columns.items() if kind == "date"):
            wrong = f'SELECT "{column}" FROM "{shape.name}" WHERE "{column}" IS NOT date("{column}", \'+0 days\') LIMIT 1'  # else February has 31
            if (row := connection.exec_driver_sql(wrong).first()) is not None:
                yield f"{column} of a row of {shape.name} is {row[0]!r}, which is no day (YYYY-MM-DD)"


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
