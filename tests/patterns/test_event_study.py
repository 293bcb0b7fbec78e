"""Reference dates moved about: against a slow count of the same thing, and against what is known to be there."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
import pytest

from waqai.core import BadQuestion
from waqai.patterns.event_study import EventStudy, count_groups, shift_test, study_after, study_incidents
from waqai.patterns.series import DailyCounts
from waqai.patterns.testable import NotTestable

FIRST = date(2020, 1, 1)
DAYS = np.arange(1_000)
WAVES = DailyCounts(first=FIRST, counts=np.random.default_rng(5).poisson(4 * np.exp(np.sin(DAYS / 90))))
SPREAD = [FIRST + timedelta(days=60 + 110 * i) for i in range(8)]


def raised(series: DailyCounts, dates: list[date], *, days: int, times: float) -> DailyCounts:
    """The series with the counts of the `days` after these dates multiplied."""
    counts = series.counts.copy()
    after = {series.index_of(day) + step for day in dates for step in range(1, days + 1)}
    for place in after:
        counts[place] = round(counts[place] * times)
    return DailyCounts(first=series.first, counts=counts)


def study(series: DailyCounts, dates: list[date], **asked: object) -> EventStudy:
    found = study_after(series, dates, seed=1, **asked)  # type: ignore[arg-type]
    assert isinstance(found, EventStudy)
    return found


def test_the_observed_count_is_that_of_the_days_after_each_date_once() -> None:
    near = [FIRST + timedelta(days=n) for n in (100, 104, 200, 300, 400, 500, 600)]
    days = {WAVES.index_of(day) + step for day in near for step in range(1, 8)}
    window = study(WAVES, near, windows_days=[7]).windows[0]
    assert (window.observed, window.days, window.groups) == (int(WAVES.counts[sorted(days)].sum()), len(days), 6)


def test_p_values_are_those_of_moving_dates_one_by_one() -> None:
    starts = np.array([100, 103, 300])
    fast = shift_test(WAVES.counts, starts, window_days=5, rng=np.random.default_rng(9), permutations=400)
    rng = np.random.default_rng(9)
    moved = rng.integers(starts - 60, starts + 60, endpoint=True, size=(400, 3))

    def rate(dates: np.ndarray) -> float:
        days = sorted({int(day) + step for day in dates for step in range(1, 6)})
        return float(WAVES.counts[days].mean())

    rates = np.array([rate(row) for row in moved])
    assert fast.p_raised == (1 + (rates >= rate(starts) - 1e-12).sum()) / 401
    assert fast.p_differs == min(1, 2 * min(fast.p_raised, (1 + (rates <= rate(starts) + 1e-12).sum()) / 401))


def test_what_is_expected_leaves_the_windows_own_days_out() -> None:
    counts = np.ones(400, dtype=np.int64)
    starts = np.array([100, 150, 200, 250, 300])
    counts[(starts[:, None] + np.arange(1, 8)).ravel()] = 50
    window = shift_test(counts, starts, window_days=7, rng=np.random.default_rng(1))
    assert window.expected == pytest.approx(35) and window.ratio == pytest.approx(50)


def test_a_rise_of_half_after_eight_dates_is_found_with_its_size() -> None:
    window = study(raised(WAVES, SPREAD, days=14, times=1.5), SPREAD, windows_days=[14]).windows[0]
    assert window.p_raised < 0.05 and window.low < 1.5 < window.high and window.low > 1


def test_a_fall_is_no_rise_and_differs() -> None:
    window = study(raised(WAVES, SPREAD, days=14, times=0.4), SPREAD, windows_days=[14]).windows[0]
    assert window.p_raised > 0.95 and window.p_differs < 0.05 and window.high < 1


def test_dates_drawn_in_the_high_waves_of_a_record_raise_nothing() -> None:
    """Dates cluster where much happens; a test against the whole record's rate finds a "rise" after nearly every such set."""
    rng, claims, naive = np.random.default_rng(2), 0, 0
    high = DAYS[60:-70][np.sin(DAYS[60:-70] / 90) > 0.5]
    for _ in range(120):
        starts = np.sort(rng.choice(high, 7, replace=False))
        window = shift_test(WAVES.counts, starts, window_days=7, rng=rng, permutations=199)
        claims += window.p_raised <= 0.05
        naive += window.observed > 1.5 * WAVES.counts.mean() * window.days
    assert naive > 100 and claims <= 12


def test_the_day_itself_is_not_after() -> None:
    counts = np.zeros(600, dtype=np.int64)
    starts = [FIRST + timedelta(days=100 * n) for n in range(1, 6)]
    counts[[100, 200, 300, 400, 500]] = 9
    assert study(DailyCounts(first=FIRST, counts=counts), starts, windows_days=[7]).windows[0].observed == 0


def test_the_seeds_one_meeting_and_one_escape_are_not_testable_and_the_sentence_says_why() -> None:
    found = study_incidents(
        {"escape": date(2023, 6, 18)}, {"meeting": date(2023, 6, 8)}, first=date(2023, 1, 1), last=date(2023, 12, 31), seed=1, windows_days=[7, 14]
    )
    assert isinstance(found, NotTestable)
    assert found.why.startswith("There is 1 reference date to look after, and 1 happening in the weeks around it. One reference date cannot tell chance")
    assert "at least 5 separate reference dates" in found.why and "at least 10 happenings" in found.why


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ([], "There are 0 reference dates to look after. So few"),
        (SPREAD[:4], "There are 4 reference dates to look after, and"),
        ([*SPREAD[:4], FIRST], r"\(1 of 5 left out: the record would have to reach from 30 days before a date to 58 days after it\)"),
        ([*SPREAD[:4], WAVES.last - timedelta(days=40)], r"\(1 of 5 left out"),
        ([FIRST + timedelta(days=100 + n) for n in range(9)], "make only 1 separate window; it would take at least 5, or a shorter window"),
    ],
)
def test_under_five_separate_dates_with_room_nothing_is_said(dates: list[date], says: str) -> None:
    found = study_after(WAVES, dates, seed=1)
    assert isinstance(found, NotTestable)
    assert re.search(says, found.why)


def test_hardly_any_happenings_are_not_testable_however_many_the_dates() -> None:
    found = study_after(DailyCounts(first=FIRST, counts=np.bincount([100, 300], minlength=1_000)), SPREAD, seed=1)
    assert isinstance(found, NotTestable) and "With so few happenings" in found.why


def test_a_window_that_merges_the_dates_is_named_and_the_others_are_tested() -> None:
    found = study(WAVES, [FIRST + timedelta(days=100 + 10 * n) for n in range(6)], windows_days=[7, 28])
    assert [one.window_days for one in found.windows] == [7] and found.tests == 1
    assert "windows of 28 days make only 1 separate window" in found.not_testable[28].why


def test_an_incident_that_is_both_is_not_found_near_itself() -> None:
    days = {f"escape {n}+{step}": FIRST + timedelta(days=100 * n + step) for n in range(1, 8) for step in (0, 3)}
    references = {name: day for name, day in days.items() if (day - FIRST).days % 100 == 0}
    everything = {f"other {n}": FIRST + timedelta(days=int(n)) for n in DAYS[::9]} | days
    found = study_incidents(everything, references, first=FIRST, last=WAVES.last, seed=1, windows_days=[7])
    assert isinstance(found, EventStudy)
    assert found.same_incidents == 7 and found.counted == len(everything) - 7


def test_several_windows_are_held_together_by_holm() -> None:
    found = study(raised(WAVES, SPREAD, days=28, times=1.6), SPREAD, windows_days=[7, 14, 28])
    smallest = min(found.windows, key=lambda one: one.p_raised)
    assert smallest.p_holm == pytest.approx(min(1, 3 * smallest.p_raised)) and found.tests == 3


def test_the_same_seed_gives_the_same_answer() -> None:
    assert study(WAVES, SPREAD) == study(WAVES, SPREAD)


@pytest.mark.parametrize("windows", [[], [2], [7, 1]])
def test_windows_under_three_days_are_refused_with_the_reason(windows: list[int]) -> None:
    with pytest.raises(BadQuestion, match="none under 3 days, for reports differ"):
        study_after(WAVES, SPREAD, seed=1, windows_days=windows)


def test_groups_share_no_day() -> None:
    assert count_groups(np.array([10, 16, 17, 30]), window_days=7) == 2
