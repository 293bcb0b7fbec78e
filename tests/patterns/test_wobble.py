"""The wobble of series that were made with one."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.patterns.wobble import Wobble, estimate_wobble, fit_wobble, simulate

MADE = Wobble(sudden=0.05, slow=0.1, persistence=0.6)


def spread(one: Wobble) -> float:
    """Variance over mean of half a year's count."""
    return float(one.dispersion(np.array(20.0), np.array(26)))


def test_counts_have_the_variance_and_the_persistence_they_were_made_with() -> None:
    counts = simulate(np.full(60, 20.0), MADE, runs=4_000, rng=np.random.default_rng(1))
    assert counts.mean() == pytest.approx(20, rel=0.02) and counts.var() == pytest.approx(20 + 0.15 * 400, rel=0.06)
    apart = ((counts[:, 10] - 20.0) * (counts[:, 13] - 20.0)).mean()
    assert apart == pytest.approx(400 * 0.1 * 0.6**3, rel=0.25)


@pytest.mark.parametrize("length", [1, 4, 26])
def test_the_spread_of_a_sum_is_that_of_sums_of_simulated_counts(length: int) -> None:
    sums = simulate(np.full(length, 20.0), MADE, runs=20_000, rng=np.random.default_rng(2)).sum(axis=1)
    assert float(MADE.dispersion(np.array(20.0), np.array(length))) == pytest.approx(sums.var() / sums.mean(), rel=0.06)


def test_on_average_a_wobble_is_found_again_and_rather_too_large() -> None:
    found = [spread(estimate_wobble(row)) for row in simulate(np.full(200, 20.0), MADE, runs=60, rng=np.random.default_rng(3))]
    assert spread(MADE) * 0.9 < np.mean(found) < spread(MADE) * 3


def test_chance_alone_has_hardly_any() -> None:
    found = [estimate_wobble(row).alpha for row in np.random.default_rng(4).poisson(20, (40, 200))]
    assert np.mean(found) < 0.02


def test_a_step_does_not_pass_for_wobble() -> None:
    """The variance of the whole would say an alpha of .11 or more."""
    steps = np.random.default_rng(5).poisson(np.tile(np.repeat([10.0, 20.0], 100), (40, 1)))
    whole = (steps.var(axis=1) - steps.mean(axis=1)) / steps.mean(axis=1) ** 2
    assert whole.mean() > 0.1 and np.mean([estimate_wobble(row).alpha for row in steps]) < 0.05


def test_no_part_is_below_nothing() -> None:
    assert fit_wobble(np.array([-0.2, -0.1, -0.3, -0.2])) == Wobble(sudden=0.0, slow=0.0, persistence=0.0)
