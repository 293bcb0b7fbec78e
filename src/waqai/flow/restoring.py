"""A store copied to a file and brought back: what was erased since the copy was made is erased from it again, before anybody sees it.

Who was in when the copy was made is not in after it: sessions and start tokens end, also where the copy is not one of ours and holds some.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from waqai.codebook import load_actors
from waqai.core import NotPossible, StoreError
from waqai.flow.clock import now
from waqai.people import end_all
from waqai.store import ELSEWHERE, Store, Tombstone, copy_file, is_there, make_folder_of, open_store, remove_file


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


def backup_store(store: Store, file: Path) -> None:
    """Write the store to a new file, while others use it. Raises NotPossible for a file that is there, and for PostgreSQL."""
    store.copy_to(file)


def restore_store(backup: str, address: str, *, agree: Callable[[Loss], bool]) -> Restored | None:
    """Make the store at this address what the backup is, without what the store knows to be erased; None where nobody agreed.

    `agree` is asked where there is a store already. For PostgreSQL both are addresses: the dump was restored into a database of its own, which is cleared of
    erased reports and is to be used from then on. Raises NotPossible where one is a file and the other is not, StoreError for what is no store.
    """
    if ("://" in backup) != ("://" in address):
        raise NotPossible(f"cannot restore {backup!r} into {address!r}: {ELSEWHERE}; `waqai restore` is then given the addresses of both databases")
    if "://" not in backup:
        _check_file(backup, address)
    with _laid_out(backup, address) as (work, finish):
        with _open_copy(work, backup) as copy:
            stones = _compare(copy, address, agree)
            if stones is None:
                return None
            restored = _erase_again(copy, stones)
        finish()
    return restored


def _check_file(backup: str, address: str) -> None:
    """Raises NotPossible for what is no file, and for the store itself."""
    file = Path(backup)
    if not backup or not is_there(file):
        raise NotPossible(f"there is no backup {backup!r}")
    if file.is_dir():
        raise NotPossible(f"{backup!r} is a folder: name the file in it that `waqai backup` wrote")
    if is_there(address) and file.samefile(address):
        raise NotPossible(f"{backup!r} is the store itself: name the file that `waqai backup` wrote, or another store by --store")


@contextmanager
def _laid_out(backup: str, address: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """A copy to work on, beside the store, and what puts it into the store's place. A database is its own copy."""
    if "://" in backup:
        yield backup, lambda: None
        return
    target = Path(address)
    work = target.with_name(f"{target.name}.restoring")
    make_folder_of(target)
    remove_file(work)
    try:
        copy_file(Path(backup), work)
        yield str(work), lambda: copy_file(work, target)
    finally:
        remove_file(work)


def _open_copy(work: str, backup: str) -> Store:
    """The copy as a store. Raises StoreError for one that is none, by the name that the person gave."""
    try:
        return open_store(work, actors=load_actors())
    except StoreError as error:
        raise StoreError(str(error).replace(work, backup)) from error


def _compare(copy: Store, address: str, agree: Callable[[Loss], bool]) -> tuple[Tombstone, ...] | None:
    """What was erased from the store that is there; None where nobody agreed to lose what came after the copy."""
    if "://" not in address and not is_there(address):
        return ()
    with _opened(address) as store:
        known = {report.sha256 for report in copy.iter_reports()}
        stones = tuple(stone for stone in store.iter_tombstones() if not stone.readmitted)
        missing = tuple(report.id for report in store.iter_reports() if report.sha256 not in known)
        last, head = copy.last_entry(), copy.verify().head
        follows = next((e.previous_hash for e in store.iter_log(after=last)), store.verify().head)
        loss = Loss(reports=missing, entries=max(0, store.last_entry() - last), same_log=follows == head)
    return stones if agree(loss) else None


@contextmanager
def _opened(address: str) -> Iterator[Store]:
    """The store that is there. Raises NotPossible for one that cannot be read, saying what to do: nobody can say what was erased from it."""
    try:
        store = open_store(address)
    except StoreError as error:
        raise NotPossible(
            f"{error}. What was erased from it since cannot be read there: move it to another folder, restore, and erase those reports again with `waqai erase`"
        ) from error
    with store:
        yield store


def _erase_again(copy: Store, stones: tuple[Tombstone, ...]) -> Restored:
    erased: list[Tombstone] = []
    refused: list[Tombstone] = []
    for stone in stones:
        own, because = copy.find_tombstone(stone.sha256), f"{stone.because} (erased on {stone.at.date().isoformat()}, after the backup was made)"
        if copy.find_report(stone.sha256) is not None:
            copy.erase_report(stone.sha256, because=because, by=stone.by, at=now())
            erased.append(stone)
        elif own is None or own.readmitted:
            copy.note_erased(stone, because=because, at=now())
            refused.append(stone)
    end_all(copy)
    copy.scrub()
    return Restored(reports=sum(1 for _ in copy.iter_reports()), entries=copy.last_entry(), erased=tuple(erased), refused=tuple(refused))
