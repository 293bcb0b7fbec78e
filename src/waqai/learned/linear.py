"""Linear models over named features: which of these labels, how probably. Only the features that were seen in training carry weight."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """`weights` has a row for each of `keys` (sorted: what carries weight) and a column for each label.

    One column alone is a yes-or-no decision, `labels` then names the yes.
    """

    labels: tuple[str, ...]
    keys: NDArray[np.uint32]
    weights: Floats
    bias: Floats

    def scores(self, candidates: Sequence[Iterable[str]]) -> Floats:
        """(n_candidates, n_labels) sums of weights; features that training did not see count nothing."""
        distinct = [frozenset(features) for features in candidates]
        rows = self._rows(frozenset[str]().union(*distinct))
        scores = np.tile(self.bias.astype(np.float32), (len(distinct), 1))
        for i, features in enumerate(distinct):
            known = [row for f in features if (row := rows.get(f)) is not None]
            if known:
                scores[i] += self.weights[known].sum(axis=0)
        return scores

    def _rows(self, features: Iterable[str]) -> dict[str, int]:
        """The rows of those features that carry weight."""
        names = list(features)
        if not names or not len(self.keys):
            return {}
        keys = np.fromiter(map(feature_key, names), dtype=np.uint32, count=len(names))
        at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return {names[i]: int(at[i]) for i in np.flatnonzero(self.keys[at] == keys)}

    def probabilities(self, candidates: Sequence[Iterable[str]]) -> Floats:
        """(n_candidates, n_labels): each label's probability; of a yes-or-no decision, the probability of yes."""
        scores = self.scores(candidates)
        if len(self.labels) == 1:
            return np.asarray(1 / (1 + np.exp(-scores)))
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def to_arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """The arrays that `from_arrays` takes back, under names that begin with `name`."""
        return {
            f"{name}.labels": np.array(self.labels),
            f"{name}.keys": self.keys,
            f"{name}.weights": self.weights.astype(np.float16),
            f"{name}.bias": self.bias.astype(np.float32),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> LinearModel:
        """The model stored under `name`. Raises KeyError where there is none."""
        return cls(
            labels=tuple(str(label) for label in arrays[f"{name}.labels"]),
            keys=arrays[f"{name}.keys"],
            weights=arrays[f"{name}.weights"].astype(np.float32),
            bias=arrays[f"{name}.bias"],
        )
