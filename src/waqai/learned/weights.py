"""A weighing: how likely something is, by weights for what is known of it (logistic regression, trained elsewhere) and a curve that makes it honest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from waqai.learned.calibration import Steps
from waqai.learned.files import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """`weights` are those of the features that it knows; others weigh nothing."""

    bias: float
    weights: Mapping[str, float]
    curve: Steps

    def score(self, features: Iterable[str]) -> float:
        """How likely a thing with these features is, in [0, 1].

        >>> Weighing(bias=0.0, weights={}, curve=Steps((0.0, 1.0), (0.0, 1.0))).score(["new"])
        0.5
        """
        total = self.bias + sum(self.weights.get(feature, 0.0) for feature in features)
        return self.curve.at(1 / (1 + math.exp(-min(max(total, -30.0), 30.0))))


def weighing_arrays(weighing: Weighing, *, prefix: str) -> dict[str, Array]:
    """The arrays of a model file that hold this weighing, each named with the prefix."""
    names = sorted(weighing.weights)
    return {
        f"{prefix}features": np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        f"{prefix}weights": np.array([weighing.bias, *(weighing.weights[name] for name in names)], dtype=np.float32),
        f"{prefix}curve": np.array([weighing.curve.scores, weighing.curve.probabilities], dtype=np.float32),
    }


def weighing_of(arrays: Mapping[str, Array], *, prefix: str) -> Weighing:
    """The weighing that `weighing_arrays` made these from. Raises KeyError where they are not there."""
    names = bytes(arrays[f"{prefix}features"]).decode().split("\n")
    bias, *weights = (float(weight) for weight in arrays[f"{prefix}weights"])
    scores, probabilities = (tuple(float(x) for x in row) for row in arrays[f"{prefix}curve"])
    return Weighing(bias=bias, weights=dict(zip(names, weights, strict=True)), curve=Steps(scores, probabilities))
