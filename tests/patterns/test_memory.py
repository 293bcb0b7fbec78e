"""The memory of earlier events."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.patterns.memory import ends, memory


def naive(times: np.ndarray, decay: float, power: int) -> np.ndarray:
    """Sums over all earlier events, written out."""
    return np.array([sum((now - then) ** power * np.exp(-decay * (now - then)) for then in times[:at]) for at, now in enumerate(times)])


@pytest.mark.parametrize("decay", [1e-3, 0.7, 30.0, 1e6])  # hardly any forgetting; ordinary; quick; e^(decay t) far beyond what a float holds
def test_the_memory_is_the_sum_over_all_earlier_events(decay: float) -> None:
    times = np.sort(np.random.default_rng(1).uniform(0, 50, 120))
    times[7] = times[6]  # a tie
    past = memory(np.diff(times, prepend=times[0]), decay=decay)
    np.testing.assert_allclose(past.left, naive(times, decay, 0), rtol=1e-12, atol=1e-300)


def test_its_derivatives_are_those_by_the_logarithm_of_the_decay() -> None:
    times = np.sort(np.random.default_rng(2).uniform(0, 50, 120))
    past = memory(np.diff(times, prepend=times[0]), decay=0.7, derivatives=2)
    assert past.first is not None and past.second is not None
    np.testing.assert_allclose(past.first, -0.7 * naive(times, 0.7, 1), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(past.second, 0.49 * naive(times, 0.7, 2) - 0.7 * naive(times, 0.7, 1), rtol=1e-9, atol=1e-11)


def test_children_beyond_the_end_of_the_window_are_not_expected() -> None:
    times = np.array([1.0, 4.0, 9.5])
    end = ends(times, horizon=10.0, decay=0.5)
    rest = 0.5 * (10.0 - times)
    assert end.total == pytest.approx(np.sum(1 - np.exp(-rest)))
    assert end.first == pytest.approx(np.sum(rest * np.exp(-rest)))
    assert end.second == pytest.approx(np.sum(rest * (1 - rest) * np.exp(-rest)))
