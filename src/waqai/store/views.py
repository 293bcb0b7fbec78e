"""Keep the views in step with the facts: seats of a report, incidents, the index of their facets. What is folded here can be dropped and folded again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa

from waqai.core import ActorNames, Incident, StoreError, to_plain
from waqai.folding import NearMiss, Seat, Telling, check_rows, find_near_misses, fold_incident, fold_seats, queue_rows, teller_rows, weigh_accounts
from waqai.indexes import index
from waqai.indexes.company import drop_company, keep_company
from waqai.indexes.signs import COLUMNS, load_accounts, signs_of
from waqai.logbook.log import iter_entries, up_to
from waqai.schema import tables
from waqai.schema.once import delete_where, find_values, find_where, insert
from waqai.store.attachments import refold_attachment
from waqai.store.changes import note_changes
from waqai.store.facts import report_of
from waqai.store.grades import grade_tellings
from waqai.store.homes import homes_of
from waqai.store.tellings import CHUNK, chunks, load_tellings
from waqai.store.traits import trait_rows

RULES = "7"
"""Version of the rules of the room `folding`: a store whose views were folded by other rules is folded again when it is opened."""

T = TypeVar("T")
Told: TypeAlias = Callable[[str, int, int], None]
"""What hears of long work: the stage, how much of it is done, of how much."""
Beside: TypeAlias = dict[sa.Table, list[dict[str, Any]]]
_BESIDE = (tables.queue, tables.traits, tables.tellers, tables.checks)
"""Views that are folded together with their incident."""


def refold_seats(connection: sa.Connection, sha256: str) -> frozenset[str]:
    """Fold the log entries on one report to seats again; the incidents that were or are concerned."""
    before = set(find_values(connection, tables.members.c.incident, report_sha256=sha256))
    if before:
        drop_company(connection, sha256)
        delete_where(connection, tables.members, report_sha256=sha256)
    entries = tuple(iter_entries(connection, report_sha256=sha256))
    homes = homes_of(connection, entries, sha256=sha256) if entries else {}
    seats = fold_seats(entries, homes=homes)
    refold_attachment(connection, sha256, entries, seated=any(seat.account is not None for seat in seats))
    if seats:
        unsure = _best_scores(find_near_misses(entries, homes=homes))
        accounts = load_accounts(connection, (seat.account for seat in seats if seat.account is not None))
        signs = {account: signs_of(row) for account, row in accounts.items()}
        insert(connection, tables.members, [member_row(seat, signs.get(seat.account or ""), unsure=unsure.get(seat.account)) for seat in seats])
        keep_company(connection, seats, accounts, signs)
    return frozenset(before | {seat.incident for seat in seats})


def refresh_incidents(connection: sa.Connection, incidents: Iterable[str], *, actors: ActorNames | None) -> None:
    """Fold these incidents again from their seats, and note that they changed; one that nobody sits in any more is taken out of the view.

    Raises StoreError for an incident that accounts were judged into and that no entry opened.
    """
    listed = sorted(set(incidents))
    _fold_incidents(connection, listed, actors=actors)
    note_changes(connection, listed)


def _fold_incidents(connection: sa.Connection, incidents: Iterable[str], *, actors: ActorNames | None) -> None:
    for chunk in chunks(sorted(set(incidents)), CHUNK):
        tellings = load_tellings(connection, chunk)
        _check_opened(connection, tellings)
        for incident in chunk:
            delete_where(connection, tables.incidents, id=incident)
            for beside in _BESIDE:
                delete_where(connection, beside, incident=incident)
            _keep_incident(connection, incident, tellings.get(incident, []), actors=actors)


def rebuild_views(connection: sa.Connection, *, actors: ActorNames | None, told: Told | None = None) -> None:
    """Drop every view and fold it again from the facts. `told` hears of each stage how much of it is done."""
    for view in tables.VIEWS:
        if view is not tables.search:
            connection.execute(view.delete())
    reports = connection.scalar(sa.select(sa.func.count()).select_from(tables.reports)) or 0
    with index.filled_anew(connection):
        chosen = connection.execute(sa.select(tables.reports).order_by(tables.reports.c.sha256)).mappings()
        for row in _iter_told(chosen, "words of reports", reports, told):
            index.index_report(connection, report_of(row))
        logged = sa.select(tables.log.c.report_sha256).where(tables.log.c.kind.in_(("opened", "judgement", "attached"))).distinct()
        seated = sorted(connection.scalars(logged))
        incidents = sorted({incident for sha256 in _iter_told(seated, "accounts", len(seated), told) for incident in refold_seats(connection, sha256)})
        for chunk in _iter_told(list(chunks(incidents, CHUNK)), "incidents", -(-len(incidents) // CHUNK), told):
            _fold_incidents(connection, chunk, actors=actors)
    note_rules(connection)


def _iter_told(things: Iterable[T], stage: str, of: int, told: Told | None) -> Iterator[T]:
    """The things; how many of how many are done is told a hundred times."""
    for done, thing in enumerate(things):
        if told is not None and done % max(of // 100, 1) == 0:
            told(stage, done, of)
        yield thing


def note_rules(connection: sa.Connection) -> None:
    """Note that the views follow today's rules."""
    connection.execute(tables.notes.delete().where(tables.notes.c.name == "view_rules"))
    connection.execute(tables.notes.insert(), {"name": "view_rules", "value": RULES})


def find_rules(connection: sa.Connection) -> str | None:
    """The version of the rules that the views were folded by."""
    return connection.scalar(sa.select(tables.notes.c.value).where(tables.notes.c.name == "view_rules"))


def seats_of(connection: sa.Connection, sha256: str, *, last: int | None = None, readings: Sequence[int] | None = None) -> tuple[Seat, ...]:
    """The seats that follow from the log on one report; with `last` and `readings` from the entries up to that number, as if there were these readings only."""
    entries = tuple(iter_entries(connection, *up_to(last), report_sha256=sha256))
    return fold_seats(entries, homes=homes_of(connection, entries, sha256=sha256, readings=readings)) if entries else ()


def _best_scores(near: Iterable[NearMiss]) -> dict[str | None, float]:
    """The score of the best near miss of each account."""
    return {miss.account: miss.score for miss in sorted(near, key=lambda miss: miss.score)}


def member_row(seat: Seat, signs: Mapping[str, Any] | None, *, unsure: float | None = None) -> dict[str, Any]:
    """The seat as a row of its table, with the signs of its account (None: without a home) and the score of a near miss that waits."""
    names = ("key", "account", "logged", "report_sha256", "incident", "role", "entry")
    return {name: getattr(seat, name) for name in names} | {"unsure": unsure} | dict(signs or dict.fromkeys(COLUMNS))


def _check_opened(connection: sa.Connection, incidents: Iterable[str]) -> None:
    wanted = sorted(incidents)
    missing = [incident for incident in wanted if not find_where(connection, tables.log.c.id, subject=incident, kind="opened")]
    if missing:
        raise StoreError(f"accounts were judged into incident {missing[0]!r}, which no entry opened; open it in the same transaction")


def _keep_incident(connection: sa.Connection, incident: str, tellings: Sequence[Telling], *, actors: ActorNames | None) -> None:
    if not tellings:
        index.drop_incident(connection, incident)
        return
    row, facets, beside = fold_row(incident, tellings, actors=actors)
    insert(connection, tables.incidents, row)
    for table, rows in beside.items():
        if rows:
            insert(connection, table, rows)
    index.index_incident(connection, incident, facets)


def fold_row(incident: str, tellings: Sequence[Telling], *, actors: ActorNames | None) -> tuple[dict[str, Any], tuple[str, ...], Beside]:
    """(row of the incident that these tellings make, the words under which it is found, rows of the views beside it)."""
    view = fold_incident(incident, tellings, grade=lambda told, status: grade_tellings(told, status, actors=actors))
    family = next(t.family for t in tellings if t.account.type == view.type)
    waiting = queue_rows(view, weigh_accounts(view, tellings))
    made = (waiting, trait_rows(incident, tellings), teller_rows(view, tellings, actors=actors), check_rows(incident, tellings))
    beside = dict(zip(_BESIDE, made, strict=True))
    return _incident_row(view, family=family), tuple(iter_facets(view, family=family, tellings=tellings)), beside


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
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "radius_km": where.radius_km if where else None,
        "precision": where.precision if where else None,
        "reports": len({one.report for one in view.accounts if one.review != "rejected"} or {one.report for one in view.accounts}),
    }


def iter_facets(view: Incident, *, family: str, tellings: Sequence[Telling]) -> Iterator[str]:
    """The words under which an incident is found beside those of its reports: type, family, status, places, names in roles."""
    yield from (view.type, family, view.status)
    for telling in tellings:
        where = telling.account.where
        yield from (name for name in (where and where.name, where and where.admin1, where and where.admin2) if name)
        yield from (involved.name for involved in telling.account.involved)
