"""The log as it is read: each entry with what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from waqai.core import Entry
from waqai.folding import ASIDE, REVIEWS
from waqai.logbook.log import find_undone, iter_entries, last_entry, naming
from waqai.schema import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An entry, the report and account that it is on, and the entries that undid it or took its words, if any did."""

    entry: Entry
    report_sha256: str | None
    account: str | None
    undone_by: int | None
    erased_by: int | None


def iter_standing(connection: sa.Connection, *where: sa.ColumnElement[bool], last: int | None = None) -> Iterator[Standing]:
    """The entries that the conditions pick, or the last so many of them, in order."""
    concerned = sa.select(tables.log.c.id, tables.log.c.report_sha256, tables.log.c.account).where(*where).order_by(tables.log.c.id.desc())
    most = None if last is None else min(last, last_entry(connection))
    rows = {row.id: row for row in connection.execute(concerned.limit(most))}
    undone, erased = find_undone(connection), _find_erased(connection)
    if not rows:
        return
    for entry in iter_entries(connection, *where, tables.log.c.id >= min(rows)):
        row = rows[entry.id]
        yield Standing(
            entry=entry,
            report_sha256=row.report_sha256,
            account=row.account,
            undone_by=undone.get(entry.id),
            erased_by=erased.get(entry.id),
        )


def on_report(sha256: str) -> sa.ColumnElement[bool]:
    """SQL: the entry is on this report."""
    return tables.log.c.report_sha256 == sha256


def on_incident(connection: sa.Connection, incident: str) -> sa.ColumnElement[bool]:
    """SQL: the entry opened, locked or annotated this incident, judged an account against it, added or reviewed one in it, or undid one that did."""
    log, members = tables.log.c, tables.members.c
    named_in = sa.and_(log.kind.in_(("opened", "locked", *ASIDE)), log.subject == incident)
    seated = [id for row in connection.execute(sa.select(members.account, members.logged).where(members.incident == incident)) for id in row if id]
    reviewed = sa.and_(log.kind.in_(("added", *REVIEWS)), log.subject.in_(seated))
    found = {number for where in (named_in, naming(incident), reviewed) for number in connection.scalars(sa.select(log.id).where(where))}
    for number, undone in connection.execute(sa.select(log.id, log.subject).where(log.kind == "undone", tables.RARE).order_by(log.id)):
        found |= {number} if int(undone) in found else set()
    return log.id.in_(sorted(found))


def _find_erased(connection: sa.Connection) -> dict[int, int]:
    """The entries whose words were erased, each with the entry that says so."""
    return {number: entry.id for entry in iter_entries(connection, kind="erased", rare=True) for number in entry.value["entries"]}  # type: ignore[attr-defined]
