"""Rates that are sums of features."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from waqai.patterns.additive import fit_additive


def test_the_weights_are_those_of_a_general_optimiser_and_none_is_below_zero() -> None:
    rng = np.random.default_rng(1)
    features = rng.uniform(0, 1, (300, 4))
    counts = rng.poisson(features @ np.array([2.0, 0.0, 1.0, 0.5])).astype(float)
    totals = features.sum(axis=0)
    fit = fit_additive(features, totals, counts=counts)
    found = minimize(lambda w: -(counts @ np.log(features @ w) - totals @ w), np.ones(4), bounds=[(1e-9, None)] * 4, method="L-BFGS-B")
    assert fit.log_likelihood == pytest.approx(-found.fun, abs=1e-4)
    np.testing.assert_allclose(fit.weights, found.x, atol=0.02)
    assert fit.weights.min() >= 0


def test_errors_are_the_spread_of_estimates() -> None:
    rng = np.random.default_rng(2)
    features = np.stack([np.ones(200), rng.uniform(0, 2, 200)], axis=1)
    fits = [fit_additive(features, features.sum(axis=0), counts=rng.poisson(features @ [3.0, 1.0]).astype(float)) for _ in range(150)]
    np.testing.assert_allclose(np.mean([fit.errors for fit in fits], axis=0), np.std([fit.weights for fit in fits], axis=0), rtol=0.25)
