"""Incidents with what stands behind them, for whoever writes them down: in order of their ids, some hundred at a time, so that memory does not grow with them.

Of a report whose terms forbid that it is passed on nothing is there: what it told is left out, and the incident is folded again from the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from waqai.codebook.tender import CHILD_ROOTS, TENDER_TYPES
from waqai.core import Account, ActorNames, Day, Incident, from_plain, host_of
from waqai.folding import Telling, fold_incident
from waqai.folding.records import NotToLeave, Record, Told
from waqai.schema import tables
from waqai.schema.prepared import ask
from waqai.store.facts import report_of
from waqai.store.find import Filters, iter_batches, select_passing
from waqai.store.grades import grade_tellings
from waqai.store.tellings import CHUNK, chunks, load_tellings

Forbids: TypeAlias = Callable[[str | None], bool]
_A, _M, _R, _V = tables.accounts.c, tables.members.c, tables.reports.c, tables.arrivals.c
_SOME: sa.BindParameter[Any] = sa.bindparam("some", expanding=True)


def iter_records(
    connection: sa.Connection, filters: Filters, *, forbids: Forbids, actors: ActorNames | None, told: bool = False
) -> Iterator[Record | NotToLeave]:
    """The incidents that pass, by id; `told`: with their accounts and reports. `forbids` is asked whether terms of a report keep it here."""
    kept_here = find_kept_here(connection, forbids)
    for rows in iter_batches(connection, filters):
        yield from _make_records(connection, rows, kept_here, actors=actors, told=told)


def load_records(
    connection: sa.Connection, incidents: Sequence[str], *, forbids: Forbids, actors: ActorNames | None, told: bool = True
) -> list[Record | NotToLeave]:
    """The records of these very incidents, in this order; one that is not there is left out."""
    kept_here = find_kept_here(connection, forbids)
    found: dict[str, Record | NotToLeave] = {}
    for some in chunks(incidents, CHUNK):
        for one in _make_records(connection, ask(connection, _rows(), {"some": list(some)}), kept_here, actors=actors, told=told):
            found[one.incident if isinstance(one, NotToLeave) else one.incident.id] = one
    return [found[one] for one in incidents if one in found]


def find_terms(connection: sa.Connection, filters: Filters, *, forbids: Forbids) -> tuple[str, ...]:
    """The terms of the reports that tell of the incidents that pass, each once, by name; those that forbid it are of no report that leaves."""
    passing = select_passing(connection, filters)
    found: set[str] = set()
    for column, sha256 in ((_R.terms, _R.sha256), (_V.terms, _V.report_sha256)):
        told = sa.select(_M.report_sha256).where(_M.account.is_not(None), *([_M.incident.in_(passing)] if filters != Filters() else []))
        found.update(connection.scalars(sa.select(column).where(column.is_not(None), sha256.in_(told)).distinct()))
    return tuple(sorted(terms for terms in found if not forbids(terms)))


def list_hosts(connection: sa.Connection) -> dict[str, frozenset[str]]:
    """The publishers, each with hosts of addresses that its reports have: of the first and the last of them, in order of letters."""
    found: dict[str, set[str]] = {}
    for publisher, url in ((_R.publisher, _R.url), (_V.publisher, _V.url)):
        chosen = sa.select(publisher, sa.func.min(url), sa.func.max(url)).where(publisher.is_not(None)).group_by(publisher)
        for name, *urls in connection.execute(chosen):
            found.setdefault(name, set()).update(host for host in map(host_of, urls) if host)
    return {name: frozenset(hosts) for name, hosts in found.items()}


def find_kept_here(connection: sa.Connection, forbids: Forbids) -> frozenset[str]:
    """The hashes of the reports that came in, once at least, under terms that forbid it."""
    found: set[str] = set()
    for column, sha256 in ((_R.terms, _R.sha256), (_V.terms, _V.report_sha256)):
        named = [terms for terms in connection.scalars(sa.select(column).where(column.is_not(None)).distinct()) if forbids(terms)]
        for some in chunks(named, CHUNK):
            found.update(connection.scalars(sa.select(sha256).where(column.in_(some))))
    return frozenset(found)


def find_forbidden(connection: sa.Connection, forbids: Forbids) -> frozenset[str]:
    """The incidents that no report tells of but those that came in under terms that forbid it."""
    kept_here = find_kept_here(connection, forbids)
    free: dict[str, bool] = {}
    for incident, sha256 in connection.execute(sa.select(_M.incident, _M.report_sha256).where(_M.account.is_not(None)).distinct()) if kept_here else ():
        free[incident] = free.get(incident, False) or sha256 not in kept_here
    return frozenset(incident for incident, is_free in free.items() if not is_free)


def _make_records(
    connection: sa.Connection, rows: Sequence[Any], kept_here: Collection[str], *, actors: ActorNames | None, told: bool
) -> Iterator[Record | NotToLeave]:
    ids = [row.id for row in rows]
    behind = _find_reports(connection, ids) if kept_here else {}
    touched = {incident for incident, shas in behind.items() if not shas.isdisjoint(kept_here)}
    tellings = load_tellings(connection, ids if told else sorted(touched)) if told or touched else {}
    left = {incident: [one for one in told_of if one.report_sha256 not in kept_here] for incident, told_of in tellings.items()}
    since = _find_since(connection, [row.id for row in rows if row.plain["when"] is None or row.id in touched], kept_here)
    reports = _load_reports(connection, {one.report_sha256 for told_of in left.values() for one in told_of}) if told else {}
    hints = {} if told else find_hints(connection, ids)
    for row in rows:
        beside = tuple(Told(telling=one, report=reports[one.report_sha256]) for one in left.get(row.id, ())) if told else ()
        if row.id not in touched:
            yield Record(incident=from_plain(Incident, row.plain), family=row.family, since=since.get(row.id), told=beside, hints=hints.get(row.id, ()))
        elif not left.get(row.id):
            yield NotToLeave(incident=row.id)
        else:
            incident, family = _fold(row.id, left[row.id], actors=actors)
            yield Record(incident=incident, family=family, since=since.get(row.id), told=beside, hints=hints.get(row.id, ()))


def _fold(incident: str, tellings: Sequence[Telling], *, actors: ActorNames | None) -> tuple[Incident, str]:
    view = fold_incident(incident, tellings, grade=lambda told, status: grade_tellings(told, status, actors=actors))
    return view, next(one.family for one in tellings if one.account.type == view.type)


@cache
def _rows() -> sa.Select[Any]:
    incidents = tables.incidents.c
    return sa.select(incidents.id, incidents.family, incidents.plain).where(incidents.id.in_(_SOME))


@cache
def _days() -> sa.Select[Any]:
    joined = tables.members.join(tables.reports, _R.sha256 == _M.report_sha256).join(tables.arrivals, _V.report_sha256 == _M.report_sha256)
    chosen = sa.select(_M.incident, _M.report_sha256, _R.published, _V.published.label("printed"), _V.kept_at).select_from(joined)
    return chosen.where(_M.incident.in_(_SOME), _M.account.is_not(None))


@cache
def _behind() -> sa.Select[Any]:
    return sa.select(_M.incident, _M.report_sha256).where(_M.incident.in_(_SOME), _M.account.is_not(None)).distinct()


def _find_reports(connection: sa.Connection, incidents: Sequence[str]) -> dict[str, set[str]]:
    """The hashes of the reports that tell of each incident."""
    found: dict[str, set[str]] = {}
    for row in ask(connection, _behind(), {"some": list(incidents)}):
        found.setdefault(row.incident, set()).add(row.report_sha256)
    return found


@cache
def _hinting() -> sa.Select[Any]:
    """(incident, account) of those that may tell of children or of what is told by area and month only: most that the words alone find do not."""
    said = sa.func.lower(sa.type_coerce(_A.plain, sa.Text))
    may = sa.or_(_A.type.in_(sorted(TENDER_TYPES)), *(said.contains(root) for root in CHILD_ROOTS))
    return sa.select(_M.incident, _A.plain).join(tables.accounts, _A.id == _M.account).where(_M.incident.in_(_SOME), may)


def find_hints(connection: sa.Connection, incidents: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The types of these accounts, who takes part in them and whom they count, by incident."""
    found: dict[str, list[str]] = {}
    for incident, plain in ask(connection, _hinting(), {"some": list(incidents)}):
        account = from_plain(Account, plain)
        named = (account.type, *(one.name for one in account.involved), *(one.of_whom for one in account.counts))
        found.setdefault(incident, []).extend(words for words in named if words)
    return {incident: tuple(words) for incident, words in found.items()}


def _find_since(connection: sa.Connection, incidents: Sequence[str], kept_here: Collection[str]) -> dict[str, Day]:
    """The first day on which a report of each incident was published; where no report says one, on which the first came in."""
    printed: dict[str, list[Day]] = {}
    came: dict[str, list[Day]] = {}
    for row in ask(connection, _days(), {"some": list(incidents)}):
        if row.report_sha256 not in kept_here:
            printed.setdefault(row.incident, []).extend(day for day in (row.published, row.printed) if day is not None)
            came.setdefault(row.incident, []).extend([row.kept_at.date()] if row.kept_at is not None else [])
    return {incident: min(days or came[incident]) for incident, days in printed.items() if days or came[incident]}


def _load_reports(connection: sa.Connection, shas: Collection[str]) -> Mapping[str, Any]:
    chosen = sa.select(tables.reports).where(_R.sha256.in_(_SOME))
    listed = sorted(shas)
    return {row["sha256"]: report_of(row) for some in chunks(listed, CHUNK) for row in connection.execute(chosen, {"some": list(some)}).mappings()}
