"""What fitting a moving baseline takes from the excitation, put back: the restricted likelihood's extra term.

A baseline with many pieces takes part of each burst for trend, so the likeliest branching is too low, by an amount that does not shrink with more events. The cure is that of
REML (Patterson & Thompson 1971) for series with dependent errors: give the pieces of the *mean* rate a flat prior and integrate them out. With mean m = B theta, the innovations of a
day are (1 - kappa) y_t - branching sum_k g_k y_(t-k), their variance is proportional to the mean, and the term is

    -1/2 log det X'X,    X = (1 - kappa) B - branching (lagged B),

a function of branching, decay and the baseline alone, whatever the counts (weights that change slowly from piece to piece cancel in its slopes).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from waqai.patterns.baselines import Baseline, shapes
from waqai.patterns.day_model import lagged, same_day

Floats = npt.NDArray[np.float64]
_BRANCHINGS = np.concatenate([np.linspace(-0.04, 0.9, 25), [0.93, 0.96, 0.985]])
_LOG_DECAYS = np.linspace(np.log(np.log(2) / 70), np.log(np.log(2) / 0.08), 22)
_LONGEST_DAYS = 720


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


@lru_cache(maxsize=64)
def restriction(baseline: Baseline, *, days: int) -> Restriction:
    """The extra term for a baseline over so many days; over more than 720 it is scaled up, as it grows in proportion."""
    from scipy.interpolate import RectBivariateSpline

    pieces = shapes(baseline, days=days).shape[1]
    length = max(1, min(pieces, round(pieces * _LONGEST_DAYS / days)))
    part = shapes(baseline, days=round(days * length / pieces)) if length < pieces else shapes(baseline, days=days)
    table = np.array([[_log_det(part, branching, decay) for decay in np.exp(_LOG_DECAYS)] for branching in _BRANCHINGS])
    return Restriction(RectBivariateSpline(_BRANCHINGS, _LOG_DECAYS, -0.5 * table * pieces / part.shape[1]))


def _log_det(basis: Floats, branching: float, decay: float) -> float:
    """log det X'X for one branching and decay."""
    each = np.full(basis.shape[1], decay)
    inner = 1 - float(same_day(np.array([branching]), np.array([decay]))[0])
    design = inner * basis - branching * lagged(basis.T, decay=each)[0].T
    return float(np.linalg.slogdet(design.T @ design)[1])
