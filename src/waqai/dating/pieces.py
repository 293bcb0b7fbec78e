"""What the finders of date phrases share: how a phrase is made, and the words that pick a part or a direction ("early", "last")."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from waqai.core import Span
from waqai.dating.phrase import DatePhrase, Direction, Kind, Part
from waqai.dating.words import LEVANTINE_MONTHS, WS

Builder = Callable[[str, "re.Match[str]"], DatePhrase | None]


class Rule(NamedTuple):
    """A pattern, what builds a phrase of its match, and words (lower case) of which a text must hold one for the pattern to be worth a try."""

    pattern: re.Pattern[str]
    build: Builder
    words: tuple[str, ...] = ()


PARTS: dict[str, Part] = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "first days": "early",
    "opening days": "early",
    "first weeks": "early",
    "first months": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
    "last days": "late",
    "final days": "late",
    "last weeks": "late",
    "earlier": "earlier",
    "later": "later",
    "first half": "first_half",
    "second half": "second_half",
    "first week": "first_week",
    "second week": "second_week",
    "third week": "third_week",
    "fourth week": "fourth_week",
    "last week": "last_week",
    "final week": "last_week",
}
PART = (
    rf"(?:(?:(?P<part>early|mid|late|earlier|later)(?:-|{WS}(?:on{WS})?(?:in{WS})?)"
    rf"|(?:the{WS})?(?P<part_of>beginning|start|middle|end|(?:first|last|opening|final){WS}(?:days|weeks|months)|(?:first|second){WS}half|(?:first|second|third|fourth|last|final){WS}week){WS}of{WS}))"
)
DIRECTIONS: dict[str, Direction] = {
    "last": "last",
    "this": "this",
    "next": "next",
    "past": "last",
    "this past": "last",
    "this coming": "next",
    "coming": "next",
    "the same": "same",
    "that same": "same",
    "this same": "same",
    "that": "same",
    "the following": "following",
    "following": "following",
    "the previous": "previous",
    "previous": "previous",
}
DIRECTION = rf"(?P<direction>this{WS}past|this{WS}coming|(?:the|that|this){WS}same|the{WS}following|the{WS}previous|last|this|next|past|coming|that)"


def make_phrase(kind: Kind, plain: str, start: int, end: int, /, **fields: object) -> DatePhrase:
    """A phrase over `plain[start:end]`, its words with white space folded."""
    return DatePhrase(span=Span(start, end), words=" ".join(plain[start:end].split()), kind=kind, **fields)  # type: ignore[arg-type]


def said(match: re.Match[str], group: str) -> str | None:
    """The words of a named group, in lower case with white space folded; None where the pattern has no such group or it stayed empty."""
    words = match.groupdict().get(group)
    return " ".join(words.lower().split()) if words else None


def part_of(match: re.Match[str]) -> Part | None:
    """The part of a month or year that the words before it name."""
    words = said(match, "part") or said(match, "part_of")
    if words is None:
        return None
    return PARTS.get(words) or ("early" if words.split()[0] in ("first", "opening") else "late")


def direction_of(match: re.Match[str]) -> Direction | None:
    """Where "last", "this", "the following" and the like point."""
    words = said(match, "direction")
    return DIRECTIONS[words] if words else None


def names_month(word: str, *, bare: bool) -> bool:
    """Whether a match for a month is written as one: "may 18", "mar 5" and a lower-case "august" are not."""
    name = word.rstrip(".")
    if name.lower() in LEVANTINE_MONTHS or " " in name:
        return not bare and word[0].isupper()
    short = len(name) <= 4 and name.lower() not in ("june", "july")
    return word[0].isupper() or not (bare or short or name.lower() == "march")
