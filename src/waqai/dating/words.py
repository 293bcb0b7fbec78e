"""The words that dates are made of, and the pieces of patterns for them.

Months: English, their short forms, and the solar month names of the Levant and Iraq as reports transliterate them (these only count with a day of
the month beside them: Tammuz and Nisan are also names of bases, camps and people). White space in a phrase may hold one line break, never a blank line.
"""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
LEVANTINE_MONTHS = {
    "kanun al-thani": 1,
    "kanoun al-thani": 1,
    "shubat": 2,
    "shbat": 2,
    "adhar": 3,
    "azar": 3,
    "nisan": 4,
    "ayyar": 5,
    "ayar": 5,
    "haziran": 6,
    "huzairan": 6,
    "tammuz": 7,
    "tamuz": 7,
    "aylul": 9,
    "ayloul": 9,
    "tishrin al-awwal": 10,
    "tishreen al-awwal": 10,
    "tishrin al-thani": 11,
    "tishreen al-thani": 11,
    "kanun al-awwal": 12,
    "kanoun al-awwal": 12,
}
WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
_UP_TO_TWENTY = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty"""
_UP_TO_TWENTY = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty"""
NUMBERS = {word: value for value, word in enumerate(re.findall(r"\w+", _UP_TO_TWENTY))} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
# words behind a number that make it a count: "in 2000 villages", "2015 GMT"
COUNTED = re.compile(
    r"[^\S\n]*\n?[^\S\n]*(?:%|percent|per cent|people|persons|men|women|children|civilians|soldiers|fighters|militants|troops|prisoners|inmates|detainees"
    r"|families|villages|houses|homes|cases|members|workers|police|officers|dollars|euros|pounds|hours?\b|hrs|gmt|utc|local time|km|kilomet|met(?:re|er)s|miles"
    r"|feet|acres|hectares|tons|tonnes|kg|votes|seats|years?\b|tents|displaced|refugees|migrants|times\b|rounds|kids|students|pupils)",
    re.IGNORECASE,
)

WS = r"(?:[^\S\n]{1,20}(?:\n[^\S\n]{0,20})?|\n[^\S\n]{0,20})"
MAYBE_WS = rf"(?:{WS})?"
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
LEVANTINE = "(?:" + "|".join(sorted((re.escape(m) for m in LEVANTINE_MONTHS), key=len, reverse=True)) + ")"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\b\.?"
DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|:\d)(?![.,]\d(?!\d{3}\b))"
YEAR = r"(?:18[5-9]\d|19\d\d|20\d\d)(?![\w%])(?![.,]\d)"
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
UNIT = r"(?:hour|day|weekend|week|fortnight|month|year)"

_FOLD = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-"})


def fold(text: str) -> str:
    """The text with straight apostrophes and plain hyphens, character for character: offsets stay.

    >>> fold("3–5 June")
    '3-5 June'
    """
    return text.translate(_FOLD)


def month_number(word: str) -> int:
    """1..12. Raises KeyError for what is no month.

    >>> month_number("Sept.")
    9
    """
    name = re.sub(r"\s+", " ", word.lower().rstrip("."))
    return MONTHS[name] if name in MONTHS else LEVANTINE_MONTHS[name]


def weekday_number(word: str) -> int:
    """0 for Monday .. 6 for Sunday.

    >>> weekday_number("Thursday")
    3
    """
    return WEEKDAYS[word.lower()[:3]]


def number_of(word: str) -> float:
    """The number that a numeral or a number word writes.

    >>> number_of("a"), number_of("24")
    (1.0, 24.0)
    """
    return float(word) if word.isdigit() else float(NUMBERS[word.lower()])


def leading_int(word: str) -> int:
    """The number in front of an ordinal's ending.

    >>> leading_int("18th")
    18
    """
    return int(re.sub(r"\D+$", "", word))
