"""The best division against every division there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from waqai.patterns.partition import divide, gains, piece_costs


def iter_divisions(n: int, *, shortest: int, begin: int = 0) -> Iterator[list[int]]:
    yield []
    for at in range(begin + shortest, n - shortest + 1):
        yield from ([at, *rest] for rest in iter_divisions(n, shortest=shortest, begin=at))


def cost_of(row: np.ndarray, begins: list[int], *, alpha: float) -> float:
    edges = [0, *begins, len(row)]
    return sum(float(piece_costs(row[a:b].sum(), b - a, alpha=alpha)) for a, b in pairwise(edges))


@pytest.mark.parametrize("alpha", [0.0, 0.2])
@pytest.mark.parametrize("shortest", [1, 2, 4])
def test_no_division_costs_less_than_the_one_found(alpha: float, shortest: int) -> None:
    rng = np.random.default_rng(shortest)
    for penalty in (0.5, 3.0, 9.0):
        rows = rng.poisson(rng.choice([1.0, 4.0, 15.0], (4, 9)))
        for row, begins in zip(rows, divide(rows, alpha=alpha, penalty=penalty, shortest=shortest), strict=True):
            best = min(cost_of(row, one, alpha=alpha) + penalty * len(one) for one in iter_divisions(9, shortest=shortest))
            assert cost_of(row, begins, alpha=alpha) + penalty * len(begins) == pytest.approx(best)


def test_a_row_alone_which_is_pruned_is_divided_as_among_others_which_are_not() -> None:
    rows = np.random.default_rng(1).poisson(np.tile(np.repeat([2.0, 9.0, 4.0], 40), (20, 1)))
    together = divide(rows, alpha=0.1, penalty=8.0, shortest=4)
    assert together == [divide(row[None, :], alpha=0.1, penalty=8.0, shortest=4)[0] for row in rows]
    assert any(together)


@pytest.mark.parametrize("alpha", [0.0, 0.3])
def test_costs_differ_as_twice_the_log_likelihoods_of_levels_do(alpha: float) -> None:
    counts = np.array([3, 5, 0, 12, 9, 14])

    def likelihood(piece: np.ndarray) -> float:
        mean = piece.mean()
        return float((poisson.logpmf(piece, mean) if alpha == 0 else nbinom.logpmf(piece, 1 / alpha, 1 / (1 + alpha * mean))).sum())

    gain = cost_of(counts, [], alpha=alpha) - cost_of(counts, [3], alpha=alpha)
    assert gain == pytest.approx(2 * (likelihood(counts[:3]) + likelihood(counts[3:]) - likelihood(counts)))


def test_a_penalty_just_below_what_a_row_gains_divides_it_and_one_just_above_does_not() -> None:
    rows = np.random.default_rng(2).poisson(6, (30, 40))
    for row, gain in zip(rows, gains(rows, alpha=0.05, shortest=3), strict=True):
        assert divide(row[None, :], alpha=0.05, penalty=gain - 1e-6, shortest=3)[0]
        assert len(divide(row[None, :], alpha=0.05, penalty=gain + 1e-6, shortest=3)[0]) in (0, 3, 4, 5)  # three and more may still pay together
    assert np.mean([not one for one in divide(rows, alpha=0.05, penalty=float(gains(rows, alpha=0.05, shortest=3).max()) + 1e-6, shortest=3)]) > 0.9
