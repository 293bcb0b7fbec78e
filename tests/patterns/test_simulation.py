"""Two ways to make events agree: by generations (ours) and by thinning (here)."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.patterns.simulation import daily_runs, event_times

BRANCHING, DECAY, BASELINE = 0.5, 1.2, 0.8


def thinned(horizon: float, rng: np.random.Generator) -> np.ndarray:
    """Ogata's thinning (1981)."""
    times, now, left = [], 0.0, 0.0
    while True:
        bound = BASELINE + BRANCHING * DECAY * left
        wait = rng.exponential(1 / bound)
        now, left = now + wait, left * np.exp(-DECAY * wait)
        if now >= horizon:
            return np.array(times)
        if rng.random() * bound <= BASELINE + BRANCHING * DECAY * left:
            times.append(now)
            left += 1


def test_generations_and_thinning_agree_in_mean_spread_and_clustering() -> None:
    rng = np.random.default_rng(8)
    ours = [event_times(baseline=BASELINE, branching=BRANCHING, decay=DECAY, horizon=100.0, rng=rng) for _ in range(300)]
    others = [thinned(100.0, rng) for _ in range(300)]
    mean = BASELINE * 100 / (1 - BRANCHING)
    for runs in (ours, others):
        assert np.mean([run.size for run in runs]) == pytest.approx(mean, rel=0.05)
        assert np.var([run.size for run in runs]) == pytest.approx(mean / (1 - BRANCHING) ** 2, rel=0.3)  # Hawkes 1971, long windows
    near = [np.mean(np.concatenate([np.diff(run) for run in runs]) < 0.1) for runs in (ours, others)]
    assert near[0] == pytest.approx(near[1], abs=0.015)


def test_daily_counts_are_those_of_times_cut_to_days() -> None:
    rng = np.random.default_rng(9)
    runs = daily_runs(np.full(200, BASELINE), branching=BRANCHING, decay=DECAY, runs=200, rng=rng)
    cut = np.array(
        [np.bincount(event_times(baseline=BASELINE, branching=BRANCHING, decay=DECAY, horizon=200.0, rng=rng).astype(int), minlength=200) for _ in range(200)]
    )
    assert runs.shape == (200, 200)
    assert runs.mean() == pytest.approx(cut.mean(), rel=0.03)
    assert runs.var() == pytest.approx(cut.var(), rel=0.06)
    assert np.mean(runs[:, 1:] * runs[:, :-1]) == pytest.approx(np.mean(cut[:, 1:] * cut[:, :-1]), rel=0.06)


def test_without_branching_there_is_only_the_trend() -> None:
    rates = np.array([0.0, 5.0, 0.0, 20.0])
    runs = daily_runs(rates, branching=0.0, decay=1.0, runs=2000, rng=np.random.default_rng(1))
    np.testing.assert_allclose(runs.mean(axis=0), rates, atol=0.4)
    np.testing.assert_allclose(runs.var(axis=0), rates, rtol=0.15)
