"""A count that runs up to the report: "has recorded 104 attacks since January 2025", "from 2018 to April 2024 counted 10,332".

Such a count bounds the report's own time. One that began with a year is the count of that year; one that ends with a month is told before the next is
a year old. Bare dates of the report then have their year, where only one is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from waqai.dating.days import Days, day_or_none, month_days, shift_days
from waqai.dating.phrase import DatePhrase

_COUNTS = re.compile(
    r"\b(?:count(?:s|ed)?|record(?:s|ed)?|document(?:s|ed)?|register(?:s|ed)?|verified|tall(?:y|ied)|monitored|logged|put\s+the\s+number|total(?:s|l?ed)?)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b(?:\d{1,3}(?:,\d{3})+|\d{1,4}|dozens|hundreds|thousands|scores)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?;]\s|\n\s*\n")
_TO_HERE = re.compile(r"\b(?:from|between|since)\s+[\w ]{3,24}\s(?:to|until|till|through|and)\s+$", re.IGNORECASE)
_FRESH_DAYS = 334  # a count up to a month is told before that month comes again
_BACK_DAYS = 92  # and the report may tell of days so long before the count's end


def own_time(plain: str, phrases: Sequence[DatePhrase]) -> Days | None:
    """First and last day on which the report can have been written by its counts, or None without one. `plain` is the folded text.

    >>> from waqai.dating.find import find_date_phrases
    >>> text = "On 1 June three died. The monitor has recorded 104 attacks since January 2025."
    >>> own_time(text, find_date_phrases(text))
    (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    """
    windows = [window for phrase in phrases if _is_count(plain, phrase) and (window := _window(plain, phrase)) is not None]
    newest = max((phrase.start.year or 0 for phrase in phrases), default=0)
    if not windows:
        return None
    first, last = max(first for first, _ in windows), min(last for _, last in windows)
    return (first, last) if first <= last and newest <= last.year and first.year >= newest else None


def year_by_count(dates: Sequence[DatePhrase], window: Days) -> date | None:
    """The newest of the bare days and months when each falls but once into the report's own time, else None."""
    newest: list[date] = []
    for phrase in dates:
        fits = list(_fits(phrase, shift_days(window[0], -_BACK_DAYS), window[1]))
        if len(fits) != 1:
            return None
        newest += fits
    return max(newest, default=None)


def _fits(phrase: DatePhrase, first: date, last: date) -> Iterator[date]:
    named = phrase.end or phrase.start
    for year in range(first.year, last.year + 1):
        day = day_or_none(year, named.month or 0, named.day or 1)
        if day is not None and first <= day <= last:
            yield day


def _is_count(plain: str, phrase: DatePhrase) -> bool:
    """Whether a count with its number stands in the phrase's sentence."""
    start = max((stop.end() for stop in _STOP.finditer(plain, max(0, phrase.span.start - 240), phrase.span.start)), default=max(0, phrase.span.start - 240))
    stop = _STOP.search(plain, phrase.span.end, phrase.span.end + 240)
    around = plain[start : phrase.span.start] + plain[phrase.span.end : stop.start() if stop else phrase.span.end + 240]
    return _COUNTS.search(around) is not None and _NUMBER.search(around) is not None


def _window(plain: str, phrase: DatePhrase) -> Days | None:
    named = phrase.end or phrase.start
    if named.year is None:
        return None
    begins_year = (phrase.kind == "year" and phrase.part in ("early", "first_week")) or (
        phrase.kind in ("month", "day") and (named.month, named.day or 1) == (1, 1)
    )
    if phrase.bearing == "since" and phrase.end is None and begins_year:
        return date(named.year, 1, 1), date(named.year, 12, 31)
    if phrase.kind == "month" and (phrase.end is not None or _to_here(plain, phrase)):
        last = month_days(named.year, named.month or 1)[1]
        return last, shift_days(last, _FRESH_DAYS)
    return None


def _to_here(plain: str, phrase: DatePhrase) -> bool:
    """From 2018 to April 2024: the month ends a range that begins with a year or a month."""
    return _TO_HERE.search(plain[max(0, phrase.span.start - 44) : phrase.span.start]) is not None
