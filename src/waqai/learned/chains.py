"""Linear chains: a label for each element of a sequence, by weights for its features and for the labels beside it.

Lafferty, McCallum and Pereira (2001), Conditional Random Fields. Trained elsewhere (scripts/train_attribution.py); here are only the weights and the search for
the best labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waqai.learned.files import Array

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Weights of a chain. `rows` maps a feature to its row of `weights` (n_features + 1, n_labels), whose last row is all 0 and stands for unknown features;
    `steps` (n_labels, n_labels) are the weights of a label (row) before another (column).
    """

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Floats
    steps: Floats

    def scores(self, sequence: Sequence[Sequence[str]]) -> Floats:
        """The summed weights of each element's features, (n_elements, n_labels)."""
        unknown = len(self.weights) - 1
        get = self.rows.get
        flat = np.array([get(feature, unknown) for features in sequence for feature in features], dtype=np.intp)
        bounds = np.cumsum([0, *map(len, sequence)])[:-1]
        return np.add.reduceat(self.weights[flat], bounds, axis=0) if len(flat) else np.zeros((len(sequence), len(self.labels)), np.float32)

    def best(self, scores: Floats) -> list[str]:
        """The labels with the highest sum of scores and steps (Viterbi)."""
        if not len(scores):
            return []
        total, back = scores[0], []
        for row in scores[1:]:
            ways = total[:, None] + self.steps
            back.append(ways.argmax(axis=0))
            total = ways.max(axis=0) + row
        path = [int(total.argmax())]
        for choice in reversed(back):
            path.append(int(choice[path[-1]]))
        return [self.labels[k] for k in reversed(path)]

    def marginals(self, scores: Floats) -> Floats:
        """How probable each label is at each element, given all scores (forward and backward, each step scaled to sum to 1), (n_elements, n_labels)."""
        if not len(scores):
            return scores
        here, step = np.exp(scores - scores.max(axis=1, keepdims=True)), np.exp(self.steps - self.steps.max())
        ahead, behind = np.empty_like(here), np.ones_like(here)
        ahead[0] = here[0] / here[0].sum()
        for i in range(1, len(here)):
            way = (ahead[i - 1] @ step) * here[i]
            ahead[i] = way / way.sum()
        for i in range(len(here) - 2, -1, -1):
            way = step @ (here[i + 1] * behind[i + 1])
            behind[i] = way / way.sum()
        joint = ahead * behind
        return np.asarray(joint / joint.sum(axis=1, keepdims=True), dtype=np.float32)


def chain_arrays(chain: Chain, *, prefix: str) -> dict[str, Array]:
    """The arrays of a model file that hold this chain, each named with the prefix."""
    names = sorted(chain.rows, key=chain.rows.__getitem__)
    text = np.frombuffer("\n".join(names).encode(), dtype=np.uint8)
    return {
        f"{prefix}labels": np.array(chain.labels),
        f"{prefix}features": text,
        f"{prefix}weights": chain.weights.astype(np.float16),
        f"{prefix}steps": chain.steps,
    }


def chain_of(arrays: Mapping[str, Array], *, prefix: str) -> Chain:
    """The chain that `chain_arrays` made these from. Raises KeyError where they are not there."""
    names = bytes(arrays[f"{prefix}features"]).decode().split("\n")
    return Chain(
        labels=tuple(str(label) for label in arrays[f"{prefix}labels"]),
        rows={name: row for row, name in enumerate(names)},
        weights=arrays[f"{prefix}weights"].astype(np.float32),
        steps=arrays[f"{prefix}steps"].astype(np.float32),
    )
