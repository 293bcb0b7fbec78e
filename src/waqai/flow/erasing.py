"""Destroy a report on demand, down to the files of the store."""

from __future__ import annotations

from waqai.core import NotPossible, StoreError
from waqai.flow.clock import now
from waqai.store import Erased, Store


def erase_report(report: str, store: Store, *, because: str, by: str) -> Erased:
    """Destroy a report, all that was read in it and what the log says of it; hash, id, day, who and why stay.

    Raises UnknownId for an unknown report, NotPossible for one that is erased already (the store's files are then written anew once more),
    StoreError when another program has the store open: the report is erased then, but its pages may linger.
    """
    grave = store.find_tombstone(report)
    if grave is not None and store.find_report(report) is None:
        store.scrub()
        raise NotPossible(f"report {grave.id!r} is erased already: {grave.refusal}. The store's files were written anew once more")
    erased = store.erase_report(report, because=because, by=by, at=now())
    try:
        store.scrub()
    except StoreError as error:
        named = erased.tombstone.id
        raise StoreError(
            f"report {named!r} is erased, but freed pages of the store's files may still hold its words: {error}. `waqai erase {named}` again mends that"
        ) from error
    return erased
