"""Destroy a report: its text, all that was read in it, all that the log says of it. Hash, id, day, who and why stay.

Deleting is one transaction; `scrub` then makes the database give up the freed pages. SQLite overwrites what is deleted (secure_delete), merges the word index,
is written anew (VACUUM), and its write-ahead log is cut to nothing. PostgreSQL's tables are written anew (VACUUM FULL). What a file system, a backup or
PostgreSQL's own write-ahead log still holds is beyond reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from waqai.core import StoreError
from waqai.folding import ASIDE
from waqai.indexes.alike import delete_bands
from waqai.indexes.company import drop_company
from waqai.logbook import log
from waqai.logbook.tombstones import Tombstone, find_tombstone
from waqai.schema import alerts, feeds, originals, tables
from waqai.schema.people import codings
from waqai.store.attachments import find_merged
from waqai.store.marks import marks_on_only
from waqai.store.reasons import reword_reasons

_OF_REPORT = (
    tables.claims,
    tables.accounts,
    tables.readings,
    tables.signatures,
    tables.imprints,
    tables.arrivals,
    tables.search,
    tables.expectations,
    codings,
    originals.payloads,
    originals.recognised,
)  # in the order of their foreign keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was destroyed: the tombstone that stays, how many entries lost their words, which incidents fold again, and near copies that are still there.

    `reworded`: how many entries on other reports, which compared with it, lost their reasons.
    """

    tombstone: Tombstone
    entries: int
    reworded: int
    incidents: tuple[str, ...]
    near_copies: tuple[str, ...]


def bury_report(connection: sa.Connection, sha256: str, *, because: str, by: str, at: datetime) -> Erased:
    """Delete the report and all that hangs on it, and say so in the log. Its incidents are the caller's to fold again."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    report, members = tables.reports.c, tables.members.c
    name = connection.scalars(sa.select(report.id).where(report.sha256 == sha256)).one()
    incidents = tuple(connection.scalars(sa.select(members.incident).where(members.report_sha256 == sha256).distinct().order_by(members.incident)))
    near = _near_copies(connection, sha256)
    _set_tombstone(connection, sha256, name, because=because, by=by, at=at)
    reworded = reword_reasons(connection, sha256, by_entry=log.last_entry(connection) + 1)
    _forget_told(connection, incidents)
    entries = _delete_payloads(connection, sha256, also=[*marks_on_only(connection, sha256), *_asides_on_only(connection, sha256, incidents)])
    _delete_facts(connection, sha256)
    log.append_entry(connection, kind="erased", subject=sha256, value={"entries": entries, "reworded": reworded}, because=because, by=by, at=at)
    tombstone = find_tombstone(connection, sha256)
    assert tombstone is not None
    return Erased(tombstone=tombstone, entries=len(entries), reworded=len(reworded), incidents=incidents, near_copies=near)


def note_erased(connection: sa.Connection, stone: Tombstone, *, because: str, at: datetime) -> None:
    """Say in the log that a text was erased which this store never held: it does not come in."""
    _set_tombstone(connection, stone.sha256, stone.id, because=because, by=stone.by, at=at)
    log.append_entry(connection, kind="erased", subject=stone.sha256, value={"entries": [], "reworded": {}}, because=because, by=stone.by, at=at)


def _set_tombstone(connection: sa.Connection, sha256: str, name: str, *, because: str, by: str, at: datetime) -> None:
    """A report that was taken in again and is erased again keeps its first stone; the log tells of the last time."""
    if connection.scalar(sa.select(tables.tombstones.c.sha256).where(tables.tombstones.c.sha256 == sha256)) is None:
        connection.execute(tables.tombstones.insert(), {"sha256": sha256, "id": name, "at": at, "by": by, "because": because})


def scrub(connection: sa.Connection) -> None:
    """Write the files anew without what was deleted; the connection is in no transaction. Raises StoreError when another program reads the store meanwhile."""
    if connection.dialect.name == "postgresql":
        for table in (
            *_OF_REPORT,
            tables.account_names,
            tables.near_copies,
            tables.bands,
            tables.reports,
            tables.log_payloads,
            tables.incidents,
            tables.members,
            tables.outlines,
            tables.bearers,
            tables.queue,
            tables.traits,
            tables.tellers,
            tables.checks,
            alerts.news,
            alerts.known,
            originals.originals,
            feeds.items,
        ):
            connection.exec_driver_sql(f"VACUUM FULL {table.name}")
        return
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('rebuild')")
    connection.exec_driver_sql("VACUUM")
    busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if busy:
        raise StoreError("another program has the store open, and its write-ahead log still holds the old pages; close that program, then run it again")


def _near_copies(connection: sa.Connection, sha256: str) -> tuple[str, ...]:
    copies, reports = tables.near_copies.c, tables.reports.c
    mine = sa.or_(copies.left_sha256 == sha256, copies.right_sha256 == sha256)
    other = sa.case((copies.left_sha256 == sha256, copies.right_sha256), else_=copies.left_sha256)
    chosen = sa.select(reports.id).select_from(tables.near_copies.join(tables.reports, reports.sha256 == other)).where(mine).order_by(reports.id)
    return tuple(connection.scalars(chosen))


def _delete_payloads(connection: sa.Connection, sha256: str, *, also: list[int]) -> list[int]:
    """Take the words of every entry on the report, and of these; their numbers."""
    payloads = tables.log_payloads.c
    on_it = sa.select(payloads.entry).join(tables.log, tables.log.c.id == payloads.entry)
    numbers = list(connection.scalars(on_it.where(tables.log.c.report_sha256 == sha256, tables.log.c.kind != "erased").order_by(payloads.entry)))
    numbers = sorted({*numbers, *also})
    connection.execute(tables.log_payloads.delete().where(payloads.entry.in_(numbers)))
    return numbers


def _asides_on_only(connection: sa.Connection, sha256: str, incidents: tuple[str, ...]) -> list[int]:
    """Numbers of the entries beside incidents of which this report alone tells, and beside those that were merged into them."""
    members, log = tables.members.c, tables.log.c
    shared = set(connection.scalars(sa.select(members.incident).where(members.incident.in_(incidents), members.report_sha256 != sha256)))
    named = {name for incident in incidents if incident not in shared for name in (incident, *find_merged(connection, incident))}
    return list(connection.scalars(sa.select(log.id).where(log.subject.in_(sorted(named)), log.kind.in_(ASIDE))))


def _forget_told(connection: sa.Connection, incidents: tuple[str, ...]) -> None:
    """What alerts told of these incidents, and of those that were merged into them, or were to tell: only that they were told of stays."""
    news, known = alerts.news.c, alerts.known.c
    for name in {name for incident in incidents for name in (incident, *find_merged(connection, incident))}:
        connection.execute(alerts.news.delete().where(news.incident == name))
        connection.execute(alerts.known.update().where(known.incident == name, known.state.is_not(None)).values(state={}))


def _delete_facts(connection: sa.Connection, sha256: str) -> None:
    drop_company(connection, sha256)
    names, copies = tables.account_names.c, tables.near_copies.c
    accounts = sa.select(tables.accounts.c.id).where(tables.accounts.c.report_sha256 == sha256)
    connection.execute(tables.account_names.delete().where(names.account.in_(accounts)))
    connection.execute(tables.near_copies.delete().where(sa.or_(copies.left_sha256 == sha256, copies.right_sha256 == sha256)))
    delete_bands(connection, sha256)
    for table in _OF_REPORT:
        connection.execute(table.delete().where(table.c.report_sha256 == sha256))
    _delete_originals(connection, sha256)
    connection.execute(feeds.items.update().where(feeds.items.c.report_sha256 == sha256).values(address="", title=None, text=None))
    connection.execute(tables.reports.delete().where(tables.reports.c.sha256 == sha256))


def _delete_originals(connection: sa.Connection, sha256: str) -> None:
    """The bytes that no report which is left was made of; the links of their chain stay, without what they said."""
    links, said = originals.retrievals, originals.payloads
    of_it = sa.select(links.c.original_sha256).where(links.c.report_sha256 == sha256)
    of_others = sa.select(links.c.original_sha256).select_from(links.join(said, said.c.number == links.c.number))
    mine = originals.originals.c.sha256
    connection.execute(originals.originals.delete().where(mine.in_(of_it), mine.not_in(of_others.where(links.c.original_sha256.in_(of_it)))))
