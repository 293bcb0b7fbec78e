"""The range of self-excitation that is shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from waqai.patterns.baselines import CONSTANT
from waqai.patterns.excitation import WITHIN_AIC, SelfExcitation, fit_ladder, ladder_for, measure_excitation, range_over_baselines
from waqai.patterns.simulation import daily_runs
from waqai.patterns.testable import NotTestable

DAYS = 300
TREND = 5 * (1 + 0.8 * np.sin(np.arange(DAYS) / 45))


def made(branching: float, runs: int, half_life_days: float = 1.0) -> np.ndarray:
    rng = np.random.default_rng(12)
    return daily_runs(TREND * (1 - branching), branching=branching, decay=np.log(2) / half_life_days, runs=runs, rng=rng).astype(float)


def test_a_trend_alone_gives_a_range_from_zero_though_a_constant_baseline_reads_self_excitation_into_it() -> None:
    counts = made(0.0, 10)
    fitted = fit_ladder(counts)
    low, _, _ = range_over_baselines(counts, fitted)
    assert np.mean(fitted[0].excited.branching) > 0.75  # what a fit with a constant baseline says
    assert np.mean(low == 0) >= 0.9


def test_self_excitation_of_one_half_lies_in_a_range_without_zero() -> None:
    counts = made(0.5, 10)
    low, high, _ = range_over_baselines(counts, fit_ladder(counts))
    assert np.mean((low <= 0.5) & (high >= 0.5)) >= 0.85
    assert np.mean(low > 0) >= 0.85
    assert np.mean(high - low) < 0.6


def test_the_range_spans_the_baselines_that_stand_and_no_other() -> None:
    counts = made(0.5, 3)
    fitted = fit_ladder(counts)
    low, high, ends = range_over_baselines(counts, fitted)
    aic = np.array([one.aic for one in fitted])
    np.testing.assert_array_equal(np.isfinite(ends[:, :, 0]), aic <= aic.min(axis=0) + WITHIN_AIC)
    np.testing.assert_array_equal(low, np.nanmin(ends[:, :, 0], axis=0))
    np.testing.assert_array_equal(high, np.nanmax(ends[:, :, 1], axis=0))


@pytest.fixture(scope="module")
def result() -> SelfExcitation:
    found = measure_excitation(made(0.5, 1)[0], seed=4, trend_only_runs=9)
    assert isinstance(found, SelfExcitation)
    return found


def test_every_baseline_is_shown_beside_what_a_trend_alone_gives(result: SelfExcitation) -> None:
    constant = result.readings[0]
    assert constant.baseline == CONSTANT.name and not constant.stands
    assert constant.low is None and constant.corrected is None
    assert constant.trend_only > 0.7  # the trend alone, without any self-excitation
    standing = [reading for reading in result.readings if reading.stands]
    assert result.best in {reading.baseline for reading in standing}
    assert next(reading for reading in standing if reading.baseline == result.best).branching > 0.2
    assert result.low == min(reading.low for reading in standing if reading.low is not None)
    assert result.trend_only_p == pytest.approx(0.1)  # of nine runs and the series, the series rises most
    assert 0 < result.later_days < 1 and result.events == made(0.5, 1)[0].sum()


def test_the_same_seed_gives_the_same_result() -> None:
    counts = np.random.default_rng(1).poisson(1.0, 100)
    first, again, other = (measure_excitation(counts, seed=seed, trend_only_runs=2) for seed in (4, 4, 5))
    assert isinstance(first, SelfExcitation) and isinstance(other, SelfExcitation)
    assert first == again
    assert replace(other, seed=4) != first and (other.low, other.high) == (first.low, first.high)


def test_under_fifty_events_it_says_what_there_is_and_what_it_would_take() -> None:
    counts = np.zeros(400, dtype=int)
    counts[::9] = 1
    found = measure_excitation(counts, seed=1)
    assert isinstance(found, NotTestable)
    assert "45 incidents" in found.why and "50" in found.why
    assert isinstance(measure_excitation(np.full(59, 10), seed=1), NotTestable)  # events enough, days too few
    counts[1:6] = 1
    assert isinstance(measure_excitation(counts[:200].repeat(2)[:100] + 1, seed=1, trend_only_runs=1), SelfExcitation)


def test_a_ladder_has_no_more_pieces_than_days_and_events_carry() -> None:
    few = np.zeros(400)
    few[::8] = 1
    assert {one.every_days for one in ladder_for(few)} == {0, 180, 90, 60, 45}
    assert max(one.every_days for one in ladder_for(np.full(100, 5.0))) == 45
