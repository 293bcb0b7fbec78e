"""Destroy a report on demand, down to the files of the store."""

from __future__ import annotations

from waqai.core import NotPossible
from waqai.flow.clock import now
from waqai.store import Erased, Store


def erase_report(report: str, store: Store, *, because: str, by: str) -> Erased:
    """Destroy a report, all that was read in it and what the log says of it; hash, id, day, who and why stay.

    Raises UnknownId for an unknown report, NotPossible for one that is erased already (the store's files are then written anew once more).
    """
    grave = store.find_tombstone(report)
    if grave is not None and store.find_report(report) is None:
        store.scrub()
        raise NotPossible(f"report {grave.id!r} is erased already: {grave.refusal}. The store's files were written anew once more")
    erased = store.erase_report(report, because=because, by=by, at=now())
    store.scrub()
    return erased
