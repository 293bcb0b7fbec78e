"""How much counts vary more than chance, and what a count then says about the rate behind it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaincc

from waqai.patterns.series import Floats, Ints

LEVEL = 0.95
MIN_STEPS = 8
"""Steps between neighbours from which over-dispersion is estimated."""


def chance_of_at_most(counts: Floats | Ints, means: Floats, dispersion: Floats | float) -> Floats:
    """P(Y <= count) where Y has that mean and `dispersion` times it as variance: negative binomial, or Poisson where dispersion is 1 or less.

    The negative binomial with variance phi * mean has r = mean / (phi - 1) and p = 1 / phi, so that P(Y <= y) = I_p(r, y + 1).

    >>> chance_of_at_most(np.array([0, 2]), np.array([1.0, 1.0]), 1.0).round(4).tolist()
    [0.3679, 0.9197]
    """
    y, mean, phi = np.broadcast_arrays(np.asarray(counts, dtype=float), np.asarray(means, dtype=float), np.asarray(dispersion, dtype=float))
    some = np.maximum(mean, 1e-12)
    wide = phi > 1 + 1e-6
    over = np.where(wide, phi, 2.0)
    negative_binomial = betainc(some / (over - 1), np.maximum(y, 0) + 1, 1 / over)
    chance = np.where(wide, negative_binomial, gammaincc(np.maximum(y, 0) + 1, some))
    return np.where(y < 0, 0.0, chance)


def rate_interval(least: Ints, most: Ints, dispersion: Floats | float, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """The lowest and highest mean under which a count is no surprise, where it lies between `least` and `most` (equal where it is known); shape (n,).

    Both tails are inverted (Garwood 1936 for Poisson; the same for the negative binomial): the lower end makes `least` or more, the upper end `most` or fewer,
    as rare as (1 - level) / 2.

    >>> low, high = rate_interval(np.array([0, 10]), np.array([0, 10]), 1.0)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 4.795], [3.689, 18.39])
    """
    tail, phi = (1 - level) / 2, np.broadcast_to(np.asarray(dispersion, dtype=float), np.shape(least))
    reach = (np.asarray(most, dtype=float) + 10) * 10 * np.maximum(phi, 1)
    low = _bisect(lambda mean: 1 - chance_of_at_most(np.asarray(least) - 1, mean, phi) < tail, reach)
    high = _bisect(lambda mean: chance_of_at_most(np.asarray(most), mean, phi) > tail, reach)
    return np.where(np.asarray(least) > 0, low, 0.0), high


def local_dispersion(counts: Ints) -> float | None:
    """Variance over mean, from steps between neighbours: sum (y_t - y_t+1)^2 / sum (y_t + y_t+1), at least 1; None under 8 steps or without a count.

    A trend or a single step in level hardly moves it, as it would the variance of the whole (von Neumann 1941 compares the two).

    >>> local_dispersion(np.array([9, 12, 8, 11, 10, 13, 7, 12, 10, 9])), local_dispersion(np.array([1, 2]))
    (1.0, None)
    """
    sums = int((counts[:-1] + counts[1:]).sum())
    if len(counts) <= MIN_STEPS or not sums:
        return None
    return max(1.0, float((np.diff(counts) ** 2).sum()) / sums)


def _bisect(below: Callable[[Floats], NDArray[np.bool_]], reach: Floats) -> Floats:
    """The means up to which `below` holds, between 0 and `reach`."""
    low, high = np.zeros_like(reach), reach
    for _ in range(60):
        middle = (low + high) / 2
        inside = below(middle)
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return (low + high) / 2
