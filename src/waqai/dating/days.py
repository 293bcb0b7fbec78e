"""Arithmetic on days, months, weeks and seasons. Ranges are pairs (first, last), both ends included; weeks run from Monday to Sunday."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from waqai.dating.phrase import Part

Days = tuple[date, date]


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day (February 30)."""
    if not (1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def shift_days(day: date, days: float) -> date:
    """The day `days` later (earlier when negative), kept inside the calendar of Python's dates.

    >>> shift_days(date(2023, 6, 18), -7)
    datetime.date(2023, 6, 11)
    """
    ordinal = day.toordinal() + round(days)
    return date.fromordinal(min(max(ordinal, date(1, 1, 1).toordinal()), date(9998, 12, 31).toordinal()))


def month_days(year: int, month: int, part: Part | None = None) -> Days:
    """A month or a part of it: early 1..10, mid 10..20, late 21..end (CODING.md's mid-March; early and late so that the three meet it).

    >>> month_days(2024, 3, "mid")
    (datetime.date(2024, 3, 10), datetime.date(2024, 3, 20))
    """
    end = calendar.monthrange(year, month)[1]
    first, last = {"early": (1, 10), "mid": (10, 20), "late": (21, end), "first_half": (1, 15), "second_half": (16, end), **_weeks(end)}.get(
        part or "", (1, end)
    )
    return date(year, month, first), date(year, month, last)


def _weeks(end: int) -> dict[str, tuple[int, int]]:
    """Weeks of a month as people count them: days 1..7, 8..14, and the last seven."""
    return {"first_week": (1, 7), "second_week": (8, 14), "third_week": (15, 21), "fourth_week": (22, 28), "last_week": (end - 6, end)}


def year_days(year: int, part: Part | None = None) -> Days:
    """A year or a part of it: early January..April, mid May..August, late October..December (CODING.md's late 2014).

    >>> year_days(2014, "late")
    (datetime.date(2014, 10, 1), datetime.date(2014, 12, 31))
    """
    if part in ("first_week", "second_week", "third_week", "fourth_week"):
        return month_days(year, 1, part)
    if part == "last_week":
        return month_days(year, 12, part)
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (10, 12), "first_half": (1, 6), "second_half": (7, 12)}.get(part or "", (1, 12))
    return date(year, first, 1), month_days(year, last)[1]


def shift_month(day: date, months: int) -> tuple[int, int]:
    """(year, month) of the month `months` after that of `day`.

    >>> shift_month(date(2023, 1, 31), -1)
    (2022, 12)
    """
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9998 * 12 + 11)
    return index // 12, index % 12 + 1


def week_days(day: date, weeks: int = 0) -> Days:
    """Monday..Sunday of the week that holds `day`, or `weeks` later.

    >>> week_days(date(2023, 6, 20), -1)
    (datetime.date(2023, 6, 12), datetime.date(2023, 6, 18))
    """
    monday = shift_days(day, 7 * weeks - day.weekday())
    return monday, monday + timedelta(6)


def quarter_days(year: int, quarter: int) -> Days:
    """The three months of a quarter, 1..4."""
    return date(year, 3 * quarter - 2, 1), month_days(year, 3 * quarter)[1]


def season_days(year: int, season: int) -> Days:
    """Spring March..May, summer, autumn; winter is December of `year` to February of the next.

    >>> season_days(2016, 1)
    (datetime.date(2016, 6, 1), datetime.date(2016, 8, 31))
    """
    if season == 3:
        return date(year, 12, 1), month_days(year + 1, 2)[1]
    return date(year, 3 * season + 3, 1), month_days(year, 3 * season + 5)[1]


def weekday_by(day: date, weekday: int) -> date:
    """The latest such weekday on or before `day`.

    >>> weekday_by(date(2023, 6, 20), 6)
    datetime.date(2023, 6, 18)
    """
    return shift_days(day, -((day.weekday() - weekday) % 7))


def weekday_from(day: date, weekday: int) -> date:
    """The first such weekday on or after `day`."""
    return shift_days(day, (weekday - day.weekday()) % 7)


def weekday_nearest(day: date, weekday: int) -> date:
    """The one such weekday within three days of `day`."""
    return weekday_by(shift_days(day, 3), weekday)


def distance(days: Days, day: date) -> int:
    """Days from `day` to the range; 0 inside it."""
    return max((days[0] - day).days, (day - days[1]).days, 0)
