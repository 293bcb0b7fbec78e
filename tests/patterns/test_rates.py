"""Rates by week and month: what surely and what maybe lies in each, and a newest week that is not read as a fall."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from waqai.patterns.delays import Delays, estimate_delays
from waqai.patterns.dispersion import rate_interval
from waqai.patterns.rates import Newest, Rates, compare_newest, count_rates
from waqai.patterns.series import By, list_periods
from waqai.patterns.testable import NotTestable

FIRST, LAST = date(2022, 1, 3), date(2023, 7, 2)  # Monday to Sunday
DAYS = (LAST - FIRST).days + 1


def reported_late(seed: int, *, a_week: float = 30) -> tuple[np.ndarray, np.ndarray, Delays]:
    """Days of a level record as known on the last day, with their delays: a half of the newest week is still to come."""
    rng = np.random.default_rng(seed)
    happened = FIRST.toordinal() + np.repeat(np.arange(DAYS), rng.poisson(a_week / 7, DAYS))
    reported = happened + rng.geometric(0.15, len(happened)) - 1
    known = reported <= LAST.toordinal()
    delays = estimate_delays(happened[known], reported[known], as_of=LAST)
    assert isinstance(delays, Delays)
    return happened[known], happened[known], delays


@pytest.mark.parametrize("by", ["week", "month"])
def test_sure_and_possible_are_those_of_a_slow_count(by: By) -> None:
    rng = np.random.default_rng(1)
    earliest = rng.integers(FIRST.toordinal() - 40, LAST.toordinal() + 40, 300)
    latest = earliest + rng.choice([0, 0, 3, 30, 400], 300)
    found = count_rates(earliest, latest, first=FIRST, last=LAST, by=by)
    for rate in found.rates:
        begin, end = rate.period.first.toordinal(), rate.period.last.toordinal()
        inside = ((earliest >= begin) & (latest <= end)).sum()
        touching = ((earliest <= end) & (latest >= begin)).sum()
        assert (rate.surely, rate.maybe) == (inside, touching - inside)
    assert found.outside == ((latest < FIRST.toordinal()) | (earliest > LAST.toordinal())).sum() > 0


def test_a_happening_known_to_a_month_is_sure_in_the_month_and_possible_in_its_weeks() -> None:
    june = np.array([date(2023, 6, 1).toordinal()]), np.array([date(2023, 6, 30).toordinal()])
    months, weeks = (count_rates(*june, first=FIRST, last=LAST, by=by).rates for by in ("month", "week"))  # type: ignore[arg-type]
    assert sum(one.surely for one in months) == 1 and sum(one.maybe for one in months) == 0
    assert sum(one.surely for one in weeks) == 0 and sum(one.maybe for one in weeks) == 5


def test_intervals_are_those_of_the_count_with_the_records_own_spread() -> None:
    days = np.repeat(np.arange(FIRST.toordinal(), LAST.toordinal() + 1), np.random.default_rng(2).negative_binomial(2, 1 / 3, DAYS))
    found = count_rates(days, days, first=FIRST, last=LAST)
    assert found.dispersion == pytest.approx(3, abs=0.9)
    low, high = rate_interval(np.array([found.rates[9].surely]), np.array([found.rates[9].surely]), found.dispersion or 0)
    assert (found.rates[9].low, found.rates[9].high) == (pytest.approx(low[0]), pytest.approx(high[0]))


def test_the_rate_of_the_newest_week_is_that_of_all_that_will_be_reported() -> None:
    held, seen = 0, 0
    for seed in range(20):
        *days, delays = reported_late(seed)
        newest = count_rates(*days, first=FIRST, last=LAST, delays=delays).rates[-1]
        assert newest.low is not None and newest.high is not None and newest.completeness is not None
        held += newest.low <= 30 <= newest.high
        plain = count_rates(*days, first=FIRST, last=LAST).rates[-1]
        seen += (plain.high or 0) < 30
    assert held >= 17 and seen >= 13


def newest(rates: Rates, **asked: int) -> Newest:
    found = compare_newest(rates, **asked)
    assert isinstance(found, Newest)
    return found


def test_a_fall_that_is_only_late_reporting_is_not_read_as_one_and_a_real_one_is() -> None:
    false, naive, true = 0, 0, 0
    for seed in range(14):
        *days, delays = reported_late(seed)
        false += newest(count_rates(*days, first=FIRST, last=LAST, delays=delays)).differs
        naive += newest(count_rates(*days, first=FIRST, last=LAST)).differs
        quiet = (days[0] <= LAST.toordinal() - 7) | (np.random.default_rng(seed).random(len(days[0])) < 0.2)
        true += newest(count_rates(days[0][quiet], days[0][quiet], first=FIRST, last=LAST, delays=delays)).differs
    assert naive >= 10 and false <= 3 and true >= 10


def test_what_is_expected_is_the_level_before_times_what_is_known_by_now() -> None:
    days = np.repeat(np.arange(FIRST.toordinal(), LAST.toordinal() + 1), 2)
    found = newest(count_rates(days, days, first=FIRST, last=LAST))
    assert (found.observed, found.expected, found.compared) == (14, pytest.approx(14), len(list_periods(first=FIRST, last=LAST, by="week")) - 1 - 8)
    assert found.p_lower > 0.4 and found.p_higher > 0.4


def test_a_week_of_which_hardly_anything_is_known_gets_no_rate_and_no_comparison() -> None:
    *days, delays = reported_late(1)
    ahead = LAST + timedelta(days=7)
    found = count_rates(*days, first=FIRST, last=ahead, delays=delays)
    assert found.rates[-1].low is None and found.rates[-1].high is None
    told = compare_newest(found)
    assert isinstance(told, NotTestable) and "is too new" in told.why


def test_a_short_record_does_not_know_how_much_counts_move() -> None:
    days = np.arange(FIRST.toordinal(), FIRST.toordinal() + 70)
    found = count_rates(days, days, first=FIRST, last=FIRST + timedelta(days=69))
    told = compare_newest(found)
    assert isinstance(told, NotTestable) and "There are 9 weeks before it; it would take at least 20" in told.why
    assert count_rates(days[:20], days[:20], first=FIRST, last=FIRST + timedelta(days=19)).dispersion is None
