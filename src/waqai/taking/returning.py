"""Take a batch back: its rows count no more, and what they took the place of counts again.

What counts of a row is what the last import that touched it, and that nobody took back, made of it. So batches can be taken back in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from waqai.core import NotPossible, ReaderStamp, short_hash
from waqai.flow import Summary, now
from waqai.flow.add import link_accounts
from waqai.imports.composing import bring_back, take_out
from waqai.store import RowReading, Store
from waqai.taking.batches import Batch, get_batch, list_batches
from waqai.taking.planning import CHUNK


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What undoing a batch did. `left`: rows of it that stay as a later import made them, or that this one had not the last word on."""

    batch: Batch
    taken_out: int
    brought_back: int
    left: int


def undo_batch(name: str, store: Store, *, family_of: Callable[[str], str], because: str, by: str) -> Returned:
    """Take exactly this batch's rows back, all or nothing. Raises NotPossible for an import that is not there, or is undone already."""
    with store.transaction():
        batch = get_batch(name, store)
        if batch.undone_by is not None:
            raise NotPossible(f"{name} is undone already, by entry {batch.undone_by}; to have its rows again, import the file again")
        standing = {one.stamp.settings_hash for one in list_batches(store) if one.undone_by is None} - {batch.stamp.settings_hash}
        stamp = ReaderStamp(name=batch.stamp.name, version=batch.stamp.version, settings_hash=short_hash("undo", batch.stamp.settings_hash, length=32))
        ids, out, back = list(dict.fromkeys(row.id for row in store.find_batch_rows(batch.stamp))), 0, 0
        left = 0
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK]
            counting, history = store.find_counting_rows(some, reader=stamp.name), store.find_row_history(some, reader=stamp.name)
            for id in some:
                wanted, there = choose_version([one for one in history if one.id == id], standing=standing), counting.get(id)
                if there == (wanted.report_sha256 if wanted else None):
                    left += 1
                    continue
                out += _take_out(there, stamp, store, family_of)
                back += _bring_back(wanted, stamp, store, family_of)
        store.undo(batch.entry, because=because, by=by, at=now())
    return Returned(batch=batch, taken_out=out, brought_back=back, left=left)


def choose_version(history: Sequence[RowReading], *, standing: Collection[str]) -> RowReading | None:
    """The version of a row that counts when only the batches with these hashes stand; None where the last of them took the row out, or there is none."""
    kept = [one for one in history if one.settings_hash in standing]
    return next((one for one in kept if one.settings_hash == kept[-1].settings_hash and one.came_in), None)


def _take_out(sha256: str | None, stamp: ReaderStamp, store: Store, family_of: Callable[[str], str]) -> bool:
    return sha256 is not None and store.add_reading(take_out(store.get_report(sha256), stamp=stamp), family_of=family_of, at=now())


def _bring_back(wanted: RowReading | None, stamp: ReaderStamp, store: Store, family_of: Callable[[str], str]) -> bool:
    """Let an older version count again. Its account finds its seat by its words."""
    if wanted is None:
        return False
    store.add_reading(bring_back(store.get_row_reading(wanted.reading), stamp=stamp), family_of=family_of, at=now())
    link_accounts(store.get_report(wanted.report_sha256), store, Summary())
    return True
