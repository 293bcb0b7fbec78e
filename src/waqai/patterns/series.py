"""Counts by day, and the weeks and months that they are summed in."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from waqai.core import BadQuestion

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
By: TypeAlias = Literal["week", "month"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DailyCounts:
    """How many happenings each day has, from `first` on without a gap; `counts` has shape (n_days,). A day without happenings is a zero."""

    first: date
    counts: Ints

    @property
    def last(self) -> date:
        """The last day; the day before `first` where there is none."""
        return self.first + timedelta(days=len(self.counts) - 1)

    @property
    def total(self) -> int:
        return int(self.counts.sum())

    def index_of(self, day: date) -> int:
        """Where that day stands in `counts`; outside of them, below 0 or above the last."""
        return (day - self.first).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A week or month, first to last day; `whole` unless the record begins or ends inside it, when `first` and `last` are what the record has of it."""

    first: date
    last: date
    whole: bool

    @property
    def n_days(self) -> int:
        return (self.last - self.first).days + 1


def count_days(days: Iterable[date], *, first: date, last: date) -> DailyCounts:
    """The counts of these days from `first` to `last`; days outside are not counted. Raises ValueError when `last` is before `first`.

    >>> count_days([date(2023, 6, 18), date(2023, 6, 18), date(2023, 6, 20)], first=date(2023, 6, 18), last=date(2023, 6, 20)).counts.tolist()
    [2, 0, 1]
    """
    if last < first:
        raise ValueError(f"no days from {first} to {last}: the last is before the first")
    n_days = (last - first).days + 1
    places = np.fromiter((day.toordinal() for day in days), dtype=np.int64) - first.toordinal()
    return DailyCounts(first=first, counts=np.bincount(places[(places >= 0) & (places < n_days)], minlength=n_days))


def cut_days(series: DailyCounts, *, first: date | None = None, last: date | None = None) -> DailyCounts:
    """The part of the series from `first` to `last`, both included; what lies outside the series is not made up.

    >>> cut = cut_days(DailyCounts(first=date(2023, 6, 1), counts=np.array([1, 2, 3])), first=date(2023, 6, 2), last=date(2024, 1, 1))
    >>> cut.first, cut.counts.tolist()
    (datetime.date(2023, 6, 2), [2, 3])
    """
    start = series.first if first is None else max(first, series.first)
    stop = series.last if last is None else min(last, series.last)
    return DailyCounts(first=start, counts=series.counts[series.index_of(start) : max(series.index_of(stop) + 1, series.index_of(start))])


def list_periods(*, first: date, last: date, by: By) -> tuple[Period, ...]:
    """The ISO weeks (Monday to Sunday) or calendar months that `first` to `last` touches, in order, those at the ends cut to these days.

    Raises BadQuestion for anything finer: patterns are bounded to the week (docs/safety.md).

    >>> [(str(one.first), str(one.last), one.whole) for one in list_periods(first=date(2023, 6, 15), last=date(2023, 6, 19), by="week")]
    [('2023-06-15', '2023-06-18', False), ('2023-06-19', '2023-06-19', False)]
    """
    if by not in ("week", "month"):
        raise BadQuestion(f"counts by {by!r}: patterns are counted by week or by month, never finer, so that no day or hour is told")
    periods, start = [], start_of(first, by=by)
    while start <= last:
        following = start_of(start + timedelta(days=7 if by == "week" else 31), by=by)
        end = following - timedelta(days=1)
        periods.append(Period(first=max(start, first), last=min(end, last), whole=start >= first and end <= last))
        start = following
    return tuple(periods)


def sum_periods(series: DailyCounts, periods: Iterable[Period]) -> Ints:
    """The counts of each period, shape (n_periods,); periods lie inside the series, as those of `list_periods` over its days do.

    >>> week = DailyCounts(first=date(2023, 6, 18), counts=np.array([1, 2, 3]))
    >>> sum_periods(week, list_periods(first=week.first, last=week.last, by="week")).tolist()
    [1, 5]
    """
    before = np.concatenate([[0], np.cumsum(series.counts)])
    return np.array([before[series.index_of(one.last) + 1] - before[series.index_of(one.first)] for one in periods], dtype=np.int64)


def sum_whole(series: DailyCounts, *, by: By = "week") -> tuple[tuple[Period, ...], Ints]:
    """The whole weeks (months) of the series with their counts; those that the record begins or ends in are left out.

    >>> periods, counts = sum_whole(DailyCounts(first=date(2023, 6, 18), counts=np.arange(9)))
    >>> str(periods[0].first), counts.tolist()
    ('2023-06-19', [28])
    """
    periods = tuple(one for one in list_periods(first=series.first, last=series.last, by=by) if one.whole)
    return periods, sum_periods(series, periods)


def start_of(day: date, *, by: By) -> date:
    """The first day of the week (a Monday) or month that a day lies in."""
    return day - timedelta(days=day.weekday()) if by == "week" else day.replace(day=1)


def end_of(day: date, *, by: By) -> date:
    """The last day of the week (a Sunday) or month that a day lies in.

    >>> end_of(date(2023, 6, 14), by="week"), end_of(date(2023, 6, 14), by="month")
    (datetime.date(2023, 6, 18), datetime.date(2023, 6, 30))
    """
    if by == "month":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day + timedelta(days=min(6 - day.weekday(), (date.max - day).days))
