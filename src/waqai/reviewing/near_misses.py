"""Incidents that an account was held against: near misses, for a person to say whether they are the same, and what was said of each before."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from waqai.core import Entry, UnknownId
from waqai.folding import NearMiss, fold_seats, undone_numbers
from waqai.folding import find_near_misses as fold_near_misses
from waqai.logbook.log import iter_entries
from waqai.schema import tables
from waqai.store import Store
from waqai.store.apart import incidents_now
from waqai.store.homes import homes_of


def find_near_misses(store: Store, account: str) -> tuple[NearMiss, ...]:
    """The incidents that an account perhaps tells of, as they are now, each once: the likeliest first. Raises UnknownId."""
    with store.reading() as connection:
        entries, homes = _said_of(connection, account)
        own = {seat.incident for seat in fold_seats(entries, homes=homes) if seat.account == account}
        found = [miss for miss in fold_near_misses(entries, homes=homes) if miss.account == account]
        today = [replace(miss, incident=now) for miss in found for now in sorted(incidents_now(connection, {"incident": miss.incident}) - own)]
    best = {miss.incident: miss for miss in sorted(today, key=lambda miss: (miss.score, -miss.entry))}
    return tuple(sorted(best.values(), key=lambda miss: (-miss.score, miss.entry)))


def find_judged(store: Store, account: str) -> dict[str, Entry]:
    """By incident as it is now: the last word on whether the account tells of it, where that is "different" or "unsure". Raises UnknownId."""
    with store.reading() as connection:
        entries, homes = _said_of(connection, account)
        undone, found = undone_numbers(entries), dict[str, Entry]()
        for entry in entries:
            if entry.kind != "judgement" or not entry.value or entry.id in undone or homes.get(entry.subject) != account:
                continue
            for incident in incidents_now(connection, entry.value):
                found.pop(incident, None)
                found |= {} if entry.value["verdict"] == "same" else {incident: entry}
    return found


def _said_of(connection: sa.Connection, account: str) -> tuple[tuple[Entry, ...], dict[str, str | None]]:
    """The entries on the report of the account, and where the accounts that they know are today."""
    sha256 = connection.scalar(sa.select(tables.accounts.c.report_sha256).where(tables.accounts.c.id == account))
    if sha256 is None:
        raise UnknownId(f"no account {account!r} in this store")
    entries = tuple(iter_entries(connection, report_sha256=sha256))
    return entries, homes_of(connection, entries, sha256=sha256)
