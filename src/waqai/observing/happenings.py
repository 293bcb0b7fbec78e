"""What patterns are looked for in: the incidents of a store, each with its type, days, area and point, and nothing else of it.

The bounds apply before anything is counted (docs/safety.md): under a profile that holds fresh happenings back these are not there, what is told by month only
has its month for days and no point, and what nobody told but reports whose terms forbid that they are passed on is left out. What stays is for sums, never for
a list.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa

from waqai.bounds import Profile, forbids_passing_on
from waqai.bounds.counts import speaks_of_children
from waqai.bounds.profiles import FRESH_FAMILIES
from waqai.bounds.times import is_fresh
from waqai.codebook.tender import TENDER_TYPES
from waqai.core import Day
from waqai.schema import tables
from waqai.store import Filters, Store
from waqai.store.find import select_passing
from waqai.store.records import find_forbidden, find_hints

_I, _M, _R, _V = tables.incidents.c, tables.members.c, tables.reports.c, tables.arrivals.c
POINTED = frozenset({"P1_point"})
"""Precisions of a place that a distance of a few kilometres can be measured from."""
STEP = 500
_Told: TypeAlias = tuple[Day | None, Day | None]


class Happening(NamedTuple):
    """One incident. `id` tells it from others in a question, and stands in no answer. `earliest` to `latest`: the days on which it can have taken place, None
    where no report says. `lat` and `lon` (degrees) where the place is known to a town or better. `told`: the first day on which a report of it was published,
    None where none says one."""

    id: str
    type: str
    family: str
    status: str
    earliest: Day | None
    latest: Day | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    told: Day | None

    @property
    def day(self) -> Day | None:
        """Its day, where the reports leave no other."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """Those that pass, in no order that means anything; `left_out` counts the others by reason, in words; `notes` say what else was done.

    `known_until`: the last day up to the question's on which a report of anything in the store was published; None where none says. `last_entry`: the store's
    moment.
    """

    all: tuple[Happening, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    known_until: Day | None = None
    last_entry: int = 0


FRESH = "under 72 hours old"
TERMS = "told only under terms that forbid to pass it on"


def load_happenings(store: Store, filters: Filters, *, profile: Profile, at: datetime) -> Happenings:
    """The happenings that pass the filters, as the profile lets them be counted at this instant (UTC). Raises BadQuestion as filters do."""
    left_out: Counter[str] = Counter()
    with store.reading(incidents=True) as connection:
        rows = connection.execute(_columns().where(_I.id.in_(select_passing(connection, filters)))).all()
        told = _find_told(connection)
        forbidden = find_forbidden(connection, forbids_passing_on)
        months = _find_tender(connection, [row.id for row in rows]) if profile.tender else frozenset()
        kept = tuple(_iter_kept(rows, told, profile=profile, at=at, forbidden=forbidden, months=months, left_out=left_out))
        until = max((day for day, _ in told.values() if day is not None and day <= at.date()), default=None)
        last = connection.scalar(sa.select(sa.func.max(tables.log.c.id))) or 0
        return Happenings(all=kept, left_out=dict(left_out), known_until=until, last_entry=last)


def _columns() -> sa.Select[Any]:
    return sa.select(_I.id, _I.type, _I.family, _I.status, _I.earliest, _I.latest, _I.country, _I.admin1, _I.lat, _I.lon, _I.precision)


def _iter_kept(
    rows: Collection[Any],
    told: Mapping[str, _Told],
    *,
    profile: Profile,
    at: datetime,
    forbidden: Collection[str],
    months: Collection[str],
    left_out: Counter[str],
) -> Iterator[Happening]:
    for row in rows:
        published, since = told.get(row.id, (None, None))
        if row.id in forbidden:
            left_out[TERMS] += 1
        elif profile.holds_back and row.family in FRESH_FAMILIES and is_fresh(None, since=row.latest or since, at=at):
            left_out[FRESH] += 1
        else:
            yield _make(row, published, by_month=row.id in months)


def _make(row: Any, told: Day | None, *, by_month: bool) -> Happening:
    earliest, latest = row.earliest, row.latest
    if by_month and earliest is not None:
        earliest, latest = earliest.replace(day=1), latest.replace(day=monthrange(latest.year, latest.month)[1])
    pointed = row.precision in POINTED and row.lat is not None and row.lon is not None and not by_month
    lat, lon = (row.lat, row.lon) if pointed else (None, None)
    return Happening(row.id, row.type, row.family, row.status, earliest, latest, row.country, row.admin1, lat, lon, told)


def _find_told(connection: sa.Connection) -> dict[str, _Told]:
    """By incident, the first day on which a report of it was published; and that, else the day on which the first came in."""
    joined = tables.members.join(tables.reports, _R.sha256 == _M.report_sha256).join(tables.arrivals, _V.report_sha256 == _M.report_sha256)
    first = (sa.func.min(_R.published), sa.func.min(_V.published), sa.func.min(_V.kept_at))
    chosen = sa.select(_M.incident, *first).select_from(joined).where(_M.account.is_not(None)).group_by(_M.incident)
    found: dict[str, _Told] = {}
    for incident, published, printed, kept_at in connection.execute(chosen):
        first_day = min((day for day in (published, printed) if day is not None), default=None)
        found[incident] = (first_day, first_day or (kept_at.date() if kept_at is not None else None))
    return found


def _find_tender(connection: sa.Connection, ids: list[str]) -> frozenset[str]:
    """Those that are told by month only: by their type, or because children are counted or take part."""
    found: set[str] = set()
    for at in range(0, len(ids), STEP):
        hints = find_hints(connection, ids[at : at + STEP])
        found.update(one for one, words in hints.items() if not TENDER_TYPES.isdisjoint(words) or any(map(speaks_of_children, words)))
    return frozenset(found)
