"""Days, weeks and months of a series."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from waqai.patterns.series import By, DailyCounts, count_days, cut_days, list_periods, sum_periods, sum_whole

YEARS = DailyCounts(first=date(2019, 12, 18), counts=np.random.default_rng(1).poisson(2, 800))


def test_days_outside_the_record_are_not_counted() -> None:
    days = [date(2023, 1, 1), date(2023, 1, 3), date(2022, 12, 31), date(2023, 1, 4)]
    assert count_days(days, first=date(2023, 1, 1), last=date(2023, 1, 3)).counts.tolist() == [1, 0, 1]


def test_a_record_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="the last is before the first"):
        count_days([], first=date(2023, 1, 2), last=date(2023, 1, 1))


@pytest.mark.parametrize("by", ["week", "month"])
def test_periods_share_out_every_day_once_and_keep_every_count(by: By) -> None:
    periods = list_periods(first=YEARS.first, last=YEARS.last, by=by)
    days = [one.first + timedelta(days=i) for one in periods for i in range(one.n_days)]
    assert days == [YEARS.first + timedelta(days=i) for i in range(len(YEARS.counts))]
    assert sum_periods(YEARS, periods).sum() == YEARS.total


def test_a_week_is_an_iso_week_also_over_new_year() -> None:
    for one in list_periods(first=YEARS.first, last=YEARS.last, by="week"):
        assert one.first.isocalendar()[:2] == one.last.isocalendar()[:2]


def test_only_weeks_that_the_record_holds_whole_are_taken_for_levels() -> None:
    periods, counts = sum_whole(YEARS)
    assert {one.n_days for one in periods} == {7} and periods[0].first == date(2019, 12, 23)
    assert counts[0] == YEARS.counts[5:12].sum()


def test_a_cut_outside_of_the_record_is_empty() -> None:
    assert len(cut_days(YEARS, first=date(2030, 1, 1)).counts) == 0
    assert len(cut_days(YEARS, last=date(2000, 1, 1)).counts) == 0
