"""An incident as the store knew it when a day ended: the log folded up to there, over the facts that were known by then.

What an older waqai kept without an instant counts from its first entry in the log on; an arrival or a near copy without one was always known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from waqai.core import ActorNames, Incident, UnknownId
from waqai.folding import Seat, fold_incident
from waqai.logbook.log import naming
from waqai.schema import tables
from waqai.store.grades import grade_tellings
from waqai.store.homes import home_of
from waqai.store.tellings import select_accounts, tellings_in
from waqai.store.views import seats_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An incident as it was known, up to which entry of the log; `erased` reports of the store were there then, perhaps, and are left out."""

    incident: Incident
    last_entry: int
    erased: int


def get_incident_as_of(connection: sa.Connection, incident: str, day: date, *, actors: ActorNames | None) -> Past:
    """The incident when the day (UTC) ended; where all its accounts had moved on, the one that its first account sat in. Raises UnknownId."""
    until = datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)
    last = connection.scalar(sa.select(sa.func.max(tables.log.c.id)).where(tables.log.c.at <= until)) or 0
    report, account = _check_opened(connection, incident, day=day, last=last)
    seats = _seats_in(connection, incident, last=last, until=until)
    if not seats and (moved := _moved_to(connection, report, account, last=last, until=until)) is not None:
        incident, seats = moved, _seats_in(connection, moved, last=last, until=until)
    if not seats:
        raise UnknownId(f"nothing is left of incident {incident!r} as of {day.isoformat()}: no report that told of it then is still in the store")
    rows = connection.execute(select_accounts().where(tables.accounts.c.id.in_([seat.account for seat in seats]))).mappings().all()
    role = {seat.account: seat.role for seat in seats}
    told = tellings_in(connection, [{**row, "incident": incident, "role": role[row["id"]]} for row in rows], until=until, last=last)[incident]
    view = fold_incident(incident, told, grade=lambda tellings, status: grade_tellings(tellings, status, actors=actors))
    return Past(incident=view, last_entry=last, erased=_count_erased(connection, last=last))


def _check_opened(connection: sa.Connection, incident: str, *, day: date, last: int) -> tuple[str, str]:
    log = tables.log.c
    row = connection.execute(sa.select(log.id, log.at, log.report_sha256, log.account).where(log.subject == incident, log.kind == "opened")).first()
    if row is None:
        raise UnknownId(f"no incident {incident!r} in this store; `waqai incidents` lists what is there")
    if row.id > last:
        raise UnknownId(f"incident {incident!r} was not known on {day.isoformat()}: it was opened on {row.at.date().isoformat()}")
    return row.report_sha256, row.account


def _seats_in(connection: sa.Connection, incident: str, *, last: int, until: datetime) -> list[Seat]:
    log = tables.log.c
    about = sa.or_(sa.and_(log.kind == "opened", log.subject == incident), sa.and_(log.kind == "judgement", naming(incident)))
    chosen = sa.select(log.report_sha256).where(about, log.id <= last).distinct()
    seats = [seat for sha256 in sorted(connection.scalars(chosen)) for seat in _seats_then(connection, sha256, last=last, until=until)]
    return [seat for seat in seats if seat.incident == incident and seat.account is not None]


def _seats_then(connection: sa.Connection, sha256: str, *, last: int, until: datetime) -> tuple[Seat, ...]:
    return seats_of(connection, sha256, last=last, readings=_readings_then(connection, sha256, last=last, until=until))


def _readings_then(connection: sa.Connection, sha256: str, *, last: int, until: datetime) -> Sequence[int]:
    """Readings of the report that were there; of those without an instant, the ones that an entry up to `last` speaks of."""
    readings, accounts, log = tables.readings.c, tables.accounts.c, tables.log.c
    spoken_of = sa.select(accounts.reading_id).join(tables.log, log.account == accounts.id).where(log.id <= last, log.report_sha256 == sha256)
    there = sa.or_(readings.kept_at <= until, sa.and_(readings.kept_at.is_(None), readings.id.in_(spoken_of)))
    return connection.scalars(sa.select(readings.id).where(readings.report_sha256 == sha256, there)).all()


def _moved_to(connection: sa.Connection, sha256: str, account: str, *, last: int, until: datetime) -> str | None:
    """The incident in which the account, as it is read today or was read then, sat."""
    keys = {account, home_of(connection, account, sha256=sha256)}
    return next((seat.incident for seat in _seats_then(connection, sha256, last=last, until=until) if keys & {seat.account, seat.logged}), None)


def _count_erased(connection: sa.Connection, *, last: int) -> int:
    """Reports that were erased after that entry: which incidents they told of is not known any more."""
    log = tables.log.c
    return connection.scalar(sa.select(sa.func.count()).select_from(tables.log).where(log.kind == "erased", log.id > last)) or 0
