"""A backup brought back, into a file or a database: what was erased since the backup was made is erased from it again, before anybody sees it.

Who was in when the copy was made is not in after it: sessions and start tokens end, also where the copy is not one of ours and holds some.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from waqai.core import ActorNames, NotPossible, StoreError
from waqai.keeping.contents import PASSING, PG_HOME, find_tables
from waqai.keeping.copying import Told, copy_rows
from waqai.keeping.digests import digest_tables
from waqai.keeping.files import make_private, remove_leftovers, remove_store_file, work_file
from waqai.keeping.looking import check_same, look_into
from waqai.keeping.moving import filled_database
from waqai.keeping.paging import copy_pages
from waqai.keeping.proving import check_length, check_log, check_texts, check_whole
from waqai.keeping.sealing import Key, is_sealed, unseal_file
from waqai.keeping.slips import drop_slip
from waqai.schema.engine import errors_named, label_of, make_engine
from waqai.schema.files import is_there, make_folder_of
from waqai.schema.migrations import find_revision, migrate, stay_in_schema
from waqai.store import Store, Tombstone, open_store

ELSEWHERE = "a database that pg_restore filled is restored into another database, a file that `waqai backup` wrote into either"
_AFTER = ", after the backup was made)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What restoring would lose: reports that the backup lacks, by id, and how many entries of the log come after it. `same_log`: the log goes on from it."""

    reports: tuple[str, ...]
    entries: int
    same_log: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restored store holds, and which erasures were applied to it: of reports that were in the backup, and of texts that it never held."""

    reports: int
    entries: int
    erased: tuple[Tombstone, ...]
    refused: tuple[Tombstone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What restoring takes besides the two places: the clock, names of one actor, who opens a sealed file, what else is known to be erased."""

    now: Callable[[], datetime]
    actors: ActorNames | None = None
    ask_key: Callable[[], Key] | None = None
    erasures: Sequence[Tombstone] = ()
    told: Told | None = None


def restore_store(backup: str, address: str, *, agree: Callable[[Loss], bool], means: Means) -> Restored | None:
    """Make the store at this address what the backup is, without what is known to be erased; None where nobody agreed.

    `agree` is asked where there is a store already, whose erasures count, too. Where both are addresses of databases, the first one (which pg_restore filled)
    is cleared and is to be used from then on. Raises NotPossible where that cannot be, StoreError for what is no store, damaged, or sealed by another key;
    the target is as it was then.
    """
    if "://" in backup and "://" not in address:
        raise NotPossible(f"cannot restore {label_of(backup)} into {address!r}: {ELSEWHERE}; `waqai move` copies a database into a file")
    if "://" not in backup:
        _check_file(backup, address)
    with _laid_out(backup, address, means) as (work, finish):
        with _open_copy(work, backup, means) as copy:
            if "://" in backup:
                check_texts(copy, label_of(backup))
            stones = _compare(copy, address, agree)
            if stones is None:
                return None
            restored = _erase_again(copy, [*stones, *_still_to_erase(copy, means.erasures, besides=stones)], means)
            check_log(copy, label_of(backup))
        finish()
    return restored


def _check_file(backup: str, address: str) -> None:
    """Raises NotPossible for what is no file, and for the store itself."""
    file = Path(backup)
    if not backup or not is_there(file):
        raise NotPossible(f"there is no backup {backup!r}")
    if file.is_dir():
        raise NotPossible(f"{backup!r} is a folder: name the file in it that `waqai backup` wrote")
    if "://" not in address and is_there(address) and file.samefile(address):
        raise NotPossible(f"{backup!r} is the store itself: name the file that `waqai backup` wrote, or another store by --store")


@contextmanager
def _laid_out(backup: str, address: str, means: Means) -> Iterator[tuple[str, Callable[[], None]]]:
    """A copy to work on, beside the store, and what puts it into the store's place. A database is its own copy."""
    if "://" in backup:
        yield backup, lambda: None
        return
    beside = Path(tempfile.gettempdir()) / "waqai" if "://" in address else Path(address)
    make_folder_of(beside)
    remove_leftovers(beside, what="restoring-")
    with work_file(beside, "restoring") as work:
        _lay_out(Path(backup), work, means)
        yield str(work), lambda: _put_into(work, address, means)


def _lay_out(backup: Path, work: Path, means: Means) -> None:
    if not is_sealed(backup):
        check_length(backup, str(backup))
        make_private(work)
        copy_pages(backup, work)
        return
    if means.ask_key is None:
        raise NotPossible(f"{str(backup)!r} is sealed: its passphrase or key is needed")
    unseal_file(backup, work, means.ask_key())
    check_length(work, str(backup))


def _put_into(work: Path, address: str, means: Means) -> None:
    """Make the store what the copy is, in one transaction: whoever looks sees the old or the new."""
    if "://" not in address:
        _put_into_file(work, Path(address))
        return
    engine = make_engine(work, wait_seconds=0)
    try:
        with engine.connect() as copy, filled_database(address) as connection:
            _clear(connection)
            migrate(connection, address=label_of(address))
            digests = digest_tables(copy)
            copy_rows(copy, connection, told=means.told)
            check_same(connection, digests, name=label_of(address))
    finally:
        engine.dispose()


def _put_into_file(work: Path, target: Path) -> None:
    """As `_put_into`. A new file is nobody else's to read, as the backup was, and is gone again where it cannot be filled."""
    is_new = not is_there(target)
    if is_new:
        make_private(target)
    try:
        copy_pages(work, target)
    except StoreError:
        if is_new:
            remove_store_file(target)
        raise


def _clear(connection: sa.Connection) -> None:
    """Take away the tables of a store: its rows cannot be deleted one by one. What is made next is made where they were."""
    if find_revision(connection) is None:
        return
    stay_in_schema(connection)
    functions = connection.exec_driver_sql(_FUNCTIONS).scalars().all()
    for name in (*(shape.name for shape in find_tables(connection, passing=True)), "alembic_version"):
        connection.exec_driver_sql(f'DROP TABLE "{name}" CASCADE')
    for function in functions:
        connection.exec_driver_sql(f"DROP FUNCTION {function} CASCADE")


_FUNCTIONS = f"SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = {PG_HOME} AND proname LIKE 'waqai%%'"


def _open_copy(work: str, backup: str, means: Means) -> Store:
    """The copy as a store. Raises StoreError for one that is none, by the name that the person gave."""
    try:
        if "://" not in work:
            with look_into(Path(work)) as connection:
                if find_revision(connection) is None:
                    raise StoreError(f"{work} holds no store: it is no waqai store, or was cut off; name another backup")
                check_whole(connection, work)
            drop_slip(Path(work))
        return open_store(work, actors=means.actors)
    except StoreError as error:
        raise StoreError(str(error).replace(work, backup)) from error


def _compare(copy: Store, address: str, agree: Callable[[Loss], bool]) -> tuple[Tombstone, ...] | None:
    """What was erased from the store that is there; None where nobody agreed to lose what came after the copy."""
    if not _is_store_there(address):
        return ()
    with _opened(address) as store:
        known = {report.sha256 for report in copy.iter_reports()}
        stones = tuple(stone for stone in store.iter_tombstones() if not stone.readmitted)
        missing = tuple(report.id for report in store.iter_reports() if report.sha256 not in known)
        last, head = copy.last_entry(), copy.verify().head
        follows = next((e.previous_hash for e in store.iter_log(after=last)), store.verify().head)
        loss = Loss(reports=missing, entries=max(0, store.last_entry() - last), same_log=follows == head)
    return stones if agree(loss) else None


def _is_store_there(address: str) -> bool:
    """Raises StoreError for a database that holds another program's tables."""
    if "://" not in address:
        return is_there(address)
    engine = make_engine(address, wait_seconds=10)
    try:
        with errors_named(label_of(address)), engine.connect() as connection:
            return bool(sa.inspect(connection).get_table_names())
    finally:
        engine.dispose()


@contextmanager
def _opened(address: str) -> Iterator[Store]:
    """The store that is there. Raises NotPossible for one that cannot be read, saying what to do: nobody can say what was erased from it."""
    try:
        store = open_store(address)
    except StoreError as error:
        raise NotPossible(
            f"{error}. What was erased from it since cannot be read there: move it to another folder, then restore, with the list of erasures (--erasures) "
            "if `waqai erase --list` wrote one; else erase those reports again"
        ) from error
    with store:
        yield store


def _still_to_erase(copy: Store, listed: Sequence[Tombstone], *, besides: Sequence[Tombstone]) -> list[Tombstone]:
    """Of a list's erasures those that the store that is there does not tell of, and that the backup does not know: what it took in again since stays."""
    told = {stone.sha256 for stone in besides}
    return [stone for stone in listed if stone.sha256 not in told and not _knows(copy.find_tombstone(stone.sha256), stone)]


def _knows(own: Tombstone | None, stone: Tombstone) -> bool:
    """The same erasure, by its instant: a clock that went back makes two of them no less different."""
    return own is not None and own.at == stone.at


def _erase_again(copy: Store, stones: Sequence[Tombstone], means: Means) -> Restored:
    erased: list[Tombstone] = []
    refused: list[Tombstone] = []
    for stone in stones:
        own, because = copy.find_tombstone(stone.sha256), _reason_again(stone)
        if copy.find_report(stone.sha256) is not None:
            copy.erase_report(stone.sha256, because=because, by=stone.by, at=means.now())
            erased.append(stone)
        elif own is None or own.readmitted:
            copy.note_erased(stone, because=because, at=means.now())
            refused.append(stone)
    _end_all(copy)
    copy.scrub()
    return Restored(reports=copy.counts().reports, entries=copy.last_entry(), erased=tuple(erased), refused=tuple(refused))


def _reason_again(stone: Tombstone) -> str:
    """Why it is erased once more; said once, however often the backup is restored."""
    if stone.because.endswith(_AFTER):
        return stone.because
    return f"{stone.because} (erased on {stone.at.date().isoformat()}{_AFTER}"


def _end_all(copy: Store) -> None:
    with copy.writing() as connection:
        for name in sorted(PASSING):
            connection.exec_driver_sql(f"DELETE FROM {name}")
