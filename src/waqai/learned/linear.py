"""Linear models over named features: which of these labels, how probably. Only the features that were seen in training carry weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from waqai.learned.keyed import Floats, Keyed, feature_key, keyed

Candidates: TypeAlias = Sequence[Iterable[str]] | Keyed
"""Candidates by the names of their features, or with these already as keys."""


def softmax(scores: Floats) -> Floats:
    """(n_rows, n_labels) scores as shares of one.

    >>> softmax(np.array([[0.0, 0.0]])).tolist()
    [[0.5, 0.5]]
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@cache
def label_number(label: str) -> float:
    """A number that always stands for this label; trees part such numbers where it pays.

    >>> label_number("escape")
    59716.0
    """
    return float(feature_key(label) % 65521)


def in_steps(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Rows as whole numbers from -127 to 127, and what each row is to be multiplied with."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-8) / 127
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """`weights` has a row for each of `keys` (sorted: what carries weight) and a column for each label.

    One column alone is a yes-or-no decision, `labels` then names the yes.
    """

    labels: tuple[str, ...]
    keys: NDArray[np.uint32]
    weights: Floats
    bias: Floats

    def scores(self, candidates: Candidates) -> Floats:
        """(n_candidates, n_labels) sums of weights; features that training did not see count nothing."""
        return keyed(candidates).sums(self.keys, self.weights) + self.bias.astype(np.float32)

    def probabilities(self, candidates: Candidates) -> Floats:
        """(n_candidates, n_labels): each label's probability; of a yes-or-no decision, the probability of yes."""
        scores = self.scores(candidates)
        if len(self.labels) == 1:
            return np.asarray(1 / (1 + np.exp(-scores)))
        return softmax(scores)

    def to_arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """The arrays that `from_arrays` takes back, under names that begin with `name`; rows of several weights in steps, half as large."""
        own = {f"{name}.labels": np.array(self.labels), f"{name}.keys": self.keys, f"{name}.bias": self.bias.astype(np.float32)}
        if len(self.labels) == 1:
            return own | {f"{name}.weights": self.weights.astype(np.float16)}
        steps, scales = in_steps(self.weights)
        return own | {f"{name}.weights": steps, f"{name}.scales": scales.astype(np.float16)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> LinearModel:
        """The model stored under `name`. Raises KeyError where there is none."""
        weights = arrays[f"{name}.weights"]
        if f"{name}.scales" in arrays:
            weights = weights.astype(np.float16) * arrays[f"{name}.scales"][:, None]
        return cls(
            labels=tuple(str(label) for label in arrays[f"{name}.labels"]),
            keys=arrays[f"{name}.keys"],
            weights=weights,
            bias=arrays[f"{name}.bias"],
        )
