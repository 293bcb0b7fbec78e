"""What comes back, as a TIMEX tagger marks it (type SET): "every week", "each July", "daily", "four flights a week"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.timex_lengths import SMALL, UNIT, Timex, length_value, number_value
from waqai.dating.words import WS

_EVERY = re.compile(
    rf"\b(?P<lead>every|each|per)(?P<other>{WS}other|{WS}(?P<number>{SMALL}|\d{{1,2}}))?{WS}"
    rf"(?:(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)|(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|December))"
    rf"|(?P<season>spring|summer|autumn|fall|winter)|(?P<part>morning|afternoon|evening|night)|{UNIT})s?\b",
    re.IGNORECASE,
)
_EACH_OF = re.compile(rf"\beach{WS}of{WS}the{WS}(?:last|past){WS}(?:{SMALL}|\d+){WS}{UNIT}s\b", re.IGNORECASE)
_OFTEN = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y"}
_OFTEN_WORD = re.compile(rf"\b(?<!-)(?:{'|'.join(_OFTEN)})\b(?!-)", re.IGNORECASE)
_A_RATE = re.compile(
    rf"(?<=[a-z%\d.] )(?P<span>an?{WS}(?P<unit>day|week|month|year))\b"
    rf"(?!{WS}(?:ago|later|earlier|before|after|of|in|old|for|to|from|since|when|that|or)\b|-|')",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(
    r"\b(?:\d[\d.,]*|times?|once|twice|million|billion|thousand|hundred|hundreds|dozens|thousands|interviews|barrels|dollars|flights|percent|%|CDs)\W+(?:\w+\W+){0,3}$"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}


def find_sets(plain: str) -> Iterator[Timex]:
    """What comes back: "every week", "each July", "daily", "four flights a week"."""
    for match in _EVERY.finditer(plain):
        yield Timex(match.start(), match.end(), "SET", _every(match))
    for match in _EACH_OF.finditer(plain):
        yield Timex(match.start(), match.end(), "SET", length_value(1, match["unit"]))
    for match in _OFTEN_WORD.finditer(plain):
        yield Timex(match.start(), match.end(), "SET", _OFTEN[match[0].lower()])
    for match in _A_RATE.finditer(plain):
        if _RATE_BEFORE.search(plain[max(0, match.start() - 60) : match.start()]):
            yield Timex(match.start("span"), match.end("span"), "SET", length_value(1, match["unit"]))


def _every(match: re.Match[str]) -> str:
    if match["weekday"]:
        return f"XXXX-WXX-{_WEEKDAYS.index(match['weekday'][:3].lower()) + 1}"
    if match["month"]:
        return f"XXXX-{_MONTHS.index(match['month'][:3].lower()) + 1:02d}"
    if match["season"]:
        return f"XXXX-{_SEASONS[match['season'].lower()]}"
    if match["part"]:
        return f"XXXX-XX-XX{_PARTS[match['part'].lower()]}"
    other = (match["other"] or "").strip().lower()
    return length_value(2 if other == "other" else number_value(match["number"]) if match["number"] else 1, match["unit"])
