"""Reports in which nothing was coded: which there are, and beside which incident each stands.

An attachment names an incident as it was when it was said; where all its accounts moved on, it follows the one that had opened it, as the incident's id does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from waqai.core import Attachment, Entry
from waqai.folding import Attached, fold_attachment
from waqai.logbook.log import iter_entries
from waqai.schema import tables
from waqai.schema.once import delete_where, find_where, insert
from waqai.schema.prepared import ask
from waqai.store.apart import incidents_now
from waqai.store.candidates import find_rows_alike
from waqai.store.facts import current_reading, find_report
from waqai.store.tellings import CHUNK, chunks
from waqai.store.turns import find_last_run

_SOME: sa.BindParameter[Any] = sa.bindparam("some", expanding=True)
_OPENED_ON = sa.select(tables.log.c.subject, tables.log.c.account).where(tables.log.c.report_sha256.in_(_SOME), tables.log.c.kind == "opened")
LEAD = 600
"""Code points of a text whose names are looked for."""


def refold_attachment(connection: sa.Connection, sha256: str, entries: Sequence[Entry], *, seated: bool) -> None:
    """Fold the log entries on one report to its attachment; a report with an account in a seat has none."""
    delete_where(connection, tables.attachments, report_sha256=sha256)
    found = fold_attachment(entries)
    if found.incident is not None and not seated:
        insert(connection, tables.attachments, {"report_sha256": sha256, "incident": found.incident, "entry": found.entry})


def find_attachment(connection: sa.Connection, sha256: str) -> Attachment | None:
    """The attachment of a report, its incident as it is now; None also where nothing is left of that incident."""
    return next(_iter_attachments(connection, tables.attachments.c.report_sha256 == sha256), None)


def find_attached(connection: sa.Connection, incident: str) -> tuple[Attachment, ...]:
    """The reports beside an incident, by day of publication and id."""
    names = {incident, *find_merged(connection, incident)}
    beside = _iter_attachments(connection, tables.attachments.c.incident.in_(sorted(names)))
    return tuple(one for one in beside if one.incident == incident)


def find_said(connection: sa.Connection, sha256: str) -> Attached:
    """What the log says of a report's attachment, its incidents as they are now."""
    found = fold_attachment(tuple(iter_entries(connection, tables.log.c.report_sha256 == sha256, tables.log.c.kind == "attached")))
    barred = frozenset(now for incident in found.barred for now in incidents_now(connection, {"incident": incident}))
    return Attached(incident=found.incident, entry=found.entry, barred=barred, settled=found.settled)


def find_uncoded(connection: sa.Connection, beside: Sequence[str], *, common: set[str] | None = None) -> tuple[str, ...]:
    """Hashes of the reports without an account that were read since the last run, in that order; then of older ones, attached to nothing, that share two rare
    names with one of those `beside`, by hash. `common`: see `find_candidates`."""
    readings = tables.readings.c
    chosen = sa.select(readings.report_sha256).where(readings.id > find_last_run(connection).reading, _is_uncoded()).order_by(readings.id)
    fresh = tuple(dict.fromkeys(connection.scalars(chosen)))
    common = set() if common is None else common
    older = {sha256 for told in beside for sha256 in _iter_waiting(connection, told, common)}
    return (*fresh, *sorted(older - set(fresh)))


def _iter_waiting(connection: sa.Connection, sha256: str, common: set[str]) -> Iterator[str]:
    """Reports without an account, attached to nothing, that share two rare names with this one."""
    report = find_report(connection, sha256=sha256)
    rows = find_rows_alike(connection, f"{report.title or ''}\n{report.text[:LEAD]}", common=common) if report is not None else ()
    readings, search, attachments = tables.readings.c, tables.search.c, tables.attachments.c
    waiting = ~sa.exists().where(attachments.report_sha256 == readings.report_sha256)
    alike = sa.select(readings.report_sha256).join(tables.search, search.report_sha256 == readings.report_sha256)
    yield from connection.scalars(alike.where(search.id.in_(rows), _is_uncoded(), waiting)) if rows else ()


def _is_uncoded() -> sa.ColumnElement[bool]:
    """SQL: it is its report's current reading, no account is of it, and nobody added one that sits in an incident. A row of a dataset that was taken out again
    tells no story."""
    readings, accounts, members = tables.readings.c, tables.accounts.c, tables.members.c
    seated = sa.exists().where(members.report_sha256 == readings.report_sha256, members.account.is_not(None))
    read = ~readings.reader.startswith("import-")
    return sa.and_(read, readings.id == current_reading(readings.report_sha256), ~sa.exists().where(accounts.reading_id == readings.id), ~seated)


def find_merged(connection: sa.Connection, incident: str) -> frozenset[str]:
    """Incidents that nobody sits in any more, whose first account sits in this one."""
    members = tables.members.c
    rows = find_where(connection, members.report_sha256, members.logged, members.account, incident=incident)
    reports, accounts = sorted({row.report_sha256 for row in rows}), {id for row in rows for id in (row.logged, row.account)}
    opened = [row for some in chunks(reports, CHUNK) for row in ask(connection, _OPENED_ON, {"some": some})]
    subjects = {row.subject for row in opened if row.account in accounts} - {incident}
    return frozenset(subject for subject in subjects if not find_where(connection, members.incident, incident=subject))


def _iter_attachments(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Iterator[Attachment]:
    """Attachments with their incident as it is now, by day of publication and id of the report; none to an incident of which nothing is left."""
    attachments, reports = tables.attachments, tables.reports.c
    chosen = sa.select(attachments, reports.id.label("report")).join(tables.reports, reports.sha256 == attachments.c.report_sha256)
    for row in connection.execute(chosen.where(where).order_by(reports.published.is_(None), reports.published, reports.id)).all():
        entry = next(iter_entries(connection, tables.log.c.id == row.entry))
        for incident in sorted(incidents_now(connection, {"incident": row.incident})):
            if connection.scalar(sa.select(tables.incidents.c.id).where(tables.incidents.c.id == incident)) is not None:
                score = float(str(entry.value["score"]))
                said = {"score": score, "because": entry.because, "by": entry.by, "entry": entry.id}
                yield Attachment(report=row.report, incident=incident, **said)  # type: ignore[arg-type]
