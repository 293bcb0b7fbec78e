"""The Hijri calendars on ours."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.dating.hijri import Calendar, hijri_day, hijri_month, hijri_year


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "ours"),
    [
        ("lunar", 1445, 1, 10, date(2023, 7, 28)),  # Ashura
        ("lunar", 1444, 10, 1, date(2023, 4, 21)),  # Eid al-Fitr
        ("solar", 1402, 1, 1, date(2023, 3, 21)),  # Nowruz
        ("solar", 1401, 6, 25, date(2022, 9, 16)),
    ],
)
def test_known_days_fall_where_they_fell(calendar: Calendar, year: int, month: int, day: int, ours: date) -> None:
    assert hijri_day(calendar, year, month, day) == ours


@pytest.mark.parametrize(("calendar", "year", "month", "day"), [("lunar", 1445, 9, 31), ("lunar", 900, 1, 1), ("solar", 1402, 12, 30), ("solar", 1402, 13, 1)])
def test_a_day_that_is_not_there_is_none(calendar: Calendar, year: int, month: int, day: int) -> None:
    assert hijri_day(calendar, year, month, day) is None


def test_the_last_month_ends_before_the_next_year() -> None:
    assert hijri_month("solar", 1402, 12) == (date(2024, 2, 20), date(2024, 3, 19))


@given(day=st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 1, 1)), calendar=st.sampled_from(["lunar", "solar"]))
def test_the_year_of_a_day_holds_it(day: date, calendar: Calendar) -> None:
    year = hijri_year(calendar, day)
    assert year is not None
    first, following = hijri_day(calendar, year, 1, 1), hijri_day(calendar, year + 1, 1, 1)
    assert first is not None
    assert following is not None
    assert first <= day < following
