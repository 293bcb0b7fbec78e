"""A date phrase of ours as TIMEX3: one stretch with its value, two where the phrase is a range."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bench.timex_lengths import Timex, length_value, number_value
from waqai.dating import DatePhrase, DayRange
from waqai.dating.clock_times import CLOCK, clock_value

_SEASONS = ("SP", "SU", "FA", "WI")
_JOINER = re.compile(r"\s*-\s*|\s+(?:to|until|till|through|into|up to|and|or)\s+", re.IGNORECASE)
_COUNT = re.compile(r"\d+|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty)\b", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"\b(?:(?:by|in|until|that)\s+)(?:(?:the|early|late|mid)[\s-])+(?P<part>morning|afternoon|evening)\b", re.IGNORECASE)
_PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV"}
_BESIDE = re.compile(r",?\s*(?:\([^()]{1,24}\))?,?\s*(?:T|on|at|about|around|late|early|shortly|just|before|after|[A-Z]{3}|local time|\s)*", re.IGNORECASE)
_BRACKET_BEFORE = re.compile(r"\(\s*$")
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DECADE = re.compile(r"\d0'?s\b|ties\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:right now|at this moment)$", re.IGNORECASE)


def tag_phrase(phrase: DatePhrase, days: DayRange | None, plain: str) -> Iterator[Timex]:
    """The stretches that a TIMEX tagger marks for the phrase; `days` None: not on the calendar."""
    start, end = phrase.span.start, phrase.span.end
    if phrase.kind == "year" and _DECADE.search(phrase.words):
        yield Timex(start, end, "DATE", f"{(phrase.start.year or 0) // 10}")
        return
    joiner = _JOINER.search(plain, start, end) if phrase.end is not None and days is not None else None
    if joiner is not None and days is not None:
        yield Timex(start, joiner.start(), "DATE", _grain(phrase, days, last=False))
        yield Timex(joiner.end(), end, "DATE", _grain(phrase, days, last=True))
        return
    length = _length(phrase, days)
    if length is not None:
        yield Timex(start, end, "DATE" if length.endswith("_REF") else "DURATION", length)
        return
    value = timex_value(phrase, days) if days is not None else None
    yield Timex(start, end, "TIME" if value and "T" in value else "DATE", value)


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
        number = None if vague else _COUNT.match(phrase.words)
        return length_value(number_value(number[0]) if number else "X", unit) if number or vague else None
    return None


def timex_value(phrase: DatePhrase, days: DayRange) -> str:
    """The TIMEX3 value of the resolved phrase, no finer than its words."""
    day, unit, middle = days.earliest, phrase.unit, days.earliest + (days.latest - days.earliest) / 2
    if unit in ("week", "weekend") and (phrase.kind in ("ago", "day") or (phrase.kind in ("relative_period", "anchored") and phrase.amount is None)):
        return f"{middle.isocalendar().year}-W{middle.isocalendar().week:02d}" + ("-WE" if unit == "weekend" else "")
    if phrase.kind == "month" or (unit == "month" and phrase.direction not in ("past", "coming")):
        return f"{middle:%Y-%m}"
    if phrase.kind in ("year", "year_modifier") or (unit == "year" and not phrase.year_shift and phrase.kind != "day"):
        return f"{day.year}"
    if phrase.kind == "season":
        return f"{day.year}-{_SEASONS[phrase.start.season or 0]}"
    if phrase.kind == "quarter":
        return f"{day.year}-Q{phrase.start.quarter}"
    return f"{day}{phrase.time or ''}"


def find_times(plain: str, dates: Sequence[Timex], published: date) -> Iterator[Timex]:
    """Times of day that stand alone ("at 10 p.m.", "by mid-afternoon"), on the last day told before them, else on that of the report."""
    for pattern in (CLOCK, _PART_OF_DAY):
        for match in pattern.finditer(plain):
            if not _BRACKET_BEFORE.search(plain, max(0, match.start() - 8), match.start()) and not any(_is_beside(plain, match, timex) for timex in dates):
                told = next((t.value[:10] for t in reversed(dates) if t.start < match.start() and t.value and _FULL_DAY.match(t.value)), str(published))
                value = clock_value(match) if pattern is CLOCK else _PARTS[match["part"].lower()]
                yield Timex(match.start(), match.end(), "TIME", told + value)


def _is_beside(plain: str, match: re.Match[str], timex: Timex) -> bool:
    """Whether the time rides along with this day."""
    left, right = (match.end(), timex.start) if match.end() <= timex.start else (timex.end, match.start())
    return left <= right <= left + 30 and _BESIDE.fullmatch(plain, left, right) is not None
