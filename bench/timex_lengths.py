"""Lengths of time as a TIMEX tagger marks them: "three-hour" (PT3H), "two years" (P2Y), "for weeks" (PXW).

waqai codes happenings by day and has no use for them, so they are found in the bench and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from waqai.dating.words import NUMBERS, WS

_NUMBERS = NUMBERS | {"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
# unit: its letter, how many of them, whether it is smaller than a day
_UNITS = {
    "second": ("S", 1, "T"),
    "minute": ("M", 1, "T"),
    "hour": ("H", 1, "T"),
    "day": ("D", 1, ""),
    "week": ("W", 1, ""),
    "fortnight": ("W", 2, ""),
    "weekend": ("WE", 1, ""),
    "month": ("M", 1, ""),
    "quarter": ("Q", 1, ""),
    "year": ("Y", 1, ""),
    "decade": ("Y", 10, ""),
    "century": ("Y", 100, ""),
    "centurie": ("Y", 100, ""),
}
UNIT = rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
SMALL = "|".join(sorted((w for w in _NUMBERS if w not in ("a", "an", "hundred", "zero")), key=len, reverse=True))
_NUMBER = rf"(?P<number>\d{{1,4}}(?:\.\d)?(?:{WS}1/2)?|{_TENS}[ -]{_ONES}|(?:a{WS}|one{WS})hundred|{SMALL}|an?)"
_ADJECTIVE = r"(?:(?:more|additional|full|straight|consecutive|trading|business|working|calendar|fiscal|whole|extra|further|other|long|short)\s)?"
_TO = rf"(?:(?:{WS}(?:to|or){WS}|-)(?:\d{{1,3}}|{SMALL}))?"
_LENGTH = re.compile(
    rf"(?<![\w.$/-])(?:the{WS}(?:first|last|past|next|final|latest|previous|early|coming){WS})?{_NUMBER}{_TO}(?P<half>{WS}and{WS}a{WS}half)?"
    rf"(?P<join>{WS}|-){_ADJECTIVE}{UNIT}(?P<plural>s?)\b(?P<old>[ -]old\b)?(?!-(?!long|old|end))",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    rf"(?<![\w.-])(?:(?:the|these){WS}(?:first|last|past|next|final|recent|coming|early){WS})?"
    rf"(?P<vague>(?:a{WS})?few|several|many|(?:a{WS})?couple{WS}of|a{WS}number{WS}of)"
    rf"(?:{WS}|-)(?:more{WS}|past{WS}|recent{WS})?{UNIT}s?\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"\b(?:(?:for|over|in|within|after|took|takes|take|lasted|spent|of|following|until){WS})"
    rf"(?P<span>(?:the{WS}(?:early|past|coming|intervening){WS})?{UNIT}s)\b(?!{WS}(?:ago|later|earlier|before|after))",
    re.IGNORECASE,
)
_LONG = re.compile(rf"(?<![\w-]){UNIT}s?-(?:long|old)\b", re.IGNORECASE)
_A_UNIT = re.compile(
    rf"\b(?P<before>for|in|within|after|over|lasted|last|least|than|takes?|took|nearly|almost|about|of|just|only|barely|another|extra|as|spend|spent|is)"
    rf"{WS}(?P<span>(?:an?|one|another|an{WS}additional|an{WS}extra|half{WS}an?)(?:{WS}|-){UNIT})\b(?!s)(?!{WS}(?:ago|later|earlier|before|after|when|that)\b)",
    re.IGNORECASE,
)
_OVER = re.compile(rf"\b(?:the{WS})?(?P<span>(?:past|last|next|coming|previous){WS}(?P<unit>decade|century|quarter|two{WS}quarters))\b", re.IGNORECASE)


class Timex(NamedTuple):
    """One tagged stretch: offsets, TIMEX3 type, value."""

    start: int
    end: int
    type: str
    value: str | None


def length_value(number: float | str, unit: str) -> str:
    """The TIMEX value of so many units ("X": nobody knows how many).

    >>> length_value(3, "hours"), length_value(2.5, "year"), length_value("X", "decades"), length_value(2, "fortnight")
    ('PT3H', 'P2Y6M', 'PXE', 'P4W')
    """
    letter, times, small = _UNITS[unit.lower().removesuffix("s") if unit.lower() not in _UNITS else unit.lower()]
    if isinstance(number, str):
        letter = {10: "E", 100: "C"}.get(times, letter)
        return f"P{small}{number}{letter}"
    if number % 1 and letter in ("Y", "H"):
        return f"P{small}{int(number) * times}{letter}" + ("6M" if letter == "Y" else "30M")
    return f"P{small}{number * times:g}{letter}"


def number_value(words: str) -> float:
    """The number that a numeral or number words write.

    >>> number_value("5 1/2"), number_value("twenty four"), number_value("a hundred")
    (5.5, 24.0, 100.0)
    """
    words = " ".join(words.lower().replace("-", " ").split())
    if words[0].isdigit():
        return float(words.split()[0]) + 0.5 * words.endswith(" 1/2")
    parts = [_NUMBERS[word] for word in words.split()]
    return 100.0 if parts[-1] == 100 else float(sum(parts))


def find_lengths(plain: str) -> Iterator[Timex]:
    """Durations: counted, vague and bare ones."""
    for match in _LENGTH.finditer(plain):
        if (built := _length(plain, match)) is not None:
            yield built
    for match in _VAGUE.finditer(plain):
        few = "couple" in match["vague"].lower()
        yield Timex(match.start(), match.end(), "DURATION", length_value(2 if few else "X", match["unit"]))
    for match in _BARE.finditer(plain):
        yield Timex(match.start("span"), match.end(), "DURATION", length_value("X", match["unit"]))
    for match in _LONG.finditer(plain):
        number: float | str = "X" if match[0].lower().startswith(match["unit"].lower() + "s") else 1
        yield Timex(match.start(), match.end(), "DURATION", length_value(number, match["unit"]))
    for match in _A_UNIT.finditer(plain):
        yield Timex(match.start("span"), match.end(), "DURATION", length_value(1, match["unit"]))
    for match in _OVER.finditer(plain):
        unit = match["unit"].lower()
        yield Timex(match.start("span"), match.end(), "DURATION", length_value(2 if " " in unit else 1, unit.split()[-1]))


def _length(plain: str, match: re.Match[str]) -> Timex | None:
    number, unit = number_value(match["number"]) + 0.5 * bool(match["half"]), match["unit"]
    hyphened, one = match["join"] == "-", match["number"].lower() in ("a", "an")
    if one and not match["half"]:
        return None
    if not match["plural"] and not hyphened and number != 1 and match.end() < len(plain) and not plain[match.end()].isspace():
        return None
    if (match["old"] and unit.lower() == "year") or re.match(r"\s+(?:old|of\s+age)\b", plain[match.end() : match.end() + 10]):
        return None  # an age
    if re.match(r"\s+(?:mark|in prison)\b", plain[match.end() : match.end() + 10]) or (number == 1 and match["plural"]):
        return None
    return Timex(match.start(), match.end(), "DURATION", length_value(number, unit))
