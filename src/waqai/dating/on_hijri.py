"""Puts dates of the Hijri calendars on ours. Without a year, by the report's day, as for our own months; without that day, they are refused."""

from __future__ import annotations

from waqai.dating.case import Case, Result
from waqai.dating.days import Days, distance, shift_days
from waqai.dating.hijri import hijri_day, hijri_month, hijri_year
from waqai.dating.phrase import HijriDate

_NEAR_DAYS = 92
_SOON_DAYS, _LONG_DAYS = 45, 180  # so near ahead, and so long ago, that the one to come is meant ("two days short of Eid")
_OUR_YEARS = 1800  # a greater number behind a Hijri month is a year of ours


def resolve_hijri(case: Case) -> Result:
    """The days; a single lunar day is widened by one on either side, as the moon is sighted."""
    hijri = case.phrase.hijri
    if hijri is None:
        raise case.refuse("it is of no Hijri calendar")
    days, told = _chosen(case, hijri)
    name = "Umm al-Qura" if hijri.calendar == "lunar" else "Solar Hijri"
    if hijri.calendar == "lunar" and hijri.day is not None and days[0] == days[1]:
        return (shift_days(days[0], -1), shift_days(days[1], 1)), "explicit", f"{name} calendar, a day either way by sighting, {told}", 0.9
    return _part(case, days), "explicit", f"{name} calendar, {told}", 0.9


def _chosen(case: Case, hijri: HijriDate) -> tuple[Days, str]:
    """The days in the year that is told, or in the one that the report's day points to."""
    if hijri.year is not None and hijri.year < _OUR_YEARS:
        return _one(case, _in_years(hijri, [hijri.year])), "year given"
    our_year = hijri.year if hijri.year is not None else case.reference().year + case.phrase.year_shift if case.phrase.year_shift is not None else None
    if our_year is not None:
        first = (our_year - 622) * 33 // 32 if hijri.calendar == "lunar" else our_year - 622
        return _one(case, [days for days in _in_years(hijri, range(first, first + 4)) if days[0].year == our_year]), "year given"
    reference = case.reference()
    year = hijri_year(hijri.calendar, reference)
    found = sorted(_in_years(hijri, range(year - 2, year + 3))) if year is not None else []
    if not case.clock.exact:
        return _one(case, sorted(found, key=lambda days: distance(days, reference))), "nearest to the text's own date"
    coming = [days for days in found if days[1] >= reference]
    near = bool(coming) and (coming[0][0] - reference).days <= _NEAR_DAYS
    if case.phrase.direction == "next" or (case.phrase.direction is None and (case.future or (case.phrase.ahead and near))):
        return _one(case, [days for days in coming if days[0] > reference or case.phrase.direction != "next"]), "next after press"
    begun = [days for days in found if days[0] <= reference and (case.phrase.direction != "last" or days[1] < reference)]
    if (
        case.phrase.direction is None
        and coming
        and (not begun or ((reference - begun[-1][1]).days > _LONG_DAYS and (coming[0][0] - reference).days <= _SOON_DAYS))
    ):
        return coming[0], "nearest to press"
    return _one(case, begun[::-1]), "latest before press"


def _in_years(hijri: HijriDate, years: range | list[int]) -> list[Days]:
    """The days of the date in each of these Hijri years; of a bare Eid both feasts."""
    months = [(hijri.month, hijri.day, hijri.last_day)]
    if hijri.is_either and hijri.day is not None:
        months.append((12, hijri.day + 9, hijri.last_day + 9 if hijri.last_day else None))
    found = []
    for year in years:
        for month, first_day, last_day in months:
            if first_day is None:
                days = hijri_month(hijri.calendar, year, month)
            else:
                first, last = hijri_day(hijri.calendar, year, month, first_day), hijri_day(hijri.calendar, year, month, last_day or first_day)
                days = (first, last) if first and last else None
            if days is not None:
                found.append(days)
    return found


def _one(case: Case, found: list[Days]) -> Days:
    if not found:
        raise case.refuse("that calendar has no such day, or its tables do not reach so far")
    return found[0]


def _part(case: Case, days: Days) -> Days:
    """The told part of a month: its first, middle or last third, or week."""
    third = (days[1] - days[0]).days // 3
    part = case.phrase.part
    if part in ("early", "first_week"):
        return days[0], shift_days(days[0], third if part == "early" else 6)
    if part == "mid":
        return shift_days(days[0], third), shift_days(days[1], -third)
    if part in ("late", "last_week"):
        return shift_days(days[1], -third if part == "late" else -6), days[1]
    return days
