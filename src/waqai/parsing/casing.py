"""Gives a paragraph in capitals alone its case back, so that a parser taught on newspapers can read it: wire copy of old, headlines, telegrams.

A word is small where our own reports write it so, an acronym where they do that; any other is taken for a name and begins with a capital. Nothing changes its
place: the copy is as long as the original.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

CASES = Path(__file__).with_name("word_cases.txt")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:'[^\W\d_]+)?")
_STARTS = re.compile(r"(?:^[\s\-*\u2022\"'(\[]*|(?<![\s.][A-Z])[.!?:][\"']?\s+[\"'(\[]?)$")
_REACH = 8  # characters before a word in which a sentence's end can stand
_LEAST_LETTERS = 16
_SHARE = 0.9
_ENDINGS = (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))


@cache
def digest_of_cases() -> str:
    """Changes with any word of the list."""
    return hashlib.sha256(CASES.read_bytes()).hexdigest()[:12]


@cache
def _cases() -> tuple[frozenset[str], frozenset[str]]:
    """The words that are written small, and the acronyms."""
    small, _, acronyms = CASES.read_text(encoding="utf-8").partition("\n\n")
    return frozenset(small.split()), frozenset((*acronyms.split(), "us"))  # the state, not the pronoun


def is_shouted(block: str) -> bool:
    """Whether next to all of its letters are capitals, and they are enough to tell.

    >>> is_shouted("GUNMEN STORM A PRISON NEAR MOSUL"), is_shouted("ERBIL (Kurdistan 24) - Gunmen stormed"), is_shouted("UN, AFP")
    (True, False, False)
    """
    letters = [c for c in block if c.isalpha()]
    return len(letters) >= _LEAST_LETTERS and sum(c.isupper() for c in letters) >= _SHARE * len(letters)


def restore_case(block: str) -> str:
    """The block with small letters where a newspaper has them.

    >>> restore_case("GUNMEN STORMED A PRISON NEAR MOSUL, THE UN SAID.")
    'Gunmen stormed a prison near Mosul, the UN said.'
    """
    return _WORD.sub(lambda found: _cased(block, found), block)


def _cased(block: str, found: re.Match[str]) -> str:
    word, low = found[0], found[0].lower()
    small, acronyms = _cases()
    before, behind = block[: found.start()], block[found.end() : found.end() + 1]
    in_brackets = before[-1:] in ("(", "[") and behind in (")", "]")
    if len(low) != len(word) or low in acronyms or in_brackets or (len(word) == 1 and behind == "."):
        return word
    if _is_small(low, small) and not _STARTS.search(before if len(before) < _REACH else f"x{before[-_REACH:]}"):
        return low
    first = low[0].upper()
    return (first if len(first) == 1 else word[0]) + low[1:]


def _is_small(word: str, small: frozenset[str]) -> bool:
    plain = word.partition("'")[0]
    return plain in small or any(plain.endswith(end) and plain[: -len(end)] + new in small for end, new in _ENDINGS)
