"""Fits of daily counts over moving baselines."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from waqai.patterns.baselines import CONSTANT, Baseline, shapes
from waqai.patterns.day_fitting import fit_excited, fit_trend_only, profile, refit_restricted, solve_tridiagonal
from waqai.patterns.day_model import lagged, same_day
from waqai.patterns.restricted import restriction
from waqai.patterns.simulation import daily_runs

LINES = Baseline(kind="lines", every_days=40)
DAYS = 240
DECAY = float(np.log(2))


def made(branching: float, runs: int, seed: int = 1) -> np.ndarray:
    trend = 4 + 2 * np.sin(np.arange(DAYS) / 30)
    return daily_runs(trend * (1 - branching), branching=branching, decay=DECAY, runs=runs, rng=np.random.default_rng(seed)).astype(float)


def value(counts: np.ndarray, basis: np.ndarray, branching: float, decay: float, rates: np.ndarray) -> float:
    """The log-likelihood of one series, day by day."""
    at, slow = np.array([branching]), np.array([decay])
    nu = basis @ rates + branching * lagged(counts[None], decay=slow)[0]
    kappa = float(same_day(at, slow)[0])
    return float(np.sum(np.log(nu) + (counts - 1) * np.log(nu + kappa * counts) - nu - kappa * counts))


@pytest.mark.parametrize("baseline", [CONSTANT, Baseline(kind="steps", every_days=60), LINES])
def test_a_fit_is_as_likely_as_what_a_general_optimiser_finds(baseline: Baseline) -> None:
    counts, basis = made(0.5, 1), shapes(baseline, days=DAYS)
    fit = fit_excited(counts, basis, tolerance=1e-8)

    def minus(at: np.ndarray) -> float:
        return -value(counts[0], basis, float(at[0]), float(np.exp(at[1])), np.exp(at[2:]))

    start = np.concatenate([[0.4, 0.0], np.full(basis.shape[1], np.log(2.0))])
    found = minimize(minus, start, method="L-BFGS-B", bounds=[(0, 0.98), (-2, 1.9)] + [(-8, 5)] * basis.shape[1])
    assert value(counts[0], basis, fit.branching[0], fit.decay[0], fit.rates[0]) == pytest.approx(fit.log_likelihood[0], abs=1e-8)
    assert fit.log_likelihood[0] >= -found.fun - 1e-4


def test_many_series_at_once_are_fitted_as_each_alone() -> None:
    counts, basis = made(0.3, 5), shapes(LINES, days=DAYS)
    together = fit_excited(counts, basis, tolerance=1e-7)
    alone = [fit_excited(counts[row : row + 1], basis, tolerance=1e-7).branching[0] for row in range(5)]
    np.testing.assert_allclose(together.branching, alone, atol=1e-4)


def test_a_trend_alone_is_fitted_by_the_mean_of_each_step() -> None:
    counts, basis = made(0.0, 3), shapes(Baseline(kind="steps", every_days=60), days=DAYS)
    np.testing.assert_allclose(fit_trend_only(counts, basis, tolerance=1e-9).rates, counts.reshape(3, 4, 60).mean(axis=2), rtol=1e-4)


def test_the_restricted_fit_puts_back_what_the_baseline_took() -> None:
    """20-day lines take nearly half of a branching of .5 with a half-life of a day; on average the restricted fit is right."""
    counts, fine = made(0.5, 80, seed=3), Baseline(kind="lines", every_days=20)
    basis = shapes(fine, days=DAYS)
    plain = fit_excited(counts, basis)
    restricted = refit_restricted(counts, basis, plain, restriction(fine, days=DAYS, rate=float(counts.mean())))
    assert plain.branching.mean() < 0.35
    assert np.median(restricted.branching) == pytest.approx(0.5, abs=0.07)


def test_the_profile_is_highest_where_the_restricted_fit_stands() -> None:
    counts, basis = made(0.5, 2, seed=4), shapes(LINES, days=DAYS)
    extra = restriction(LINES, days=DAYS, rate=float(counts.mean()))
    plain = fit_excited(counts, basis)
    top = refit_restricted(counts, basis, plain, extra, tolerance=1e-7)
    curve = profile(counts, basis, plain, extra, grid=np.array([top.branching[0] - 0.1, top.branching[0], top.branching[0] + 0.1]))
    assert curve[0].argmax() == 1
    assert curve[0, 1] == pytest.approx(top.log_likelihood[0], abs=0.03)


def test_tridiagonal_systems_are_solved() -> None:
    rng = np.random.default_rng(1)
    diag, off, right = rng.uniform(3, 4, (2, 6)), rng.uniform(-1, 1, (2, 5)), rng.normal(size=(2, 6, 3))
    solved = solve_tridiagonal(diag, off, right)
    for run in range(2):
        whole = np.diag(diag[run]) + np.diag(off[run], 1) + np.diag(off[run], -1)
        np.testing.assert_allclose(whole @ solved[run], right[run], atol=1e-12)
