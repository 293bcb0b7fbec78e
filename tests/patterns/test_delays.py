"""Delays of reports: against a slow product, against what all reports later show, and where reports come once a week."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from waqai.patterns.delays import Delays, estimate_delays
from waqai.patterns.series import Period
from waqai.patterns.testable import NotTestable

AS_OF = date(2023, 7, 2)  # a Sunday
NOW = AS_OF.toordinal()


def told(n: int, *, seed: int, weekly: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """All happenings of a year with their first reports, also those still to come: half within days, half within weeks; or on the Sunday after that."""
    rng = np.random.default_rng(seed)
    happened = NOW - rng.integers(0, 365, n)
    delay = np.where(rng.random(n) < 0.5, rng.geometric(0.5, n) - 1, rng.geometric(0.08, n) - 1)
    reported = happened + delay
    return happened, reported + ((7 - reported % 7) % 7 if weekly else 0)  # ordinals of Sundays are multiples of 7


def estimate(happened: np.ndarray, reported: np.ndarray, **asked: int) -> Delays:
    found = estimate_delays(happened, reported, as_of=AS_OF, **asked)
    assert isinstance(found, Delays)
    return found


def period(days_ago: int, n_days: int = 7) -> Period:
    last = AS_OF - timedelta(days=days_ago)
    return Period(first=last - timedelta(days=n_days - 1), last=last, whole=True)


def test_without_reports_to_come_the_shares_are_those_counted() -> None:
    happened, reported = told(400, seed=1)
    known = estimate(happened[happened < NOW - 100], reported[happened < NOW - 100]).known[0]
    delays = (reported - happened)[happened < NOW - 100]
    assert known == pytest.approx([(delays <= d).sum() / (delays <= 90).sum() for d in range(91)])


def test_the_shares_are_the_product_of_reverse_time_hazards_worked_out_slowly() -> None:
    happened, reported = told(300, seed=2)
    seen = reported <= NOW
    delays, room = (reported - happened)[seen], (NOW - happened)[seen]
    slow = []
    for x in range(91):
        share = 1.0
        for d in range(x + 1, 91):
            within = ((delays <= d) & (room >= d)).sum()
            share *= 1 - (((delays == d) & (room >= d)).sum() / within if within else 0)
        slow.append(share)
    assert estimate(happened, reported).known[0] == pytest.approx(slow)


@pytest.mark.parametrize("weekly", [False, True])
def test_the_newest_week_is_as_complete_as_is_said_in_nineteen_of_twenty_records(weekly: bool) -> None:
    held = []
    for seed in range(40):
        happened, reported = told(900, seed=seed, weekly=weekly)
        found = estimate(happened, reported).completeness(period(0))
        many, later = told(6_000, seed=10_000 + seed, weekly=weekly)
        week = (many > NOW - 7) & (later - many <= 90)
        held.append((found.low, found.high, (later[week] <= NOW).mean(), found.share, week.sum()))
    low, high, true, share, n = np.array(held).T
    whole = np.average(true, weights=n)
    assert np.mean(share) == pytest.approx(whole, abs=0.02)
    assert np.mean((low <= whole) & (whole <= high)) >= 0.85


def test_reports_that_come_on_sundays_are_told_by_weekday() -> None:
    assert estimate(*told(900, seed=1, weekly=True)).weekly and not estimate(*told(900, seed=1)).weekly


def test_the_delays_that_are_seen_so_far_look_shorter_than_they_are() -> None:
    """What a plain count of delays would say, and why it is not used."""
    happened, reported = told(3_000, seed=3)
    recent = (happened > NOW - 20) & (reported <= NOW)
    plain = ((reported - happened)[recent] <= 3).mean()
    assert estimate(happened, reported, history_days=20, longest_days=19).known[0][3] < plain - 0.05


def test_a_week_long_past_is_complete_and_one_to_come_is_empty() -> None:
    found = estimate(*told(900, seed=1))
    past, ahead = found.completeness(period(120)), found.completeness(period(-30))
    assert (past.share, past.low, past.high) == (1, 1, 1) and (ahead.share, ahead.low, ahead.high) == (0, 0, 0)


def test_nothing_that_is_reported_later_is_used() -> None:
    happened, reported = told(900, seed=1)
    seen = reported <= NOW
    assert (estimate(happened, reported).known == estimate(happened[seen], reported[seen]).known).all()


def test_reports_before_the_day_and_after_the_longest_delay_are_counted_apart() -> None:
    happened, reported = told(300, seed=1)
    reported[:4], happened[4:7], reported[4:7] = happened[:4] - 1, NOW - 200, NOW - 50
    found = estimate(happened, reported)
    assert (found.before, found.later) == (4, 3 + int((((reported - happened) > 90) & (reported <= NOW))[7:].sum()))


@pytest.mark.parametrize(("n", "weekly", "says"), [(40, False, "at least 50"), (200, True, "in the weekly rhythm that most reports come in cannot be told")])
def test_too_few_delays_say_nothing_about_completeness(n: int, weekly: bool, says: str) -> None:
    found = estimate_delays(*told(n, seed=1, weekly=weekly), as_of=AS_OF)
    assert isinstance(found, NotTestable) and says in found.why
