"""Times of day beside a date: "9 a.m. Tuesday", "on Tuesday at 0100 GMT", "noon Thursday", "Friday morning".

Happenings are dated by day, so a time only rides along with its day. Two things follow from it: a day in brackets behind a local time ("1 a.m. on Tuesday
(2200 GMT Monday)") is the same happening told by another clock, and no second date; and where only that other clock's day is told, late in the evening of
it, the local day may be the next.
"""

from __future__ import annotations

import re

from waqai.dating.words import WS

_ZONE = r"(?:\s?\(?(?:GMT|UTC|Z|EST|EDT|E[DS]T|C[DES]T|P[DS]T|local\s+time|BST|(?:Moscow|Baghdad|Beirut|Kabul|Damascus|Iraqi|Syrian|Israeli)\s+time)\b\)?,?)"
_CLOCK = (
    r"(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b\.?|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?:\s?(?:hrs|hours))?"
    r"|(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?=\s?(?:GMT|UTC|hours|hrs|local))(?:\s?(?:hrs|hours))?"
    r"|(?P<bare>1[0-2]|[1-9])(?:\s+o'clock)?\s+(?:in\s+the\s+(?P<part>morning|afternoon|evening)|at\s+(?P<night>night))|(?P<word>noon|midday|midnight)"
)
CLOCK = re.compile(rf"(?<![\d:.$£€-])(?<!\d,)\b(?:{_CLOCK})(?!\w){_ZONE}?", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\d:.$-])(?:\b)(?:{_CLOCK})(?!\w){_ZONE}?(?:\s?\([^()\n]{{1,24}}\))?,?\s+(?:on\s+|late\s+|early\s+|of\s+)?$", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?:T(?=\d)|,?\s+(?:at\s+)?(?:about\s+|around\s+|approximately\s+|shortly\s+(?:before|after)\s+|just\s+(?:before|after)\s+|exactly\s+)?)(?:{_CLOCK})(?!(?!Z\b)\w|-){_ZONE}?",
    re.IGNORECASE,
)
_PART_BEHIND = re.compile(r"(?:'s)?\s+(?:at\s+)?(morning|afternoon|evening|night)\b", re.IGNORECASE)
_PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "overnight": "TNI", "tonight": "TNI"}
_PART_WITHIN = re.compile(rf"\b(morning|afternoon|evening|night|overnight|tonight)(?:{WS}|$)", re.IGNORECASE)
_OTHER_ZONE = re.compile(
    r"\((?:[^()\n]{0,24}\b)?(?:(?P<hour24>[01]?\d|2[0-3])[:.]?(?P<minute24>[0-5]\d)|\d{1,2}\s?[ap]\.?m\.?)\s?(?:GMT|UTC|local\s+time|E[DS]T)\s+(?:on\s+|late\s+)?$",
    re.IGNORECASE,
)
_WORDS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"}


def clock_value(match: re.Match[str]) -> str:
    """The time of a match as ISO writes it.

    >>> [clock_value(m) for m in CLOCK.finditer("at 9 a.m., 12:30 p.m., 0735 GMT, noon or 4 in the morning")]
    ['T09:00', 'T12:30', 'T07:35', 'T12:00', 'T04:00']
    """
    if match["word"]:
        return _WORDS[match["word"].lower()]
    if match["military"]:
        return f"T{match['military'][:2]}:{match['military'][2:]}"
    if match["hour24"]:
        return f"T{int(match['hour24']):02d}:{match['minute24']}"
    late = (match["half"] or "").lower() == "p" or (match["part"] or "morning").lower() != "morning" or match["night"] is not None
    return f"T{int(match['hour'] or match['bare']) % 12 + 12 * late:02d}:{match['minute'] or '00'}"


def time_beside(plain: str, start: int, end: int) -> str | None:
    """The time of day told in front of `plain[start:end]`, behind it or in it; None when there is none.

    >>> time_beside("about 9 a.m. on Tuesday", 16, 23), time_beside("on Friday morning", 3, 9), time_beside("in May", 3, 6)
    ('T09:00', 'TMO', None)
    """
    before = _BEFORE.search(plain, max(0, start - 48), start)
    if before is not None:
        return clock_value(before)
    behind = _BEHIND.match(plain, end, end + 48)
    if behind is not None:
        return clock_value(behind)
    part = _PART_WITHIN.search(plain, start, end) or _PART_BEHIND.match(plain, end, end + 20)
    return _PARTS[part[1].lower()] if part else None


def other_clock(plain: str, start: int, end: int) -> re.Match[str] | None:
    """The bracket in front of a day that another clock tells: "(2200 GMT Monday)"."""
    return _OTHER_ZONE.search(plain, max(0, start - 48), start) if plain[end : end + 1] == ")" else None
