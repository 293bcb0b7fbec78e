"""The near misses of an account, for a person to say whether they are the same."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from waqai.core import UnknownId
from waqai.folding import NearMiss, fold_seats
from waqai.folding import find_near_misses as fold_near_misses
from waqai.schema import tables
from waqai.store import Store
from waqai.store.apart import incidents_now
from waqai.store.homes import homes_of
from waqai.store.log import iter_entries


def find_near_misses(store: Store, account: str) -> tuple[NearMiss, ...]:
    """The incidents that an account perhaps tells of, as they are now, each once: the likeliest first. Raises UnknownId."""
    with store.reading() as connection:
        sha256 = _sha256_of(connection, account)
        entries = tuple(iter_entries(connection, report_sha256=sha256))
        homes = homes_of(connection, entries, sha256=sha256)
        seats = fold_seats(entries, homes=homes)
        own = {seat.incident for seat in seats if seat.account == account}
        found = [miss for miss in fold_near_misses(entries, homes=homes, seats=seats) if miss.account == account]
        today = [replace(miss, incident=now) for miss in found for now in sorted(incidents_now(connection, {"incident": miss.incident}) - own)]
    best = {miss.incident: miss for miss in sorted(today, key=lambda miss: (miss.score, -miss.entry))}
    return tuple(sorted(best.values(), key=lambda miss: (-miss.score, miss.entry)))


def _sha256_of(connection: sa.Connection, account: str) -> str:
    found = connection.scalar(sa.select(tables.accounts.c.report_sha256).where(tables.accounts.c.id == account))
    if found is None:
        raise UnknownId(f"no account {account!r} in this store")
    return str(found)
