"""Whose turn it is when a run is settled: reports that were linked since the last run, and those that share an incident with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from waqai.folding import is_by_person
from waqai.schema import tables
from waqai.store.marks import find_locked
from waqai.store.tellings import chunks

CHUNK = 500


def find_unsettled(connection: sa.Connection) -> tuple[str, ...]:
    """Hashes of the reports that the log speaks of since the last run, in the order in which it first does; all of them before the first run.

    A report that was erased since has no turn.
    """
    log, last = tables.log.c, find_last_run(connection).entry
    first = sa.func.min(log.id)
    linked = sa.and_(log.id > last, log.kind.in_(("opened", "judgement")), log.report_sha256.in_(sa.select(tables.reports.c.sha256)))
    return tuple(connection.scalars(sa.select(log.report_sha256).where(linked).group_by(log.report_sha256).order_by(first)))


class LastRun(NamedTuple):
    """The last entry of the log and the last reading when the last run was closed; 0 before the first."""

    entry: int
    reading: int


def find_last_run(connection: sa.Connection) -> LastRun:
    """Where the last run ended. A run of an older waqai does not say: what was logged or read up to its day counts as settled."""
    run = connection.execute(sa.select(tables.runs.c.at, tables.runs.c.counts).order_by(tables.runs.c.id.desc()).limit(1)).first()
    if run is None:
        return LastRun(0, 0)
    log, readings = tables.log.c, tables.readings.c
    entry, reading = run.counts.get("last_entry"), run.counts.get("last_reading")
    if entry is None:
        entry = connection.scalar(sa.select(sa.func.max(log.id)).where(log.at <= run.at)) or 0
    if reading is None:
        known = sa.or_(readings.kept_at.is_(None), readings.kept_at <= run.at)
        reading = connection.scalar(sa.select(sa.func.max(readings.id)).where(known)) or 0
    return LastRun(int(entry), int(reading))


def last_reading(connection: sa.Connection) -> int:
    """The number of the newest reading; 0 where there is none."""
    return connection.scalar(sa.select(sa.func.max(tables.readings.c.id))) or 0


def find_mates(connection: sa.Connection, reports: Sequence[str], *, most: int) -> tuple[str, ...]:
    """Hashes of other reports with an account in an incident where one of these has one, by hash, at most so many."""
    ours, theirs = tables.members.alias(), tables.members.alias()
    found: set[str] = set()
    for chunk in chunks(list(reports), CHUNK):
        joined = ours.join(theirs, ours.c.incident == theirs.c.incident)
        found.update(connection.scalars(sa.select(theirs.c.report_sha256).select_from(joined).where(ours.c.report_sha256.in_(chunk)).distinct()))
    return tuple(sorted(found - set(reports))[:most])


def find_fixed(connection: sa.Connection, sha256: str) -> frozenset[str]:
    """The accounts of a report that a person seated, or that sit in an incident which a person locked."""
    members, log, locked = tables.members.c, tables.log.c, find_locked(connection)
    chosen = (
        sa.select(members.account, members.incident, log.by)
        .select_from(tables.members.join(tables.log, log.id == members.entry))
        .where(members.report_sha256 == sha256)
    )
    return frozenset(row.account for row in connection.execute(chosen) if row.account is not None and (is_by_person(row.by) or row.incident in locked))
