"""Whether the views are what the facts say, of a sample: folded again in a transaction that is taken back."""

from __future__ import annotations

import random

import sqlalchemy as sa

from waqai.core import ActorNames
from waqai.schema import tables
from waqai.store import Store
from waqai.store.rebuild import rebuild_and_compare
from waqai.store.views import refold_seats, refresh_incidents

ALL_BELOW = 500
"""Reports up to which everything is folded again; of more, as many as `SAMPLE`."""
SAMPLE = 100


class _TakenBack(Exception):
    """Ends the transaction."""


def find_stale(store: Store, *, actors: ActorNames | None) -> tuple[int, list[str]]:
    """(how many reports were looked at, what is not as it would be folded today). The store is as before; who writes meanwhile waits. Raises StoreError."""
    found: tuple[int, list[str]] = (0, [])
    try:
        with store.writing() as connection:
            found = _fold_again(connection, actors)
            raise _TakenBack
    except _TakenBack:
        return found


def _fold_again(connection: sa.Connection, actors: ActorNames | None) -> tuple[int, list[str]]:
    reports = list(connection.scalars(sa.select(tables.reports.c.sha256).order_by(tables.reports.c.sha256)))
    if len(reports) <= ALL_BELOW:
        return len(reports), list(rebuild_and_compare(connection, actors=actors).differing)
    chosen = random.Random(len(reports)).sample(reports, min(SAMPLE, len(reports)))
    members = tables.members.c
    incidents = sorted(set(connection.scalars(sa.select(members.incident).where(members.report_sha256.in_(chosen)))))
    before = _rows_of(connection, chosen, incidents)
    also = {incident for sha256 in chosen for incident in refold_seats(connection, sha256)}
    refresh_incidents(connection, also | set(incidents), actors=actors)
    after = _rows_of(connection, chosen, incidents)
    return len(chosen), sorted({about for about, *_ in before ^ after})


def _rows_of(connection: sa.Connection, reports: list[str], incidents: list[str]) -> set[tuple[str, str]]:
    """(what it is about, the row) of the seats of these reports and of these incidents."""
    seats = connection.execute(sa.select(tables.members).where(tables.members.c.report_sha256.in_(reports)))
    folded = connection.execute(sa.select(tables.incidents).where(tables.incidents.c.id.in_(incidents)))
    found = connection.execute(sa.select(tables.search).where(tables.search.c.incident.in_(incidents)))
    return {
        *((f"account {row.logged}", str(row)) for row in seats),
        *((f"incident {row.id}", str(row)) for row in folded),
        *((f"the words of incident {row.incident}", str(row)) for row in found),
    }
