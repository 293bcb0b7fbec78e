"""Months as whole numbers: 12 times the year, plus the month from 0, so that the month after the next is two more."""

from __future__ import annotations

from datetime import date, timedelta


def month_of(day: date) -> int:
    """The month that a day lies in.

    >>> month_of(date(2023, 6, 18)) - month_of(date(2022, 12, 1))
    6
    """
    return 12 * day.year + day.month - 1


def first_day(month: int) -> date:
    """The day on which a month begins.

    >>> first_day(month_of(date(2023, 6, 18)))
    datetime.date(2023, 6, 1)
    """
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The day on which a month ends.

    >>> last_day(month_of(date(2024, 2, 3)))
    datetime.date(2024, 2, 29)
    """
    return first_day(month + 1) - timedelta(days=1)


def last_whole_month(day: date) -> int:
    """The last month that is over when the day is over.

    >>> [last_whole_month(day) - month_of(date(2023, 5, 1)) for day in (date(2023, 6, 29), date(2023, 6, 30))]
    [0, 1]
    """
    return month_of(day + timedelta(days=1)) - 1


def name_month(month: int) -> str:
    """The month as it is written.

    >>> name_month(month_of(date(2023, 6, 18)))
    '2023-06'
    """
    return f"{month // 12:04}-{month % 12 + 1:02}"
