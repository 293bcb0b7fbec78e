"""The likelihood of daily counts."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gammaln

from waqai.patterns.day_model import lagged, lagged_and_slope, same_day
from waqai.patterns.simulation import daily_runs


def test_children_of_later_days_are_those_of_exponential_delays() -> None:
    """One event anywhere in day 0: the share of its children k days later, by drawing."""
    rng = np.random.default_rng(1)
    decay = 0.6
    delays = rng.random(400_000) + rng.exponential(1 / decay, 400_000)
    drawn = np.bincount(delays.astype(int), minlength=6)[1:6] / 400_000
    counts = np.zeros((1, 6))
    counts[0, 0] = 1.0
    np.testing.assert_allclose(lagged(counts, decay=np.array([decay]))[0, 1:], drawn, atol=0.003)


def test_series_do_not_leak_into_each_other() -> None:
    counts = np.random.default_rng(2).poisson(2.0, (3, 40)).astype(float)
    decay = np.array([0.2, 1.0, 5.0])
    alone = [lagged(counts[row : row + 1], decay=decay[row : row + 1])[0] for row in range(3)]
    np.testing.assert_allclose(lagged(counts, decay=decay), alone)


def test_the_slope_of_the_lags_is_the_difference_quotient() -> None:
    counts = np.random.default_rng(3).poisson(2.0, (2, 40)).astype(float)
    decay, small = np.array([0.3, 2.0]), 1e-5
    quotient = (lagged(counts, decay=decay * np.exp(small)) - lagged(counts, decay=decay * np.exp(-small))) / (2 * small)
    np.testing.assert_allclose(lagged_and_slope(counts, decay=decay)[1], quotient, atol=1e-7)


@pytest.mark.parametrize(("branching", "half_life"), [(0.5, 0.2), (0.5, 2.0), (0.9, 0.5)])
def test_the_mean_family_of_a_day_is_that_of_the_process(branching: float, half_life: float) -> None:
    decay = np.log(2) / half_life
    first = daily_runs(np.array([1.0]), branching=branching, decay=decay, runs=100_000, rng=np.random.default_rng(4))
    kappa = float(same_day(np.array([branching]), np.array([decay]))[0])
    assert 1 / (1 - kappa) == pytest.approx(first.mean(), rel=0.03)


def test_the_law_of_a_days_count_adds_up_to_one() -> None:
    nu, kappa, y = 1.7, 0.4, np.arange(400)
    logs = np.log(nu) + (y - 1) * np.log(nu + kappa * y) - nu - kappa * y - gammaln(y + 1)
    assert np.exp(logs).sum() == pytest.approx(1.0, abs=1e-12)
    assert np.exp(logs) @ y == pytest.approx(nu / (1 - kappa))
