"""When a happening may be told of."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from factories import make_when
from waqai.bounds.times import is_fresh, to_month

DAY = date(2021, 3, 5)


@pytest.mark.parametrize(
    ("at", "fresh"),
    [
        (datetime(2021, 3, 8, 23, 59, tzinfo=UTC), True),  # 72 hours are counted from the end of the day
        (datetime(2021, 3, 9, 0, 0, tzinfo=UTC), False),
    ],
)
def test_72_hours_are_counted_from_the_end_of_the_last_day(at: datetime, fresh: bool) -> None:
    assert is_fresh(make_when(date(2021, 3, 1), DAY), since=None, at=at) is fresh
    assert is_fresh(None, since=DAY, at=at) is fresh
    assert not is_fresh(None, since=None, at=at)


def test_days_become_the_months_that_they_lie_in() -> None:
    months = to_month(make_when(date(2024, 1, 31), date(2024, 2, 2)))
    assert (months.earliest, months.latest) == (date(2024, 1, 1), date(2024, 2, 29))
