"""The exponential process with known times, against sums written out and against a published library."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.patterns.exponential import Exponential, fit_constant, log_likelihood
from waqai.patterns.simulation import event_times

TRUE = Exponential(baseline=0.5, branching=0.6, decay=1.5)


def made(seed: int, horizon: float) -> np.ndarray:
    return event_times(baseline=TRUE.baseline, branching=TRUE.branching, decay=TRUE.decay, horizon=horizon, rng=np.random.default_rng(seed))


def naive(times: np.ndarray, process: Exponential, horizon: float) -> float:
    rates = [
        process.baseline + process.branching * process.decay * sum(np.exp(-process.decay * (now - then)) for then in times[:at]) for at, now in enumerate(times)
    ]
    expected = process.baseline * horizon + process.branching * sum(1 - np.exp(-process.decay * (horizon - then)) for then in times)
    return float(np.sum(np.log(rates)) - expected)


def test_the_log_likelihood_is_the_sum_written_out() -> None:
    times = made(1, 150.0)
    for process in (TRUE, Exponential(baseline=2.0, branching=0.05, decay=80.0)):
        assert log_likelihood(times, process, horizon=150.0) == pytest.approx(naive(times, process, 150.0), rel=1e-12)


@pytest.mark.parametrize("horizon", [300.0, 4_000.0])
def test_a_published_library_agrees_at_its_optimum_and_at_ours(horizon: float) -> None:
    hawkes = pytest.importorskip("hawkes.univariate")
    times = made(3, horizon)
    ours, theirs = fit_constant(times, horizon=horizon), hawkes.fit(times, horizon)
    there = Exponential(baseline=theirs.parameters.baseline, branching=theirs.parameters.excitation, decay=theirs.parameters.decay)
    here = hawkes.Parameters(ours.process.baseline, ours.process.branching, ours.process.decay)
    assert log_likelihood(times, there, horizon=horizon) == pytest.approx(-theirs.negative_log_likelihood, rel=1e-9)
    assert ours.log_likelihood == pytest.approx(-hawkes.negative_log_likelihood(here, times, horizon), rel=1e-9)
    assert ours.log_likelihood >= -theirs.negative_log_likelihood - 1e-6


def test_the_fit_stands_at_the_top_and_expects_as_many_events_as_there_are() -> None:
    times = made(4, 3_000.0)
    fit = fit_constant(times, horizon=3_000.0)
    process = fit.process
    assert log_likelihood(times, process, horizon=3_000.0) == pytest.approx(fit.log_likelihood, rel=1e-12)
    for name in ("baseline", "branching", "decay"):
        for factor in (0.99, 1.01):
            moved = {"baseline": process.baseline, "branching": process.branching, "decay": process.decay}
            moved[name] *= factor
            assert log_likelihood(times, Exponential(**moved), horizon=3_000.0) < fit.log_likelihood
    expected = process.baseline * 3_000 + process.branching * np.sum(1 - np.exp(-process.decay * (3_000 - times)))
    assert expected == pytest.approx(times.size, rel=1e-9)


def test_the_standard_error_is_the_spread_of_fits() -> None:
    fits = [fit_constant(made(seed, 800.0), horizon=800.0) for seed in range(60)]
    spread = np.std([fit.process.branching for fit in fits])
    assert np.mean([fit.process.branching for fit in fits]) == pytest.approx(TRUE.branching, abs=0.03)
    assert np.median([fit.error for fit in fits]) == pytest.approx(spread, rel=0.3)


def test_a_slow_rise_is_not_fitted_by_children_slower_than_the_window() -> None:
    times = 100 * np.sqrt(np.random.default_rng(5).random(800))
    fit = fit_constant(np.sort(times), horizon=100.0)
    assert fit.process.branching < 1 and fit.process.decay >= 5 / 100
