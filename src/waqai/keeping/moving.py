"""A store moved to another place or engine: every row, seen at one moment, held against the source before it is called a store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from waqai.core import NotPossible, NotWritten, StoreError
from waqai.keeping.contents import find_tables
from waqai.keeping.copying import Told, copy_rows
from waqai.keeping.digests import TableDigest, digest_tables
from waqai.keeping.files import check_alone, make_private, put_in_place, remove_leftovers, work_file
from waqai.keeping.looking import check_copy, check_same
from waqai.schema.engine import begin_writing, errors_named, label_of, make_engine
from waqai.schema.files import is_there, make_folder_of
from waqai.schema.migrations import check_revision, find_revision, migrate
from waqai.store import Store

WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What was moved: the digest of every table, the same at both ends."""

    digests: Mapping[str, TableDigest]

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.digests.values())


def move_store(source: Store, target: str, *, told: Told | None = None) -> Moved:
    """Copy the store, while others use it, to a new file or an empty database. The source stays as it is.

    All or nothing: a file gets its name when it is finished, a database is filled in one transaction, so that what was broken off is no store and can be begun
    again. Raises NotPossible for a target that holds something, NotWritten and StoreError for what fails on the way.
    """
    if "://" in target:
        return Moved(digests=_move_into_database(source, target, told))
    return Moved(digests=_move_into_file(source, Path(target), told))


def _move_into_file(source: Store, target: Path, told: Told | None) -> Mapping[str, TableDigest]:
    if is_there(target):
        same = "://" not in source.address and target.samefile(source.address)
        raise NotPossible(f"{str(target)!r} is {'the store itself' if same else 'there already'}: name a file that is not there yet")
    check_alone(target)
    make_folder_of(target)
    remove_leftovers(target, what="moving-")
    with work_file(target, "moving") as work, named_as(work, str(target)):
        with source.committed(newest=True) as snapshot:
            digests = digest_tables(snapshot)
            fill_file(snapshot, work, told=told)
        check_copy(work, digests)
        put_in_place(work, target)
    return digests


def fill_file(snapshot: sa.Connection, file: Path, *, told: Told | None = None) -> None:
    """Make a new store's file of what a connection sees. It is nobody's yet, so that it needs no way back: no journal is kept. Raises StoreError."""
    make_private(file)
    engine = make_engine(file, wait_seconds=WAIT_SECONDS)
    try:
        with errors_named(str(file)), engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                driver.execute(f"PRAGMA {pragma}")
            begin_writing(connection)
            migrate(connection, address=str(file))
            copy_rows(snapshot, connection, told=told)
            connection.commit()
    finally:
        engine.dispose()


def _move_into_database(source: Store, target: str, told: Told | None) -> Mapping[str, TableDigest]:
    label = label_of(target)
    if source.address == label:
        raise NotPossible(f"{label} is the store itself: name another database")
    with filled_database(target) as connection:
        if (found := find_revision(connection)) is not None:
            check_revision(found, address=label)
            if held := find_held(connection):
                raise NotPossible(f"{label} holds a store already ({held}): name an empty database; createdb makes one")
        migrate(connection, address=label)
        with source.committed(newest=True) as snapshot:
            digests = digest_tables(snapshot)
            copy_rows(snapshot, connection, told=told)
        check_same(connection, digests, name=label)
    return digests


@contextmanager
def filled_database(address: str) -> Iterator[sa.Connection]:
    """A connection in one transaction, which is kept when all inside went well; the planner then looks at the rows. Raises StoreError."""
    engine = make_engine(address, wait_seconds=WAIT_SECONDS)
    try:
        with errors_named(label_of(address)), engine.connect() as connection:
            begin_writing(connection)
            yield connection
            connection.commit()
        with errors_named(label_of(address)), engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    finally:
        engine.dispose()


def find_held(connection: sa.Connection) -> str:
    """A table that has rows, as words; "" where there is nothing but a new store's few notes."""
    for shape in find_tables(connection):
        if shape.name != "notes" and connection.exec_driver_sql(f'SELECT 1 FROM "{shape.name}" LIMIT 1').first() is not None:
            return f"rows of {shape.name}"
    return ""


@contextmanager
def named_as(work: Path, name: str) -> Iterator[None]:
    """An error names the place that a person gave, and not the file that is worked on."""
    try:
        yield
    except (StoreError, NotWritten) as error:
        if str(work) not in str(error):
            raise
        raise type(error)(str(error).replace(str(work), name)) from error
