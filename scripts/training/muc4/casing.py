"""Gives text without case its capitals back, so that a parser taught on newspapers can read it.

No case is learned from MUC-4, whose texts have none: a word takes the case that it has in our own reports; one unknown there is small where English knows it
and no place is called so, and a name otherwise.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language

from bench.figures import ROOT

_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019]*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*|[\"\u201c(\[]\s*)$")
_SMALL_IN_NAMES = frozenset(("de", "del", "y", "e", "da", "do", "dos"))
_ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("er", ""), ("ly", ""))
_LAST_OF_NAME = frozenset(["front", "cross", "party", "university", "association", "committee", "union", "movement", "assembly", "council", "court", "army"])
_ACRONYM = re.compile(r"[bcdfghjklmnpqrstvwxz]{3,6}")


class Caser:
    """`capital` and `small`: how often our reports write a word so within a sentence; `known`: whether English has the word; `names`: parts of names."""

    def __init__(self, *, capital: Counter[str], small: Counter[str], known: Callable[[str], bool], names: frozenset[str]) -> None:
        self._capital, self._small, self._known, self._names = capital, small, known, names

    def is_name(self, word: str) -> bool:
        """Whether the lower-case word is written with a capital within a sentence."""
        up, down = self._capital[word], self._small[word]
        if up + down >= 3:
            return up > down
        if word in _SMALL_IN_NAMES:
            return False
        if word in self._names and not down:
            return True
        return not (down or self._known(word) or any(word.endswith(e) and self._known(word[: -len(e)] + new) for e, new in _ENDINGS))

    def restore(self, text: str) -> str:
        """The lower-case text with capitals, code point for code point."""
        cased = _WORD.sub(lambda found: self._cased(text, found), text)
        return _WORD.sub(lambda found: self._within_name(cased, found), cased)

    def _within_name(self, text: str, found: re.Match[str]) -> str:
        """ "Farabundo marti National Liberation front": a word that our reports lack between two names, and the last word of an organisation's name."""
        word = found[0]
        if word[0].isupper() or not re.search(r"\b[A-Z][a-z]+ $", text[max(0, found.start() - 20) : found.start()]):
            return word
        unseen = not (self._small[word] or self._capital[word]) and len(word) > 3
        between = unseen and re.match(r" [A-Z]", text[found.end() : found.end() + 2])
        return word[0].upper() + word[1:] if between or word in _LAST_OF_NAME else word

    def _cased(self, text: str, found: re.Match[str]) -> str:
        word = found[0]
        if _ACRONYM.fullmatch(word) and not self._known(word):
            return word.upper()
        if self.is_name(word) or _SENTENCE_START.search(text[max(0, found.start() - 3) : found.start()]):
            return word[0].upper() + word[1:]
        return word


def learn_case(nlp: Language, *, names: Iterable[str]) -> Caser:
    """The caser that our corpus and gold reports teach. `names` are place names, whose words no dictionary makes small."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in _own_texts():
        for found in _WORD.finditer(text):
            if not _SENTENCE_START.search(text[max(0, found.start() - 3) : found.start()]):
                (capital if found[0][0].isupper() else small)[found[0].lower()] += 1
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    known = frozenset(word for words in index.values() for word in words)
    doing = frozenset(word for part in ("verb", "adj", "adv") for word in index.get(part, ()))
    parts = frozenset(w for name in names for w in name.lower().split() if len(w) > 3 and w not in doing)
    return Caser(capital=capital, small=small, known=known.__contains__, names=parts)


def _own_texts(data: Path = ROOT / "data") -> Iterable[str]:
    for path in sorted((data / "gold" / "reports").glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))["text"]
    for line in (data / "corpus" / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]
