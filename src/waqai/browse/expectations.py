"""What speakers expect, plan, warn of, threaten or pledge: the claims of current readings that look ahead, newest report first.

Which claims these are is kept in memory until the store changes: to ask for each claim whether its reading is the current one takes SQL a second for 100,000.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

import sqlalchemy as sa

from waqai.codebook.grade import COMMITTING
from waqai.core import BadQuestion, Claim, from_plain
from waqai.schema import tables
from waqai.store.facts import current_reading

AHEAD = tuple(sorted(COMMITTING))
"""The codebook's stances by which a speaker speaks of what is to come."""
Place: TypeAlias = tuple[int, str, int]
"""Where a claim stands in the list: days before the end of the calendar, the report's id, the claim's place in the report."""
_C, _R, _M, _I = tables.claims.c, tables.reports.c, tables.members.c, tables.incidents.c


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


class Ahead(NamedTuple):
    """A claim that looks ahead, without its words."""

    place: Place
    reading: int
    report_sha256: str
    stance: str


Told: TypeAlias = Mapping[str, frozenset[str]]
"""By country, the reports that tell of an incident there."""


def choose(listed: Sequence[Ahead], *, stance: str | None = None, told: Collection[str] | None = None, after: str | None = None) -> list[Ahead]:
    """Those that pass, behind the cursor; with `told`, of these reports. Raises BadQuestion for a stance or cursor that there is not."""
    if stance is not None and stance not in AHEAD:
        raise BadQuestion(f"no claim about what is to come has the stance {stance!r}; they have {', '.join(AHEAD)}")
    behind = 0 if after is None else bisect_right(listed, _read(after), key=lambda one: one.place)
    return [one for one in listed[behind:] if stance in (None, one.stance) and (told is None or one.report_sha256 in told)]


def number_claims(connection: sa.Connection) -> tuple[int, int]:
    """Numbers of which one grows whenever the claims of current readings can change: with readings kept, and reports erased."""
    last = connection.scalar(sa.select(sa.func.max(tables.readings.c.id)))
    return last or 0, connection.scalar(sa.select(sa.func.count()).select_from(tables.tombstones)) or 0


def load_ahead(connection: sa.Connection) -> tuple[Ahead, ...]:
    """All claims of current readings that look ahead, in their order, without their words."""
    chosen = sa.select(_R.published, _R.id, _C.place_in_report, _C.reading_id, _C.report_sha256, _C.stance)
    joined = chosen.select_from(tables.claims.join(tables.reports, _R.sha256 == _C.report_sha256))
    rows = connection.execute(joined.where(_C.stance.in_(AHEAD), _C.reading_id == current_reading(_C.report_sha256)))
    return tuple(sorted(Ahead((_rank(day), report, place), reading, sha256, stance) for day, report, place, reading, sha256, stance in rows))


def load_told(connection: sa.Connection) -> Told:
    """Which reports tell of which countries."""
    there: dict[str, set[str]] = {}
    seats = sa.select(_I.country, _M.report_sha256).join(tables.members, _I.id == _M.incident).where(_I.country.is_not(None))
    for country, sha256 in connection.execute(seats):
        there.setdefault(country, set()).add(sha256)
    return {country: frozenset(reports) for country, reports in there.items()}


def iter_words(connection: sa.Connection, page: Sequence[Ahead]) -> Iterator[Expectation]:
    """These with their words, in this order; one that was erased meanwhile is left out."""
    incidents = _incidents_of(connection, [one.report_sha256 for one in page])
    keys = sa.tuple_(_C.reading_id, _C.place_in_report).in_([(one.reading, one.place[2]) for one in page])
    chosen = sa.select(_C.reading_id, _C.place_in_report, _C.plain, _R.id, _R.text, _R.publisher, _R.published)
    rows = connection.execute(chosen.select_from(tables.claims.join(tables.reports, _R.sha256 == _C.report_sha256)).where(keys))
    found = {(row.reading_id, row.place_in_report): row for row in rows}
    for one in page:
        if (row := found.get((one.reading, one.place[2]))) is not None:
            claim = from_plain(Claim, row.plain)
            told = {"report": row.id, "publisher": row.publisher, "published": row.published, "incidents": incidents.get(one.report_sha256, ())}
            yield Expectation(claim=claim, words=" ".join(claim.content.of(row.text).split()), cursor=_cursor(one), **told)


def _rank(day: date | None) -> int:
    """Later days first, none last."""
    return date.max.toordinal() - (day or date.min).toordinal()


def _cursor(one: Ahead) -> str:
    rank, report, place = one.place
    return f"{rank}:{place}:{report}"


def _read(after: str) -> Place:
    rank, _, rest = after.partition(":")
    place, _, report = rest.partition(":")
    try:
        return int(rank), report, int(place)
    except ValueError as error:
        raise BadQuestion(f"{after!r} is no place in this list: begin at its start") from error


def _incidents_of(connection: sa.Connection, shas: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    chosen = sa.select(_M.report_sha256, _M.incident).where(_M.report_sha256.in_(sorted(set(shas)))).distinct().order_by(_M.incident)
    for sha256, incident in connection.execute(chosen):
        found.setdefault(sha256, []).append(incident)
    return {sha256: tuple(incidents) for sha256, incidents in found.items()}
