"""Finds decades ("the late 1980s"), years in words ("nineteen ninety-seven"), and parts of the running month or year ("the end of the month")."""

from __future__ import annotations

import re

from waqai.dating.phrase import DatePhrase, Named
from waqai.dating.pieces import PART, Rule, make_phrase, part_of, said
from waqai.dating.words import COUNTED, NUMBERS, WS

_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEEN = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_IN_YEAR = re.compile(
    r"\b(?:in|of|since|until|by|during|from|year|january|february|march|april|may|june|july|august|september|october|november|december|\d),?\s+$", re.IGNORECASE
)
_NO_DECADE = re.compile(r"\b(?:his|her|their|my|our|in\s+the\s+(?:low|mid|high)|temperatures?\s+in\s+the)[\s-]+$", re.IGNORECASE)
_THIRDS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "first_half": (0, 4), "second_half": (5, 9)}


def _build_decade(plain: str, match: re.Match[str]) -> DatePhrase | None:
    if _NO_DECADE.search(plain[max(0, match.start() - 28) : match.start()]):
        return None
    word, part = said(match, "word"), part_of(match)
    first = 1900 + _DECADES[word] if word else int(match["decade"]) if len(match["decade"]) == 4 else 1900 + int(match["decade"])
    if word is not None and first < 1960:
        return None
    low, high = _THIRDS.get(part or "", (0, 9))
    return make_phrase("year", plain, match.start(), match.end(), start=Named(year=first + low), end=Named(year=first + high))


def _build_spelled(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """Nineteen ninety-seven; twenty twenty-three, only where a year can stand."""
    if match["century"].lower() == "twenty" and not _IN_YEAR.search(plain[max(0, match.start() - 16) : match.start()]):
        return None
    rest = _TENS.get(said(match, "tens") or "", 0) + int(NUMBERS.get(said(match, "ones") or said(match, "teens") or "", 0))
    year = (1900 if match["century"].lower() == "nineteen" else 2000) + rest
    return make_phrase("year", plain, match.start(), match.end(), start=Named(year=year))


def _build_thousand(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """Two thousand and three, where a year can stand and nothing is counted; "the year two thousand"."""
    stands = match["year"] or (match["ones"] and _IN_YEAR.search(plain[max(0, match.start() - 16) : match.start()]))
    if not stands or (not match["year"] and COUNTED.match(plain, match.end())):
        return None
    return make_phrase("year", plain, match.start(), match.end(), start=Named(year=2000 + int(NUMBERS.get(said(match, "ones") or "", 0))))


def _build_end(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """The end of the month, the beginning of the year: of the one that the report stands in."""
    unit = "year" if match["unit"][:4].lower() == "year" else match["unit"].lower()
    part = part_of(match) if "part_of" in match.groupdict() else "late"
    return make_phrase("relative_period", plain, match.start(), match.end(), unit=unit, direction="this", part=part)


RULES: tuple[Rule, ...] = (
    Rule(
        re.compile(rf"(?<![\w.,/-])(?:the{WS})?{PART}?(?:the{WS})?(?P<decade>(?:18|19|20)\d0|(?<=')[2-9]0)'?s\b", re.IGNORECASE), _build_decade, ("0s", "0's")
    ),
    Rule(
        re.compile(rf"\bthe{WS}(?:{PART})?(?:the{WS})?(?P<word>{'|'.join(_DECADES)})\b(?!{WS}[a-z]*(?:percent|dollars))", re.IGNORECASE),
        _build_decade,
        (*_DECADES,),
    ),
    Rule(
        re.compile(
            rf"\b(?:the{WS}year{WS})?(?P<century>nineteen|twenty){WS}(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<ones>{_ONES}))?|(?P<teens>{_TEEN}))\b",
            re.IGNORECASE,
        ),
        _build_spelled,
        ("nineteen", "twenty"),
    ),
    Rule(
        re.compile(rf"\b(?P<year>the{WS}year{WS})?two{WS}thousand(?:{WS}(?:and{WS})?(?P<ones>{_ONES}|{_TEEN}))?\b", re.IGNORECASE),
        _build_thousand,
        ("thousand",),
    ),
    Rule(re.compile(rf"\b{PART}the{WS}(?P<unit>month|year|week)\b(?!{WS}(?:before|after|of|in|to|\d))", re.IGNORECASE), _build_end),
    Rule(re.compile(rf"\b(?:the{WS})?(?P<unit>year(?:-|{WS})end|year's{WS}end)\b", re.IGNORECASE), _build_end, ("end",)),
)
