"""Make a long column anew of which nearly all stays: its stretches are copied, by turns with what comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
NOWHERE = -1
"""Where a place stands that is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Splice:
    """Which places of an old column stay, and where others come in.

    `stretches`: (start, stop) in the old column, then (start, stop) in the one that comes in, and so on to the end of both. Takes a few microseconds for each
    place that goes or comes, and else what it takes to copy memory.
    """

    stretches: tuple[tuple[int, int, int, int], ...]

    def column(self, old: NDArray[Any], come: NDArray[Any]) -> NDArray[Any]:
        """The new column of these two, of one type: (n,), or (k, n) for k of them."""
        parts = [part for start, stop, first, last in self.stretches for part in (old[..., start:stop], come[..., first:last])]
        return np.concatenate(parts, axis=-1)

    def items(self, old: Sequence[T], come: Sequence[T]) -> list[T]:
        """The new list of these two."""
        made: list[T] = []
        for start, stop, first, last in self.stretches:
            made += old[start:stop]
            made += come[first:last]
        return made

    def places(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Where each place of the old column (n,) and each of the one that comes in (m,) stands in the new one; NOWHERE for those that are gone."""
        old, come = np.full(self.stretches[-1][1], NOWHERE, dtype=np.int32), np.empty(self.stretches[-1][3], dtype=np.int32)
        put = 0
        for start, stop, first, last in self.stretches:
            between = put + stop - start
            old[start:stop] = np.arange(put, between)
            put = between + last - first
            come[first:last] = np.arange(between, put)
        return old, come


def make_splice(length: int, *, gone: Sequence[int], before: Sequence[int]) -> Splice:
    """A splice of a column of this length: the places `gone` leave it, and the nth thing that comes in stands before the old place `before[n]`, whether that
    stays or not. Both in order; no place goes twice.

    >>> make_splice(5, gone=[1], before=[1, 5]).items("abcde", "BF")
    ['a', 'B', 'c', 'd', 'e', 'F']
    """
    stretches: list[tuple[int, int, int, int]] = []
    start = come = 0
    for place, goes in sorted([*((place, False) for place in set(before)), *((place, True) for place in gone)]):
        first = come
        while not goes and come < len(before) and before[come] == place:
            come += 1
        stretches.append((start, place, first, come))
        start = place + goes
    return Splice(stretches=(*stretches, (start, length, come, come)))
