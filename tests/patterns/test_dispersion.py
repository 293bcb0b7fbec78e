"""Intervals of rates against scipy's distributions; over-dispersion of series whose spread is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2, nbinom

from waqai.patterns.dispersion import chance_of_at_most, local_dispersion, rate_interval

COUNTS = np.array([0, 1, 3, 10, 250])


def test_without_over_dispersion_the_interval_is_garwoods() -> None:
    low, high = rate_interval(COUNTS, COUNTS, 1.0)
    assert low == pytest.approx(np.nan_to_num(chi2.ppf(0.025, 2 * COUNTS) / 2), rel=1e-6)
    assert high == pytest.approx(chi2.ppf(0.975, 2 * COUNTS + 2) / 2, rel=1e-6)


@pytest.mark.parametrize("dispersion", [1.5, 4.0])
def test_at_the_ends_a_negative_binomial_count_is_as_rare_as_the_level_says(dispersion: float) -> None:
    low, high = rate_interval(COUNTS, COUNTS, dispersion)
    seen = COUNTS > 0
    assert nbinom.sf(COUNTS[seen] - 1, low[seen] / (dispersion - 1), 1 / dispersion) == pytest.approx(0.025, rel=1e-6)
    assert nbinom.cdf(COUNTS, high / (dispersion - 1), 1 / dispersion) == pytest.approx(0.025, rel=1e-6)


def test_the_variance_is_dispersion_times_the_mean() -> None:
    counts = np.arange(400)
    steps = np.diff(np.concatenate([[0.0], chance_of_at_most(counts, np.full(400, 20.0), 3.0)]))
    mean = (steps * counts).sum()
    assert mean == pytest.approx(20) and (steps * (counts - mean) ** 2).sum() == pytest.approx(60)


def test_what_may_lie_in_a_period_widens_the_upper_end_only() -> None:
    known, vague = rate_interval(np.array([5]), np.array([5]), 2.0), rate_interval(np.array([5]), np.array([9]), 2.0)
    assert vague[0] == known[0] and vague[1] == rate_interval(np.array([9]), np.array([9]), 2.0)[1]


@pytest.mark.parametrize("shape", ["level", "trend", "step"])
def test_a_trend_or_a_step_does_not_pass_for_over_dispersion(shape: str) -> None:
    mean = {"level": np.full(300, 20.0), "trend": np.linspace(5, 60, 300), "step": np.repeat([10.0, 60.0], 150)}[shape]
    rng = np.random.default_rng(1)
    found = [local_dispersion(rng.negative_binomial(mean / 2, 1 / 3)) for _ in range(20)]
    assert np.mean([one for one in found if one]) == pytest.approx(3, rel=0.1)
    assert np.mean([local_dispersion(rng.poisson(mean)) or 0 for _ in range(20)]) < 1.2


def test_dispersion_of_too_few_or_empty_periods_is_not_known() -> None:
    assert local_dispersion(np.ones(8, dtype=int)) is None and local_dispersion(np.zeros(30, dtype=int)) is None
