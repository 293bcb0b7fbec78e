"""The language that a text is in, where that is sure; None where it is not: what is not sure is read as if nobody had asked.

By py3langid (after M. Lui and T. Baldwin, langid.py, ACL 2012 system demonstrations): naive Bayes over bytes, 4.6 MB, offline, deterministic, 0.3 ms a text.
Why this one: docs/decisions/0065-originals.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Any

from waqai.languages.names import NAMES, VARIETIES

RECOGNISER = f"py3langid {version('py3langid')}"
SURE = 0.8
"""The least probability. Arabic, whose spoken varieties share it, has 0.8 to 1 before they are put together; all others of `bench.languages` 0.96 and more."""
FEWEST = 60
"""Characters: a headline tells too little."""
_CLEAR = 0.95  # above it no other variety is looked for: ranking all of them takes longer than finding the first
_SAMPLE = 4_000  # characters that are looked at
_MOST_PIECES = 6  # spread over the sample, which tell whether it is in one language throughout
_CAPITALS = 0.5  # share of capitalised words, from which a text may be a list of names; German prose, which capitalises nouns, has 0.35
_SENTENCE_END = re.compile(r"(?<=[.!?\u061f\u06d4\u3002\u0964])\s+|\n+")
_FEW = 0.1  # share of letters of another script that a text in one language may have: names, abbreviations
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A language by its ISO 639-1 code, how probable it is (0 to 1), and what recognised it."""

    language: str
    probability: float
    recogniser: str = RECOGNISER


@lru_cache(maxsize=64)  # a report is asked about when it is read and when it is kept
def recognise(text: str) -> Recognised | None:
    """The language of a text that is long enough, in one language throughout, and no list of names; else None.

    >>> recognise("Drei Männer sind in der Nacht zum Montag aus dem Gefängnis geflohen, teilte die Polizei am Morgen mit.").language
    'de'
    >>> recognise("Er floh.")
    """
    sample = text[:_SAMPLE].strip()
    if len(sample) < FEWEST or _may_be_names(sample):
        return None
    language, probability = classify(sample)
    if probability < SURE or language not in NAMES or _is_mixed(sample, language):
        return None
    return Recognised(language=language, probability=round(probability, 4))


def _may_be_names(sample: str) -> bool:
    """Whether half of the words, and more than the beginnings of sentences, are capitalised. Scripts without capitals cannot tell, and have none."""
    words = _WORD.findall(sample)
    return not words or sum(word[0].isupper() for word in words) > _CAPITALS * len(words)


def _is_mixed(sample: str, language: str) -> bool:
    """Whether it is in two scripts, or a part of it is surely in another language."""
    latin, letters = len(_LATIN.findall(sample)), sum(map(str.isalpha, sample))
    if _FEW * letters < latin < (1 - _FEW) * letters:
        return True
    pieces = [piece for piece in _iter_pieces(sample) if not _may_be_names(piece)]
    some = pieces[:: -(-len(pieces) // _MOST_PIECES) or 1]
    return any(probability >= SURE and other != language for other, probability in map(classify, some))


def _iter_pieces(sample: str) -> Iterator[str]:
    """Sentences, several together where they are too short to tell; a short rest is left out."""
    held = ""
    for sentence in _SENTENCE_END.split(sample):
        held = f"{held} {sentence}" if held else sentence
        if len(held) >= FEWEST:
            yield held
            held = ""


def classify(sample: str) -> tuple[str, float]:
    """The likeliest language and how likely it is (0 to 1), varieties put together; of any text, sure or not. "" and 0 where it holds nothing to tell by."""
    first, chance = _identifier().classify(sample)
    if chance >= _CLEAR and first not in VARIETIES:
        return first, float(chance)
    shares: defaultdict[str, float] = defaultdict(float)
    for code, probability in _identifier().rank(sample):
        if probability < 1e-4:
            break
        shares[VARIETIES.get(code, code)] += float(probability)
    return max(shares.items(), key=lambda pair: pair[1], default=("", 0.0))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads its model, which takes a second and 90 MB

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
