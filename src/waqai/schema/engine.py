"""Open the database behind an address, and say in a person's words what is wrong with it.

SQLite runs in WAL mode with foreign keys on; a write transaction takes the one write lock at its start (BEGIN IMMEDIATE), so it never fails half-way for
want of it. PostgreSQL gets the same "one writer" from an advisory lock. Readers wait for nobody.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from typing import Any

import sqlalchemy as sa

from waqai.core import BadQuestion, StoreError

CACHE_KB = 64_000
"""SQLite's page cache; its own 2 MB do not hold the upper pages of the indexes of a large store."""
CHECKPOINT_PAGES = 8_000
"""The write-ahead log is copied back after so many pages (32 MB), some hundred reports; after SQLite's own 1,000 every tenth report would wait for the disk."""
CONNECT_SECONDS = 10
_AS_WRITTEN = "-c DateStyle=ISO -c extra_float_digits=3"
"""Days and numbers come back as they were written, whatever a role or database asks for its own sessions."""
LOOKS_LIKE = "it should look like postgresql://user:password@host/database, where a password has %40 for @, %3A for :, %2F for / and %25 for %"
_PASSWORD_ASKED = re.compile(r"(?<=password=)[^&]*")
"""A password among the options behind the "?", where PostgreSQL takes one, too."""
WRITER_LOCK = 0x77617161  # "waqa": PostgreSQL's advisory lock of the one writer


def make_engine(address: str | Path, *, wait_seconds: float) -> sa.Engine:
    """An engine for a file or a `postgresql://` address; nothing is opened yet. Raises StoreError for an address of another kind or a missing folder."""
    named = str(address)
    if named.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        return _postgresql_engine(named, wait_seconds=wait_seconds)
    if "://" in named:
        raise StoreError(f"cannot open store {label_of(named)!r}: name a file, or an address that begins with postgresql://")
    return _sqlite_engine(Path(named), wait_seconds=wait_seconds)


def label_of(address: str | Path) -> str:
    """The address as it may be shown: without a password.

    >>> label_of("postgresql://ana:secret@db/waqai")
    'postgresql://ana:***@db/waqai'
    """
    named = str(address)
    if "://" not in named:
        return named
    scheme = named.split("://", 1)[0]
    try:
        url = sa.make_url(named)
    except (sa.exc.ArgumentError, ValueError):
        return f"{scheme}://…"
    if _is_torn(url):
        return f"{scheme}://{url.username}:***@…"
    return _PASSWORD_ASKED.sub("***", url.render_as_string(hide_password=True))


def _is_torn(url: sa.URL) -> bool:
    """Whether an @ in a password ended it too early, so that the rest is taken for the host; or where none was to end."""
    return url.password is not None and ("@" in f"{url.host}{url.database}" or "password=" in url.password)


@contextmanager
def errors_named(address: str) -> Iterator[None]:
    """Turn what the database says into a StoreError that says what failed and what would help; into BadQuestion where it was asked with what it cannot hold."""
    try:
        yield
    except (sa.exc.DataError, OverflowError, UnicodeEncodeError) as error:  # PostgreSQL's word, and those of both drivers
        raise BadQuestion("it holds a number of more than 18 digits, or a character that no store keeps (U+0000, half of a pair): leave it out") from error
    except sa.exc.DBAPIError as error:
        raise StoreError(explain(str(error.orig), address=address)) from error
    except SqliteError as error:  # from the driver itself: `prepared`, and pragmas on connecting
        raise StoreError(explain(str(error), address=address)) from error
    except sa.exc.SQLAlchemyError as error:
        raise StoreError(f"store {address}: {error}") from error


def begin_writing(connection: sa.Connection) -> None:
    """Start a transaction that holds the write lock from its start."""
    connection.execution_options(waqai_writes=True)
    connection.begin()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITER_LOCK)))


def without_transaction(connection: sa.Connection) -> sa.Connection:
    """The connection with each statement on its own, as VACUUM wants it."""
    alone = connection.execution_options(waqai_alone=True)  # SQLite's driver is told to begin nothing from the start, see _prepare_sqlite
    return alone.execution_options(isolation_level="AUTOCOMMIT") if connection.dialect.name == "postgresql" else alone


def _sqlite_engine(path: Path, *, wait_seconds: float) -> sa.Engine:
    if path.is_dir():
        raise StoreError(f"cannot open store {str(path)!r}: it is a folder; name a file in it, for example {str(path / 'waqai.sqlite')!r}")
    if not path.absolute().parent.is_dir():
        raise StoreError(f"cannot open store {str(path)!r}: the folder {str(path.absolute().parent)!r} does not exist; make it first")
    url = sa.URL.create("sqlite+pysqlite", database=str(path))
    engine = sa.create_engine(url, connect_args={"timeout": wait_seconds, "check_same_thread": False})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SqliteConnection, _: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", f"cache_size = -{CACHE_KB}", f"wal_autocheckpoint = {CHECKPOINT_PAGES}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("waqai_alone", False):
        return
    writes = connection.get_execution_options().get("waqai_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql_engine(address: str, *, wait_seconds: float) -> sa.Engine:
    url = _read_address(address)
    own = f"-c lock_timeout={int(wait_seconds * 1000)} {_AS_WRITTEN}"
    given = url.query.get("options", os.environ.get("PGOPTIONS", ""))
    asked: dict[str, Any] = {"options": " ".join([own, *([given] if isinstance(given, str) else given)]), "client_encoding": "utf8"}
    if "connect_timeout" not in url.query and "PGCONNECT_TIMEOUT" not in os.environ:
        asked["connect_timeout"] = CONNECT_SECONDS
    engine = sa.create_engine(url, connect_args=asked, pool_pre_ping=True)
    sa.event.listen(engine, "connect", partial(_check_encoding, label_of(address)))
    return engine


def _check_encoding(label: str, connection: Any, _: Any) -> None:
    """Raises StoreError for a database that cannot hold every letter; in SQL_ASCII text would be bytes of no known letters."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding not in ("UTF8", None):
        connection.close()
        raise StoreError(
            f"store {label}: the database holds text as {encoding}, and not every letter: make one with `createdb -E UTF8 -T template0 NAME` and name that; "
            "what is in this one is brought there by pg_dump and psql"
        )


def _read_address(address: str) -> sa.URL:
    """Raises StoreError for one that cannot be read, or whose password is torn."""
    try:
        url = sa.make_url(address).set(drivername="postgresql+psycopg")
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreError(f"cannot read the address {label_of(address)!r}: {LOOKS_LIKE}") from error
    if _is_torn(url):
        raise StoreError(f"cannot read the address {label_of(address)!r}: {LOOKS_LIKE}")
    return url


_DENIED = re.compile(r'(?:schema|database) ("[^"]+"|\S+)')
_EXPLAINED = (
    ("database is locked", "another program is writing to it; wait until it is done, then try again"),
    ("lock timeout", "another program is writing to it; wait until it is done, then try again"),
    ("not a database", "the file is no waqai store (not an SQLite database); name another file"),
    ("malformed", "the file is damaged; restore it from a backup"),
    ("readonly", "the file or its folder cannot be written to; check its permissions"),
    ("read-only", "it cannot be written to; check its permissions"),
    ("disk is full", "the disk is full; make room, nothing of this step was kept"),
    ("No space left", "the server's disk is full; make room there, nothing of this step was kept"),
    ("disk I/O error", "its disk cannot be read or written (full, removed or failing); nothing of this step was kept"),
    ("unable to open", "the file cannot be opened; check its permissions and those of its folder"),
    ("no schema has been selected", "its search_path names no schema that is there: make it with CREATE SCHEMA, or name another"),
    (
        "permission denied for schema",
        "this user may make no tables there; who owns the database gives the right: GRANT USAGE, CREATE ON SCHEMA {what} TO {user}",
    ),
    ("permission denied for database", "this user may not come in; who owns the database gives that right: GRANT CONNECT ON DATABASE {what} TO {user}"),
    ("permission denied for", "the store belongs to another user: name that one in the address, or be made a member of it (GRANT OWNER TO {user})"),
    ("must be owner of", "the store belongs to another user: name that one in the address, or be made a member of it (GRANT OWNER TO {user})"),
    ("resolve host", "there is no machine of that name; check the address"),
    ("authentication", "the server does not take this user or password; check the address"),
    ('FATAL:  role "', "the server knows no such user; check the address"),
    ('FATAL:  database "', "the server has no such database; check its name, or make it with createdb"),
    ("connection", "the database server does not answer; check the address and that it runs"),
)


def explain(said: str, *, address: str) -> str:
    """What a database said, with what it means and what would help where that is known."""
    said = said.split("\nLINE ", 1)[0]  # a statement of ours, which helps nobody who reads this
    help_ = next((words for sign, words in _EXPLAINED if sign in said), "")
    if "{user}" in help_:
        denied = _DENIED.search(said)
        help_ = help_.format(what=denied[1] if denied else "…", user=_user_of(address))
    return f"store {address}: {help_} ({said})" if help_ else f"store {address}: {said}"


def _user_of(address: str) -> str:
    """The user whom an address names, as SQL has it."""
    try:
        user = sa.make_url(address).username
    except (sa.exc.ArgumentError, ValueError):
        user = None
    return f'"{user}"' if user else "USER"
