"""Puts phrases on the calendar that name a stretch of it: months, years, seasons, quarters."""

from __future__ import annotations

from datetime import date

from waqai.dating.case import Case, Result
from waqai.dating.days import Days, distance, month_days, quarter_days, season_days, year_days
from waqai.dating.on_calendar import AHEAD_DAYS, day_near, told_year
from waqai.dating.phrase import Named


def resolve_month(case: Case) -> Result:
    phrase = case.phrase
    year, rule, p = _year_of_month(case, phrase.end or phrase.start)
    first, last = month_days(year, (phrase.end or phrase.start).month or 1, phrase.part if phrase.end is None else None)
    if phrase.end is not None:
        month = phrase.start.month or 1
        first_year = phrase.start.year or (year if month <= (phrase.end.month or 1) else year - 1)
        return (month_days(first_year, month, phrase.part)[0], last), "explicit", f"{rule}, range", p
    return _clipped(case, (first, last)), "explicit", rule, p


def _year_of_month(case: Case, named: Named) -> tuple[int, str, float]:
    """The year of a month: told, or the latest such month that had begun by the reference (the next that has not ended, with `future`)."""
    direction = case.phrase.direction
    year = named.year if named.year is not None else told_year(case)
    if year is not None:
        return year, "month and year", 0.98
    reference, month = case.reference(), named.month or 1
    if not case.clock.exact:
        year = reference.year + min((-1, 0, 1), key=lambda shift: distance(month_days(reference.year + shift, month), reference))
        return day_near(case, [date(year, month, 1)]).year, "month nearest to the text's own date", 0.7
    ahead = case.phrase.ahead and 0 < distance(month_days(reference.year + (month < reference.month), month), reference) <= AHEAD_DAYS
    if direction == "next" or ((case.future or ahead) and direction is None):
        begun = month < reference.month or (direction == "next" and month == reference.month)
        return reference.year + begun, "next such month after press", 0.85
    later = month > reference.month or (direction == "last" and month == reference.month)
    return reference.year - (later and direction != "this"), "latest such month before press", 0.93


def _clipped(case: Case, days: Days) -> Days:
    """ "Earlier in February", "earlier this year": not after the day of the report when that lies in it; "later": not before."""
    reference = case.clock.reference
    if reference and days[0] <= reference <= days[1]:
        if case.phrase.part == "earlier":
            return days[0], reference
        if case.phrase.part == "later" and case.future:
            return reference, days[1]
    return days


def resolve_year(case: Case) -> Result:
    phrase = case.phrase
    first, last = year_days(phrase.start.year or 1, phrase.part)
    if phrase.end is not None:
        return (first, year_days(phrase.end.year or 1)[1]), "explicit", "years", 0.98
    return _clipped(case, (first, last)), "explicit", "year", 0.98


def resolve_year_modifier(case: Case) -> Result:
    days, basis, _, _ = resolve_year(case)
    return days, basis, "year of the thing named, not of a happening", 0.3


def resolve_season(case: Case) -> Result:
    phrase, season = case.phrase, case.phrase.start.season or 0
    if phrase.start.year is not None:
        if season == 3:  # "the winter of 2016" may begin or end in it
            return (season_days(phrase.start.year - 1, 3)[0], season_days(phrase.start.year, 3)[1]), "explicit", "winter of either side", 0.6
        return season_days(phrase.start.year, season), "explicit", "season and year", 0.95
    reference = case.reference() if phrase.direction is not None else case.report_day()
    seasons = [season_days(reference.year + shift, season) for shift in (-2, -1, 0, 1)]
    if phrase.direction == "next":
        return next(s for s in seasons if s[0] > reference), "relative_to_report", "next season", 0.8
    if phrase.direction == "last":
        return [s for s in seasons if s[1] < reference][-1], "relative_to_report", "latest season that had ended", 0.7
    return min(seasons, key=lambda s: distance(s, reference)), "relative_to_report", "season nearest to the report", 0.85


def resolve_quarter(case: Case) -> Result:
    named = case.phrase.start
    quarter = named.quarter or 1
    if named.year is not None:
        return quarter_days(named.year, quarter), "explicit", "quarter and year", 0.97
    reference = case.reference()
    year = reference.year - (quarter_days(reference.year, quarter)[0] > reference and not case.future)
    return quarter_days(year, quarter), "explicit", "latest such quarter before press", 0.8
