"""Probabilities on the scale on which evidence adds up."""

from __future__ import annotations

import math

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


def odds_if(p: float) -> float:
    """The log odds of a probability that may be missing.

    >>> odds_if(NOTHING)
    nan
    """
    return NOTHING if math.isnan(p) else log_odds(p)


def mix(ours: Floats, theirs: Floats, *, share: float) -> Floats:
    """(n,) probabilities between the two, `share` of the way to theirs by their log odds.

    >>> mix(np.array([0.5]), np.array([0.9]), share=0.5).round(2).tolist()
    [0.75]
    """
    near, far = (np.clip(p, 1e-5, 1 - 1e-5) for p in (ours, theirs))
    scores = (1 - share) * np.log(near / (1 - near)) + share * np.log(far / (1 - far))
    return np.asarray(1 / (1 + np.exp(-scores)))


def mixed(ours: float, theirs: float, *, share: float) -> float:
    """As `mix`, of two numbers.

    >>> round(mixed(0.5, 0.9, share=0.5), 2)
    0.75
    """
    return 1 / (1 + math.exp(-(1 - share) * log_odds(ours, least=1e-5) - share * log_odds(theirs, least=1e-5)))
