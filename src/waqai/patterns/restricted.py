"""What fitting a moving baseline takes from the excitation, put back: the restricted likelihood's extra term.

A baseline with many pieces takes part of each burst for trend, so the likeliest branching is too low, by an amount that does not shrink with more events. The
cure is that of REML (Patterson & Thompson 1971) for series with dependent errors: integrate the pieces of the *mean* rate out. With mean m = B theta, the
innovations of a day are (1 - kappa) y_t - branching sum_k g_k y_(t-k) and their variance is proportional to the mean, so the term is

    -1/2 log det(X'X + I / (spread^2 rate)),    X = (1 - kappa) B - branching (lagged B),

a function of branching, decay, the baseline and the mean rate alone (weights that change slowly from piece to piece cancel in its slopes). The second part is
a prior: a piece's rate lies within some `SPREAD` of the mean, relative to it. Without it pieces of few events draw branching towards 1, where the mean of a
piece is known no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from waqai.patterns.baselines import Baseline, shapes
from waqai.patterns.day_model import lagged, same_day

Floats = npt.NDArray[np.float64]
_BRANCHINGS = np.concatenate([np.linspace(-0.05, 0.85, 19), [0.9, 0.94, 0.985]])
_LOG_DECAYS = np.linspace(np.log(np.log(2) / 8), np.log(np.log(2) / 0.08), 16)
_LONGEST_DAYS = 540
SPREAD = 1.5
"""Tried .3, .5, 1, 2 and no prior on simulated random trends: smaller puts back too little, without a prior pieces of fewer than 30 events run off to 1."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """The extra term of a baseline as a smooth surface over branching and log(decay)."""

    surface: Any

    def value(self, branching: Floats, decay: Floats) -> Floats:
        """The term itself, shape (runs,)."""
        return np.asarray(self.surface.ev(branching, np.log(decay)))

    def slopes(self, branching: Floats, decay: Floats) -> tuple[Floats, Floats]:
        """Its first derivatives (runs, 2) and second ones (runs, 2, 2) by branching and log(decay)."""
        at = (branching, np.log(decay))
        first = np.stack([self.surface.ev(*at, dx=1), self.surface.ev(*at, dy=1)], axis=1)
        second = np.empty((len(branching), 2, 2))
        second[:, 0, 0], second[:, 1, 1] = self.surface.ev(*at, dx=2), self.surface.ev(*at, dy=2)
        second[:, 0, 1] = second[:, 1, 0] = self.surface.ev(*at, dx=1, dy=1)
        return first, second


def restriction(baseline: Baseline, *, days: int, rate: float) -> Restriction:
    """The extra term for a baseline over so many days with `rate` events a day (rounded to a third of a power of 2, which changes nothing that matters, so that
    tables are kept).
    """
    return _table(baseline, days, round(3 * float(np.log2(max(rate, 1e-3)))))


@lru_cache(maxsize=256)
def _table(baseline: Baseline, days: int, thirds: int) -> Restriction:
    """The term on a grid; over more than 540 days it is scaled up from there, as it grows in proportion."""
    from scipy.interpolate import RectBivariateSpline

    pieces = shapes(baseline, days=days).shape[1]
    length = max(1, min(pieces, round(pieces * _LONGEST_DAYS / days)))
    part = shapes(baseline, days=round(days * length / pieces)) if length < pieces else shapes(baseline, days=days)
    prior = np.eye(part.shape[1]) / (SPREAD**2 * 2 ** (thirds / 3))
    with threadpool_limits(limits=1):  # type: ignore[no-untyped-call]
        table = np.array([[_log_det(part, branching, decay, prior) for decay in np.exp(_LOG_DECAYS)] for branching in _BRANCHINGS])
    return Restriction(RectBivariateSpline(_BRANCHINGS, _LOG_DECAYS, -0.5 * table * pieces / part.shape[1]))


def _log_det(basis: Floats, branching: float, decay: float, prior: Floats) -> float:
    """log det(X'X + prior) for one branching and decay."""
    each = np.full(basis.shape[1], decay)
    inner = 1 - float(same_day(np.array([branching]), np.array([decay]))[0])
    design = inner * basis - branching * lagged(basis.T, decay=each).T
    return float(np.linalg.slogdet(design.T @ design + prior)[1])
