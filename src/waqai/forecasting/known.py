"""Which incidents were known when, and as what: the panel of any past day without folding anything again.

Each row is a stretch of days on which one incident was held to be of one family, in one month and place. A panel of a past day counts the rows that held when
the day (UTC) ended; ten years of origins are ten passes over a few arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from waqai.forecasting.months import last_whole_month, month_of
from waqai.forecasting.panel import Panel
from waqai.forecasting.scope import Scope, check_scope

Codes: TypeAlias = NDArray[np.int64]
NONE = -1
"""The code of no value."""
FOREVER = np.iinfo(np.int64).max
LONGEST = 240
"""A panel goes back so many months at most: what is told of earlier years is told in passing."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KnownIncidents:
    """Stretches of days, one row each. `since` and `until` are ordinals of days: it held when the day `since` ended, and on the day `until` no more.

    `month` is the month in which all of the incident lies (NONE: no day is known, or days of two months). `family`, `country` and `admin1` number the values
    in `families`, `countries` and `provinces` (as "COUNTRY/NAME"). `happened`: neither only planned, pledged, threatened or denied, nor rejected by persons.
    `entries`: for each entry of the log the day from whose end on it counts, so that a panel can name its last one.
    """

    since: Codes
    until: Codes
    month: Codes
    family: Codes
    country: Codes
    admin1: Codes
    happened: NDArray[np.bool_]
    families: tuple[str, ...]
    countries: tuple[str, ...]
    provinces: tuple[str, ...]
    entries: Codes

    def last_entry(self, day: date) -> int:
        """The number of the last entry that counted when the day ended; 0 for none."""
        return int(np.searchsorted(self.entries, day.toordinal(), side="right"))

    @property
    def first_day(self) -> date | None:
        """The day on which the first incident was known; None for a store without any."""
        return date.fromordinal(int(self.since.min())) if len(self.since) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Incidents of the scope's families that were known and are in no cell: without a day or over two months, without a place of the level, not (or only said
    to be about to be) happened, in months before the panel or after its last whole one."""

    undated: int
    unplaced: int
    not_happened: int
    outside: int


def count_known(
    known: KnownIncidents, day: date, *, scope: Scope, first_month: int | None = None, last_month: int | None = None, units: Sequence[str] | None = None
) -> tuple[Panel, LeftOut]:
    """(the panel as it was known when `day` ended, what is in no cell of it). Months from `first_month` (None: the first in which something is known to have
    happened, at most LONGEST ago) to `last_month` (None: the last one that was over). `units` None: those with an incident in the panel, by name.

    Raises BeyondBounds for a scope that is finer than the bounds allow, however it was made.
    """
    check_scope(level=scope.level, families=scope.families, measure=scope.measure)
    then = (known.since <= day.toordinal()) & (day.toordinal() < known.until) & _of_families(known, scope)
    place, names = (known.country, known.countries) if scope.level == "country" else (known.admin1, known.provinces)
    last = last_whole_month(day) if last_month is None else last_month
    usable = then & known.happened & (known.month != NONE) & (place != NONE)
    reach = usable & (known.month > last - LONGEST) & (known.month <= last)
    first = first_month if first_month is not None else int(known.month[reach].min()) if reach.any() else last
    inside = usable & (known.month >= first) & (known.month <= last)
    listed = tuple(sorted(names[code] for code in np.unique(place[inside]))) if units is None else tuple(units)
    counts = _count(place[inside], known.month[inside] - first, names=names, units=listed, months=max(last - first + 1, 1))
    panel = Panel(scope=scope, units=listed, first_month=first, counts=counts, known_on=day, last_entry=known.last_entry(day))
    return panel, _left_out(known, then, place, inside)


def origin_months(known: KnownIncidents, *, until: date) -> tuple[int, ...]:
    """The months at whose end the store knew something, up to the last one that is over when the day `until` ends."""
    first = known.first_day
    return () if first is None else tuple(range(month_of(first), last_whole_month(until) + 1))


def _of_families(known: KnownIncidents, scope: Scope) -> NDArray[np.bool_]:
    if not scope.families:
        return np.ones(len(known.family), dtype=np.bool_)
    return np.isin(known.family, [code for code, name in enumerate(known.families) if name in scope.families])


def _count(place: Codes, month: Codes, *, names: Sequence[str], units: Sequence[str], months: int) -> Codes:
    """(units, months); incidents of other units are in no cell."""
    row = {unit: number for number, unit in enumerate(units)}
    rows = np.array([row.get(name, NONE) for name in names], dtype=np.int64)[place] if len(names) else place
    there = rows != NONE
    counted: NDArray[Any] = np.bincount(rows[there] * months + month[there], minlength=len(units) * months)
    return counted.astype(np.int64).reshape(len(units), months)


def _left_out(known: KnownIncidents, then: NDArray[np.bool_], place: Codes, inside: NDArray[np.bool_]) -> LeftOut:
    """Each incident once, by the first reason that holds."""
    happened, dated, placed = then & known.happened, known.month != NONE, place != NONE
    return LeftOut(
        not_happened=int((then & ~known.happened).sum()),
        undated=int((happened & ~dated).sum()),
        unplaced=int((happened & dated & ~placed).sum()),
        outside=int((happened & dated & placed & ~inside).sum()),
    )
