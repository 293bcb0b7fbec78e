"""What one type of happening is followed by."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.patterns.raises import PairEffects, measure_raises
from waqai.patterns.testable import NotTestable

DAYS = 500
TREND = 2 * (1 + 0.6 * np.sin(np.arange(DAYS) / 60))


def made(effect: float, seed: int) -> dict[str, np.ndarray]:
    """Successes without memory, and attempts of which each success brings `effect` more, half of them within two days; both follow one trend."""
    rng = np.random.default_rng(seed)
    successes, attempts, past, keep = rng.poisson(TREND), np.zeros(DAYS, dtype=int), 0.0, 0.5**0.5
    for day in range(DAYS):
        past = keep * past + (1 - keep) * successes[day - 1] if day else 0.0
        attempts[day] = rng.poisson(0.7 * TREND[day] + effect * past)
    return {"success": successes, "attempt": attempts}


def pair(found: PairEffects | NotTestable, source: str, receiver: str) -> tuple[float, float, float]:
    assert isinstance(found, PairEffects)
    one = next(one for one in found.pairs if (one.source, one.receiver) == (source, receiver))
    return one.low, one.high, one.holm_p


def test_a_success_that_brings_attempts_is_found_and_the_way_back_is_not() -> None:
    found = measure_raises(made(0.6, 1), seed=1, trend_only_runs=5)
    assert isinstance(found, PairEffects) and found.tests == 4
    low, high, p = pair(found, "success", "attempt")
    assert 0 < low <= 0.6 <= high and p < 0.01
    assert pair(found, "attempt", "success")[2] > 0.05
    effect = next(one for one in found.pairs if (one.source, one.receiver) == ("success", "attempt"))
    assert effect.likeliest > effect.trend_only_high


def test_a_shared_trend_is_no_effect() -> None:
    found = [measure_raises(made(0.0, seed), seed=1, trend_only_runs=1) for seed in range(6)]
    p_values = [one.holm_p for each in found if isinstance(each, PairEffects) for one in each.pairs]
    assert len(p_values) == 24 and sum(p <= 0.05 for p in p_values) <= 1


def test_the_same_seed_gives_the_same_result() -> None:
    assert measure_raises(made(0.3, 3), seed=2, trend_only_runs=2) == measure_raises(made(0.3, 3), seed=2, trend_only_runs=2)


def test_rare_types_are_left_out_and_named_and_if_none_is_left_it_says_so() -> None:
    rare = np.zeros(DAYS, dtype=int)
    rare[:49] = 1
    found = measure_raises({**made(0.0, 1), "siege": rare}, seed=1, trend_only_runs=1)
    assert isinstance(found, PairEffects)
    assert found.left_out == {"siege": "49 incidents, fewer than 50"} and found.tests == 4
    nothing = measure_raises({"siege": rare}, seed=1)
    assert isinstance(nothing, NotTestable) and "49 of siege" in nothing.why
    with pytest.raises(StopIteration):
        pair(found, "siege", "attempt")
