"""Predictive distributions of counts as equally likely values: how they are drawn, pooled, and kept small.

`draws` are (units, horizons, S) whole numbers. A pool of models takes a fixed share of each one's draws (a linear opinion pool, Stone 1961), so that its
distribution has every model's as a part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Draws: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
LARGEST_MEAN = 1e7
"""Nothing is expected above this: more people than any month has killed, and far below what the generator takes."""
WIDEST = 1e-3
"""Least size parameter of a negative binomial: below it nearly all of the mass is at 0 and the mean is made by draws of one in thousands."""
POISSON = 1e6
"""Size parameter that stands for a Poisson distribution."""


def draw_negative_binomial(mean: ArrayLike, size: ArrayLike, *, count: int, rng: np.random.Generator) -> Draws:
    """(…, count) draws of the negative binomial with these means and sizes (variance mean + mean²/size), as a Poisson with a gamma-distributed rate."""
    means = np.clip(np.asarray(mean, dtype=np.float64), 0.0, LARGEST_MEAN)
    means, sizes = np.broadcast_arrays(means, np.clip(np.asarray(size, dtype=np.float64), WIDEST, POISSON))
    rates = rng.gamma(sizes[..., None], (means / sizes)[..., None], (*means.shape, count))
    return rng.poisson(np.minimum(rates, 1e3 * LARGEST_MEAN))


def draw_hurdle(share: ArrayLike, mean: ArrayLike, size: ArrayLike, *, count: int, rng: np.random.Generator) -> Draws:
    """(…, count) draws: 0 but for a `share` of months; in these, 1 more than a negative binomial with this mean and size."""
    above = 1 + draw_negative_binomial(mean, size, count=count, rng=rng)
    return np.where(rng.random(above.shape) < np.asarray(share, dtype=np.float64)[..., None], above, 0)


def draw_from_rows(values: ArrayLike, *, horizons: int, count: int, rng: np.random.Generator) -> Draws:
    """(rows, horizons, count) draws with replacement from each row's own values."""
    rows = np.asarray(values, dtype=np.int64)
    chosen = rng.integers(0, rows.shape[1], (rows.shape[0], horizons, count))
    return np.take_along_axis(rows[:, None, :], chosen.reshape(rows.shape[0], 1, -1), axis=2).reshape(chosen.shape)


def size_by_moments(mean: ArrayLike, variance: ArrayLike) -> Floats:
    """The size of the negative binomial with these moments; POISSON where the variance is no larger than the mean.

    >>> size_by_moments([2.0, 2.0], [4.0, 1.0]).tolist()
    [2.0, 1000000.0]
    """
    means, variances = np.asarray(mean, dtype=np.float64), np.asarray(variance, dtype=np.float64)
    over = variances > means
    return np.asarray(np.where(over, means**2 / np.where(over, variances - means, 1.0), POISSON))


def share_draws(shares: Sequence[float], *, count: int) -> tuple[int, ...]:
    """How many of `count` draws each share gets: all of them together, by largest remainders.

    >>> share_draws([0.3, 0.3, 0.4], count=10), share_draws([1, 1, 1], count=1000)
    ((3, 3, 4), (334, 333, 333))
    """
    exact = np.asarray(shares, dtype=np.float64) / sum(shares) * count
    whole = np.floor(exact + 1e-9).astype(np.int64)
    more = np.argsort(whole - exact, kind="stable")[: count - int(whole.sum())]
    whole[more] += 1
    return tuple(int(one) for one in whole)


def pack(draws: ArrayLike) -> list[list[int]]:
    """The draws of one cell as [value, how often] by value.

    >>> pack([3, 0, 0, 1, 0]), unpack([[0, 3], [1, 1], [3, 1]]).tolist()
    ([[0, 3], [1, 1], [3, 1]], [0, 0, 0, 1, 3])
    """
    values, times = np.unique(np.asarray(draws, dtype=np.int64), return_counts=True)
    return [[int(value), int(often)] for value, often in zip(values, times, strict=True)]


def unpack(packed: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """The draws that `pack` was given, in order of size."""
    pairs = np.asarray(packed, dtype=np.int64).reshape(-1, 2)
    return np.repeat(pairs[:, 0], pairs[:, 1])
