"""Joins neighbouring pieces into one phrase: "Sunday" + "June 18", "today" + "Wednesday", "August" + "last year", "March" + "May 2020"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from waqai.core import Span
from waqai.dating.phrase import DatePhrase, Named

_BESIDE = re.compile(r"\s*,?\s*(?:the\s+|on\s+|a\s+)?\Z")
_BRACKET = re.compile(r"\s*,?\s*[(\[]\s*\Z")
_OF = re.compile(r"\s*,?\s+(?:of\s+)?\Z")
_THROUGH = re.compile(r"(?:\s*-\s*|\s+(?:to|until|till|through|into|up to)\s+)(?:on\s+|the\s+)?\Z", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|or)\s+(?:on\s+|the\s+)?\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+)?\Z", re.IGNORECASE)
_YEAR_SHIFTS = {"last": -1, "this": 0, "next": 1}
_RANGED = ("day", "weekday", "month", "year")


def join_pieces(plain: str, pieces: Iterable[DatePhrase]) -> list[DatePhrase]:
    """The pieces in order, those that make one phrase joined. `plain` is the folded text that their spans lie in."""
    joined: list[DatePhrase] = []
    for piece in pieces:
        joined.append(piece)
        while len(joined) > 1 and (one := _join(plain, joined[-2], joined[-1])) is not None:
            joined[-2:] = [one]
    return joined


def _join(plain: str, left: DatePhrase, right: DatePhrase) -> DatePhrase | None:
    gap = plain[left.span.end : right.span.start]
    if len(gap) > 12 or re.search(r"\n\s*\n", gap):
        return None
    return _join_beside(plain, left, right, gap) or _join_year(plain, left, right, gap) or _join_range(plain, left, right, gap)


def _over(plain: str, left: DatePhrase, right: DatePhrase, base: DatePhrase, *, close: bool = False, **fields: object) -> DatePhrase:
    """`base` stretched over both pieces, and over a closing bracket when asked."""
    closing = re.match(r"\s*[)\]]", plain[right.span.end : right.span.end + 3]) if close else None
    span = Span(left.span.start, right.span.end + (closing.end() if closing else 0))
    return replace(base, span=span, words=" ".join(span.of(plain).split()), **fields)  # type: ignore[arg-type]


def _join_beside(plain: str, left: DatePhrase, right: DatePhrase, gap: str) -> DatePhrase | None:
    """Two names of one day: a weekday and its date in either order, "today" or "the same day" and its weekday or date."""
    bracket = _BRACKET.match(gap) is not None
    if not (bracket or _BESIDE.match(gap)) or left.end or right.end:
        return None
    night = left.night or right.night
    if left.kind == "weekday" and right.kind == "day" and right.start.weekday is None and right.start.month:
        named = replace(right.start, weekday=left.start.weekday)
        return _over(plain, left, right, right, close=bracket, start=named, night=night)
    if left.kind == "day" and right.kind == "weekday" and left.start.weekday is None and ("," in gap or bracket):
        return _over(plain, left, right, left, close=bracket, start=replace(left.start, weekday=right.start.weekday), night=night)
    if (
        left.kind in ("relative_day", "anchored")
        and left.unit == "day"
        and right.kind in ("day", "weekday")
        and left.direction in (None, "same")
        and ("," in gap or bracket)
    ):
        return _over(plain, left, right, right, close=bracket)
    return None


def _join_year(plain: str, left: DatePhrase, right: DatePhrase, gap: str) -> DatePhrase | None:
    """A day or month and the year it is told of: "in August last year", "January 4 of this year", "March nineteen ninety-one"."""
    if left.kind in ("day", "month") and not left.start.year and right.kind == "year" and right.words[:1].isalpha() and right.end is None and _OF.match(gap):
        return _over(plain, left, right, left, start=replace(left.start, year=right.start.year))
    if left.kind not in ("day", "month") or left.start.year or left.direction or right.unit != "year" or not _OF.match(gap):
        return None
    if right.kind == "relative_period" and right.direction in _YEAR_SHIFTS and right.part is None:
        return _over(plain, left, right, left, year_shift=_YEAR_SHIFTS[right.direction])
    if right.kind == "anchored" and right.amount is None and right.direction in ("same", "following", "previous"):
        return _over(plain, left, right, left, direction=right.direction)
    return None


def _join_range(plain: str, left: DatePhrase, right: DatePhrase, gap: str) -> DatePhrase | None:
    """Two ends of a range: "from March to May 2020", "Friday and Saturday"; with "and" only after "between", or for neighbours."""
    if left.kind != right.kind or left.kind not in _RANGED or left.end or right.end:
        return None
    between = _BETWEEN.search(plain[max(0, left.span.start - 16) : left.span.start]) is not None
    if not (_THROUGH.match(gap) or (_AND.match(gap) and (between or _are_neighbours(left.start, right.start)))):
        return None
    first = left.start
    if first.year is None and right.start.year is not None:
        turns = (first.month or 0, first.day or 0) > (right.start.month or 0, right.start.day or 0)
        first = replace(first, year=right.start.year - turns)
    return _over(plain, left, right, right, start=first, end=right.start, part=left.part, direction=left.direction or right.direction, night=False)


def _are_neighbours(left: Named, right: Named) -> bool:
    """Whether the right name is the very next one: Friday and Saturday, March and April, 2011 and 2012."""
    if left.weekday is not None and right.weekday is not None and not (left.day or right.day):
        return (right.weekday - left.weekday) % 7 == 1
    if left.month and right.month and not (left.day or right.day):
        return right.month - left.month == 1
    if left.month and left.day and right.day:
        return right.month == left.month and right.day - left.day == 1
    return bool(left.year and right.year and not (left.month or right.month) and right.year - left.year == 1)
