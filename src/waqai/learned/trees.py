"""Boosted trees over a few numbers: one probability for each candidate. Grown by scikit-learn in training, read here with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoostedTrees:
    """`feature`, `limit`, `left`, `right`, `value`, `leaf`, `missing_left`: the nodes of all trees in one row each; `roots` are the trees' first nodes.

    A value of up to `limit` goes left, a missing one (NaN) where `missing_left` says.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    limit: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    leaf: NDArray[np.bool_]
    missing_left: NDArray[np.bool_]
    start: float

    def probabilities(self, numbers: Floats) -> Floats:
        """(n_candidates,) the probability of yes for rows of (n_candidates, n_features)."""
        if not len(numbers):
            return np.zeros(0)
        at = np.tile(self.roots, (len(numbers), 1))
        rows = np.arange(len(numbers))[:, None]
        while not (done := self.leaf[at]).all():
            seen = numbers[rows, self.feature[at]]
            goes_left = np.where(np.isnan(seen), self.missing_left[at], seen <= self.limit[at])
            at = np.where(done, at, np.where(goes_left, self.left[at], self.right[at]))
        return np.asarray(1 / (1 + np.exp(-(self.value[at].sum(axis=1) + self.start))))

    def to_arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """The arrays that `from_arrays` takes back, under names that begin with `name`."""
        fields = ("roots", "feature", "limit", "left", "right", "value", "leaf", "missing_left")
        return {**{f"{name}.{f}": getattr(self, f) for f in fields}, f"{name}.start": np.array([self.start], dtype=np.float64)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> BoostedTrees:
        """The trees stored under `name`. Raises KeyError where there are none."""
        fields = ("roots", "feature", "limit", "left", "right", "value", "leaf", "missing_left")
        return cls(**{f: arrays[f"{name}.{f}"] for f in fields}, start=float(arrays[f"{name}.start"][0]))
