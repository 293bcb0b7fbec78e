"""A negative binomial regression of the count so many months ahead on what a unit's past looks like now; mean and dispersion are both regressed.

NB2 (Cameron & Trivedi 2013, Regression Analysis of Count Data, eq. 3.26): variance mu + mu²·alpha, log mu = x·b, log alpha = x·g. "Direct": a count h months
ahead is regressed on the state now, without steps between; all horizons are fitted together, with the horizon's logarithm and its products with the recent
level among the features, which takes 12 times fewer parameters than one regression for each. Fitted by penalised maximum likelihood (L-BFGS).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from waqai.forecasting.draws import Draws, draw_negative_binomial

Floats: TypeAlias = NDArray[np.float64]

ORIGINS = 72
"""Months of the past from which the count ahead is regressed. Chosen on Africa 1996-2018, where 18 and 36 gave a higher CRPS, see docs/decisions/0061."""
RIDGE = 10.0
"""Penalty on squared coefficients of standardised features. Chosen on the windows 2017 and 2018: with less a panel of one or two years is overfitted."""
FIRST = 5
"""The features of a month look back at least so many months."""
HORIZON_SCALE = 8.0  # months; only centres the logarithm
LOG_MEAN, LOG_ALPHA = (-12.0, 13.0), (-6.0, 6.0)
STEPS = 300


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """Coefficients `mean` and `alpha` of the standardised features; `centre` and `spread` standardise them. `rows` is on how many counts they were fitted."""

    mean: Floats
    alpha: Floats
    centre: Floats
    spread: Floats
    rows: int


def features_at(counts: Floats) -> Floats:
    """(units, 7): what each unit's past looks like at the end of it. Logarithms of the last count and of means over 3, 12 and 36 months, of the largest of
    12, and shares of active months of 12 and 6; over what there is where the past is shorter."""
    logs = [np.log1p(counts[:, -months:].mean(axis=1)) for months in (1, 3, 12, 36)]
    shares = [(counts[:, -months:] > 0).mean(axis=1) for months in (12, 6)]
    return np.stack([*logs, np.log1p(counts[:, -12:].max(axis=1)), *shares], axis=1)


def design(features: Floats, *, horizon: int) -> Floats:
    """(units, 10): the features with log horizon and its products with the last count and the yearly mean."""
    far = np.log(horizon / HORIZON_SCALE)
    return np.concatenate([features, np.full((len(features), 1), far), far * features[:, [0, 2]]], axis=1)


def fit_regression(counts: NDArray[Any], *, horizons: Sequence[int]) -> Fitted | None:
    """The regression of all that the panel's past (units, months) allows; None where it is too short for a single row, or nothing ever happened."""
    past = np.asarray(counts, dtype=np.float64)
    rows, ahead, weights = _collect(past, horizons)
    if not len(ahead) or not ahead.any():
        return None
    centre = np.average(rows, axis=0, weights=weights)
    spread = np.sqrt(np.average((rows - centre) ** 2, axis=0, weights=weights))
    spread[spread < 1e-9] = 1.0
    inputs = np.concatenate([np.ones((len(rows), 1)), (rows - centre) / spread], axis=1)
    mean, alpha = _maximise(inputs, ahead, weights)
    return Fitted(mean=mean, alpha=alpha, centre=centre, spread=spread, rows=int(weights.sum()))


def draw_regression(fitted: Fitted, counts: NDArray[Any], *, horizons: Sequence[int], count: int, rng: np.random.Generator) -> Draws:
    """(units, horizons, count) draws of what is ahead of the panel's last month."""
    features = features_at(np.asarray(counts, dtype=np.float64))
    inputs = np.stack([(design(features, horizon=h) - fitted.centre) / fitted.spread for h in horizons], axis=1)
    mean = np.exp(np.clip(fitted.mean[0] + inputs @ fitted.mean[1:], *LOG_MEAN))
    size = np.exp(-np.clip(fitted.alpha[0] + inputs @ fitted.alpha[1:], *LOG_ALPHA))
    return draw_negative_binomial(mean, size, count=count, rng=rng)


def _collect(past: Floats, horizons: Sequence[int]) -> tuple[Floats, Floats, Floats]:
    """(features, counts ahead, how often each such row is there): most units are quiet most of the time, and quiet rows are all alike."""
    last = past.shape[1] - 1
    found = []
    for origin in range(max(FIRST, last - min(horizons) - ORIGINS + 1), last - min(horizons) + 1):
        features = features_at(past[:, : origin + 1])
        for horizon in horizons:
            if origin + horizon <= last:
                found.append(np.concatenate([design(features, horizon=horizon), past[:, origin + horizon, None]], axis=1))
    if not found:
        return np.empty((0, 10)), np.empty(0), np.empty(0)
    rows, times = np.unique(np.concatenate(found), axis=0, return_counts=True)
    return rows[:, :-1], rows[:, -1], times.astype(np.float64)


def _maximise(inputs: Floats, ahead: Floats, weights: Floats) -> tuple[Floats, Floats]:
    from scipy.optimize import minimize  # slow to import, and few commands need it
    from threadpoolctl import threadpool_limits

    width = inputs.shape[1]
    start = np.zeros(2 * width)
    start[0], start[width] = np.log(np.average(ahead, weights=weights)), 1.0
    with threadpool_limits(1):  # type: ignore[no-untyped-call]  # products this small take twenty times as long when threads share them
        found = minimize(negative_loglik, start, args=(inputs, ahead, weights), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return found.x[:width], found.x[width:]


def negative_loglik(theta: Floats, inputs: Floats, ahead: Floats, weights: Floats) -> tuple[float, Floats]:
    """(penalised negative log-likelihood, its gradient) at the coefficients of mean and dispersion, laid end to end; the first of each bears no penalty."""
    from scipy.special import digamma, gammaln

    width = inputs.shape[1]
    free = np.tile(np.arange(width) > 0, 2) * RIDGE
    mean = np.exp(np.clip(inputs @ theta[:width], *LOG_MEAN))
    size = np.exp(-np.clip(inputs @ theta[width:], *LOG_ALPHA))
    whole, stays = mean + size, np.log(size / (size + mean))
    loglik = gammaln(ahead + size) - gammaln(size) - gammaln(ahead + 1) + size * stays + ahead * np.log(mean / whole)
    by_mean = (ahead - mean) * size / whole
    by_alpha = -size * (digamma(ahead + size) - digamma(size) + stays + 1 - (size + ahead) / whole)
    gradient = np.concatenate([inputs.T @ (weights * by_mean), inputs.T @ (weights * by_alpha)])
    return float(-(weights @ loglik) + free @ theta**2), 2 * free * theta - gradient
