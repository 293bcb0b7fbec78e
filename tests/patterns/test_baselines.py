"""Moving baselines."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.patterns.baselines import CONSTANT, Baseline, shapes


@pytest.mark.parametrize("baseline", [CONSTANT, Baseline(kind="steps", every_days=30), Baseline(kind="lines", every_days=30)])
def test_the_shapes_of_a_day_add_up_to_one_and_none_is_below_zero(baseline: Baseline) -> None:
    basis = shapes(baseline, days=100)
    np.testing.assert_allclose(basis.sum(axis=1), 1.0)
    assert basis.min() >= 0 and basis.sum(axis=0).min() > 0


def test_lines_hold_every_straight_line() -> None:
    basis = shapes(Baseline(kind="lines", every_days=25), days=100)
    rate = 3 + 0.1 * (np.arange(100) + 0.5)
    np.testing.assert_allclose(basis @ np.linspace(3, 13, basis.shape[1]), rate)


def test_only_neighbouring_shapes_overlap() -> None:
    basis = shapes(Baseline(kind="lines", every_days=20), days=100)
    overlap = basis.T @ basis
    assert np.all(np.triu(overlap, 2) == 0) and np.all(np.diag(overlap, 1) > 0)


def test_a_window_that_no_piece_divides_has_equal_pieces() -> None:
    lengths = shapes(Baseline(kind="steps", every_days=30), days=100).sum(axis=0)
    assert lengths.size == 3 and lengths.max() - lengths.min() <= 1
