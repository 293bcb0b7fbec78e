"""A date phrase of ours as TIMEX3: one stretch with its value, two where the phrase is a range."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.timex_extra import Timex, length_value
from waqai.dating import DatePhrase, DayRange

_SEASONS = ("SP", "SU", "FA", "WI")
_JOINER = re.compile(r"\s*-\s*|\s+(?:to|until|till|through|into|up to|and|or)\s+", re.IGNORECASE)
_NOW = re.compile(r"\b(?:right now|at this moment)$", re.IGNORECASE)


def tag_phrase(phrase: DatePhrase, days: DayRange | None, plain: str) -> Iterator[Timex]:
    """The stretches that a TIMEX tagger marks for the phrase; `days` None: not on the calendar."""
    start, end = phrase.span.start, phrase.span.end
    joiner = _JOINER.search(plain, start, end) if phrase.end is not None and days is not None else None
    if joiner is not None and days is not None:
        yield Timex(start, joiner.start(), "DATE", _grain(phrase, days, last=False))
        yield Timex(joiner.end(), end, "DATE", _grain(phrase, days, last=True))
        return
    length = _length(phrase, days)
    if length is not None:
        yield Timex(start, end, "DATE" if length.endswith("_REF") else "DURATION", length)
        return
    yield Timex(start, end, "DATE", timex_value(phrase, days) if days is not None else None)


def _grain(phrase: DatePhrase, days: DayRange, *, last: bool) -> str:
    day = days.latest if last else days.earliest
    return f"{day:%Y-%m}" if phrase.kind == "month" else f"{day.year}" if phrase.kind == "year" else f"{day}"


def _length(phrase: DatePhrase, days: DayRange | None) -> str | None:
    """Stretches that TIMEX tells as lengths or as vague times: "the past two years", "two weeks after the raid", "in recent months"."""
    unit, vague = phrase.unit or "day", re.search(r"\b(?:few|several|many)\b", phrase.words, re.IGNORECASE)
    if _NOW.search(phrase.words):
        return "PRESENT_REF"
    if phrase.direction == "recent":
        return "PAST_REF"
    if phrase.kind == "ago" and vague and unit in ("year", "month"):
        return "PAST_REF"
    if phrase.kind == "relative_period" and phrase.direction in ("past", "coming") and phrase.amount is not None:
        counted = not vague and phrase.amount[0] == phrase.amount[1] and not (phrase.amount[0] == 1 and unit in ("year", "week", "month"))
        if counted or vague or phrase.amount[0] < phrase.amount[1]:
            return length_value(phrase.amount[0] if counted else 2 if "couple" in phrase.words else "X", unit)
    if phrase.kind == "anchored" and phrase.amount is not None and (phrase.names_anchor or vague or days is None):
        low, high = phrase.amount
        exact = not vague and re.search(r"\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)\b", phrase.words, re.IGNORECASE)
        return length_value(round((low + high) / 2) if exact else "X", unit) if exact or vague else None
    return None


def timex_value(phrase: DatePhrase, days: DayRange) -> str:
    """The TIMEX3 value of the resolved phrase, no finer than its words."""
    day, unit, middle = days.earliest, phrase.unit, days.earliest + (days.latest - days.earliest) / 2
    if unit in ("week", "weekend") and (phrase.kind == "ago" or (phrase.kind in ("relative_period", "anchored") and phrase.amount is None)):
        return f"{middle.isocalendar().year}-W{middle.isocalendar().week:02d}" + ("-WE" if unit == "weekend" else "")
    if phrase.kind == "month" or (unit == "month" and phrase.direction not in ("past", "coming")):
        return f"{middle:%Y-%m}"
    if phrase.kind == "year" and phrase.end is not None and days.latest.year - day.year == 9:
        return f"{day.year // 10}X"
    if phrase.kind in ("year", "year_modifier") or (unit == "year" and not phrase.year_shift and phrase.kind != "day"):
        return f"{day.year}"
    if phrase.kind == "season":
        return f"{day.year}-{_SEASONS[phrase.start.season or 0]}"
    if phrase.kind == "quarter":
        return f"{day.year}-Q{phrase.start.quarter}"
    return f"{day}{_time_of(phrase)}"


def _time_of(phrase: DatePhrase) -> str:
    """The part or time of day behind a day's value."""
    words = phrase.words.lower()
    if phrase.kind not in ("day", "weekday", "relative_day"):
        return ""
    return next((value for word, value in (("morning", "TMO"), ("afternoon", "TAF"), ("evening", "TEV"), ("night", "TNI")) if words.endswith(word)), "")
