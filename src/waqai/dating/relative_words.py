"""Finds phrases that count from the day of the report ("last week", "three days ago") or from another happening ("the same day", "a week later")."""

from __future__ import annotations

import re
from typing import cast

from waqai.dating.phrase import DatePhrase, Direction, Unit
from waqai.dating.pieces import PART, Rule, direction_of, make_phrase, part_of, said
from waqai.dating.tense import points_ahead
from waqai.dating.words import NUMBER, ORDINALS, WS, number_of

Amount = tuple[float, float]

_VAGUE: dict[str, Amount] = {"few": (3, 9), "several": (3, 9), "couple": (2, 3)}  # few, several: CODING.md's 3..9
_PLURAL: Amount = (2, 9)
_MODIFIER = re.compile(r"\b(about|around|some|roughly|approximately|more than|over|at least|nearly|almost|less than|under|not)\s+$", re.IGNORECASE)
_PERIOD_BEHIND = re.compile(r"\s+(?:this|last|the same|that|in the|on|today|yesterday)\b", re.IGNORECASE)  # "for two hours earlier this week"
_WILL = re.compile(r"\b(?:will|would|shall|going\s+to|scheduled|expected|due|set\s+to|plans?|planned)\b[^.;]*$", re.IGNORECASE)
_STOP = re.compile(r"\s*(?:$|[.,;:!?)\]\"])")
_SHIFTS = {"yesterday": -1, "tomorrow": 1}
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|year)"
_COUNT = rf"(?:(?P<number>{NUMBER})(?P<half>{WS}and{WS}a{WS}half)?(?:{WS}|-)|(?P<vague>(?:a{WS})?few|several|a{WS}couple(?:{WS}of)?){WS})"
_AMOUNT = rf"{_COUNT}?(?:more{WS})?{_UNIT}(?P<plural>s?)"
_NEXT = rf"(?<!the )(?<!very )next(?={WS}(?:day|morning|evening|night)\b)"  # "next day": not of the report, but of the story
_DAY_PART = r"(?:morning|afternoon|evening|night|dawn|midday|noon)"


def _unit_of(word: str) -> tuple[Unit, float]:
    """The unit and how many of it one is: a fortnight is two weeks.

    >>> _unit_of("fortnight")
    ('week', 2.0)
    """
    return ("week", 2.0) if word.lower() == "fortnight" else (cast(Unit, word.lower()), 1.0)


def _amount_of(plain: str, match: re.Match[str], times: float) -> Amount:
    """How many units the words count, as (low, high); "about", "nearly" and "more than" in front widen it."""
    if match["number"] is None:
        vague = said(match, "vague")
        return next((v for w, v in _VAGUE.items() if w in vague.split()), _PLURAL) if vague else _PLURAL
    value = (number_of(match["number"]) + (0.5 if match["half"] else 0)) * times
    before = _MODIFIER.search(plain[max(0, match.start() - 16) : match.start()])
    word = " ".join(before[1].lower().split()) if before else "exactly"
    low, high = {"exactly": (1.0, 1.0), "more than": (1, 2), "over": (1, 2), "at least": (1, 2)}.get(word, (0.75, 1.25))
    return (value / 2, value) if word in ("nearly", "almost", "less than", "under", "not") else (low * value, high * value)


def _is_counted(match: re.Match[str]) -> bool:
    """Whether the words give some number of units: not the "day after" of "day after day"."""
    return bool(match["number"] or match["vague"] or match["plural"])


def _build_relative_day(plain: str, match: re.Match[str]) -> DatePhrase | None:
    words = " ".join(match["word"].lower().split())
    shift = _SHIFTS.get(words.split()[0], 0) + 2 * words.endswith("day after tomorrow") - 2 * words.endswith("day before yesterday")
    return make_phrase("relative_day", plain, match.start(), match.end(), unit="day", amount=(shift, shift), night=words in ("overnight", "last night"))


def _build_period(plain: str, match: re.Match[str]) -> DatePhrase | None:
    unit, times = _unit_of(match["unit"])
    amount = (times, times) if times > 1 else None
    return make_phrase("relative_period", plain, match.start(), match.end(), unit=unit, direction=direction_of(match), part=part_of(match), amount=amount)


def _build_earlier_in(plain: str, match: re.Match[str]) -> DatePhrase | None:
    unit, _ = _unit_of(match["unit"])
    if unit == "day":
        return make_phrase("anchored", plain, match.start(), match.end(), unit="day", direction="same")
    return make_phrase("relative_period", plain, match.start(), match.end(), unit=unit, direction="this", part=part_of(match))


def _build_weekend(plain: str, match: re.Match[str]) -> DatePhrase | None:
    way = said(match, "way") or "this"
    direction: Direction = "next" if way in ("next", "coming") else "last" if way == "last" else "this"
    return make_phrase("relative_period", plain, match.start(), match.end(), unit="weekend", direction=direction)


def _build_stretch(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """The past two days, in the last ten days, in recent weeks, the coming days."""
    unit, times = _unit_of(match["unit"])
    way = match["way"].lower()
    if way == "recent":
        return make_phrase("relative_period", plain, match.start(), match.end(), unit=unit, direction="recent")
    if (way == "next" and not _is_counted(match)) or (way == "last" and not _is_counted(match) and match["before"].lower().startswith("the")):
        return None
    amount = _amount_of(plain, match, times) if _is_counted(match) else (times, times)
    direction: Direction = "coming" if way in ("next", "coming") else "past"
    return make_phrase("relative_period", plain, match.start(), match.end(), unit=unit, direction=direction, amount=amount)


def _build_ago(plain: str, match: re.Match[str]) -> DatePhrase | None:
    unit, times = _unit_of(match["unit"])
    return make_phrase("ago", plain, match.start(), match.end(), unit=unit, amount=_amount_of(plain, match, times)) if _is_counted(match) else None


def _build_from_now(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """In a few days, within two weeks: from the report's day on, where the clause tells of what is to come; else a length of time."""
    ahead = _WILL.search(plain, max(0, match.start() - 100), match.start()) is not None and points_ahead(plain, match.start(), match.end())
    if not _is_counted(match) or not ahead or _PERIOD_BEHIND.match(plain, match.end()):
        return None
    unit, times = _unit_of(match["unit"])
    low, high = _amount_of(plain, match, times)
    return make_phrase("ago", plain, match.start(), match.end(), unit=unit, amount=(-high, -low))


def _build_later(plain: str, match: re.Match[str]) -> DatePhrase | None:
    if not _is_counted(match) or _PERIOD_BEHIND.match(plain, match.end()):
        return None
    unit, times = _unit_of(match["unit"])
    direction: Direction = "before" if said(match, "way") in ("earlier", "before", "prior", "previously") else "after"
    amount, named = _amount_of(plain, match, times), _names_anchor(plain, match)
    return make_phrase("anchored", plain, match.start(), match.end(), unit=unit, amount=amount, direction=direction, names_anchor=named)


def _names_anchor(plain: str, match: re.Match[str]) -> bool:
    """Whether "after" or "before" is followed by what it counts from ("after the meeting", "before he was caught"), not by a stop or a verb."""
    return said(match, "way") in ("after", "before") and _STOP.match(plain, match.end()) is None


def _build_same(plain: str, match: re.Match[str]) -> DatePhrase | None:
    word = match["unit"].lower()
    unit: Unit = cast(Unit, word) if word in ("week", "weekend", "month", "year") else "day"
    way = (said(match, "way") or "").split()[-1]
    direction: Direction = "same" if way in ("same", "that") else "previous" if way in ("previous", "preceding") else "following"
    return make_phrase("anchored", plain, match.start(), match.end(), unit=unit, direction=direction, night=word == "night", part=part_of(match))


def _build_neighbour(plain: str, match: re.Match[str]) -> DatePhrase | None:
    """The day before, the week after."""
    word = match["unit"].lower()
    unit: Unit = cast(Unit, word) if word in ("week", "month", "year") else "day"
    direction: Direction = "previous" if match["way"].lower() == "before" else "following"
    named = _names_anchor(plain, match)
    return make_phrase("anchored", plain, match.start(), match.end(), unit=unit, direction=direction, names_anchor=named)


def _build_nth_day(plain: str, match: re.Match[str]) -> DatePhrase | None:
    shift = ORDINALS[match["nth"].lower()] - 1
    return make_phrase("anchored", plain, match.start(), match.end(), unit="day", amount=(shift, shift), direction="after")


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


RULES: tuple[Rule, ...] = (
    Rule(
        _compile(
            rf"\b(?:(?:early|earlier|late|later){WS})?(?P<word>(?:the{WS})?day{WS}before{WS}yesterday|(?:the{WS})?day{WS}after{WS}tomorrow"
            rf"|(?:yesterday|tomorrow)(?:{WS}(?:at{WS})?{_DAY_PART})?|today|tonight|overnight|last{WS}night|this{WS}{_DAY_PART}|right{WS}now|at{WS}this{WS}moment)\b"
        ),
        _build_relative_day,
    ),
    Rule(_compile(rf"\b{PART}?(?P<direction>last|this{WS}past|this|next)(?:{WS}|-)(?P<unit>week|month|year|fortnight)\b(?!-)"), _build_period),
    Rule(_compile(rf"\b(?P<part>earlier|later|early|late){WS}in{WS}the{WS}(?P<unit>day|week|month|year)\b"), _build_earlier_in),
    Rule(
        _compile(rf"\b(?:(?:late|early){WS})?(?:(?:over|on|at|during|by){WS})?(?:(?:the|this){WS})?(?:(?P<way>past|last|coming|next){WS})?weekend\b"),
        _build_weekend,
        ("weekend",),
    ),
    Rule(
        _compile(
            rf"\b(?P<before>(?:in|over|during|within|for|of){WS}(?:the{WS})?|the{WS})(?P<way>recent|past|last|coming|next){WS}{_COUNT}?{_UNIT}(?P<plural>s?)\b"
        ),
        _build_stretch,
    ),
    Rule(_compile(rf"\b{_AMOUNT}{WS}ago\b"), _build_ago, ("ago",)),
    Rule(_compile(rf"\bin{WS}(?:about{WS}|around{WS})?{_AMOUNT}\b(?!{WS}(?:of|in|and|to)\b|-)"), _build_from_now),
    Rule(_compile(rf"\b{_AMOUNT}{WS}(?P<way>later|earlier|afterwards?|after|before|prior|previously)\b"), _build_later),
    Rule(
        _compile(
            rf"\b{PART}?(?P<way>(?:the|that|this|on{WS}the|at{WS}the){WS}(?:very{WS})?same|{_NEXT}|the{WS}(?:very{WS})?(?:following|next|previous|preceding)|that)"
            rf"{WS}(?P<unit>day|night|morning|evening|afternoon|weekend|week|month|year)\b"
        ),
        _build_same,
    ),
    Rule(_compile(rf"\bthe{WS}(?P<unit>day|night|evening|morning|week|month|year){WS}(?P<way>before|after)\b(?!{WS}(?:yesterday|tomorrow))"), _build_neighbour),
    Rule(
        _compile(
            rf"\bon{WS}(?:the|its){WS}(?P<nth>{'|'.join(ORDINALS)}){WS}day\b(?!{WS}of{WS}(?:the{WS})?(?:holy{WS}month|Muslim|Eid|Ramad|Muharram|Now|Feast))"
        ),
        _build_nth_day,
    ),
)
