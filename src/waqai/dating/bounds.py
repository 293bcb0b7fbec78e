"""What a text says of the day it was written: the years and days that it speaks of as past, and the office holders that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from waqai.dating.days import day_or_none, year_days
from waqai.dating.office_holders import Term, find_terms
from waqai.dating.phrase import DatePhrase
from waqai.dating.words import fold

_AHEAD = re.compile(r"\b(?:by|until|till|before|will|would|shall|plan(?:s|ned)?|scheduled|expected|due|target|deadline|next)\b[^.;\n]{0,60}$", re.IGNORECASE)
_LONG_AGO = re.compile(r"\b(?:since|after|until|ever)\b[^.;]{0,160}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the text says of the day it was written: not before `floor`, not after `ceiling`; `years` are full years named as past."""

    floor: date | None
    ceiling: date | None
    because: tuple[str, ...]


def full_day(phrase: DatePhrase) -> date | None:
    """The day of a phrase that names year, month and day, and whose weekday, if any, agrees; else None."""
    named = phrase.end or phrase.start
    if phrase.kind != "day" or named.year is None or named.month is None or named.day is None:
        return None
    day = day_or_none(named.year, named.month, named.day)
    return day if day and named.weekday in (None, day.weekday()) else None


def find_bounds(text: str, phrases: Sequence[DatePhrase]) -> Bounds:
    """Floor and ceiling of the writing day, each with its reason."""
    plain = fold(text)
    past = [day for phrase in phrases if (day := _named_past(plain, phrase)) is not None]
    floor, because = max(past, default=None), []
    if floor is not None:
        because.append(f"the text speaks of {floor.year if (floor.month, floor.day) == (1, 1) else floor} as past")
    terms = [term for term in find_terms(text) if floor is None or term.until is None or floor <= term.until]
    floor, ceiling = _narrow(floor, terms)
    return Bounds(floor=floor, ceiling=ceiling, because=(*because, *(str(term) for term in terms)))


def _named_past(plain: str, phrase: DatePhrase) -> date | None:
    """The first day of a year, or the day, that the phrase names and the text does not put ahead."""
    year = phrase.start.year
    if year is None or _AHEAD.search(plain[max(0, phrase.span.start - 70) : phrase.span.start]):
        return None
    return full_day(phrase) or (year_days(year, phrase.part)[0] if phrase.start.month is None else day_or_none(year, phrase.start.month, 1))


def _narrow(floor: date | None, terms: Iterable[Term]) -> tuple[date | None, date | None]:
    """Floor and ceiling with the terms of office; terms that contradict each other (one is told of as past) leave no ceiling."""
    known = list(terms)
    since = max((term.since for term in known), default=None)
    until = min((term.until for term in known if term.until), default=None)
    lowest = max((d for d in (floor, since) if d), default=None)
    return lowest, until if until and (lowest is None or until >= lowest) else None


def is_current(plain: str, phrase: DatePhrase, bounds: Bounds) -> bool:
    """Whether a full date may be of the report's own time: not "since March 23, 2019", nor before an office holder that it names took office."""
    before = plain[max(0, phrase.span.start - 160) : phrase.span.start]
    day = full_day(phrase)
    return day is not None and not _LONG_AGO.search(before) and not _AHEAD.search(before[-70:]) and not (bounds.floor and day < bounds.floor and bounds.ceiling)


def is_ahead(plain: str, phrase: DatePhrase) -> bool:
    """Whether words before the phrase put it into the text's future."""
    return phrase.ahead or _AHEAD.search(plain[max(0, phrase.span.start - 70) : phrase.span.start]) is not None


def told_long_ago(plain: str, phrase: DatePhrase) -> bool:
    """Whether the text speaks of the phrase as of a time before its own: "since ... in 2019"."""
    return phrase.bearing == "since" or _LONG_AGO.search(plain[max(0, phrase.span.start - 160) : phrase.span.start]) is not None
