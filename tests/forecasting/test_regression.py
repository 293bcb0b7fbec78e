from __future__ import annotations

import numpy as np
import pytest

from waqai.forecasting.regression import FIRST, ORIGINS, RIDGE, _collect, design, draw_regression, features_at, fit_regression, negative_loglik

HORIZONS = (2, 3, 5)


def simulated(*, units: int = 30, months: int = 90, seed: int = 1) -> np.ndarray:
    """Counts whose level is each unit's own and wanders."""
    rng = np.random.default_rng(seed)
    level = rng.normal(0, 1.5, (units, 1)) + np.cumsum(rng.normal(0, 0.15, (units, months)), axis=1)
    return rng.poisson(rng.gamma(2.0, np.exp(level) / 2.0))


def test_the_gradient_is_that_of_the_likelihood() -> None:
    rng = np.random.default_rng(2)
    inputs = np.concatenate([np.ones((40, 1)), rng.normal(size=(40, 3))], axis=1)
    ahead, weights, theta = rng.poisson(4, 40).astype(float), rng.integers(1, 5, 40).astype(float), rng.normal(0, 0.4, 8)
    value, gradient = negative_loglik(theta, inputs, ahead, weights)
    for place in range(8):
        step = np.eye(8)[place] * 1e-6
        slope = (negative_loglik(theta + step, inputs, ahead, weights)[0] - negative_loglik(theta - step, inputs, ahead, weights)[0]) / 2e-6
        assert gradient[place] == pytest.approx(slope, rel=1e-4, abs=1e-4)
    from scipy.stats import nbinom

    mean, size = np.exp(inputs @ theta[:4]), np.exp(-(inputs @ theta[4:]))
    penalty = RIDGE * (theta[1:4] @ theta[1:4] + theta[5:] @ theta[5:])
    assert value == pytest.approx(penalty - weights @ nbinom.logpmf(ahead, size, size / (size + mean)))


def test_rows_are_the_past_before_each_origin_and_the_count_that_came() -> None:
    past = simulated(units=3, months=20).astype(float)
    rows, ahead, times = _collect(past, HORIZONS)
    pairs = [(origin, h) for origin in range(FIRST, 20) for h in HORIZONS if origin + h <= 19]
    assert times.sum() == 3 * len(pairs)
    expected = sorted([*design(features_at(past[:, : origin + 1]), horizon=h)[unit], past[unit, origin + h]] for origin, h in pairs for unit in range(3))
    found = sorted([*row, seen] for row, seen, often in zip(rows, ahead, times, strict=True) for _ in range(int(often)))
    assert np.array(found) == pytest.approx(np.array(expected))


def test_no_more_than_so_many_origins_are_used_the_latest() -> None:
    past = simulated(units=1, months=ORIGINS + 40).astype(float)
    assert _collect(past, (3,))[2].sum() == ORIGINS
    changed = past.copy()
    changed[:, :4] += 1_000  # further back than the longest look of the first origin used
    assert sorted(_collect(changed, (3,))[1]) == sorted(_collect(past, (3,))[1])


def test_a_regression_on_its_own_process_beats_the_last_counts_and_is_calibrated() -> None:
    from waqai.forecasting.scores import score_draws

    counts = simulated(units=60, months=70)
    fitted = fit_regression(counts[:, :64], horizons=HORIZONS)
    assert fitted is not None
    draws = draw_regression(fitted, counts[:, :64], horizons=HORIZONS, count=500, rng=np.random.default_rng(1))
    seen = counts[:, [63 + h for h in HORIZONS]].reshape(-1)
    ours = score_draws(draws.reshape(-1, 500), seen)
    last = score_draws(np.repeat(counts[:, 63], len(HORIZONS))[:, None], seen)
    assert ours.crps < 0.8 * last.crps
    assert 0.8 < ours.coverage_active <= 0.97


def test_a_past_that_is_too_short_or_empty_has_no_regression() -> None:
    assert fit_regression(np.ones((5, 6), dtype=int), horizons=(2,)) is None
    assert fit_regression(np.zeros((5, 60), dtype=int), horizons=(2,)) is None
