"""Is one kind of happening raised in the days after another? By moving the reference dates about, near where they stand.

The usual test holds the count after the dates against the rate of the whole record. Conflict comes in waves, and the dates that somebody asks about lie
in waves, too: measured on daily counts of Iraq and Syria, that test finds a rise after 27-41 % of date sets drawn at random. Here each date is moved on
its own by up to `shift_days` either way, so the comparison has the same waves, and what is left is whether these days differ from those around them.
It says that two things are associated, never that one caused the other.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

import numpy as np

from waqai.core import BadQuestion
from waqai.patterns.holm import holm_adjusted
from waqai.patterns.series import DailyCounts, Floats, Ints, count_days
from waqai.patterns.testable import NotTestable

WINDOWS_DAYS = (7, 14, 28)
SHIFT_DAYS = 60
PERMUTATIONS = 1_999
MIN_REFERENCES = 5
MIN_COUNTED = 10
SHORTEST_WINDOW_DAYS = 3
"""Reports differ by a day or two about when something happened; a shorter window would test their dating."""
LEVEL = 0.95
Dated: TypeAlias = Mapping[Hashable, date]
"""Incidents by id with their day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterWindow:
    """What the days 1 to `window_days` after the reference dates hold, against the same dates moved about.

    `groups` are windows after those that overlap are made one; `days` the days in them, each once; `observed` the happenings in these days and `expected`
    the mean over moved dates, for as many days. `low` to `high` is the 95 % interval of `ratio`. `p_raised` is one-sided (as many or more), `p_differs`
    two-sided (twice the smaller side), `p_holm` is `p_raised` held for all windows of the study together.
    """

    window_days: int
    groups: int
    days: int
    observed: int
    expected: float
    ratio: float
    low: float
    high: float
    p_raised: float
    p_differs: float
    p_holm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStudy:
    """The windows of one question, with what it was tested on and against.

    `references` are the distinct dates used. Left out: `without_room` dates too near the ends of the record for their window and the moving, and
    `same_incidents` counted happenings that are reference incidents themselves. `not_testable` names windows for which too few separate ones are left.
    """

    windows: tuple[AfterWindow, ...]
    not_testable: Mapping[int, NotTestable]
    references: tuple[date, ...]
    counted: int
    without_room: tuple[date, ...]
    same_incidents: int
    tests: int
    permutations: int
    shift_days: int
    null: str = "each reference date moved on its own by up to shift_days either way, at random, inside the record"


def study_incidents(
    counted: Dated, references: Dated, *, first: date, last: date, seed: int, windows_days: Sequence[int] = WINDOWS_DAYS
) -> EventStudy | NotTestable:
    """`study_after` over incidents: one that is both counted and a reference is a reference only, since it would be found near itself."""
    same = counted.keys() & references.keys()
    series = count_days((day for name, day in counted.items() if name not in same), first=first, last=last)
    return study_after(series, sorted(references.values()), seed=seed, windows_days=windows_days, same_incidents=len(same))


def study_after(
    series: DailyCounts,
    references: Sequence[date],
    *,
    seed: int,
    windows_days: Sequence[int] = WINDOWS_DAYS,
    shift_days: int = SHIFT_DAYS,
    permutations: int = PERMUTATIONS,
    same_incidents: int = 0,
) -> EventStudy | NotTestable:
    """Whether the series is raised within each number of days after the reference dates.

    A window is the days 1 to k after a date: on the date itself nobody knows which came first. A date takes part where its longest window and half of
    `shift_days` on both sides lie in the record. NotTestable under 5 such dates or 10 counted happenings around them. Raises BadQuestion for a window of
    under 3 days or no window at all.
    """
    _check(windows_days)
    distinct = sorted(set(references))
    usable, without_room = _split_by_room(series, distinct, reach=max(windows_days), margin=shift_days // 2)
    near = _count_near(series, usable, reach=max(windows_days) + shift_days)
    if len(usable) < MIN_REFERENCES or near < MIN_COUNTED:
        return NotTestable(why=_why_not(len(distinct), len(without_room), near, max(windows_days), shift_days))
    starts = np.array([series.index_of(day) for day in usable])
    groups = {k: count_groups(starts, window_days=k) for k in windows_days}
    tested = [k for k in windows_days if groups[k] >= MIN_REFERENCES]
    if not tested:
        return NotTestable(why=_why_merged(len(usable), min(windows_days), groups[min(windows_days)]))
    found = [
        shift_test(series.counts, starts, window_days=k, shift_days=shift_days, permutations=permutations, rng=np.random.default_rng([seed, k])) for k in tested
    ]
    return EventStudy(
        windows=tuple(replace(one, p_holm=p) for one, p in zip(found, holm_adjusted([one.p_raised for one in found]), strict=True)),
        not_testable={k: NotTestable(why=_why_merged(len(usable), k, groups[k])) for k in windows_days if k not in tested},
        references=tuple(usable),
        counted=series.total,
        without_room=tuple(without_room),
        same_incidents=same_incidents,
        tests=len(tested),
        permutations=permutations,
        shift_days=shift_days,
    )


def shift_test(
    counts: Ints, starts: Ints, *, window_days: int, rng: np.random.Generator, shift_days: int = SHIFT_DAYS, permutations: int = PERMUTATIONS
) -> AfterWindow:
    """The count per day in the windows after `starts` (indices into `counts`) against that after starts moved by up to `shift_days`.

    No minimum evidence is asked here, and `p_holm` is that of one test alone. p-values are (1 + as extreme) / (1 + permutations), after Phipson and Smyth
    (2010), Permutation p-values should never be zero. What is expected, and the interval (the ratio to the central 95 % of moved rates, none taken below
    half a happening), leave the days of the windows themselves out of the moved ones, or an effect would be held against itself.
    """
    observed, days = (int(sums[0]) for sums in _sum_windows(counts, starts[None, :], window_days=window_days))
    room_before, room_after = np.minimum(starts, shift_days), np.minimum(len(counts) - 1 - window_days - starts, shift_days)
    moved = rng.integers(starts - room_before, starts + room_after, endpoint=True, size=(permutations, len(starts)))
    inside, inside_days = _sum_windows(counts, moved, window_days=window_days)
    above = (1 + int((inside * days >= observed * inside_days).sum())) / (1 + permutations)
    below = (1 + int((inside * days <= observed * inside_days).sum())) / (1 + permutations)
    elsewhere = np.maximum(_rates_elsewhere(counts, starts, moved, window_days=window_days) * days, 0.5)
    lowest, highest = np.quantile(elsewhere, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    expected = float(elsewhere.mean())
    return AfterWindow(
        window_days=window_days,
        groups=count_groups(starts, window_days=window_days),
        days=days,
        observed=observed,
        expected=expected,
        ratio=observed / expected,
        low=float(observed / highest),
        high=float(max(observed, 0.5) / lowest),
        p_raised=above,
        p_differs=min(1.0, 2 * min(above, below)),
        p_holm=above,
    )


def count_groups(starts: Ints, *, window_days: int) -> int:
    """How many separate windows there are when those that share a day are made one.

    >>> count_groups(np.array([0, 5, 30]), window_days=7), count_groups(np.array([0, 7, 30]), window_days=7)
    (2, 3)
    """
    return int(1 + (np.diff(np.sort(starts)) >= window_days).sum())


def _sum_windows(counts: Ints, starts: Ints, *, window_days: int) -> tuple[Ints, Ints]:
    """Per row of `starts` (n_rows, n_dates): the happenings in its windows, and their days, each day once."""
    before = np.concatenate([[0], np.cumsum(counts)])
    ordered = np.sort(starts, axis=1) + 1
    begin, end = ordered.copy(), ordered + window_days
    begin[:, 1:] = np.maximum(ordered[:, 1:], end[:, :-1])
    return (before[end] - before[begin]).sum(axis=1), (end - begin).sum(axis=1)


def _rates_elsewhere(counts: Ints, starts: Ints, moved: Ints, *, window_days: int) -> Floats:
    """Happenings a day in the moved windows, without the days of the windows that stand at `starts`; rows that lie in those altogether are left out."""
    free = np.ones(len(counts), dtype=np.int64)
    free[(starts[:, None] + np.arange(1, window_days + 1)).ravel()] = 0
    inside, _ = _sum_windows(counts * free, moved, window_days=window_days)
    days, _ = _sum_windows(free, moved, window_days=window_days)
    return inside[days > 0] / days[days > 0]


def _check(windows_days: Sequence[int]) -> None:
    if not windows_days or min(windows_days) < SHORTEST_WINDOW_DAYS:
        raise BadQuestion(
            f"windows of {tuple(windows_days)!r} days: give at least one, and none under {SHORTEST_WINDOW_DAYS} days, for reports differ by as much about a day"
        )


def _split_by_room(series: DailyCounts, dates: Sequence[date], *, reach: int, margin: int) -> tuple[list[date], list[date]]:
    """The dates with `margin` days of record before them and their window and `margin` days after, and the others."""
    roomy = [day for day in dates if series.index_of(day) >= margin and series.index_of(day) + reach + margin < len(series.counts)]
    return roomy, [day for day in dates if day not in set(roomy)]


def _count_near(series: DailyCounts, dates: Sequence[date], *, reach: int) -> int:
    """The happenings of all days that lie within `reach` of one of the dates."""
    near = np.zeros(len(series.counts), dtype=bool)
    for day in dates:
        near[max(series.index_of(day) - reach, 0) : series.index_of(day) + reach + 1] = True
    return int(series.counts[near].sum())


_ONE = "One reference date cannot tell chance from a pattern: after almost any day of a conflict something happens, and nothing shows that it would not have."
_FEW_DATES = "So few cannot tell chance from a pattern."
_FEW_HAPPENINGS = "With so few happenings, none or several after the dates would both be chance."


def _why_not(given: int, without_room: int, near: int, reach: int, shift_days: int) -> str:
    """For a person: what there is, why it is too little, and what it would take."""
    usable, margin = given - without_room, shift_days // 2
    there = f"There {_is(usable, 'reference date')} to look after"
    if without_room:
        there += f" ({without_room} of {given} left out: the record would have to reach from {margin} days before a date to {reach + margin} days after it)"
    if usable:
        there += f", and {_n(near, 'happening')} in the weeks around {'it' if usable == 1 else 'them'}"
    reason = _ONE if usable == 1 else _FEW_DATES if usable < MIN_REFERENCES else _FEW_HAPPENINGS
    takes = f"It would take at least {MIN_REFERENCES} separate reference dates, and at least {MIN_COUNTED} happenings in the weeks around them."
    return f"{there}. {reason} {takes}"


def _why_merged(dates: int, window_days: int, groups: int) -> str:
    return (
        f"The {dates} reference dates lie so close together that their windows of {window_days} days make only {_n(groups, 'separate window')}; "
        f"it would take at least {MIN_REFERENCES}, or a shorter window."
    )


def _n(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _is(number: int, noun: str) -> str:
    return f"{'is' if number == 1 else 'are'} {_n(number, noun)}"
