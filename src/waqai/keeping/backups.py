"""Backups: the store as one file, of one moment, made while others use it, held against the store before it is called done.

One form for both engines: the file is an SQLite store, whatever the store itself lives in. It lets nobody in who is in now: it has no sessions, no start
tokens, no counts of failed logins and no keys that webhooks are signed with, nor their bytes.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from waqai.core import NotPossible, StoreError
from waqai.keeping.contents import PASSING
from waqai.keeping.copying import Told
from waqai.keeping.digests import TableDigest, digest_tables
from waqai.keeping.files import check_alone, errors_of, make_private, put_in_place, remove_leftovers, work_file
from waqai.keeping.looking import check_copy, look_into
from waqai.keeping.moving import fill_file, named_as
from waqai.keeping.sealing import Seal, check_seal, is_sealed, seal_file
from waqai.keeping.slips import put_slip
from waqai.schema import tables
from waqai.schema.engine import errors_named
from waqai.schema.files import is_there
from waqai.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was written: its file, what it holds, and which older ones were removed for it."""

    file: Path
    reports: int
    entries: int
    digests: Mapping[str, TableDigest]
    removed: tuple[Path, ...] = ()


def backup_store(store: Store, file: Path, *, seal: Seal | None = None, told: Told | None = None) -> Backup:
    """Write the store to a new file, sealed where a seal is given. All or nothing. Raises NotPossible, NotWritten, StoreError."""
    if seal is not None:
        check_seal(seal)
    if is_there(file):
        raise NotPossible(f"{str(file)!r} is there already: name another file, a backup is never written over")
    check_alone(file)
    place = file if seal is None else _beside(store)  # the readable copy of a sealed one lies where the store does, not on a stick
    remove_leftovers(file)
    remove_leftovers(place)
    with work_file(place, "copying") as work, named_as(work, str(file)):
        digests = _write_plain(store, work, told)
        put_slip(work, digests)
        check_copy(work, digests)
        if seal is None:
            put_in_place(work, file)
        else:
            with work_file(file, "sealing") as sealed, named_as(sealed, str(file)):
                seal_file(work, sealed, seal)
                put_in_place(sealed, file)
    return Backup(file=file, reports=digests["reports"].rows, entries=digests["log"].rows, digests=digests)


def backup_into(store: Store, folder: Path, *, at: datetime, keep: int | None = None, seal: Seal | None = None, told: Told | None = None) -> Backup:
    """As `backup_store`, under a dated name in this folder; of the backups of this store there the newest `keep` stay. None is ever written over.

    What is newest is said by the names; the one just written stays in any case, also when the clock went back. One that can be read and is of another store
    of this name stays, and so does a damaged one; of what is sealed it is not known.
    """
    with errors_of(folder):
        folder.mkdir(parents=True, exist_ok=True)
    made = backup_store(store, folder / dated_name(folder, _name_of(store), at=at, sealed=seal is not None), seal=seal, told=told)
    if keep is None or not made.entries:  # of a store without a log nobody knows whether the older ones are its own
        return made
    first = _first_hash(made.file) if seal is None else ""
    older = [file for file in find_backups(folder, _name_of(store)) if file != made.file and _may_be_of(file, first)]
    removed = tuple(older[: max(len(older) - (keep - 1), 0)])
    for file in removed:
        with errors_of(file):
            file.unlink()
    return Backup(file=made.file, reports=made.reports, entries=made.entries, digests=made.digests, removed=removed)


def dated_name(folder: Path, name: str, *, at: datetime, sealed: bool) -> str:
    """A name that is free in the folder: the store's, the instant (UTC), and a number where that is taken."""
    ending = ".sqlite.age" if sealed else ".sqlite"
    stem = f"{name}-{at.astimezone(UTC):%Y-%m-%d-%H%M%S}"
    return next(one for number in range(1, 1_000_000) if not is_there(folder / (one := f"{stem}{'' if number == 1 else f'-{number}'}{ending}")))


def find_backups(folder: Path, name: str) -> list[Path]:
    """The backups in a folder that have names of this store's, oldest first by name."""
    pattern = re.compile(rf"{re.escape(name)}-(\d{{4}}-\d\d-\d\d-\d{{6}})(?:-(\d+))?\.sqlite(?:\.age)?")
    found = [(match[1], int(match[2] or 1), file) for file in folder.iterdir() if (match := pattern.fullmatch(file.name))]
    return [file for _, _, file in sorted(found)]


def _may_be_of(file: Path, first: str) -> bool:
    """Whether a backup may be of the store whose log begins with the entry of this hash, "" where that is not known."""
    if not first or is_sealed(file):
        return True
    try:
        return _first_hash(file) in ("", first)
    except StoreError:
        return False


def _first_hash(file: Path) -> str:
    """The hash of the first entry of a backup's log, which no two stores share, as each is salted; "" for none. Raises StoreError."""
    with look_into(file) as connection:
        return connection.scalar(sa.select(tables.log.c.hash).where(tables.log.c.id == 1)) or ""


def _name_of(store: Store) -> str:
    """What a store is called in the names of its backups: its file's stem or its database."""
    if "://" not in store.address:
        return Path(store.address).stem
    return re.sub(r"[^\w.-]", "-", sa.make_url(store.address).database or "") or "waqai"


def _beside(store: Store) -> Path:
    return Path(tempfile.gettempdir()) / "waqai" if "://" in store.address else Path(store.address).absolute()


def _write_plain(store: Store, work: Path, told: Told | None) -> Mapping[str, TableDigest]:
    """The copy, and the digests of what it was made of at the same moment."""
    with store.committed(newest=True) as snapshot:
        digests = digest_tables(snapshot)
        if snapshot.dialect.name == "sqlite":
            _copy_pages(snapshot, work)
        else:
            fill_file(snapshot, work, told=told)
    return digests


def _copy_pages(snapshot: sa.Connection, work: Path) -> None:
    """Page for page, of the moment that the connection sees."""
    make_private(work)
    source = snapshot.connection.driver_connection
    assert isinstance(source, sqlite3.Connection)
    with errors_named(str(work)), closing(sqlite3.connect(work)) as made:
        source.backup(made)
        made.execute("PRAGMA journal_mode = DELETE")  # one file, which can be read from where nothing can be written
        made.execute("PRAGMA secure_delete = ON")
        for table in sorted(PASSING):
            made.execute(f"DELETE FROM {table}")
        made.commit()
