"""Under which rows of the word index incidents are found, and which of these rows hold a word: in memory, for all rows at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from waqai.browse.splicing import NOWHERE, make_splice
from waqai.folding.words import Term

MOST_FREQUENT = 128
"""Frequent words: a bit each, which is copied whenever something changes. In made-up news the last of them stands in 7 of 100 rows, the 470th in 2."""
_BITS = 8
FEW = 3
"""Where so many times as many rows stand here as hold the words, these are looked for among those, and not the other way round."""
Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """Pairs of an incident and a row of the word index that finds it, in the order of the rows' numbers; incidents share rows, and have several.

    `rows` (n,): the incident, as a row of the picture. `numbers` (n,): the row of the index. `holds` (k, n): which of the `frequent` words that one holds, 8
    in each of the k, the first word as the lowest bit. These words need not be looked for in the index; no frequent words: none were looked for yet.
    `asked`: of terms that were looked for there, the pairs (n,) whose row holds each.
    """

    rows: NDArray[np.int32]
    numbers: Numbers
    holds: Flags
    frequent: tuple[str, ...] = ()
    asked: Mapping[Term, Mask] = field(default_factory=dict)

    def is_frequent(self, term: Term) -> bool:
        """Whether it is known here which rows hold the term."""
        return not term.prefix and len(term.words) == 1 and term.words[0] in self.frequent

    def holding(self, terms: Iterable[Term]) -> Mask:
        """The pairs (n,) whose row holds all of these terms, which must be frequent."""
        wanted = flags_of((term.words[0] for term in terms), self.frequent)
        masks = [(holds & flags) == flags for holds, flags in zip(self.holds, wanted, strict=True) if flags]
        return np.logical_and.reduce(masks) if masks else np.ones(len(self.numbers), dtype=bool)

    def find(self, numbers: Numbers) -> Mask:
        """The pairs (n,) whose row has one of these numbers, which are in order."""
        found = np.zeros(len(self.numbers), dtype=bool)
        if len(numbers) * FEW < len(self.numbers):  # each number is looked for among the pairs
            place = np.searchsorted(self.numbers, numbers)
            wanted = numbers
            while len(place):  # the first pair of each number, then the second of those that have one, …
                is_there = self.numbers[np.minimum(place, len(self.numbers) - 1)] == wanted
                is_there &= place < len(self.numbers)
                place, wanted = place[is_there], wanted[is_there]
                found[place] = True
                place = place + 1
        elif len(numbers):
            place = np.minimum(np.searchsorted(numbers, self.numbers), len(numbers) - 1)
            found = np.asarray(numbers[place] == self.numbers)
        return found

    def has(self, number: int, among: Mask) -> bool:
        """Whether a row of the index stands in one of these pairs."""
        place = int(np.searchsorted(self.numbers, number))
        return place < len(self.numbers) and int(self.numbers[place]) == number and bool(among[place])

    def with_frequent(self, words: Sequence[str], found: Iterable[Mask]) -> Postings:
        """These pairs with what is known of frequent words: the pairs (n,) whose row holds each."""
        holds = no_flags(len(self.numbers), words)
        for place, mask in enumerate(found):
            holds[place // _BITS, mask] |= np.uint8(1 << place % _BITS)
        return replace(self, holds=holds, frequent=tuple(words))


def no_flags(many: int, frequent: Sequence[str]) -> Flags:
    """Room for the flags of so many pairs (k, n)."""
    return np.zeros((-(-len(frequent) // _BITS), many), dtype=np.uint8)


def flags_of(words: Iterable[str], frequent: Sequence[str]) -> Flags:
    """The bits of those words that are frequent (k,).

    >>> flags_of(["riot", "a"], ["the", "a", "riot"]).tolist()
    [6]
    """
    own, flags = set(words), [0] * -(-len(frequent) // _BITS)
    for place, word in enumerate(frequent):
        if word in own:
            flags[place // _BITS] |= 1 << place % _BITS
    return np.array(flags, dtype=np.uint8)


def renew_postings(old: Postings, loaded: Postings, *, rows: NDArray[np.int32], come: NDArray[np.int32]) -> Postings:
    """Pairs of both, of which the same is known: `rows` says where each row of the old picture stands now, `come` where each loaded one does."""
    now = rows[old.rows]
    splice = make_splice(len(now), gone=np.flatnonzero(now == NOWHERE).tolist(), before=np.searchsorted(old.numbers, loaded.numbers).tolist())
    return Postings(
        rows=splice.column(now, come[loaded.rows]),
        numbers=splice.column(old.numbers, loaded.numbers),
        holds=splice.column(old.holds, loaded.holds),
        frequent=old.frequent,
        asked={term: splice.column(mask, loaded.asked[term]) for term, mask in old.asked.items()},
    )
