"""A level before and after a day: told apart where it changed, not where it only wanders."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from waqai.patterns.series import DailyCounts
from waqai.patterns.since import LevelSince, compare_levels
from waqai.patterns.testable import NotTestable
from waqai.patterns.wobble import Wobble, simulate

FIRST = date(2019, 1, 2)


def record(weeks: np.ndarray) -> DailyCounts:
    daily = np.zeros(7 * len(weeks), dtype=np.int64)
    daily[::7] = weeks
    return DailyCounts(first=FIRST, counts=daily)


def compare(series: DailyCounts, week: int, **asked: int) -> LevelSince:
    found = compare_levels(series, since=FIRST + timedelta(weeks=week), **{"seed": 1, "simulations": 499, **asked})
    assert isinstance(found, LevelSince)
    return found


def test_the_levels_are_the_means_of_whole_weeks_from_the_day_on_and_back() -> None:
    weeks = np.arange(100)
    found = compare(record(weeks), 50)
    assert (found.before, found.after, found.ratio) == (weeks[24:50].mean(), weeks[50:76].mean(), pytest.approx(weeks[50:76].mean() / weeks[24:50].mean()))
    assert found.happenings == weeks[24:76].sum()


def bursts(seed: int, *, n: int, size: int, weeks: int = 52) -> np.ndarray:
    """So many weeks of so many happenings each, anywhere among weeks of none."""
    rows = np.zeros(weeks, dtype=np.int64)
    rows[np.random.default_rng(seed).choice(weeks, n, replace=False)] = size
    return rows


def test_bursts_that_stand_alone_are_no_change_of_level() -> None:
    """Where no two neighbouring weeks have any, the wobble had no bounds, made-up records had nothing in them, and every difference was larger than theirs."""
    assert np.mean([compare(record(bursts(seed, n=10, size=10)), 26, simulations=199).p <= 0.05 for seed in range(60)]) <= 0.1


@pytest.mark.parametrize("n", [1, 3, 7])
def test_a_few_bursts_are_not_testable(n: int) -> None:
    found = compare_levels(record(bursts(1, n=n, size=60)), since=FIRST + timedelta(weeks=26), seed=1)
    assert isinstance(found, NotTestable) and f"lies in {n} of them" in found.why and "at least 8 weeks in which something happened" in found.why


def test_a_level_that_doubles_is_told_with_its_ratio() -> None:
    found = compare(record(np.random.default_rng(1).poisson(np.repeat([10.0, 20.0], [180, 30]))), 180)
    assert found.p <= 0.01 and found.low < 2 < found.high and found.elsewhere == 0


def test_series_that_only_wander_differ_in_hardly_more_than_one_of_twenty() -> None:
    rows = simulate(np.full(52, 15.0), Wobble(sudden=0.05, slow=0.1, persistence=0.6), runs=60, rng=np.random.default_rng(2))
    naive = np.mean([abs(row[:26].sum() - row[26:].sum()) / np.sqrt(row.sum()) > 1.96 for row in rows])
    assert np.mean([compare(record(row), 26, simulations=199).p <= 0.05 for row in rows]) <= 0.09 and naive > 0.3


def test_a_change_that_other_days_show_as_well_is_said_to_be_as_large_there() -> None:
    """A record that goes up and down by itself all the time: p cannot know it, the other days do."""
    waves = np.random.default_rng(3).poisson(15 * np.exp(0.8 * np.sin(np.arange(400) / 9)))
    found = compare(record(waves), 200, weeks=26)
    assert found.elsewhere is not None and found.elsewhere > 0.1


def test_other_days_are_those_whose_weeks_do_not_hold_the_change() -> None:
    counts = np.repeat([10, 20, 10], [120, 10, 70])
    found = compare(record(counts), 120, weeks=10)
    assert found.elsewhere == pytest.approx(np.mean([1.0 if day == 70 else 0.0 for day in range(0, 491)]), abs=0.01)


def test_a_short_record_has_no_other_days() -> None:
    assert compare(record(np.random.default_rng(4).poisson(10, 60)), 30).elsewhere is None


@pytest.mark.parametrize(
    ("weeks", "since", "says"),
    [
        (np.full(40, 5), 7, "The record has 7 weeks before"),
        (np.full(40, 5), 34, "and 6 from it on; it would take at least 8 on both sides"),
        (np.full(40, 5), -3, "at least 8 on both sides"),
        (np.repeat([1, 0], [19, 21]), 19, "There are 19 happenings in the 19 weeks before"),
    ],
)
def test_too_little_on_a_side_is_not_testable(weeks: np.ndarray, since: int, says: str) -> None:
    found = compare_levels(record(weeks), since=FIRST + timedelta(weeks=since), seed=1)
    assert isinstance(found, NotTestable) and says in found.why
