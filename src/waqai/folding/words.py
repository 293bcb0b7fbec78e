"""Words as they are compared: without case, accents, articles or punctuation, alike on both engines.

Both indexes (FTS5, `to_tsvector('simple')`) get words that are folded here, so that a search finds the same on SQLite and PostgreSQL.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['’‘`´ʼʿʾ]")
_HALF_RINGS = str.maketrans("", "", "ʿʾ")
_ARTICLES = frozenset({"the", "a", "an", "al", "el", "ad", "ar", "as", "at", "ash", "az"})
_GENERIC = frozenset(
    {
        "prison",
        "prisons",
        "jail",
        "jails",
        "camp",
        "detention",
        "center",
        "centre",
        "central",
        "facility",
        "police",
        "station",
        "custody",
        "correctional",
        "custodial",
        "medium",
        "maximum",
        "security",
        "compound",
        "site",
        "building",
        "base",
        "court",
        "hospital",
        "school",
        "checkpoint",
        "crossing",
        "border",
        "military",
        "main",
        "old",
        "new",
        "local",
        "unnamed",
        "government",
        "forces",
        "army",
    }
)


class Term(NamedTuple):
    """One thing to look for: a word, a phrase of several words in a row, or the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False


def fold(text: str) -> str:
    """Lower case without accents or other marks, in compatibility form.

    >>> fold("Serê Kaniyê"), fold("ﬁre")
    ('sere kaniye', 'fire')
    """
    if text.isascii():  # most of what is folded: a tenth of the time
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())  # "\U0001f130" decomposes to a capital
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold_words(text: str) -> str:
    """The folded words, one blank between.

    >>> fold_words("Ra's al-ʿAin: 25 (twenty-five)!")
    'ra s al ain 25 twenty five'
    """
    return " ".join(_WORD.findall(fold(text).translate(_HALF_RINGS)))


def fold_name(name: str) -> str | None:
    """A name as a key: folded words without articles or apostrophes; None when only general words are left ("the prison"), which tie nothing together.

    >>> fold_name("the Al-Sina'a Prison"), fold_name("the prison")
    ('sinaa prison', None)
    """
    words = [w for w in fold_words(_APOSTROPHE.sub("", name)).split() if w not in _ARTICLES]
    return " ".join(words) if set(words) - _GENERIC else None


def parse_query(query: str) -> tuple[Term, ...]:
    """What a person typed, as terms that must all be there: words, "words in a row", begin*.

    >>> parse_query('"Ras al-Ain" escap*')
    (Term(words=('ras', 'al', 'ain'), prefix=False), Term(words=('escap',), prefix=True))
    """
    terms: list[Term] = []
    for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', query):
        words = tuple(fold_words(quoted or bare).split())
        if words:
            terms.append(Term(words, prefix=bare.endswith("*")))
    return tuple(terms)


def iter_folded(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of `fold_words`, each with where it begins and ends in the text. Folding goes by characters: one may become none ("\u0301") or several
    ("\ufb01").

    >>> list(iter_folded("Le \ufb01nale"))
    [('le', 0, 2), ('finale', 3, 8)]
    """
    if text.isascii():
        yield from ((found[0], found.start(), found.end()) for found in _WORD.finditer(text.lower()))
        return
    pieces = list(map(_fold_character, text))
    folded = "".join(pieces)
    if len(folded) == len(text) and all(pieces):  # one for one, as in nearly every text
        yield from ((found[0], found.start(), found.end()) for found in _WORD.finditer(folded))
        return
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    for found in _WORD.finditer(folded):
        yield found[0], places[found.start()], places[found.end() - 1] + 1


@cache
def _fold_character(character: str) -> str:
    return fold(character).translate(_HALF_RINGS)
