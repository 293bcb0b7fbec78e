"""Words cut into the pieces that an encoder knows (WordPiece; Wu et al. 2016, Google's Neural Machine Translation System, section 4.1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST_WORD = 60  # characters; a longer word is unknown
UNKNOWN, FIRST, LAST = "[UNK]", "[CLS]", "[SEP]"


@dataclass(frozen=True, slots=True)
class WordPieces:
    """`ids` is the vocabulary: small letters without accents, a piece inside a word begins with "##"."""

    ids: Mapping[str, int]

    def of_word(self, word: str) -> list[int]:
        """The pieces of a word, the longest first; signs stand alone. Nothing for a word of spaces.

        >>> WordPieces({"[UNK]": 0, "jail": 1, "##s": 2, "-": 3}).of_word("Jails-x")
        [1, 2, 3, 0]
        """
        return [piece for part in _parts(word) for piece in self._cut(part)]

    def _cut(self, part: str) -> list[int]:
        found, start = [], 0
        while start < len(part):
            mark = "##" if start else ""
            end = next((e for e in range(len(part), start, -1) if mark + part[start:e] in self.ids), None)
            if end is None or len(part) > _LONGEST_WORD:
                return [self.ids[UNKNOWN]]
            found.append(self.ids[mark + part[start:end]])
            start = end
        return found


def _parts(word: str) -> list[str]:
    """The word in small letters without accents, cut at spaces and around every sign."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    return "".join(f" {c} " if _is_sign(c) else c for c in bare).split()


def _is_sign(character: str) -> bool:
    return not character.isalnum() and (character.isascii() or unicodedata.category(character).startswith("P")) and not character.isspace()
