"""The extra term of the restricted likelihood."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.patterns.baselines import CONSTANT, Baseline, shapes
from waqai.patterns.day_model import lagged, same_day
from waqai.patterns.restricted import SPREAD, restriction


@pytest.mark.parametrize("baseline", [CONSTANT, Baseline(kind="steps", every_days=30), Baseline(kind="lines", every_days=30)])
def test_the_surface_is_the_determinant_written_out(baseline: Baseline) -> None:
    days, rate = 240, 4.0
    extra, basis = restriction(baseline, days=days, rate=rate), shapes(baseline, days=days)
    for branching, decay in ((0.0, 1.0), (0.33, 0.8), (0.7, 0.2)):
        at, slow = np.array([branching]), np.array([decay])
        design = (1 - same_day(at, slow)[0]) * basis - branching * np.array([lagged(column[None], decay=slow)[0] for column in basis.T]).T
        whole = design.T @ design + np.eye(basis.shape[1]) / (SPREAD**2 * rate)
        assert extra.value(at, slow)[0] == pytest.approx(-0.5 * np.linalg.slogdet(whole)[1], rel=2e-3, abs=0.02)


def test_its_slopes_are_difference_quotients() -> None:
    extra = restriction(Baseline(kind="lines", every_days=20), days=300, rate=2.0)
    at, slow, small = np.array([0.4]), np.array([0.7]), 1e-4
    first, second = extra.slopes(at, slow)
    assert first[0, 0] == pytest.approx((extra.value(at + small, slow) - extra.value(at - small, slow))[0] / (2 * small), rel=1e-4)
    assert first[0, 1] == pytest.approx((extra.value(at, slow * np.exp(small)) - extra.value(at, slow * np.exp(-small)))[0] / (2 * small), rel=1e-4)
    assert second[0, 0, 1] == second[0, 1, 0]


def test_it_grows_with_branching_and_with_the_number_of_pieces() -> None:
    rises = []
    for every_days in (180, 60, 20):
        extra = restriction(Baseline(kind="lines", every_days=every_days), days=720, rate=4.0)
        rises.append((extra.value(np.array([0.6]), np.array([1.0])) - extra.value(np.array([0.0]), np.array([1.0])))[0])
    assert 0 < rises[0] < rises[1] < rises[2]
