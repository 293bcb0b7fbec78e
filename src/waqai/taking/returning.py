"""Take a batch back: its rows count no more, and what they took the place of counts again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from waqai.core import NotPossible, ReaderStamp, short_hash
from waqai.flow import Summary, now
from waqai.flow.add import link_accounts
from waqai.imports.composing import bring_back, take_out
from waqai.store import Store
from waqai.taking.batches import Batch, get_batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What undoing a batch did. `replaced`: rows of it that a later import changed or took out, which stay as that left them."""

    batch: Batch
    taken_out: int
    brought_back: int
    replaced: int


def undo_batch(name: str, store: Store, *, family_of: Callable[[str], str], because: str, by: str) -> Returned:
    """Take exactly this batch's rows back, all or nothing. Raises NotPossible for an import that is not there, or is undone already."""
    with store.transaction():
        batch = get_batch(name, store)
        if batch.undone_by is not None:
            raise NotPossible(f"{name} is undone already, by entry {batch.undone_by}; to have its rows again, import the file again")
        stamp = ReaderStamp(name=batch.stamp.name, version=batch.stamp.version, settings_hash=short_hash("undo", batch.stamp.settings_hash, length=32))
        rows = store.find_batch_rows(batch.stamp)
        ours = [row for row in rows if (now_read := store.find_reading(row.report_sha256)) is not None and now_read.reader == batch.stamp]
        for row in (one for one in ours if one.came_in):
            store.add_reading(take_out(store.get_report(row.report_sha256), stamp=stamp), family_of=family_of, at=now())
        back = 0
        for row in (one for one in ours if not one.came_in):
            back += _bring_back(row.report_sha256, batch, stamp, store, family_of=family_of)
        store.undo(batch.entry, because=because, by=by, at=now())
    out = sum(row.came_in for row in ours)
    return Returned(batch=batch, taken_out=out, brought_back=back, replaced=len(rows) - len(ours))


def _bring_back(sha256: str, batch: Batch, stamp: ReaderStamp, store: Store, *, family_of: Callable[[str], str]) -> bool:
    """Let an older version of a row count again, unless a later import brought another."""
    before, report = store.find_row_before(sha256, stamp=batch.stamp), store.get_report(sha256)
    ids = [arrival.id for arrival in store.get_arrivals(sha256)]
    if before is None or store.find_counting_rows(ids, reader=batch.stamp.name):
        return False
    store.add_reading(bring_back(before, stamp=stamp), family_of=family_of, at=now())
    link_accounts(report, store, Summary())
    return True
