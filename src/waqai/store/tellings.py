"""The accounts of an incident as its reports tell them, each with what is known of its report: publishers, copies, claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from waqai.core import ADDED, Account, Claim, Entry, from_plain
from waqai.folding import Telling, review_account
from waqai.schema import tables
from waqai.schema.prepared import Rows, ask
from waqai.store.marks import find_unreliable
from waqai.store.reviews import reviews_among

CHUNK = 200
"""Incidents handled in one query: bounds the memory, and the number of variables in a statement."""


_SOME: sa.BindParameter[Any] = sa.bindparam("some", expanding=True)
_COPIES, _ARRIVALS, _SAID = tables.near_copies.c, tables.arrivals.c, tables.claims.c
_TOUCHING = sa.select(_COPIES.left_sha256, _COPIES.right_sha256).where(sa.or_(_COPIES.left_sha256.in_(_SOME), _COPIES.right_sha256.in_(_SOME)))
_PUBLISHERS = (
    sa.select(_ARRIVALS.report_sha256, _ARRIVALS.publisher, _ARRIVALS.published)
    .where(_ARRIVALS.report_sha256.in_(_SOME), _ARRIVALS.publisher.is_not(None))
    .order_by(_ARRIVALS.report_sha256, _ARRIVALS.publisher)
)
_CLAIMS = sa.select(_SAID.reading_id, _SAID.plain).where(_SAID.reading_id.in_(_SOME)).order_by(_SAID.reading_id, _SAID.place_in_report)


_Printed: TypeAlias = dict[str, dict[str, date | None]]
"""By report who printed its text, each with the first day on which they did."""


def load_tellings(connection: sa.Connection, incidents: Sequence[str]) -> dict[str, list[Telling]]:
    """The tellings of each of these incidents that has any; accounts without a home are not among them."""
    return tellings_in(connection, [row._asdict() for row in ask(connection, _of_incidents(), {"some": incidents})])


@cache
def _of_incidents() -> sa.Select[Any]:
    members = tables.members.c
    chosen = select_accounts().add_columns(members.incident, members.role, members.unsure).join(tables.members, tables.accounts.c.id == members.account)
    return chosen.where(members.incident.in_(_SOME))


def select_accounts() -> sa.Select[Any]:
    """SQL for accounts with what their reports say of themselves, by report id and place in the report."""
    accounts, reports = tables.accounts.c, tables.reports.c
    chosen = sa.select(
        accounts.id,
        accounts.plain,
        accounts.family,
        accounts.place_in_report,
        accounts.count_words,
        accounts.reading_id,
        accounts.report_sha256,
        reports.publisher,
        reports.published,
        reports.language,
    )
    return chosen.join(tables.reports, reports.sha256 == accounts.report_sha256).order_by(reports.id, accounts.place_in_report)


def tellings_in(
    connection: sa.Connection, rows: Sequence[Mapping[Any, Any]], *, until: datetime | None = None, last: int | None = None
) -> dict[str, list[Telling]]:
    """A telling for each row (incident, role, account, report), by incident.

    With `until`, as publishers and copies were known at that instant; with `last`, by what persons said of the accounts in entries up to that number.
    """
    shas = sorted({row["report_sha256"] for row in rows})
    publishers, wires = _publishers(connection, shas, until), find_wires(connection, shas, until=until)
    claims = _claims(connection, sorted({row["reading_id"] for row in rows}))
    reviews = reviews_among(connection, {row["reading_id"]: row["report_sha256"] for row in rows}, last=last)
    unreliable = frozenset(find_unreliable(connection, last=last))
    found: dict[str, list[Telling]] = {}
    for row in rows:
        told = _telling(row, reviews.get(row["id"], ()), publishers=publishers, wires=wires, claims=claims)
        found.setdefault(row["incident"], []).append(replace(told, unreliable=unreliable))
    return found


def find_wires(connection: sa.Connection, shas: Sequence[str], *, until: datetime | None = None) -> dict[str, str]:
    """The group of near copies that each text belongs to, named by the least hash in it; a text without copies is its own."""
    copies = tables.near_copies.c
    near: dict[str, set[str]] = {sha: set() for sha in shas}
    ahead = list(shas)
    while ahead:
        some, ahead = ahead[:CHUNK], ahead[CHUNK:]
        for left, right in _ask_known(connection, _TOUCHING, copies.kept_at, some, until):
            ahead += [sha for sha in (left, right) if sha not in near]
            near.setdefault(left, set()).add(right)
            near.setdefault(right, set()).add(left)
    return {sha: min(_reachable(sha, near)) for sha in shas}


def _ask_known(connection: sa.Connection, chosen: sa.Select[Any], kept_at: sa.Column[Any], some: Sequence[str], until: datetime | None) -> Rows:
    """Of the rows those that the store knew at that instant; a row without an instant was always known."""
    if until is None:
        return ask(connection, chosen, {"some": some})
    return list(connection.execute(chosen.where(sa.or_(kept_at.is_(None), kept_at <= until)), {"some": some}))


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


def _telling(row: Any, said: Sequence[Entry], *, publishers: _Printed, wires: dict[str, str], claims: dict[int, dict[str, Claim]]) -> Telling:
    sha256 = row["report_sha256"]
    seen = review_account(from_plain(Account, row["plain"]), family=row["family"], count_words=row["count_words"], entries=said)
    return Telling(
        account=seen.account,
        family=seen.family,
        role=row["role"],
        order=row["place_in_report"],
        report_sha256=sha256,
        publisher=row["publisher"],
        publishers=tuple(publishers.get(sha256, ())),
        printed={name: day for name, day in publishers.get(sha256, {}).items() if day is not None},
        published=row["published"],
        wire=wires[sha256],
        count_words=seen.count_words,
        claims=claims.get(row["reading_id"], {}),
        review=seen.review,
        corrected=bool(seen.corrections),
        unsure=row.get("unsure"),
        language=row["language"],
        machine=None if seen.machine.rule.startswith(ADDED) else seen.machine,
        corrections=seen.corrections,
        because=seen.verdict.because if seen.verdict else "",
    )


def _publishers(connection: sa.Connection, shas: Sequence[str], until: datetime | None) -> _Printed:
    arrivals = tables.arrivals.c
    found: _Printed = {}
    for some in chunks(shas, CHUNK):
        for sha256, publisher, day in _ask_known(connection, _PUBLISHERS, arrivals.kept_at, some, until):
            days = found.setdefault(sha256, {})
            days[publisher] = min((one for one in (days.get(publisher), day) if one is not None), default=None)
    return found


def _claims(connection: sa.Connection, readings: Sequence[int]) -> dict[int, dict[str, Claim]]:
    found: dict[int, dict[str, Claim]] = {}
    for start in range(0, len(readings), CHUNK):
        some = readings[start : start + CHUNK]
        for reading, plain in ask(connection, _CLAIMS, {"some": some}):
            claim = from_plain(Claim, plain)
            found.setdefault(reading, {})[claim.id] = claim
    return found
