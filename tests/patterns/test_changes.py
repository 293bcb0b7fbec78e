"""Changes of level: found where they are, as sure as is said, and not in series that only wander."""

from __future__ import annotations

from datetime import date

import numpy as np

from waqai.patterns.changes import Changes, find_changes
from waqai.patterns.series import DailyCounts
from waqai.patterns.testable import NotTestable
from waqai.patterns.wobble import Wobble, simulate

MONDAY = date(2018, 1, 1)
WANDERS = Wobble(sudden=0.05, slow=0.1, persistence=0.6)


def weekly(counts: np.ndarray) -> DailyCounts:
    """A daily record whose weeks have these counts."""
    daily = np.zeros(7 * len(counts), dtype=np.int64)
    daily[3::7] = counts
    return DailyCounts(first=MONDAY, counts=daily)


def find(counts: np.ndarray, *, seed: int = 1, simulations: int = 99) -> Changes:
    found = find_changes(weekly(counts), seed=seed, simulations=simulations)
    assert isinstance(found, Changes)
    return found


def week_of(day: date) -> int:
    return (day - MONDAY).days // 7


def test_two_steps_are_found_with_their_weeks_and_levels() -> None:
    found = find(np.random.default_rng(1).poisson(np.repeat([10.0, 30.0, 8.0], [60, 30, 60])), simulations=199)
    assert [week_of(one.at.first) for one in found.changes] == [60, 90]
    assert all(week_of(one.earliest.first) <= at <= week_of(one.latest.first) for one, at in zip(found.changes, (60, 90), strict=True))
    assert [one.low < level < one.high for one, level in zip(found.pieces, (10, 30, 8), strict=True)] == [True] * 3
    assert [one.low < ratio < one.high for one, ratio in zip(found.changes, (3, 8 / 30), strict=True)] == [True] * 2
    assert found.null_share <= 0.05 and found.pieces[0].last.last < found.changes[0].at.first


def test_series_that_only_wander_change_in_hardly_more_than_one_of_twenty() -> None:
    rows = simulate(np.full(80, 15.0), WANDERS, runs=24, rng=np.random.default_rng(2))
    claims = sum(bool(find(row, seed=at).changes) for at, row in enumerate(rows))
    chance_alone = sum(len(find(row, seed=at).changes) > 0 for at, row in enumerate(np.random.default_rng(3).poisson(15, (12, 80))))
    assert claims <= 4 and chance_alone <= 2


def test_a_change_lies_where_it_is_said_to_in_nineteen_of_twenty_series() -> None:
    held, found = 0, 0
    varies = Wobble(sudden=0.15, slow=0.0, persistence=0.0)
    for at, row in enumerate(simulate(np.repeat([12.0, 36.0], [40, 40]), varies, runs=20, rng=np.random.default_rng(4))):
        near = [one for one in find(row, seed=at).changes if abs(week_of(one.at.first) - 40) <= 5]
        found += len(near)
        held += sum(week_of(one.earliest.first) <= 40 <= week_of(one.latest.first) for one in near)
    assert found >= 17 and held >= found - 3


def test_without_a_change_there_is_one_piece_and_every_null_series_has_as_many() -> None:
    found = find(np.random.default_rng(5).poisson(15, 100))
    assert (found.changes, len(found.pieces), found.null_share) == ((), 1, 1.0) and found.penalty >= 2 * np.log(100)


def test_a_piece_without_happenings_has_a_level_of_0_and_an_upper_end() -> None:
    found = find(np.concatenate([np.zeros(60, dtype=int), np.random.default_rng(6).poisson(12, 60)]))
    assert found.pieces[0].level == found.pieces[0].low == 0 and 0 < found.pieces[0].high < 0.3


def test_weeks_that_the_record_does_not_hold_whole_do_not_count() -> None:
    series = weekly(np.full(40, 5))
    cut = DailyCounts(first=MONDAY, counts=series.counts[:-1])
    found = find_changes(cut, seed=1, simulations=19)
    assert isinstance(found, Changes) and found.periods == 39 and not found.changes


def test_under_fifty_happenings_or_twenty_weeks_nothing_is_said() -> None:
    few, short = find_changes(weekly(np.repeat([1, 0], [49, 51])), seed=1), find_changes(weekly(np.full(19, 30)), seed=1)
    assert isinstance(few, NotTestable) and "There are 49 happenings in 100 whole weeks" in few.why and "at least 50 happenings and 20 weeks" in few.why
    assert isinstance(short, NotTestable) and "570 happenings in 19 whole weeks" in short.why


def test_the_same_seed_gives_the_same_answer() -> None:
    row = np.random.default_rng(7).poisson(np.repeat([5.0, 15.0], 40))
    assert find(row) == find(row)
