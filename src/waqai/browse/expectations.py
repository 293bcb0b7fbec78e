"""What speakers expect, plan, warn of, threaten or pledge: the claims of current readings that look ahead, newest report first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from waqai.codebook.grade import COMMITTING
from waqai.core import BadQuestion, Claim, from_plain
from waqai.schema import tables
from waqai.store.facts import current_reading

AHEAD = tuple(sorted(COMMITTING))
"""The codebook's stances by which a speaker speaks of what is to come."""
_NO_DAY = date.min
_C, _R, _M, _I = tables.claims.c, tables.reports.c, tables.members.c, tables.incidents.c
_day = sa.func.coalesce(_R.published, sa.literal(_NO_DAY, sa.Date))


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A claim that looks ahead, with the words of its content; its report with publisher and day, and the incidents that the report tells of."""

    claim: Claim
    words: str
    report: str
    publisher: str | None
    published: date | None
    incidents: tuple[str, ...]
    cursor: str


def iter_expectations(
    connection: sa.Connection, *, stance: str | None = None, country: str | None = None, after: str | None = None, most: int = 50
) -> Iterator[Expectation]:
    """At most so many, those behind the cursor. `country`: of an incident that the report tells of. Raises BadQuestion for a stance or cursor that is none."""
    chosen = sa.select(_C.plain, _C.place_in_report, _R.id, _R.sha256, _R.text, _R.publisher, _R.published).select_from(_joined())
    chosen = chosen.where(*_conditions(stance, country), *_behind(after)).order_by(_day.desc(), _R.id, _C.place_in_report).limit(most)
    rows = connection.execute(chosen).all()
    incidents = _incidents_of(connection, [row.sha256 for row in rows])
    for row in rows:
        claim = from_plain(Claim, row.plain)
        cursor = f"{(row.published or _NO_DAY).isoformat()}:{row.place_in_report}:{row.id}"
        told = {"report": row.id, "publisher": row.publisher, "published": row.published, "incidents": incidents.get(row.sha256, ())}
        yield Expectation(claim=claim, words=" ".join(claim.content.of(row.text).split()), cursor=cursor, **told)


def count_expectations(connection: sa.Connection, *, country: str | None = None) -> dict[str, int]:
    """How many there are of each stance; those of which there is none are left out."""
    chosen = sa.select(_C.stance, sa.func.count()).select_from(_joined()).where(*_conditions(None, country)).group_by(_C.stance)
    return {row.stance: row[1] for row in connection.execute(chosen)}


def _joined() -> sa.Join:
    return tables.claims.join(tables.reports, _R.sha256 == _C.report_sha256)


def _conditions(stance: str | None, country: str | None) -> Iterator[sa.ColumnElement[bool]]:
    if stance is not None and stance not in AHEAD:
        raise BadQuestion(f"no claim about what is to come has the stance {stance!r}; they have {', '.join(AHEAD)}")
    yield _C.stance.in_(AHEAD) if stance is None else _C.stance == stance
    yield _C.reading_id == current_reading(_C.report_sha256)
    if country is not None:
        there = sa.select(_M.report_sha256).join(tables.incidents, _I.id == _M.incident)
        yield _C.report_sha256.in_(there.where(_I.country == country.upper()))


def _behind(after: str | None) -> Iterator[sa.ColumnElement[bool]]:
    if after is None:
        return
    day, place, report = _read(after)
    same = sa.and_(_day == day, sa.or_(_R.id > report, sa.and_(_R.id == report, _C.place_in_report > place)))
    yield sa.or_(_day < day, same)


def _read(after: str) -> tuple[date, int, str]:
    day, _, rest = after.partition(":")
    place, _, report = rest.partition(":")
    try:
        return date.fromisoformat(day), int(place), report
    except ValueError as error:
        raise BadQuestion(f"{after!r} is no place in this list: begin at its start") from error


def _incidents_of(connection: sa.Connection, shas: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, Any] = {}
    chosen = sa.select(_M.report_sha256, _M.incident).where(_M.report_sha256.in_(sorted(set(shas)))).distinct().order_by(_M.incident)
    for sha256, incident in connection.execute(chosen):
        found.setdefault(sha256, []).append(incident)
    return {sha256: tuple(incidents) for sha256, incidents in found.items()}
