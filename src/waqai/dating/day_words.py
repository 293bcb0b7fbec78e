"""Finds phrases that name a day: "June 18, 2023", "3-5 June", "2023-06-18", "on Sunday", "New Year's Eve". One pattern and one builder each.

A builder gets the folded text and a match, and gives a `DatePhrase` or None when the words are no date after all ("may 18 people", "every Friday").
"""

from __future__ import annotations

import re
from dataclasses import replace

from waqai.dating.phrase import DatePhrase, Named
from waqai.dating.pieces import DIRECTION, Rule, direction_of, make_phrase, names_month
from waqai.dating.words import (
    COUNTED,
    DAY_NUMBER,
    LEVANTINE,
    MAYBE_WS,
    MONTH,
    SHORT_WEEKDAY,
    WEEKDAY,
    WS,
    YEAR,
    leading_int,
    month_number,
    weekday_number,
)

_HEAD = 400  # so near to its beginning a text has its stamp
_HOUR = rf"(?:(?:early|late|later){WS}(?:on{WS})?)?"
_TO_DAY = rf"(?P<link>{MAYBE_WS}-{MAYBE_WS}|{WS}(?:to|and|or|until|through){WS}(?:the{WS})?)"
_ANY_MONTH = f"(?:{MONTH}|{LEVANTINE})"
_AFTER_SECOND_DAY = re.compile(
    r"\s*(?:$|[.,;:)\]\"'-]|(?:in|at|on|when|as|by|the|with|for|after|before|and|to|of|during|near|from|against|between|while|that|were|was|are|had|has)\b)"
)
_NO_WEEKDAY_AFTER = re.compile(rf"\b(?:every|each|most|alternate|Black|Good|Bloody|Palm|Easter|Ash|Holy|Man|Mr|Mrs){WS}$", re.IGNORECASE)
_NAME_AFTER_WEEKDAY = re.compile(
    rf"{WS}(?:Times|Telegraph|Mirror|Mail|Express|Trust|Punch|Vanguard|Independent|World|Herald|Star|Post|Tribune|Guardian|Sun|Market|Mosque)\b"
)
_LATE_NIGHT = re.compile(r"late\b.*\bnight$", re.IGNORECASE | re.DOTALL)  # it may run past midnight
_EVENT_NOUN = re.compile(rf"{WS}(?:(?:terror|terrorist|hamas|hamas-led){WS})?(?:attacks?|massacre|assault|attackers|hijack\w+|terrorists)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:versions?|sections?|articles?|chapters?|paragraphs?|clauses?|tables?|figures?|channels?|rated|scored?|averaged?)\W+$", re.I)
_MEASURED = (
    r"(?:%|per\b|percent\w*|points?|thousand|million|billion|trillion|lakhs?|crores?|times|seconds?|minutes?|hours?|days?|weeks?|months?|years?|met(?:er|re)s?"
    r"|kilomet(?:er|re)s?|km|miles?|feet|inch(?:es)?|acres?|hectares?|tons?|tonnes?|kg|kilo(?:gram)?s?|lit(?:er|re)s?|barrels?|degrees?|dollars?|euros?)\b"
)
_LEAD = r"night|morning|evening|afternoon|dawn|eve|(?:early|small)\s(?:hours|morning)"
_TAIL = r"at\snight|night|morning|evening|afternoon|noon|midday|midnight|dawn|at\s(?:dawn|noon|midnight)"


def _day_of_year(plain: str, match: re.Match[str]) -> tuple[int | None, int]:
    """The year behind a day (None when absent, or when it counts something), and where the phrase ends."""
    if match["year"] is None or COUNTED.match(plain, match.end("year")):
        return None, max(match.end("day"), match.end("month"))
    return int(match["year"]), match.end("year")


def _last_day(plain: str, match: re.Match[str], first: int) -> int | None:
    """The second day of "June 3-5", None where the words behind make it a count: "June 18 and 25 prisoners"."""
    if match["day_b"] is None or leading_int(match["day_b"]) <= first or COUNTED.match(plain, match.end("day_b")):
        return None
    stands = "-" in match["link"] or match["year"] or _AFTER_SECOND_DAY.match(plain, match.end("day_b"))
    return leading_int(match["day_b"]) if stands else None


def _build_month_day(plain: str, match: re.Match[str]) -> DatePhrase | None:
    if not names_month(match["month"], bare=False):
        return None
    month, day, year, end = month_number(match["month"]), leading_int(match["day"]), None, match.end("day")
    last = _last_day(plain, match, day)
    if last or not match["day_b"]:
        year, end = _day_of_year(plain, match)
        end = max(end, match.end("day_b"))
    names_event = year is None and _EVENT_NOUN.match(plain, end) is not None
    until = Named(year=year, month=month, day=last) if last else None
    return make_phrase("day", plain, match.start(), end, start=Named(year=year, month=month, day=day), end=until, names_event=names_event)


def _build_day_month(plain: str, match: re.Match[str]) -> DatePhrase | None:
    if not names_month(match["month"], bare=False):
        return None
    last, (year, end) = Named(month=month_number(match["month"]), day=leading_int(match["day"])), _day_of_year(plain, match)
    last = replace(last, year=year)
    if match["day_a"] and leading_int(match["day_a"]) < leading_int(match["day"]):
        return make_phrase("day", plain, match.start(), end, start=replace(last, day=leading_int(match["day_a"])), end=last)
    return make_phrase("day", plain, match.start("day") if match["day_a"] else match.start(), end, start=last)


def _build_numeric(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """18.06.2023 is read day first; 06/18/2023 and 10/30/89 only when one order makes sense."""
    a, b, year = int(match["a"]), int(match["b"]), _full_year(int(match["year"]))
    day, month = (a, b) if match["sep"] == "." or a > 12 else (b, a)
    if month > 12 or day > 31 or (match["sep"] == "/" and a <= 12 and b <= 12 and a != b) or not (day and month):
        return None
    return make_phrase("day", plain, match.start(), match.end(), start=Named(year=year, month=month, day=day))


def _build_dotted(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """ "On 20.1", as monitors' notes write the 20th of January; "version on 2.1" is none."""
    if _NUMBERED.search(plain[max(0, match.start() - 24) : match.start()]):
        return None
    named = Named(month=int(match["month"]), day=int(match["day"]))
    return make_phrase("day", plain, match.start("day"), match.end(), start=named)


def _full_year(year: int) -> int:
    """The year that two digits write: 89 is 1989, 23 is 2023."""
    return year if year > 99 else 1900 + year if year >= 50 else 2000 + year


def _build_wire(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """The stamp of an old wire, alone on a line near the head of the text: 891030."""
    if match.start() > _HEAD:
        return None
    named = Named(year=_full_year(int(match["year"])), month=int(match["month"]), day=int(match["day"]))
    return make_phrase("day", plain, match.start("year"), match.end("day"), start=named)


def _build_iso(plain: str, match: re.Match[str]) -> DatePhrase | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return make_phrase("day", plain, match.start(), match.end(), start=Named(year=year, month=month, day=day))


def _build_holiday(plain: str, match: re.Match[str]) -> DatePhrase | None:
    name = match["name"].lower()
    month, day = (12, 24 if "eve" in name else 25) if name.startswith("c") else (12, 31) if "eve" in name else (1, 1)
    return make_phrase("day", plain, match.start("name"), match.end(), start=Named(month=month, day=day))


def _build_weekday(plain: str, match: re.Match[str]) -> DatePhrase | None:
    if _NO_WEEKDAY_AFTER.search(plain[max(0, match.start() - 12) : match.start()]) or _NAME_AFTER_WEEKDAY.match(plain, match.end("weekday")):
        return None
    night = bool(match["overnight"]) or (match["lead"] or "").lower() == "night" or _LATE_NIGHT.match(match[0]) is not None
    named = Named(weekday=weekday_number(match["weekday"]))
    return make_phrase("weekday", plain, match.start(), match.end(), start=named, direction=direction_of(match), night=night)


def _build_short_weekday(plain: str, match: re.Match[str]) -> DatePhrase | None:
    return make_phrase("weekday", plain, match.start("weekday"), match.end("weekday"), start=Named(weekday=weekday_number(match["weekday"])))


RULES: tuple[Rule, ...] = (
    Rule(re.compile(r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)(?P<s>[-/])(?P<month>\d\d)(?P=s)(?P<day>\d\d)(?![\d/-])"), _build_iso),
    Rule(re.compile(r"(?<![\w/.-])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?![\w/])"), _build_numeric),
    Rule(re.compile(r"(?<![\w/.-])(?P<a>\d{1,2})(?P<sep>/)(?P<b>\d{1,2})/(?P<year>\d\d)(?![\w/]|\.\d)"), _build_numeric),
    Rule(
        re.compile(rf"\b(?:[Oo]n|[Bb]y|[Ss]ince|[Uu]ntil){WS}(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0?[1-9]|1[0-2])\.?(?![\w.%]|,\d|{WS}{_MEASURED})"),
        _build_dotted,
    ),
    Rule(re.compile(r"(?<![^\n])[^\S\n]*(?P<year>[5-9]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=\s*(?:\n|$))"), _build_wire),
    Rule(
        re.compile(
            rf"\b{_HOUR}(?P<month>{_ANY_MONTH}){WS}(?:the{WS})?(?P<day>{DAY_NUMBER})(?:{_TO_DAY}(?P<day_b>{DAY_NUMBER})(?!{WS}{MONTH}))?"
            rf"(?:(?:{MAYBE_WS},{MAYBE_WS}|{WS})(?:of{WS})?(?P<year>{YEAR}))?",
            re.IGNORECASE,
        ),
        _build_month_day,
    ),
    Rule(
        re.compile(
            rf"(?<![\w$£€])(?<!\d[.,:/-]){_HOUR}(?:(?P<day_a>{DAY_NUMBER}){_TO_DAY})?(?P<day>{DAY_NUMBER})(?:{WS}|-)(?:day{WS})?(?:of{WS})?(?:the{WS}month{WS}of{WS})?"
            rf"(?P<month>{_ANY_MONTH})(?!\w)(?:(?:,?{WS}(?:of{WS})?|-)(?P<year>{YEAR}))?",
            re.IGNORECASE,
        ),
        _build_day_month,
    ),
    Rule(
        re.compile(
            rf"\b(?:(?:early|earlier|late|later|before{WS}dawn|at{WS}dawn|dawn)(?:{WS}(?:on|of|in{WS}the{WS}(?:day|evening|night){WS}on))?{WS})?"
            rf"(?:(?P<overnight>overnight)(?:{WS}(?:on|from|into|to|until|through))?{WS})?(?:(?P<lead>{_LEAD}){WS}(?:of|from|between){WS})?"
            rf"(?:{DIRECTION}{WS})?(?P<weekday>{WEEKDAY})(?!\w)(?:{WS}(?:{_TAIL})\b)?",
            re.IGNORECASE,
        ),
        _build_weekday,
    ),
    Rule(re.compile(rf"\b(?P<weekday>{SHORT_WEEKDAY}),?{WS}(?={DAY_NUMBER}|{MONTH})"), _build_short_weekday),
    Rule(re.compile(rf"\b(?P<name>New{WS}Year'?s{WS}(?:Day|Eve)|Christmas{WS}(?:Day|Eve))\b", re.IGNORECASE), _build_holiday),
)
