"""Puts phrases on the calendar that count from the report's day ("last week") or from another happening ("a week later")."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from waqai.dating.case import YEAR_OF, Case, Result
from waqai.dating.days import Days, month_days, shift_days, shift_month, week_days, weekday_by, weekday_from, year_days
from waqai.dating.phrase import Dated

_DAYS_IN = {"hour": 0.0, "day": 1.0, "week": 7.0, "weekend": 7.0, "month": 30.44, "quarter": 91.3, "year": 365.25}
_RECENT_DAYS = {"hour": 1, "day": 7, "week": 30, "month": 183, "year": 5 * 365}


def resolve_relative_day(case: Case) -> Result:
    day = shift_days(case.report_day(), (case.phrase.amount or (0, 0))[0])
    if case.phrase.night:
        return (shift_days(day, -1), day), "relative_to_report", "the night before press", 0.9
    return (day, day), "relative_to_report", "day counted from press", 0.95


def resolve_period(case: Case) -> Result:
    phrase, unit = case.phrase, case.phrase.unit or "day"
    told = phrase.direction == "this" and "this" not in phrase.words.lower().split()  # "earlier in the week": of the story, not of the report
    reference = case.reference() if unit in ("month", "year") or (unit == "week" and told) else case.report_day()
    p = 0.85 if case.clock.exact else 0.5
    if phrase.direction == "recent":
        return (shift_days(reference, -_RECENT_DAYS.get(unit, 7)), reference), "relative_to_report", f"recent {unit}s", 0.5
    if phrase.direction in ("past", "coming"):
        low, high = phrase.amount or (1, 1)
        count = max(low, 3) if low < high else high  # "the past few days", "in past weeks": three of them
        reach = max(1, round(count * (_DAYS_IN[unit] or 1 / 24)))
        days = (reference, shift_days(reference, reach)) if phrase.direction == "coming" else (shift_days(reference, -reach), reference)
        return days, "relative_to_report", f"{phrase.direction} {unit}s counted from press", p
    step = {"last": -1, "next": 1}.get(phrase.direction or "this", 0)
    return _part_of_period(case, _PERIODS[unit](reference, step), reference, step), "relative_to_report", f"{phrase.direction} {unit}", p


def _weekend(reference: date, step: int) -> Days:
    """This weekend is the latest that had begun; the last one is not the one that the report stands in."""
    saturday = weekday_by(reference, 5) if step <= 0 else weekday_from(shift_days(reference, 1), 5)
    if step < 0 and (reference - saturday).days <= 1:
        saturday = shift_days(saturday, -7)
    return saturday, shift_days(saturday, 1)


_PERIODS: dict[str, Callable[[date, int], Days]] = {
    "week": week_days,
    "weekend": _weekend,
    "month": lambda day, step: month_days(*shift_month(day, step)),
    "year": lambda day, step: year_days(day.year + step),
    "day": lambda day, step: (shift_days(day, step), shift_days(day, step)),
}


def _part_of_period(case: Case, days: Days, reference: date, step: int) -> Days:
    """The told part of a period; of the one that the report stands in, only what had passed by then (what is to come, with `future`)."""
    part, unit = case.phrase.part, case.phrase.unit
    if part not in (None, "earlier", "later") and unit in ("month", "year"):
        days = month_days(days[0].year, days[0].month, part) if unit == "month" else year_days(days[0].year, part)
        if step == 0 and days[0] > reference and not (case.future or case.phrase.ahead):  # told as past: that of the period before
            before = shift_days(reference.replace(day=1), -1)
            days = month_days(before.year, before.month, part) if unit == "month" else year_days(reference.year - 1, part)
    if unit == "weekend":
        saturday = weekday_from(reference, 5)
        return (saturday, shift_days(saturday, 1)) if case.future and step == 0 else days
    if step == 0 and days[0] <= reference <= days[1]:
        return (reference, days[1]) if case.future or case.phrase.ahead or part == "later" else (days[0], reference)
    return days


def resolve_ago(case: Case) -> Result:
    unit, (low, high) = case.phrase.unit or "day", case.phrase.amount or (1, 1)
    reference = case.reference() if unit == "year" else case.report_day()
    days = _counted_back(reference, unit, low, high)
    return days, "relative_to_report", f"{unit}s {'before' if high > 0 else 'after'} press", (0.9 if low == high else 0.6) if high > 0 else 0.5


def _counted_back(reference: date, unit: str, low: float, high: float) -> Days:
    """Days and weeks ago are days; months ago are months, years ago years: no more exact than the words."""
    if unit == "year":
        return year_days(reference.year - round(high))[0], year_days(reference.year - round(low))[1]
    if unit == "month":
        return month_days(*shift_month(reference, -round(high)))[0], month_days(*shift_month(reference, -round(low)))[1]
    if unit == "hour":
        return shift_days(reference, -max(1, round(high / 24))), shift_days(reference, -round(low / 48))
    return shift_days(reference, -high * _DAYS_IN[unit]), shift_days(reference, -low * _DAYS_IN[unit])


def resolve_anchored(case: Case) -> Result:
    phrase, anchor = case.phrase, case.anchored()
    unit = phrase.unit or "day"
    if phrase.amount is None:
        return _neighbour_period(anchor, unit, YEAR_OF.get(phrase.direction or "same", 0)), "inherited_from_context", f"{phrase.direction} {unit}", 0.8
    low, high = phrase.amount
    if phrase.direction == "before":
        days = _counted_back(anchor.earliest, unit, low, high)[0], _counted_back(anchor.latest, unit, low, high)[1]
    else:
        days = _counted_on(anchor, unit, low, high)
    return days, "inherited_from_context", f"{unit}s {phrase.direction} the happening before", 0.8 if low == high else 0.5


def _counted_on(anchor: Dated, unit: str, low: float, high: float) -> Days:
    if unit == "year":
        return year_days(anchor.earliest.year + round(low))[0], year_days(anchor.latest.year + round(high))[1]
    if unit == "month":
        return month_days(*shift_month(anchor.earliest, round(low)))[0], month_days(*shift_month(anchor.latest, round(high)))[1]
    if unit == "hour":
        return anchor.earliest, shift_days(anchor.latest, max(1, round(high / 24)))
    return shift_days(anchor.earliest, low * _DAYS_IN[unit]), shift_days(anchor.latest, high * _DAYS_IN[unit])


def _neighbour_period(anchor: Dated, unit: str, step: int) -> Days:
    """The same day, the following week, the previous month: a day is the anchor's own, moved; longer periods are whole."""
    if unit in ("day", "hour"):
        return shift_days(anchor.earliest, step), shift_days(anchor.latest, step)
    period = _PERIODS[unit]
    return period(anchor.earliest, step)[0], period(anchor.latest, step)[1]
