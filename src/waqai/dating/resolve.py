"""Puts a date phrase on the calendar, or says why it stays off it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from waqai.core import UnresolvedDate
from waqai.dating import counted, on_calendar, stretches
from waqai.dating.case import Case, Result
from waqai.dating.clock import TextClock
from waqai.dating.on_hijri import resolve_hijri
from waqai.dating.phrase import Dated, DatePhrase, DayRange, Kind

_RESOLVERS: dict[Kind, Callable[[Case], Result]] = {
    "day": on_calendar.resolve_day,
    "weekday": on_calendar.resolve_weekday,
    "month": stretches.resolve_month,
    "year": stretches.resolve_year,
    "year_modifier": stretches.resolve_year_modifier,
    "season": stretches.resolve_season,
    "quarter": stretches.resolve_quarter,
    "relative_day": counted.resolve_relative_day,
    "relative_period": counted.resolve_period,
    "ago": counted.resolve_ago,
    "anchored": counted.resolve_anchored,
}


_TOLD_DAYS: tuple[Kind, ...] = ("day", "weekday", "month", "relative_day", "anchored")


def resolve_phrase(phrase: DatePhrase, *, clock: TextClock, future: bool = False, ongoing: bool = False, anchor: Dated | None = None) -> DayRange:
    """The days that the phrase means.

    Bare dates are the latest such day by the clock's reference; with `future` (planned, pledged, threatened) the next one. With `ongoing`, "since May" runs to
    the day of the report; else it is May, as most things told "since" some day took place on it. `anchor` is the happening that
    "the same day" or "a week later" counts from. Raises UnresolvedDate when no year follows from anything, when weekday and date contradict each other,
    or when the phrase counts from a day that is not known.

    >>> from datetime import date
    >>> from waqai.core import Day
    >>> from waqai.dating.find import find_date_phrases
    >>> def resolve(text: str, published: Day | None) -> DayRange:
    ...     phrases = find_date_phrases(text)
    ...     return resolve_phrase(phrases[0], clock=TextClock(text, published=published, phrases=phrases))
    >>> resolve("on Sunday,\\nJune 18, 25 men fled", date(2023, 6, 20)).earliest
    datetime.date(2023, 6, 18)
    >>> resolve("on Monday, June 18", date(2023, 6, 20))
    Traceback (most recent call last):
    waqai.core.errors.UnresolvedDate: cannot date 'Monday, June 18': June 18, 2023 is a Sunday, the report says Monday
    """
    case = Case(phrase=phrase, clock=clock, future=future, anchor=anchor)
    try:
        (earliest, latest), basis, rule, p = resolve_hijri(case) if phrase.hijri else _RESOLVERS[phrase.kind](case)
    except UnresolvedDate:
        raise
    except (ValueError, OverflowError, IndexError) as error:
        raise case.refuse(f"it lies outside the years 1 to 9999 ({error})") from error
    if latest < earliest:
        raise case.refuse(f"its end, {latest}, comes before its start, {earliest}")
    if ongoing and phrase.bearing == "since" and phrase.end is None and clock.reference and clock.reference > latest:
        latest, rule = clock.reference, f"{rule}, to the day of the report"
    return DayRange(earliest=earliest, latest=latest, basis=basis, rule=rule, p=p)


def resolve_in_order(phrases: Sequence[DatePhrase], *, clock: TextClock, future: frozenset[DatePhrase] = frozenset()) -> tuple[DayRange | UnresolvedDate, ...]:
    """Every phrase resolved in the order of the text, each counting from the last day, weekday or month before it; failures in place.

    Where words behind a phrase name what it counts from ("two days after the meeting"), it is left to the caller, who may know that happening.
    `future` are the phrases told of what is still to come.
    """
    resolved: list[DayRange | UnresolvedDate] = []
    anchor: DayRange | None = None
    wide: DayRange | None = None  # what months and years are counted from, which may be known to the year alone: "began in 2014 ... some months later"
    for phrase in phrases:
        counted_from = wide if phrase.unit in ("month", "year") else anchor
        days = _resolve_or_say(phrase, clock=clock, future=phrase in future, anchor=None if phrase.names_anchor else counted_from)
        resolved.append(days)
        to_come = phrase in future or (phrase.kind == "relative_day" and phrase.amount is not None and phrase.amount[0] > 0)
        if not (phrase.header or to_come or phrase.hijri) and phrase.kind in (*_TOLD_DAYS, "year"):
            wide = days if isinstance(days, DayRange) else None
            anchor = anchor if phrase.kind == "year" else wide
    return tuple(resolved)


def _resolve_or_say(phrase: DatePhrase, *, clock: TextClock, future: bool, anchor: Dated | None) -> DayRange | UnresolvedDate:
    try:
        return resolve_phrase(phrase, clock=clock, future=future, anchor=anchor)
    except UnresolvedDate as error:
        return error
