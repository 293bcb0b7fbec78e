from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from waqai.forecasting import scores
from waqai.forecasting.scores import (
    IGN_EDGES,
    brier_of_exceedance,
    crps_of_counts,
    crps_of_draws,
    distance_from_uniform,
    ignorance,
    interval_score,
    is_covered,
    randomised_pit,
    score_draws,
)


def cells(*, n: int = 60, draws: int = 37, seed: int = 3) -> tuple[Any, Any]:
    """Skewed draws with many ties, and counts of which some lie outside them."""
    rng = np.random.default_rng(seed)
    rates = rng.gamma(0.4, 30, n)
    return rng.poisson(rng.gamma(0.7, rates[:, None], (n, draws))), rng.poisson(rates * rng.choice((0, 1, 5), n))


def test_crps_of_draws_is_the_mean_over_all_pairs() -> None:
    draws, seen = cells()
    brute = [
        np.mean([abs(x - y) for x in row]) - 0.5 * np.mean([abs(x - other) for x in row for other in row]) for row, y in zip(draws.tolist(), seen, strict=True)
    ]
    assert crps_of_draws(draws, seen) == pytest.approx(brute, abs=1e-9)


def test_crps_of_draws_is_that_of_scoringrules() -> None:
    scoringrules = pytest.importorskip("scoringrules")
    draws, seen = cells(n=300, draws=101)
    theirs = scoringrules.crps_ensemble(seen.astype(float), draws.astype(float), estimator="qd")
    assert crps_of_draws(draws, seen) == pytest.approx(theirs, rel=1e-9)


def test_crps_of_masses_is_that_of_as_many_draws_and_tends_to_the_negative_binomials_own() -> None:
    scoringrules = pytest.importorskip("scoringrules")
    draws, seen = cells(n=25)
    masses = np.stack([np.bincount(row, minlength=int(max(draws.max(), seen.max())) + 1) for row in draws]) / draws.shape[1]
    assert crps_of_counts(masses, seen) == pytest.approx(crps_of_draws(draws, seen), abs=1e-9)
    from scipy.stats import nbinom

    exact = crps_of_counts(nbinom.pmf(np.arange(4_000), 1.5, 0.05)[None, :], [17])
    assert exact == pytest.approx(scoringrules.crps_negbinom(17, 1.5, 0.05), rel=1e-6)


def test_masses_that_are_no_distribution_and_counts_beyond_them_are_refused() -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        crps_of_counts([[0.5, 0.4]], [0])
    with pytest.raises(ValueError, match="beyond the support"):
        crps_of_counts([[0.5, 0.5]], [2])


def test_shapes_that_do_not_fit_are_named() -> None:
    with pytest.raises(ValueError, match=r"\(2, 3\) and \(3,\)"):
        crps_of_draws(np.zeros((2, 3)), np.zeros(3))
    with pytest.raises(ValueError, match="no cell"):
        score_draws(np.zeros((0, 3)), np.zeros(0))


# the bin that came, and how many of 1,000 draws are in it
@pytest.mark.parametrize(("seen", "inside"), [(0, 600), (1, 0), (2, 0), (3, 400), (5, 400), (6, 0), (5_000, 0)])
def test_ignorance_counts_the_bin_that_came_with_a_draw_more_in_every_bin(seen: int, inside: int) -> None:
    assert ignorance([[0] * 600 + [4] * 400], [seen]) == pytest.approx(-np.log2((inside + 1) / 1_011))


def test_every_edge_of_the_challenge_opens_its_bin() -> None:
    draws = np.repeat(np.array(IGN_EDGES) + 0.25, 10)[None, :]
    assert np.ptp([ignorance(draws, [np.ceil(edge)])[0] for edge in IGN_EDGES]) == 0


def test_the_interval_score_is_that_of_scoringrules_and_counts_what_is_missed() -> None:
    scoringrules = pytest.importorskip("scoringrules")
    draws, seen = cells(n=200, draws=99)
    low, high = np.quantile(draws, [0.05, 0.95], axis=1)
    assert interval_score(draws, seen) == pytest.approx(scoringrules.interval_score(seen, low, high, 0.1), rel=1e-9)
    assert is_covered(draws, seen).tolist() == ((low <= seen) & (seen <= high)).tolist()
    assert 0 < is_covered(draws, seen).mean() < 1


def test_brier_is_the_squared_error_of_the_share_at_or_above() -> None:
    assert brier_of_exceedance([[24, 25, 26, 0]] * 2, [25, 24], at_least=25).tolist() == [0.25, 0.25]


def test_pit_is_flat_for_the_truth_and_not_for_a_forecast_that_is_too_sure() -> None:
    rng = np.random.default_rng(1)
    rates = rng.gamma(1, 8, 4_000)
    seen, truth = rng.poisson(rates), rng.poisson(rates[:, None], (4_000, 400))
    flat = distance_from_uniform(randomised_pit(truth, seen, rng=rng))
    sure = distance_from_uniform(randomised_pit(np.repeat(truth[:, :1], 5, axis=1), seen, rng=rng))
    assert flat < 0.03 < 0.25 < sure
    assert np.isnan(distance_from_uniform([]))


def test_the_means_are_those_of_the_cells_and_of_the_active_ones() -> None:
    draws, seen = cells()
    whole = score_draws(draws, seen)
    active = seen > 0
    assert (whole.cells, whole.active_cells, whole.draws) == (60, int(active.sum()), 37)
    assert whole.crps == pytest.approx(crps_of_draws(draws, seen).mean())
    assert whole.crps_active == pytest.approx(crps_of_draws(draws[active], seen[active]).mean())
    assert whole.coverage_active == pytest.approx(is_covered(draws[active], seen[active]).mean())
    assert whole.brier[25] == pytest.approx(brier_of_exceedance(draws, seen, at_least=25).mean())
    assert (whole.mis, whole.ign) == pytest.approx((interval_score(draws, seen).mean(), ignorance(draws, seen).mean()))
    assert "11 bins" in whole.ign_variant and set(whole.brier) == set(scores.EXCEEDED)
    assert np.isnan(score_draws([[0, 1]], [0]).crps_active)


def test_the_zero_forecast_scores_as_the_challenge_printed() -> None:
    """IGN of all zeros over 2,292 cells of which 354 were active: 1.5537817279657737 (VIEWS panel, 2018)."""
    seen = np.repeat([0, 50], [1_938, 354])
    assert score_draws(np.zeros((2_292, 1_000)), np.where(seen, [1] * 1_938 + [7] * 354, 0)).ign == pytest.approx(1.5537817279657737, abs=1e-12)
