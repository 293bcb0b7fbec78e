"""Puts phrases on the calendar that name days of it: dates, numbered days, weekdays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from waqai.dating.case import YEAR_OF, Case, Result
from waqai.dating.clock import name_day, name_weekday
from waqai.dating.days import (
    day_or_none,
    distance,
    shift_days,
    shift_month,
    week_days,
    weekday_by,
    weekday_from,
    weekday_nearest,
)
from waqai.dating.phrase import Basis, Named

# how far ahead or back a weekday may overrule the tense
_NEAR_DAYS = 92
# how far ahead words of what is to come may put a date without a year
AHEAD_DAYS = 183
# a text whose day is not known may tell of days so long after the newest that it dates in full
_AFTER_DAYS = 31
# a bare day so shortly after the report ("resume on 26 August", printed on the 25th) is the coming one, not that of nearly a year before
_TOMORROW_DAYS = 6
# how long after a day told with its year a bare day of the same paragraph may lie in the same story
_STORY_DAYS = 183
# a day told by its number alone is of the month before it when that is so near to the report
_SAME_STORY_DAYS = 62
# attacks known by their day, whose year the words leave out
_NAMED_DAYS = {(9, 11): 2001, (10, 7): 2023}


def resolve_day(case: Case) -> Result:
    phrase = case.phrase
    if phrase.start.month is None:
        return _numbered(case)
    if phrase.end is None:
        day, rule, p = _day(case, phrase.start)
        if phrase.unit == "week":
            return week_days(day) if phrase.direction == "same" else (day, shift_days(day, 6)), "explicit", f"week of the day, {rule}", p
        return ((day, shift_days(day, 1 if phrase.night else 0)), "explicit", rule, p)
    last, rule, p = _day(case, phrase.end)
    first = phrase.start if phrase.start.year else replace(phrase.start, year=last.year)
    start, _, _ = _day(case, first)
    if start > last and phrase.start.year is None:
        start, _, _ = _day(case, replace(first, year=last.year - 1))
    return (start, last), "explicit", f"{rule}, range", p


def _numbered(case: Case) -> Result:
    """The 14th, from the 11th to the 20th: of the month of the day told before it, else the latest such day by the report's day."""
    phrase, anchor, to_come = case.phrase, case.anchor, case.future or case.phrase.ahead
    last = phrase.end or phrase.start
    if anchor is not None and (anchor.latest - anchor.earliest).days <= _AFTER_DAYS:
        if case.clock.reference and distance((anchor.earliest, anchor.latest), case.clock.reference) > _SAME_STORY_DAYS:
            raise case.refuse(f"it may be of {anchor.latest:%Y-%m}, the month told before it, or of the report's own")
        year, month, rule = anchor.latest.year, anchor.latest.month, "month of the day told before it"
    else:
        reference = case.report_day()
        year, month = shift_month(reference, 0 if (last.day or 1) <= reference.day or to_come else -1)
        rule = "latest such day before press"
    start, end = day_or_none(year, month, phrase.start.day or 1), day_or_none(year, month, last.day or 1)
    if start is None or end is None or (case.clock.exact and case.clock.reference and end > case.clock.reference and not to_come):
        raise case.refuse(f"there is no such day in {year}-{month:02d} that the report can tell of")
    return (start, shift_days(end, 1 if phrase.night and phrase.end is None else 0)), "inherited_from_context", rule, 0.85


def _day(case: Case, named: Named) -> tuple[date, str, float]:
    """The one day of `named`, with rule and probability."""
    year = named.year if named.year is not None else told_year(case)
    if year is None:
        return _day_without_year(case, named)
    day = day_or_none(year, named.month or 0, named.day or 0)
    if day is None:
        raise case.refuse(f"the calendar has no such day in {year}")
    if named.weekday not in (None, day.weekday()):
        raise case.refuse(_contradiction(day, named))
    return day, "full date" if named.year is not None else "year told beside it", 0.99 if named.year is not None else 0.95


def told_year(case: Case) -> int | None:
    """The year in "January 4 of this year" or "24 March of the following year"; None when the phrase says nothing of its year."""
    if case.phrase.year_shift is not None:
        return case.reference().year + case.phrase.year_shift
    if case.phrase.direction in YEAR_OF and case.phrase.unit != "week" and case.phrase.kind in ("day", "month"):
        return case.anchored().earliest.year + YEAR_OF[case.phrase.direction]
    return None


def _contradiction(day: date, named: Named) -> str:
    return f"{name_day(day)} is a {name_weekday(day.weekday())}, the report says {name_weekday(named.weekday or 0)}"


def _day_without_year(case: Case, named: Named) -> tuple[date, str, float]:
    """The latest such day by the reference (the next with `future`); its weekday, if told, must be right."""
    reference = case.reference()
    known = day_or_none(_NAMED_DAYS.get((named.month or 0, named.day or 0), 0), named.month or 0, named.day or 0) if case.phrase.names_event else None
    if known is not None and known <= reference:
        return known, "day that an attack is known by", 0.9
    days = [day for shift in (-1, 0, 1) if (day := day_or_none(reference.year + shift, named.month or 0, named.day or 0))]
    if not days:
        raise case.refuse(f"the calendar has no such day around {reference.year}")
    if not case.clock.exact:
        return _checked(case, day_near(case, days), named, days), "day nearest to the text's own date", 0.75
    reach = AHEAD_DAYS if case.phrase.ahead else 0 if case.phrase.past else _TOMORROW_DAYS
    future = case.future or any(0 < (day - reference).days <= reach and (case.phrase.ahead or named.weekday in (None, day.weekday())) for day in days)
    fitting = [day for day in days if (day >= reference if future else day <= reference)]
    if not fitting:
        raise case.refuse(f"no such day {'from' if future else 'by'} {reference} within a year")
    day = min(fitting, key=lambda d: abs(d - reference))
    told = case.clock.full_before(case.phrase.span.start)
    if told is not None and named.weekday is None and not future and (reference - day).days > _SAME_STORY_DAYS:
        next_after = [d for shift in (0, 1) if (d := day_or_none(told.year + shift, named.month or 0, named.day or 0)) and told <= d <= reference]
        if next_after and (next_after[0] - told).days <= _STORY_DAYS:
            return next_after[0], "next such day after the full date told before it", 0.8
    rule = "next such day after press" if future else "latest such day before press"
    return _checked(case, day, named, days), rule, 0.97 if named.weekday is not None else 0.95


def day_near(case: Case, days: Sequence[date]) -> date:
    """The day nearest to the text's own date. Raises UnresolvedDate when it would be months after that date, and nothing says that it is to come."""
    reference = case.reference()
    day = min(days, key=lambda d: abs(d - reference))
    if case.future or case.phrase.ahead or (day - reference).days <= _AFTER_DAYS:
        return day
    raise case.refuse(f"it may be before or after {reference}, the newest day that the text dates in full")


def _checked(case: Case, day: date, named: Named, days: Sequence[date]) -> date:
    """`day` when its weekday is the one told. Else a day on the other side of the reference that is near and right: the weekday outweighs the tense."""
    if named.weekday is None or day.weekday() == named.weekday:
        return day
    reference = case.reference()
    other = [d for d in days if d.weekday() == named.weekday and abs((d - reference).days) <= _NEAR_DAYS < abs((day - reference).days)]
    if not other:
        raise case.refuse(_contradiction(day, named))
    return other[0]


def resolve_weekday(case: Case) -> Result:
    phrase = case.phrase
    day, rule, p = _weekday(case, phrase.start.weekday or 0)
    basis: Basis = "inherited_from_context" if phrase.direction in ("following", "previous") else "weekday_resolved"
    if phrase.end is None:
        return (day, shift_days(day, 1 if phrase.night else 0)), basis, rule, p
    if case.future:
        return (day, weekday_from(day, phrase.end.weekday or 0)), basis, f"{rule}, range", p
    last, rule, p = _weekday(case, phrase.end.weekday or 0)
    return (weekday_by(last, phrase.start.weekday or 0), last), basis, f"{rule}, range", p


def _weekday(case: Case, weekday: int) -> tuple[date, str, float]:
    direction = case.phrase.direction
    if direction == "following":
        return weekday_from(shift_days(case.anchored().latest, 1), weekday), "weekday after the happening before", 0.8
    if direction == "previous":
        return weekday_by(shift_days(case.anchored().earliest, -1), weekday), "weekday before the happening before", 0.8
    if (
        direction == "same"
        and case.anchor is not None
        and distance((case.anchor.earliest, case.anchor.latest), weekday_nearest(case.anchor.earliest, weekday)) == 0
    ):
        return weekday_nearest(case.anchor.earliest, weekday), "the weekday told before", 0.95
    reference = case.reference()
    if not case.clock.exact:
        near = case.clock.nearest_anchor(case.phrase.span.start) or reference
        return weekday_nearest(near, weekday), "weekday nearest to the date beside it", 0.5
    if direction == "next" or (case.future and direction != "last"):
        return weekday_from(shift_days(reference, 1 if direction == "next" else 0), weekday), "next such weekday after press", 0.85
    if case.phrase.ahead and direction is None:
        return weekday_from(reference, weekday), "next such weekday after press, by the words before it", 0.8
    return weekday_by(shift_days(reference, -1 if direction == "last" else 0), weekday), "latest such weekday before press", 0.95
