"""Small networks over named features: each feature has a vector, the vectors of a candidate are added, and one hidden layer weighs the sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waqai.learned.keyed import Floats, keyed
from waqai.learned.linear import Candidates, softmax


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """`vectors` (n_features, n_hidden), whole numbers from -127 to 127 times the row's of `scales`, has a row for each of `keys` (sorted); `out`
    (n_hidden, n_labels) turns the rectified sum into scores."""

    labels: tuple[str, ...]
    keys: NDArray[np.uint32]
    vectors: NDArray[np.int8]
    scales: Floats
    bias: Floats
    out: Floats
    out_bias: Floats

    def probabilities(self, candidates: Candidates) -> Floats:
        """(n_candidates, n_labels): each label's probability; features that training did not see count nothing."""
        sums = keyed(candidates).sums(self.keys, self.vectors, scales=self.scales) + self.bias
        return softmax(np.maximum(sums, 0) @ self.out + self.out_bias)

    def to_arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """The arrays that `from_arrays` takes back, under names that begin with `name`."""
        return {
            f"{name}.labels": np.array(self.labels),
            f"{name}.keys": self.keys,
            f"{name}.vectors": self.vectors,
            f"{name}.scales": self.scales.astype(np.float32),
            f"{name}.bias": self.bias.astype(np.float32),
            f"{name}.out": self.out.astype(np.float32),
            f"{name}.out_bias": self.out_bias.astype(np.float32),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> Network:
        """The network stored under `name`. Raises KeyError where there is none."""
        return cls(
            labels=tuple(str(label) for label in arrays[f"{name}.labels"]),
            keys=arrays[f"{name}.keys"],
            vectors=arrays[f"{name}.vectors"],
            scales=arrays[f"{name}.scales"],
            bias=arrays[f"{name}.bias"],
            out=arrays[f"{name}.out"],
            out_bias=arrays[f"{name}.out_bias"],
        )
