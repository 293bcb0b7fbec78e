"""Runs of capitalised words, with what can stand inside a name: where a place name can be found."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

ARTICLES = frozenset(("al", "el", "ad", "ash", "as", "at", "an", "ar", "ez", "az", "ed", "er"))
"""The small article of Arabic names, as it is put before a hyphen."""
_INNER = frozenset(("of", "the", "de", "la", "del", "el", "al", "upon", "sur"))
_DATED = frozenset(("DATE", "TIME"))


def iter_runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token ranges [start, end) of capitalised words with what can stand inside a name ("Ras al - Ain", "Kingdom of Saudi Arabia", "Deir ez-Zor")."""
    i = 0
    while i < len(doc):
        if not _is_capital(doc[i]):
            i += 1
            continue
        end = i + 1
        while end < len(doc) and not doc[end].is_sent_start and (step := _step(doc, end)):
            end += step
        yield i, end
        i = end


def iter_parts(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The run itself, then its ends from long to short.

    >>> list(iter_parts(0, 3))
    [(0, 3), (1, 3), (0, 2), (2, 3)]
    """
    yield start, end
    for size in range(end - start - 1, 0, -1):
        yield end - size, end
        if size > 1:
            yield start, start + size


def _is_capital(token: Token) -> bool:
    if not token.text[0].isupper():
        return False
    return token.is_alpha or (any(c.isalpha() for c in token.text) and token.pos_ in ("PROPN", "NOUN", "ADJ", "DET", "X"))


def _step(doc: Doc, i: int) -> int:
    """How many tokens from here on still belong to the run: 0 ends it."""
    token = doc[i]
    if _is_capital(token) and token.ent_type_ not in _DATED:
        return 1
    if i + 1 == len(doc):
        return 0
    following = doc[i + 1]
    if token.text in ("-", "'") and not doc[i - 1].whitespace_ and not token.whitespace_ and following.text[0].isalpha():
        return 2
    if token.lower_ in ARTICLES and following.text == "-":
        return 3 if i + 2 < len(doc) else 2
    return 2 if token.lower_ in _INNER and token.lower_ != "the" and _is_capital(following) else 0
