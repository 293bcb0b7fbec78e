"""What a TIMEX tagger marks beside dates: lengths of time ("three-hour", P..), what comes back ("every week", SET) and vague times ("now", "recently").

waqai codes happenings by day and has no use for these, so they are found here and nowhere else. Each finder takes folded text and gives `Timex`es.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from waqai.dating.words import WS

_NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
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
_UNIT = rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_SMALL = "|".join(sorted((w for w in _NUMBERS if w not in ("a", "an", "hundred", "zero")), key=len, reverse=True))
_NUMBER = rf"(?P<number>\d{{1,4}}(?:\.\d)?(?:{WS}1/2)?|{_TENS}[ -]{_ONES}|(?:a{WS}|one{WS})hundred|{_SMALL}|an?)"
_ADJECTIVE = r"(?:(?:more|additional|full|straight|consecutive|trading|business|working|calendar|fiscal|whole|extra|further|other|long|short)\s)?"
_TO = rf"(?:(?:{WS}(?:to|or){WS}|-)(?:\d{{1,3}}|{_SMALL}))?"
_LENGTH = re.compile(
    rf"(?<![\w.$/-])(?:the{WS}(?:first|last|past|next|final|latest|previous|early|coming){WS})?{_NUMBER}{_TO}(?P<half>{WS}and{WS}a{WS}half)?"
    rf"(?P<join>{WS}|-){_ADJECTIVE}{_UNIT}(?P<plural>s?)\b(?P<old>[ -]old\b)?(?!-(?!long|old|end))",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    rf"(?<![\w.-])(?:(?:the|these){WS}(?:first|last|past|next|final|recent|coming|early){WS})?(?P<vague>(?:a{WS})?few|several|many|a{WS}couple{WS}of|couple{WS}of|a{WS}number{WS}of)"
    rf"(?:{WS}|-)(?:more{WS}|past{WS}|recent{WS})?{_UNIT}s?\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"\b(?:(?:for|over|in|within|after|took|takes|take|lasted|spent|of|following|until){WS})(?P<span>(?:the{WS}(?:early|past|coming|intervening){WS})?{_UNIT}s)\b(?!{WS}(?:ago|later|earlier|before|after))",
    re.IGNORECASE,
)
_LONG = re.compile(rf"(?<![\w-]){_UNIT}s?-(?:long|old)\b", re.IGNORECASE)
_A_UNIT = re.compile(
    rf"\b(?P<before>for|in|within|after|over|lasted|last|least|than|takes?|took|nearly|almost|about|of|just|only|barely|another|extra|as|spend|spent|is)"
    rf"{WS}(?P<span>(?:an?|one|another|an{WS}additional|an{WS}extra|half{WS}an?)(?:{WS}|-){_UNIT})\b(?!s)(?!{WS}(?:ago|later|earlier|before|after|when|that)\b)",
    re.IGNORECASE,
)
_OVER = re.compile(rf"\b(?:the{WS})?(?P<span>(?:past|last|next|coming|previous){WS}(?P<unit>decade|century|quarter|two{WS}quarters))\b", re.IGNORECASE)
_EVERY = re.compile(
    rf"\b(?P<lead>every|each|per)(?P<other>{WS}other|{WS}(?P<number>{_SMALL}|\d{{1,2}}))?{WS}"
    rf"(?:(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)|(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|December))"
    rf"|(?P<season>spring|summer|autumn|fall|winter)|(?P<part>morning|afternoon|evening|night)|{_UNIT})s?\b",
    re.IGNORECASE,
)
_EACH_OF = re.compile(rf"\beach{WS}of{WS}the{WS}(?:last|past){WS}(?:{_SMALL}|\d+){WS}{_UNIT}s\b", re.IGNORECASE)
_OFTEN = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y"}
_OFTEN_WORD = re.compile(rf"\b(?<!-)(?:{'|'.join(_OFTEN)})\b(?!-)", re.IGNORECASE)
_A_RATE = re.compile(
    rf"(?<=[a-z%\d.] )(?P<span>an?{WS}(?P<unit>day|week|month|year))\b(?!{WS}(?:ago|later|earlier|before|after|of|in|old|for|to|from|since|when|that|or)\b|-|')",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(r"\b(?:\d[\d.,]*|times?|once|twice|million|billion|thousand|hundred|hundreds|dozens|thousands|interviews|barrels|dollars|flights|percent|%|CDs)\W+(?:\w+\W+){0,3}$")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
_REFS = {
    "PRESENT_REF": r"(?:right |just |even |until |for )?(?P<a>now)(?!-)|(?P<b>currently|presently|these days|nowadays|at present|at the moment|this time)|(?P<c>(?:the )?current)"
    r"(?! (?:fiscal|year|quarter|month|week|events|affairs))",
    "PAST_REF": r"(?:more |most |until )?(?P<d>recently|lately)|(?P<e>(?:the |a |its |their |in )?recent)(?= [a-z])(?! (?:days|weeks|months|years|quarters))"
    r"|in (?P<f>the past|the recent past)(?! [a-z\d]+ (?:day|week|month|year|quarter|decade|hour|season)s?\b)(?= ?[.,;:'\"]|$| [a-z]+)(?! (?:two|three|few|several|week|month|year|decade|day))"
    r"|(?P<g>a|the) once(?= [a-z])",
    "FUTURE_REF": r"(?P<h>the (?:near |foreseeable |immediate |distant )?future|soon(?! (?:as|after)\b)|the near term|the short term|(?:the )?coming (?:weeks|months|days|years)|one day)",
}
_REF = {value: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for value, pattern in _REFS.items()}


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
    if match["old"] and unit.lower() == "year" or re.match(r"\s+(?:old|of\s+age)\b", plain[match.end() : match.end() + 10]):
        return None  # an age
    if re.match(r"\s+(?:mark|in prison)\b", plain[match.end() : match.end() + 10]) or (number == 1 and match["plural"]):
        return None
    return Timex(match.start(), match.end(), "DURATION", length_value(number, unit))


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


def find_references(plain: str) -> Iterator[Timex]:
    """Vague times: PRESENT_REF, PAST_REF, FUTURE_REF."""
    for value, pattern in _REF.items():
        for match in pattern.finditer(plain):
            group = match.lastgroup or 0
            yield Timex(match.start(group), match.end(), "DATE", value)
