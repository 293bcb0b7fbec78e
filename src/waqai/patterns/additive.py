"""Poisson rates that are sums of known features with weights of at least zero: the likelihood, its top, and how sure a weight is.

Given its decay, a Hawkes process is such a model: the features are the pieces of the baseline and what is left of earlier events. The likelihood is concave
in the weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_STEPS = 100


@dataclass(frozen=True, slots=True)
class Additive:
    """The likeliest weights (features,), the log-likelihood sum(counts log rate) - weights . totals, and standard errors of the weights."""

    weights: Floats
    log_likelihood: float
    errors: Floats


def fit_additive(features: Floats, totals: Floats, *, counts: Floats | None = None, start: Floats | None = None) -> Additive:
    """The likeliest weights for rates `features @ weights` at rows that hold `counts` events (one each by default).

    `features` is (rows, features) and at least 0; `totals` (features,) is what a weight of 1 lets one expect over the whole window. Projected Newton steps
    (Bertsekas 1982).

    >>> fit_additive(np.ones((4, 1)), np.array([8.0])).weights
    array([0.5])
    """
    counts = np.ones(len(features)) if counts is None else counts
    weights = np.maximum(counts.sum() / totals.sum() * np.ones(totals.size) if start is None else start, 1e-9)
    value, damp = _value(features, totals, counts, weights), 1e-6
    for _ in range(_STEPS):
        rate = features @ weights
        slope = (counts / rate) @ features - totals
        held = (weights <= 1e-9) & (slope <= 0)
        bend = (features * (counts / rate**2)[:, None]).T @ features
        bend[np.diag_indices_from(bend)] += damp * np.diag(bend) + 1e-12 * (1 + np.trace(bend))
        bend[held], bend[:, held] = 0.0, 0.0
        bend[held, held] = 1.0
        step = np.linalg.solve(bend, np.where(held, 0.0, slope))
        tried = np.maximum(weights + step, 1e-9)
        new = _value(features, totals, counts, tried)
        if new > value:
            rise, weights, value, damp = new - value, tried, new, damp * 0.1
            if rise < 1e-9 * (1 + abs(value)):
                break
        elif damp > 1e8 or float(slope[~held] @ step[~held]) < 1e-8:
            break
        else:
            damp = max(damp * 10, 1e-3)
    return Additive(np.where(weights <= 1e-8, 0.0, weights), value, _errors(features, counts, weights))


def _value(features: Floats, totals: Floats, counts: Floats, weights: Floats) -> float:
    return float(counts @ np.log(np.maximum(features @ weights, 1e-300)) - totals @ weights)


def _errors(features: Floats, counts: Floats, weights: Floats) -> Floats:
    """Square roots of the diagonal of the inverse of the observed information."""
    rate = features @ weights
    bend = (features * (counts / rate**2)[:, None]).T @ features
    return np.asarray(np.sqrt(np.maximum(np.diag(np.linalg.pinv(bend)), 0.0)))
