"""Calibration: a rising curve, and how far probabilities are from what was right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.learned.calibration import Steps, calibration_error, rising_steps

SCORED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


@given(SCORED, st.integers(1, 20))
def test_the_curve_rises_and_stays_a_probability(scored: list[tuple[float, bool]], least: int) -> None:
    steps = rising_steps([s for s, _ in scored], [r for _, r in scored], least=least)
    assert list(steps.probabilities) == sorted(steps.probabilities)
    assert all(0 <= p <= 1 for p in steps.probabilities)


@given(SCORED)
def test_the_error_lies_between_nought_and_one(scored: list[tuple[float, bool]]) -> None:
    assert 0 <= calibration_error([s for s, _ in scored], [r for _, r in scored]) <= 1


def test_what_is_always_right_at_its_word_has_no_error() -> None:
    assert calibration_error([0.0] * 10 + [1.0] * 10, [False] * 10 + [True] * 10, bins=2) == 0


def test_outside_its_points_the_curve_is_level() -> None:
    steps = Steps((0.2, 0.4), (0.1, 0.9))
    assert (steps.at(0.0), steps.at(1.0)) == (0.1, 0.9)


def test_nothing_to_learn_from_is_an_error() -> None:
    with pytest.raises(ValueError, match="no scores"):
        rising_steps([], [])
