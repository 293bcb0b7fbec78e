"""What a small encoder takes each word to be, beside the rules and the parse: a second opinion, there or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Hints:
    """Log probabilities by decision, each (n_tokens, n_labels). `labels` names the columns; the first of "kind", "role" and "measure" is none of them."""

    scores: Mapping[str, Floats]
    labels: Mapping[str, tuple[str, ...]]

    def chance(self, decision: str, token: int, label: str) -> float:
        """How probably the word carries the label."""
        return float(np.exp(self.scores[decision][token, self.labels[decision].index(label)]))

    def any_chance(self, decision: str, token: int) -> float:
        """How probably it carries one at all."""
        return float(1 - np.exp(self.scores[decision][token, 0]))
