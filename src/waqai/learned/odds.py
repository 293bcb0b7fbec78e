"""Probabilities on the scale on which evidence adds up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from waqai.learned.keyed import Floats

NOTHING = float("nan")
"""A number that is not there; trees have a way for it."""


def log_odds(p: float, *, least: float = 1e-4) -> float:
    """
    >>> log_odds(0.5), round(log_odds(0.0), 2)
    (0.0, -9.21)
    """
    clipped = min(max(p, least), 1 - least)
    return math.log(clipped / (1 - clipped))


def mix(ours: Floats, theirs: Floats, *, share: float) -> Floats:
    """(n,) probabilities between the two, `share` of the way to theirs by their log odds.

    >>> mix(np.array([0.5]), np.array([0.9]), share=0.5).round(2).tolist()
    [0.75]
    """
    near, far = (np.clip(p, 1e-5, 1 - 1e-5) for p in (ours, theirs))
    scores = (1 - share) * np.log(near / (1 - near)) + share * np.log(far / (1 - far))
    return np.asarray(1 / (1 + np.exp(-scores)))


@dataclass(frozen=True, slots=True)
class Blend:
    """Two opinions on one question made one: their log odds, each with its weight, and what is added."""

    added: float
    ours: float
    theirs: float

    def of(self, ours: float, theirs: float) -> float:
        """The probability that the two together give.

        >>> Blend(0.0, 0.5, 0.5).of(0.5, 0.5)
        0.5
        """
        score = self.added + self.ours * log_odds(ours, least=1e-5) + self.theirs * log_odds(theirs, least=1e-5)
        return 1 / (1 + math.exp(-score))
