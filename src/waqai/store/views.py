"""Keep the views in step with the facts: seats of a report, incidents, the index of their facets. What is folded here can be dropped and folded again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from waqai.core import Account, ActorNames, Claim, Incident, Span, StoreError, from_plain, to_plain
from waqai.store import index, tables
from waqai.store.facts import current_reading, report_of
from waqai.store.folds import Telling, fold_incident
from waqai.store.grades import grade_tellings
from waqai.store.log import iter_entries
from waqai.store.seats import Home, Seat, find_homes, fold_seats, logged_accounts

RULES = "1"
"""Version of the rules in `seats`, `folds` and `grades`: a store whose views were folded by other rules is folded again when it is opened."""
CHUNK = 200
"""Incidents handled in one query: bounds the memory, and the number of variables in a statement."""


def refold_seats(connection: sa.Connection, sha256: str) -> frozenset[str]:
    """Fold the log entries on one report to seats again; the incidents that were or are concerned."""
    here = tables.members.c.report_sha256 == sha256
    before = set(connection.scalars(sa.select(tables.members.c.incident).where(here)))
    connection.execute(tables.members.delete().where(here))
    seats = _seats_of(connection, sha256)
    if seats:
        connection.execute(tables.members.insert(), [_member_row(seat) for seat in seats])
    return frozenset(before | {seat.incident for seat in seats})


def refresh_incidents(connection: sa.Connection, incidents: Iterable[str], *, actors: ActorNames | None) -> None:
    """Fold these incidents again from their seats; one that nobody sits in any more is taken out of the view.

    Raises StoreError for an incident that accounts were judged into and that no entry opened.
    """
    for chunk in chunks(sorted(set(incidents)), CHUNK):
        tellings = load_tellings(connection, chunk)
        _check_opened(connection, tellings)
        connection.execute(tables.incidents.delete().where(tables.incidents.c.id.in_(chunk)))
        for incident in chunk:
            _keep_incident(connection, incident, tellings.get(incident, []), actors=actors)


def rebuild_views(connection: sa.Connection, *, actors: ActorNames | None) -> None:
    """Drop every view and fold it again from the facts."""
    for view in tables.VIEWS:
        connection.execute(view.delete())
    for row in connection.execute(sa.select(tables.reports).order_by(tables.reports.c.sha256)).mappings():
        index.index_report(connection, report_of(row))
    logged = sa.select(tables.log.c.report_sha256).where(tables.log.c.kind.in_(("opened", "judgement"))).distinct()
    incidents = {incident for sha256 in sorted(connection.scalars(logged)) for incident in refold_seats(connection, sha256)}
    refresh_incidents(connection, incidents, actors=actors)
    note_rules(connection)


def note_rules(connection: sa.Connection) -> None:
    """Note that the views follow today's rules."""
    connection.execute(tables.notes.delete().where(tables.notes.c.name == "view_rules"))
    connection.execute(tables.notes.insert(), {"name": "view_rules", "value": RULES})


def find_rules(connection: sa.Connection) -> str | None:
    """The version of the rules that the views were folded by."""
    return connection.scalar(sa.select(tables.notes.c.value).where(tables.notes.c.name == "view_rules"))


def load_tellings(connection: sa.Connection, incidents: Sequence[str]) -> dict[str, list[Telling]]:
    """The tellings of each of these incidents that has any; accounts without a home are not among them."""
    members, accounts, reports = tables.members.c, tables.accounts.c, tables.reports.c
    chosen = sa.select(
        members.incident,
        members.role,
        accounts.plain,
        accounts.family,
        accounts.place_in_report,
        accounts.count_words,
        accounts.reading_id,
        accounts.report_sha256,
        reports.publisher,
        reports.published,
    )
    joined = tables.members.join(tables.accounts, accounts.id == members.account).join(tables.reports, reports.sha256 == accounts.report_sha256)
    rows = connection.execute(chosen.select_from(joined).where(members.incident.in_(incidents)).order_by(reports.id, accounts.place_in_report)).mappings().all()
    shas = sorted({row["report_sha256"] for row in rows})
    publishers, wires = _publishers(connection, shas), find_wires(connection, shas)
    claims = _claims(connection, sorted({row["reading_id"] for row in rows}))
    found: dict[str, list[Telling]] = {}
    for row in rows:
        found.setdefault(row["incident"], []).append(_telling(row, publishers=publishers, wires=wires, claims=claims))
    return found


def find_wires(connection: sa.Connection, shas: Sequence[str]) -> dict[str, str]:
    """The group of near copies that each text belongs to, named by the least hash in it; a text without copies is its own."""
    copies = tables.near_copies.c
    near: dict[str, set[str]] = {sha: set() for sha in shas}
    ahead = list(shas)
    while ahead:
        some, ahead = ahead[:CHUNK], ahead[CHUNK:]
        touching = sa.or_(copies.left_sha256.in_(some), copies.right_sha256.in_(some))
        for left, right in connection.execute(sa.select(copies.left_sha256, copies.right_sha256).where(touching)):
            ahead += [sha for sha in (left, right) if sha not in near]
            near.setdefault(left, set()).add(right)
            near.setdefault(right, set()).add(left)
    return {sha: min(_reachable(sha, near)) for sha in shas}


def chunks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The items, `size` at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))


def _reachable(start: str, near: dict[str, set[str]]) -> set[str]:
    seen, ahead = {start}, [start]
    while ahead:
        fresh = near[ahead.pop()] - seen
        seen |= fresh
        ahead += fresh
    return seen


def _seats_of(connection: sa.Connection, sha256: str) -> tuple[Seat, ...]:
    entries = tuple(iter_entries(connection, tables.log.c.report_sha256 == sha256))
    if not entries:
        return ()
    accounts = tables.accounts.c
    rows = connection.execute(sa.select(accounts.id, accounts.reading_id).where(accounts.report_sha256 == sha256))
    logged = logged_accounts(entries, readings={row.id: row.reading_id for row in rows})
    return fold_seats(entries, homes=find_homes(logged, current=_homes_in(connection, sha256)))


def _homes_in(connection: sa.Connection, sha256: str) -> list[Home]:
    accounts = tables.accounts.c
    chosen = sa.select(accounts.id, accounts.family, accounts.evidence_start, accounts.evidence_end).order_by(accounts.place_in_report)
    rows = connection.execute(chosen.where(accounts.reading_id == current_reading(sha256)))
    return [Home(account=row.id, family=row.family, evidence=Span(row.evidence_start, row.evidence_end)) for row in rows]


def _member_row(seat: Seat) -> dict[str, Any]:
    names = ("key", "account", "logged", "report_sha256", "incident", "role", "entry")
    return {name: getattr(seat, name) for name in names}


def _check_opened(connection: sa.Connection, incidents: Iterable[str]) -> None:
    wanted = sorted(incidents)
    entries = tables.log.c
    opened = set(connection.scalars(sa.select(entries.subject).where(entries.subject.in_(wanted), entries.kind == "opened")))
    missing = [incident for incident in wanted if incident not in opened]
    if missing:
        raise StoreError(f"accounts were judged into incident {missing[0]!r}, which no entry opened; open it in the same transaction")


def _keep_incident(connection: sa.Connection, incident: str, tellings: Sequence[Telling], *, actors: ActorNames | None) -> None:
    if not tellings:
        index.drop_incident(connection, incident)
        return
    view = fold_incident(incident, tellings, grade=lambda told, status: grade_tellings(told, status, actors=actors))
    family = next(t.family for t in tellings if t.account.type == view.type)
    connection.execute(tables.incidents.insert(), _incident_row(view, family=family))
    index.index_incident(connection, incident, iter_facets(view, family=family, tellings=tellings))


def _incident_row(view: Incident, *, family: str) -> dict[str, Any]:
    when, where = view.when, view.where
    return {
        "id": view.id,
        "type": view.type,
        "family": family,
        "status": view.status,
        "grade": view.grade,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "country": where.country if where else None,
        "admin1": where.admin1 if where else None,
        "plain": to_plain(view),
    }


def iter_facets(view: Incident, *, family: str, tellings: Sequence[Telling]) -> Iterator[str]:
    """The words under which an incident is found beside those of its reports: type, family, status, places, names in roles."""
    yield from (view.type, family, view.status)
    for telling in tellings:
        where = telling.account.where
        yield from (name for name in (where and where.name, where and where.admin1, where and where.admin2) if name)
        yield from (involved.name for involved in telling.account.involved)


def _telling(row: Any, *, publishers: dict[str, tuple[str, ...]], wires: dict[str, str], claims: dict[int, dict[str, Claim]]) -> Telling:
    sha256 = row["report_sha256"]
    return Telling(
        account=from_plain(Account, row["plain"]),
        family=row["family"],
        role=row["role"],
        order=row["place_in_report"],
        report_sha256=sha256,
        publisher=row["publisher"],
        publishers=publishers.get(sha256, ()),
        published=row["published"],
        wire=wires[sha256],
        count_words=tuple(row["count_words"]),
        claims=claims.get(row["reading_id"], {}),
    )


def _publishers(connection: sa.Connection, shas: Sequence[str]) -> dict[str, tuple[str, ...]]:
    arrivals = tables.arrivals.c
    found: dict[str, dict[str, None]] = {}
    for some in chunks(shas, CHUNK):
        chosen = sa.select(arrivals.report_sha256, arrivals.publisher).where(arrivals.report_sha256.in_(some), arrivals.publisher.is_not(None))
        for sha256, publisher in connection.execute(chosen.order_by(arrivals.report_sha256, arrivals.publisher)):
            found.setdefault(sha256, {})[publisher] = None
    return {sha256: tuple(names) for sha256, names in found.items()}


def _claims(connection: sa.Connection, readings: Sequence[int]) -> dict[int, dict[str, Claim]]:
    claims = tables.claims.c
    found: dict[int, dict[str, Claim]] = {}
    for start in range(0, len(readings), CHUNK):
        some = readings[start : start + CHUNK]
        chosen = sa.select(claims.reading_id, claims.plain).where(claims.reading_id.in_(some)).order_by(claims.reading_id, claims.place_in_report)
        for reading, plain in connection.execute(chosen):
            claim = from_plain(Claim, plain)
            found.setdefault(reading, {})[claim.id] = claim
    return found
