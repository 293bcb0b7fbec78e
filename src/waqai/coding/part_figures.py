"""Figures that are parts of another: "Twelve people were killed, five of them policemen", "181 dead: 124 jihadists, 50 soldiers, seven civilians"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from waqai.reading.bounds import Quantity

_OF_THEM = r"\b(?:of|among) (?:them|whom|(?:these|those|the)(?: (?:people|men|prisoners|inmates|detainees|dead|wounded|escapees|fugitives))?)"
_BEHIND = re.compile(rf"[ ,]*{_OF_THEM}\b", re.IGNORECASE)
_BEFORE = re.compile(rf"{_OF_THEM},? $", re.IGNORECASE)
_REACH = 24  # characters beside a number
_IN_PHRASE = frozenset(("nummod", "appos", "pobj", "prep", "conj", "quantmod"))
_TIES = frozenset(("link", "tie", "connection"))
_LEAST = 3  # parts of a sum; that two numbers add up to a third is too often chance
_MOST = 5


def is_part(quantity: Quantity, text: str) -> bool:
    """Whether the words behind or before the number make it a part of one told before, and its clause only says what kind of people the part are."""
    start, end = quantity.phrase.start, quantity.phrase.end
    if quantity.low <= 1 or not _says_what_they_are(quantity):
        return False
    if quantity.noun is None and quantity.head.dep_ == "nsubj" and quantity.head.head.lemma_.lower() == "belong":
        return True
    beside = _BEHIND.match(text, end) or _BEHIND.search(text, start, end) or _BEFORE.search(text[max(0, start - _REACH) : start])
    return beside is not None


def _says_what_they_are(quantity: Quantity) -> bool:
    """ "five of them policemen", "390 of these belonged to the Taliban", "35 of them are militants"; not "nine of them confessed"."""
    token = quantity.head
    while token.dep_ in _IN_PHRASE and token.head is not token:
        token = token.head
    if token.dep_ in ("npadvmod", "nsubj") and token.head.pos_ in ("NOUN", "PROPN", "ADJ"):
        return True
    verb = token.head if token.dep_ in ("nsubj", "nsubjpass") else token
    tied = verb.lemma_ == "have" and any(t.dep_ == "dobj" and t.lemma_.lower() in _TIES for t in verb.children)
    return verb.lemma_.lower() == "belong" or (verb.lemma_ == "be" and any(t.dep_ == "attr" for t in verb.children)) or token.dep_ == "npadvmod" or tied


def find_whole(quantity: Quantity, *, before: Sequence[Quantity], beside: Sequence[Quantity]) -> Quantity | None:
    """The last number `before` whose value is the sum of this one with at least two of those `beside` it, None where there is none."""
    others = [q for q in beside if q is not quantity and q.best is not None]
    if quantity.best is None or len(others) > 2 * _MOST:
        return None
    sums = {quantity.best + sum(q.best or 0 for q in chosen) for size in range(_LEAST - 1, _MOST) for chosen in combinations(others, size)}
    return next((q for q in reversed(before) if q.best in sums and q.best > quantity.best), None)
