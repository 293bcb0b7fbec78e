"""What later incidents say to a rule: which match, which may, how the record covers the window, how often such a window held one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from waqai.expectations.shapes import Coverage, Pattern, Rule
from waqai.schema import tables

BASE_DAYS = 730
"""The base rate looks at so many days before the claim: 24 months."""
_I, _M, _R, _T = tables.incidents.c, tables.members.c, tables.reports.c, tables.traits.c
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An incident that answers to a pattern. `speakers`: how many independent speakers vouch; `reports`: hashes of those that tell of it, in order."""

    incident: str
    type: str
    status: str
    earliest: date
    latest: date
    country: str | None
    admin1: str | None
    speakers: int
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What was found for a pattern in a window: `sure` lie in it whole; `unsure` may lie in it (their days reach beyond it, their province is not told)."""

    sure: tuple[Found, ...] = ()
    unsure: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """How many reports tell of the country in a window, how many of them of the family, from how many publishers, and whether that is enough."""

    reports: int
    of_family: int
    publishers: int
    enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """In how many windows of this length before the claim there was such an incident; `left_out`: windows that the record covers too thinly to say."""

    windows: int
    hits: int
    left_out: int

    @property
    def share(self) -> float | None:
        """None where there is no window to tell it from."""
        return self.hits / self.windows if self.windows else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a rule is decided by. `trigger`: the first incident that meets the condition; `before`: what was found in as many days before the claim."""

    sought: Sought
    covered: Covered
    trigger: Found | None = None
    may_trigger: bool = False
    condition_covered: Covered | None = None
    before: Sought = Sought()
    before_covered: Covered | None = None
    first: date | None = None
    last: date | None = None


def gather(connection: sa.Connection, rule: Rule, *, families: Sequence[str], condition_families: Sequence[str] = ()) -> Evidence:
    """What the record says to the rule by now. `families` are those of the rule's pattern, types included; likewise those of its condition."""
    first, last, trigger, may_trigger, covered_condition = rule.first, rule.last, None, False, None
    if rule.condition is not None:
        met = seek(connection, rule.condition, rule, first=rule.first, last=rule.last)
        covered_condition = cover(connection, rule.condition, rule.coverage, condition_families, first=rule.first, last=rule.last)
        trigger = min(met.sure, key=lambda one: (one.latest, one.incident), default=None)
        may_trigger = bool(met.unsure)
        if trigger is None:
            return Evidence(sought=Sought(), covered=covered_condition, may_trigger=may_trigger, condition_covered=covered_condition)
        first, last = trigger.latest + timedelta(days=1), trigger.latest + timedelta(days=rule.days)
    evidence = Evidence(
        sought=seek(connection, rule.pattern, rule, first=first, last=last),
        covered=cover(connection, rule.pattern, rule.coverage, families, first=first, last=last),
        trigger=trigger,
        may_trigger=may_trigger,
        condition_covered=covered_condition,
        first=first,
        last=last,
    )
    if rule.direction not in ("more", "fewer"):
        return evidence
    length = (last - first).days + 1
    before = first - timedelta(days=length), first - timedelta(days=1)
    return replace(
        evidence,
        before=seek(connection, rule.pattern, rule, first=before[0], last=before[1]),
        before_covered=cover(connection, rule.pattern, rule.coverage, families, first=before[0], last=before[1], grace=False),
    )


def seek(connection: sa.Connection, pattern: Pattern, rule: Rule, *, first: date, last: date) -> Sought:
    """The incidents of the pattern with the rule's statuses and so many independent speakers, of which nobody said that they were not; oldest first."""
    rows = connection.execute(_select(pattern, rule.statuses).where(_I.latest >= first, _I.earliest <= last)).all()
    found = [one for row in rows if (one := _found(row)).speakers >= rule.speakers]
    asked = None if pattern.admin1 is None else pattern.admin1.casefold()  # a person wrote it: case is no matter, as in filters
    placed = [one for one in found if asked is None or one.admin1 is None or one.admin1.casefold() == asked]
    sure = [one for one in placed if first <= one.earliest and one.latest <= last and (asked is None or one.admin1 is not None)]
    unsure = [one for one in placed if one not in sure]
    told = _reports_of(connection, [one.incident for one in (*sure, *unsure)])
    with_reports = [[replace(one, reports=told.get(one.incident, ())) for one in some] for some in (sure, unsure)]
    return Sought(sure=tuple(with_reports[0]), unsure=tuple(with_reports[1]))


def cover(connection: sa.Connection, pattern: Pattern, asked: Coverage, families: Sequence[str], *, first: date, last: date, grace: bool = True) -> Covered:
    """How the record covers the window: reports published in it, or with `grace` in the days behind it, that tell of an incident in the country.

    Without grace where one window follows another: what covers the later one is no evidence of the earlier.
    """
    if pattern.country is None:
        return Covered(reports=0, of_family=0, publishers=0, enough=False)
    seats = tables.members.join(tables.incidents, _I.id == _M.incident).join(tables.reports, _R.sha256 == _M.report_sha256)
    chosen = sa.select(_M.report_sha256, _I.family, _R.publisher).select_from(seats).distinct()
    until = _later(last, asked.lag_days) if grace else last
    rows = connection.execute(chosen.where(_I.country == pattern.country, _R.published >= first, _R.published <= until)).all()
    reports = len({row.report_sha256 for row in rows})
    of_family = len({row.report_sha256 for row in rows if row.family in families})
    publishers = len({row.publisher for row in rows if row.publisher})
    enough = reports >= asked.reports and of_family >= asked.of_family and publishers >= asked.publishers
    return Covered(reports=reports, of_family=of_family, publishers=publishers, enough=enough)


def measure_base(connection: sa.Connection, rule: Rule, *, issued: date, families: Sequence[str]) -> BaseRate:
    """The share of windows of the rule's length in the 24 months before the claim that held a match, counted back from it without overlap.

    A window that held none counts only where the record covers it as the rule asks: silence of a record that did not look is no base rate.
    """
    length = rule.days if rule.condition is not None else (rule.last - rule.first).days + 1
    windows = hits = left_out = 0
    for n in range(BASE_DAYS // length):
        last = issued - timedelta(days=n * length)
        first = last - timedelta(days=length - 1)
        if seek(connection, rule.pattern, rule, first=first, last=last).sure:
            windows, hits = windows + 1, hits + 1
        elif cover(connection, rule.pattern, rule.coverage, families, first=first, last=last, grace=False).enough:
            windows += 1
        else:
            left_out += 1
    return BaseRate(windows=windows, hits=hits, left_out=left_out)


def load_found(connection: sa.Connection, incidents: Iterable[str]) -> dict[str, Found]:
    """These incidents as they are now, by id, whatever they match; one that is not there any more, or has no day, is left out."""
    ids = sorted(set(incidents))
    chosen = sa.select(_I.id, _I.type, _I.status, _I.grade, _I.earliest, _I.latest, _I.country, _I.admin1, _I.plain)
    rows = [row for start in range(0, len(ids), _AT_ONCE) for row in connection.execute(chosen.where(_I.id.in_(ids[start : start + _AT_ONCE])))]
    told = _reports_of(connection, ids)
    return {row.id: replace(_found(row), reports=told.get(row.id, ())) for row in rows if row.latest is not None and row.grade != "discounted"}


# -- inside


def _select(pattern: Pattern, statuses: Sequence[str]) -> sa.Select[Any]:
    chosen = sa.select(_I.id, _I.type, _I.status, _I.grade, _I.earliest, _I.latest, _I.country, _I.admin1, _I.plain).order_by(_I.latest, _I.id)
    chosen = chosen.where(_I.latest.is_not(None), _I.status.in_(statuses), _I.grade != "discounted")
    chosen = chosen.where(sa.or_(_I.type.in_(pattern.types), _I.family.in_(pattern.families)))
    if pattern.country is not None:
        chosen = chosen.where(_I.country == pattern.country)
    if pattern.actor is not None:
        chosen = chosen.where(_I.id.in_(sa.select(_T.incident).where(_T.kind == "actor", _T.value == pattern.actor)))
    return chosen


def _found(row: Any) -> Found:
    plain = row.plain
    return Found(
        incident=row.id,
        type=row.type,
        status=row.status,
        earliest=row.earliest,
        latest=row.latest,
        country=row.country,
        admin1=row.admin1,
        speakers=int(plain.get("speakers", 0)),
    )


def _reports_of(connection: sa.Connection, incidents: Sequence[str]) -> dict[str, tuple[str, ...]]:
    told: dict[str, set[str]] = {}
    for start in range(0, len(incidents), _AT_ONCE):
        some = incidents[start : start + _AT_ONCE]
        for incident, sha256 in connection.execute(sa.select(_M.incident, _M.report_sha256).where(_M.incident.in_(some), _M.account.is_not(None))):
            told.setdefault(incident, set()).add(sha256)
    return {incident: tuple(sorted(reports)) for incident, reports in told.items()}


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days) if (date.max - day).days > days else date.max
