"""Candidates with their features as keys: hashed once, then asked about by several models."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


def feature_key(name: str) -> int:
    """The 32-bit key under which a feature's weights are stored.

    >>> feature_key("lemma=escape")
    3219407157
    """
    return zlib.crc32(name.encode())


@dataclass(frozen=True, slots=True)
class Keyed:
    """`keys` are those of the distinct features; the features of candidate i stand in `places[ends[i] : ends[i + 1]]`, as places in `keys`."""

    keys: NDArray[np.uint32]
    places: NDArray[np.intp]
    ends: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.ends) - 1

    def take(self, which: Sequence[int]) -> Keyed:
        """These candidates alone, in this order."""
        parts = [self.places[self.ends[i] : self.ends[i + 1]] for i in which]
        ends = np.cumsum([0, *map(len, parts)])
        return Keyed(self.keys, np.concatenate(parts) if parts else self.places[:0], ends)

    def sums(self, keys: NDArray[np.uint32], vectors: NDArray[Any], *, scales: NDArray[Any] | None = None) -> Floats:
        """(n_candidates, n_columns): for each candidate the sum of the rows of `vectors` whose key, in the sorted `keys`, is one of its own."""
        found = np.zeros((len(self), vectors.shape[1]), dtype=np.float32)
        if not len(keys) or not len(self.keys):
            return found
        at = np.minimum(keys.searchsorted(self.keys), len(keys) - 1)
        rows = np.where(keys[at] == self.keys, at, -1)[self.places]
        known = np.flatnonzero(rows >= 0)
        if not len(known):
            return found
        values = vectors[rows[known]].astype(np.float32)
        if scales is not None:
            values *= scales[rows[known], None]
        starts = known.searchsorted(self.ends)  # of each candidate among what is known
        some = np.flatnonzero(starts[1:] > starts[:-1])
        found[some] = np.add.reduceat(values, starts[some])
        return found


def keyed(candidates: Sequence[Iterable[str]] | Keyed, *, also: Sequence[str] = ()) -> Keyed:
    """The candidates with their features as keys, `also` those of every one; a feature told twice of one counts once."""
    if isinstance(candidates, Keyed):
        return candidates
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    places: list[int] = []
    ends = [0]
    for features in candidates:
        places.extend(map(numbers.__getitem__, {*features, *also}))
        ends.append(len(places))
    keys = np.fromiter(map(feature_key, numbers), dtype=np.uint32, count=len(numbers))
    return Keyed(keys, np.array(places, dtype=np.intp), np.array(ends, dtype=np.intp))
