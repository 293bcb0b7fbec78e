"""Two treatments of events that are known to the day."""

from __future__ import annotations

import numpy as np

from waqai.patterns.baselines import CONSTANT, Baseline
from waqai.patterns.simulation import daily_runs
from waqai.patterns.ties import compare_ties, draw_times


def test_both_treatments_agree_where_children_come_over_days() -> None:
    counts = daily_runs(np.full(500, 1.5), branching=0.5, decay=np.log(2), runs=1, rng=np.random.default_rng(1))[0]
    for baseline in (CONSTANT, Baseline(kind="steps", every_days=90)):
        found = compare_ties(counts, baseline=baseline, draws=4, seed=1)
        assert abs(found.by_day - found.by_draws) < 0.05
        assert found.least < found.by_draws < found.most  # one draw is one draw


def test_drawn_times_stay_in_their_days_and_in_order() -> None:
    counts = np.array([3, 0, 5, 1])
    times = draw_times(counts, rng=np.random.default_rng(2))
    np.testing.assert_array_equal(np.bincount(times.astype(int), minlength=4), counts)
    assert np.all(np.diff(times) > 0)
