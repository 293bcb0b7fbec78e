"""The process with types as marks."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.patterns.baselines import CONSTANT, Baseline
from waqai.patterns.exponential import fit_constant
from waqai.patterns.marked import fit_marked, log_likelihood_marked
from waqai.patterns.simulation import event_times

RATES, BRANCHING, DECAY, HORIZON = np.array([0.3, 0.2]), np.array([[0.1, 0.45], [0.05, 0.1]]), 1.4, 600.0


def made() -> list[np.ndarray]:
    """Two types by generations: each event has children of both types."""
    rng = np.random.default_rng(1)
    born = [rng.uniform(0, HORIZON, rng.poisson(rate * HORIZON)) for rate in RATES]
    times = [list(one) for one in born]
    while sum(one.size for one in born):
        children: list[list[float]] = [[], []]
        for source in range(2):
            for receiver in range(2):
                parents = np.repeat(born[source], rng.poisson(BRANCHING[receiver, source], born[source].size))
                children[receiver].extend(parents + rng.exponential(1 / DECAY, parents.size))
        born = [np.array([time for time in one if time < HORIZON]) for one in children]
        for kind in range(2):
            times[kind].extend(born[kind])
    return [np.sort(np.array(one)) for one in times]


def naive(times: list[np.ndarray]) -> float:
    total = 0.0
    for receiver in range(2):
        for now in times[receiver]:
            sent = [BRANCHING[receiver, source] * np.exp(-DECAY * (now - times[source][times[source] < now])).sum() for source in range(2)]
            total += np.log(RATES[receiver] + DECAY * sum(sent))
        total -= RATES[receiver] * HORIZON
        total -= sum(BRANCHING[receiver, source] * (1 - np.exp(-DECAY * (HORIZON - times[source]))).sum() for source in range(2))
    return total


def test_the_log_likelihood_is_the_sum_written_out() -> None:
    times = made()
    assert log_likelihood_marked(times, rates=RATES, branching=BRANCHING, decay=DECAY, horizon=HORIZON) == pytest.approx(naive(times), rel=1e-12)


def test_a_published_library_agrees_at_its_optimum_and_at_ours() -> None:
    hawkes = pytest.importorskip("hawkes.multivariate")
    times = made()
    ours, theirs = fit_marked(times, horizon=HORIZON), hawkes.fit(times, horizon=HORIZON)
    there = theirs.parameters
    here = hawkes.Parameters(baseline=ours.rates[:, 0], excitation=ours.branching, decay=ours.decay)
    at_theirs = log_likelihood_marked(times, rates=there.baseline, branching=there.excitation, decay=there.decay, horizon=HORIZON)
    assert at_theirs == pytest.approx(-theirs.negative_log_likelihood, rel=1e-9)
    assert ours.log_likelihood == pytest.approx(-hawkes.negative_log_likelihood(here, times, HORIZON), rel=1e-9)
    assert ours.log_likelihood == pytest.approx(at_theirs, rel=1e-6)
    np.testing.assert_allclose(ours.branching, there.excitation, atol=1e-3)


def test_one_type_is_the_plain_process() -> None:
    times = event_times(baseline=0.5, branching=0.5, decay=1.0, horizon=800.0, rng=np.random.default_rng(3))
    marked, plain = fit_marked([times], horizon=800.0), fit_constant(times, horizon=800.0)
    assert marked.log_likelihood == pytest.approx(plain.log_likelihood, rel=1e-8)
    assert marked.radius == pytest.approx(plain.process.branching, abs=1e-3)
    assert marked.errors[0, 0] == pytest.approx(plain.error, rel=0.5)


def test_steps_take_a_step_for_what_it_is() -> None:
    rng = np.random.default_rng(4)
    times = np.sort(np.concatenate([rng.uniform(0, 200, 100), rng.uniform(200, 400, 900)]))
    constant = fit_marked([times], horizon=400.0, baseline=CONSTANT)
    steps = fit_marked([times], horizon=400.0, baseline=Baseline(kind="steps", every_days=200))
    assert constant.branching[0, 0] > 0.6 and steps.branching[0, 0] < 0.2
    assert steps.aic < constant.aic
    np.testing.assert_allclose(steps.rates[0], [0.5, 4.5], rtol=0.25)


def test_lines_are_refused_with_the_value() -> None:
    with pytest.raises(ValueError, match="lines between points 30 days apart"):
        fit_marked([np.array([1.0, 2.0])], horizon=5.0, baseline=Baseline(kind="lines", every_days=30))
