"""A number as printed, with how firmly it is given: exactly, about, at least, up to, between two numbers.

Conventions of gold format 1 (gold/CODING.md, "Counts"): "about n" is n give or take 10 %, "nearly n" 0.9 n to n, "at least n" has no upper end, "up to n"
starts at 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from waqai.core import Span
from waqai.parsing.numbers import parse_number

_MODIFIERS = {
    **dict.fromkeys(("at least", "a minimum of", "more than", "over", "above", "in excess of", "upwards of"), "at_least"),
    **dict.fromkeys(("no fewer than", "not fewer than", "no less than", "not less than"), "at_least"),
    **dict.fromkeys(("about", "around", "some", "approximately", "roughly", "an estimated", "estimated", "circa", "or so"), "approx"),
    **dict.fromkeys(("nearly", "almost", "just under", "close to"), "nearly"),
    **dict.fromkeys(("up to", "as many as", "at most", "fewer than", "less than", "under", "no more than", "not more than"), "at_most"),
}
_MODIFIER = re.compile(r"(?:^|[\s(\"'])(" + "|".join(map(re.escape, _MODIFIERS)) + r")\s+(?:the |a |another )?$", re.IGNORECASE)
_LOWER_END = re.compile(r"(?:between |from )?(\d[\d,]*|[a-z]+)\s?(?:to|and|-|or)\s?$", re.IGNORECASE)
_MODIFIER_REACH = 30  # characters before a number in which its modifier stands
_RANGE_REACH = 28
_GIVE_OR_TAKE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as printed. `head` is the noun that it counts or the number itself, `noun` that noun's words, None where the number stands alone.

    `phrase` runs from the modifier to the noun; `best` is the number, None for vague words and ranges; `high` None is open; `unit` is a currency or None.
    """

    low: float
    high: float | None
    best: float | None
    kind: str
    phrase: Span
    head: Token
    noun: str | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The range of a number, its kind (exact, approx, at_least, at_most, range) and where its phrase starts, with the words that bound it."""

    low: float
    high: float | None
    kind: str
    start: int


def read_bounds(text: str, start: int, value: float) -> Bounds:
    """The bounds that the words before the number at `start` set.

    >>> read_bounds("at least 30 men", 9, 30)
    Bounds(low=30, high=None, kind='at_least', start=0)
    >>> read_bounds("about 30 men", 6, 30)
    Bounds(low=27, high=33, kind='approx', start=0)
    """
    offset = max(0, start - _MODIFIER_REACH)
    before = _MODIFIER.search(text[offset:start])
    if before is None:
        return Bounds(value, value, "exact", start)
    kind, begin = _MODIFIERS[before[1].lower()], offset + before.start(1)
    if kind == "at_least":
        return Bounds(value, None, kind, begin)
    if kind == "at_most":
        return Bounds(0, value, kind, begin)
    low, high = _rounded((1 - _GIVE_OR_TAKE) * value, value), _rounded((1 + _GIVE_OR_TAKE) * value, value)
    return Bounds(low, value if kind == "nearly" else high, "approx", begin)


def read_range(text: str, start: int, value: float) -> Bounds | None:
    """The range that the number at `start` closes ("between 10 and 15", "10 to 15", "10-15"), or None.

    >>> read_range("between 10 and 15 men", 15, 15)
    Bounds(low=10, high=15, kind='range', start=0)
    >>> read_range("killed 10 and 15 fled", 14, 15) is None
    True
    """
    offset = max(0, start - _RANGE_REACH)
    before = _LOWER_END.search(text[offset:start])
    lower = parse_number(before[1]) if before is not None else None
    if before is None or lower is None or lower >= value:
        return None
    joined = before[0].lower()
    if "and" in joined.split() and not joined.startswith("between"):
        return None
    return Bounds(lower, value, "range", offset + before.start())


def _rounded(bound: float, printed: float) -> float:
    """A bound as whole as the number printed: of about 37 people none is a third, as coders write it (33 to 41); of 4.5 million to the cent.

    >>> _rounded(33.3, 37), _rounded(4.05, 4.5)
    (33, 4.05)
    """
    return round(bound) if printed == int(printed) else round(bound, 2)
