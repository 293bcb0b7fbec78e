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


def softmax(scores: Floats) -> Floats:
    """(n_rows, n_labels) scores as shares of one.

    >>> softmax(np.array([[0.0, 0.0]])).tolist()
    [[0.5, 0.5]]
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def find_rows(keys: NDArray[np.uint32], features: Iterable[str]) -> dict[str, int]:
    """The rows of those features whose key is among the sorted `keys`."""
    names = list(features)
    if not names or not len(keys):
        return {}
    own = np.fromiter(map(feature_key, names), dtype=np.uint32, count=len(names))
    at = np.minimum(keys.searchsorted(own), len(keys) - 1)
    return {names[i]: int(at[i]) for i in np.flatnonzero(keys[at] == own)}


def label_number(label: str) -> float:
    """A number that always stands for this label; trees part such numbers where it pays.

    >>> label_number("escape")
    59716.0
    """
    return float(feature_key(label) % 65521)


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
        rows = find_rows(self.keys, frozenset[str]().union(*distinct))
        scores = np.tile(self.bias.astype(np.float32), (len(distinct), 1))
        for i, features in enumerate(distinct):
            known = [row for f in features if (row := rows.get(f)) is not None]
            if known:
                scores[i] += self.weights[known].sum(axis=0, dtype=np.float32)
        return scores

    def probabilities(self, candidates: Sequence[Iterable[str]]) -> Floats:
        """(n_candidates, n_labels): each label's probability; of a yes-or-no decision, the probability of yes."""
        scores = self.scores(candidates)
        if len(self.labels) == 1:
            return np.asarray(1 / (1 + np.exp(-scores)))
        return softmax(scores)

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
            weights=arrays[f"{name}.weights"],
            bias=arrays[f"{name}.bias"],
        )
