"""Probabilities on the scale on which evidence adds up."""

from __future__ import annotations

import math

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


def mixed(ours: float, theirs: float, *, share: float) -> float:
    """The probability between the two, `share` of the way to theirs by their log odds.

    >>> round(mixed(0.5, 0.9, share=0.5), 2)
    0.75
    """
    return 1 / (1 + math.exp(-(1 - share) * log_odds(ours, least=1e-5) - share * log_odds(theirs, least=1e-5)))
