"""Moving baselines: how the rate that is not self-excitation may change over time.

A baseline is a sum of non-negative shapes over the days: steps (constant within a piece) or tents (a straight line from knot to knot). The shapes of one day
add up to 1, so a coefficient is a rate in events per day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """How a rate may move: `kind` is constant, steps or lines; `every_days` is the length of a piece (0 for constant)."""

    kind: str
    every_days: int

    @property
    def name(self) -> str:
        """The baseline in words.

        >>> Baseline(kind="steps", every_days=90).name, Baseline(kind="constant", every_days=0).name
        ('a step every 90 days', 'constant')
        """
        if self.kind == "constant":
            return "constant"
        return f"a step every {self.every_days} days" if self.kind == "steps" else f"lines between points {self.every_days} days apart"


CONSTANT = Baseline(kind="constant", every_days=0)


def shapes(baseline: Baseline, *, days: int) -> Floats:
    """The shapes of a baseline, day by day: shape (days, pieces), each row adds up to 1.

    Pieces are made equal, as near to `every_days` as their number allows. A tent is taken at the middle of the day.

    >>> shapes(Baseline(kind="steps", every_days=2), days=4)
    array([[1., 0.],
           [1., 0.],
           [0., 1.],
           [0., 1.]])
    """
    if baseline.kind == "constant":
        return np.ones((days, 1))
    pieces = max(1, round(days / baseline.every_days))
    where = (np.arange(days) + 0.5) / days * pieces
    if baseline.kind == "steps":
        return np.asarray(np.arange(pieces) == where.astype(int)[:, None], dtype=float)
    return np.asarray(np.maximum(0.0, 1.0 - np.abs(where[:, None] - np.arange(pieces + 1))))
