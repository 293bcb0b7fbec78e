"""Residuals of fitted processes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest

from waqai.patterns.day_model import lagged, same_day
from waqai.patterns.exponential import Exponential, fit_constant
from waqai.patterns.goodness import check_uniform, day_residuals, waiting_residuals
from waqai.patterns.simulation import daily_runs, event_times


def test_the_kolmogorov_smirnov_p_value_is_the_published_one() -> None:
    for seed in range(4):
        values = np.random.default_rng(seed).beta(1.0, 1.15, 400)
        assert check_uniform(values).uniform_p == pytest.approx(kstest(values, "uniform").pvalue, abs=0.01)


def test_the_true_process_leaves_uniform_independent_residuals_and_a_false_one_does_not() -> None:
    rng = np.random.default_rng(2)
    true = Exponential(baseline=1.0, branching=0.6, decay=2.0)
    p_values = []
    for _ in range(60):
        times = event_times(baseline=1.0, branching=0.6, decay=2.0, horizon=300.0, rng=rng)
        found = check_uniform(waiting_residuals(times, true))
        p_values.append((found.uniform_p, found.independent_p))
    assert np.mean(np.array(p_values) < 0.05, axis=0) == pytest.approx([0.05, 0.05], abs=0.09)
    poisson = Exponential(baseline=times.size / 300, branching=0.0, decay=1.0)
    assert check_uniform(waiting_residuals(times, poisson)).uniform_p < 1e-4


def test_unrelated_neighbours_are_told_from_related_ones() -> None:
    rng = np.random.default_rng(3)
    values = rng.random(500)
    assert check_uniform(values).independent_p > 0.05
    assert check_uniform(np.repeat(values[:250], 2)).independent_p < 1e-6


def test_the_check_does_not_see_a_trend_as_its_caution_says() -> None:
    """Events of a slow wave without any self-excitation pass as self-exciting with a constant baseline."""
    rng = np.random.default_rng(4)
    candidates = rng.uniform(0, 1000, 6000)
    times = np.sort(candidates[rng.random(6000) < 0.5 * (1 + 0.9 * np.sin(candidates / 80))])
    fit = fit_constant(times, horizon=1000.0)
    found = check_uniform(waiting_residuals(times, fit.process))
    assert fit.process.branching > 0.8 and found.uniform_p > 0.05
    assert "does not see a trend" in found.caution


def test_daily_residuals_are_uniform_under_the_day_model_and_not_under_poisson() -> None:
    rng = np.random.default_rng(5)
    decay, branching = np.array([1.0]), np.array([0.5])
    counts = daily_runs(np.full(1500, 2.0), branching=0.5, decay=1.0, runs=1, rng=rng).astype(float)
    founders = 2.0 + 0.5 * lagged(counts, decay=decay)[0]
    right = check_uniform(day_residuals(counts[0], founders, same_day=float(same_day(branching, decay)[0]), rng=rng))
    wrong = check_uniform(day_residuals(counts[0], np.full(1500, counts.mean()), same_day=0.0, rng=rng))
    assert right.uniform_p > 0.01 and right.independent_p > 0.01
    assert wrong.uniform_p < 1e-4 and wrong.independent_p < 1e-4
