"""Figures of one or two persons, told as fewer than three."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from waqai.core import Count, Figure

FEW = "<3"
NOT_PERSONS = frozenset({"strikes", "amount"})
"""Measures that count no persons."""
_CHILDREN = re.compile(
    r"\b(?:minors?|child(?:ren)?|boys?|girls?|infants?|bab(?:y|ies)|juveniles?|teen(?:s|agers?)?|adolescents?|pupils?|toddlers?|newborns?|underage|schoolchildren|schoolgirls?|schoolboys?"
    r"|(?:[1-9]|1[0-7])[- ]years?[- ]olds?|aged (?:[1-9]|1[0-7]))\b",
    re.IGNORECASE,
)
C = TypeVar("C", Figure, Count)


def is_of_persons(count: Figure | Count) -> bool:
    return count.unit is None and count.measure not in NOT_PERSONS


def is_small(count: Figure | Count) -> bool:
    """Whether it tells of one or two persons, or may: "at least one" does."""
    told = [bound for bound in (count.best, count.high) if bound is not None] or [count.low]
    return is_of_persons(count) and 0 < min(told) < 3


def tell_few(count: C) -> C:
    """The same figure as fewer than three; an open one stays open."""
    return replace(count, low=min(count.low, 1), best=None, high=None if count.high is None or count.high > 2 else 2)


def speaks_of_children(words: str | None) -> bool:
    """Whether those who are counted or take part are children.

    >>> [speaks_of_children(words) for words in ("two boys", "prisoners", None)]
    [True, False, False]
    """
    return words is not None and _CHILDREN.search(words) is not None
