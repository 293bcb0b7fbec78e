"""Which entry of the log touched which incident, and which incidents are not there any more: what two releases are told apart by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from waqai.folding import ASIDE
from waqai.schema import tables

OWN = frozenset({"opened", "locked"})
"""Kinds whose subject is the incident."""
_UNSEEN = frozenset(ASIDE)
"""What persons write beside an incident changes nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """An entry that may have changed an incident (None: a mark on a speaker or publisher, which may have changed many)."""

    entry: int
    kind: str
    by: str
    at: datetime
    incident: str | None


def iter_touches(connection: sa.Connection) -> Iterator[Touch]:
    """The entries that say something of incidents, in order."""
    log, payloads, members = tables.log.c, tables.log_payloads.c, tables.members.c
    seats = {row.account: row.incident for row in connection.execute(sa.select(members.account, members.incident).where(members.account.is_not(None)))}
    chosen = sa.select(log.id, log.kind, log.by, log.at, log.subject, log.account, payloads.incident)
    touched: dict[int, str | None] = {}
    for row in connection.execute(chosen.join(tables.log_payloads, payloads.entry == log.id, isouter=True).order_by(log.id)):
        if row.kind in _UNSEEN:
            continue
        found = row.subject if row.kind in OWN else row.incident or seats.get(row.account)
        if row.kind == "undone":
            found = touched.get(int(row.subject))
        touched[row.id] = found
        if found is not None or row.kind == "marked_unreliable":
            yield Touch(entry=row.id, kind=row.kind, by=row.by, at=row.at, incident=found)


def find_gone(connection: sa.Connection) -> dict[str, str | None]:
    """The incidents that were opened once and are not there any more, each with the one in which what opened it sits now (None: nothing of it is left)."""
    log, members = tables.log.c, tables.members.c
    there = sa.select(tables.incidents.c.id)
    opened = sa.select(log.subject, members.incident).join(tables.members, members.account == log.account, isouter=True)
    rows = connection.execute(opened.where(log.kind == "opened", log.subject.not_in(there)).order_by(log.subject))
    return {row.subject: row.incident for row in rows}
