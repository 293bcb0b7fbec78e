"""Find what persons said of single accounts, wherever the accounts of their words are today."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from waqai.core import Entry
from waqai.folding import REVIEWS, undone_numbers
from waqai.logbook.log import iter_entries, up_to
from waqai.schema import tables
from waqai.schema.prepared import ask
from waqai.store.homes import homes_of

_REVIEWED = sa.select(tables.log.c.report_sha256).where(tables.log.c.kind.in_(REVIEWS), tables.RARE).distinct()


def select_reviewed() -> sa.Select[tuple[str | None]]:
    """SQL: hashes of the reports on whose accounts persons said something."""
    return _REVIEWED


def reviews_among(connection: sa.Connection, readings: Mapping[int, str], *, last: int | None = None) -> dict[str, tuple[Entry, ...]]:
    """What persons said (in entries up to `last`) of the accounts of these readings, given with their reports, by account."""
    reviewed = {sha256 for (sha256,) in ask(connection, _REVIEWED)}
    found: dict[str, tuple[Entry, ...]] = {}
    for reading, sha256 in readings.items():
        if sha256 in reviewed:
            found |= _reviews_of(connection, sha256, reading, last=last)
    return found


def _reviews_of(connection: sa.Connection, sha256: str, reading: int, *, last: int | None) -> dict[str, tuple[Entry, ...]]:
    entries = tuple(iter_entries(connection, *up_to(last), report_sha256=sha256))
    undone, homes = undone_numbers(entries), homes_of(connection, entries, sha256=sha256, readings=[reading])
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        home = homes.get(entry.subject) if entry.kind in REVIEWS and entry.value and entry.id not in undone else None
        if home is not None:
            found.setdefault(home, []).append(entry)
    return {account: tuple(said) for account, said in found.items()}
