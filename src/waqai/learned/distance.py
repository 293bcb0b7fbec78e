"""Distances between the pieces of a text, in steps that grow with them."""

from __future__ import annotations

import math

STEPS = 64
"""How many steps there are."""
_FINENESS, _HALF = 3, STEPS // 2  # three steps for each doubling, at most 31 to either side


def step_of(distance: int) -> int:
    """The number of a distance in pieces, 0 to 63.

    >>> step_of(0), step_of(1), step_of(-1), step_of(5000)
    (32, 35, 29, 63)
    """
    steps = min(_HALF - 1, int(math.log2(abs(distance) + 1) * _FINENESS))
    return _HALF + (steps if distance > 0 else -steps)
