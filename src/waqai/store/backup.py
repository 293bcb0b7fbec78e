"""Copies of a store in a file, made while others use it; and a store made what a copy is. PostgreSQL has programs of its own for both.

A copy lets nobody in who is in now: it has no sessions, no start tokens and no counts of failed logins, no keys that webhooks are signed with, nor their bytes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from waqai.core import NotPossible
from waqai.schema import alerts
from waqai.schema.engine import errors_named
from waqai.schema.files import is_there
from waqai.schema.people import PASSING

ELSEWHERE = "a store in PostgreSQL is backed up by pg_dump and restored by pg_restore, into a database of another name"


def copy_store(engine: sa.Engine, file: Path) -> None:
    """The store of this engine as a new file: all or nothing. Raises NotPossible."""
    if engine.dialect.name != "sqlite":
        raise NotPossible(f"{ELSEWHERE}: pg_dump --format=custom --file={file} and the address")
    if is_there(file):
        raise NotPossible(f"{str(file)!r} is there already: name another file, a backup is never written over")
    source = engine.url.database
    assert source is not None
    try:
        copy_file(Path(source), file)
        with errors_named(str(file)), closing(sqlite3.connect(file)) as made:
            made.execute("PRAGMA journal_mode = DELETE")  # one file, which can be read from where nothing can be written
            made.execute("PRAGMA secure_delete = ON")
            for table in (*PASSING, *alerts.PASSING):
                made.execute(f"DELETE FROM {table.name}")
            made.commit()
    except BaseException:
        remove_file(file)
        raise


def copy_file(source: Path, target: Path) -> None:
    """Make the target the very store that the source is, page for page; nobody sees it half done. Raises StoreError."""
    with errors_named(str(source)), closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as one:
        one.execute("SELECT count(*) FROM sqlite_master")
        with errors_named(str(target)), closing(sqlite3.connect(target)) as other:
            other.execute("PRAGMA secure_delete = ON")
            one.backup(other)
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def remove_file(file: Path) -> None:
    """Remove a store's file with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
