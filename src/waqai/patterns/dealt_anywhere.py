"""How many near pairs there would be were all days of a record dealt out anew among all its happenings: mean and variance, without dealing."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from waqai.patterns.pair_counts import Bands
from waqai.patterns.series import Floats, Ints

SAMPLED = 10_000


def expect_anywhere(points: Floats, days: Ints, bands: Bands, *, seed: int) -> list[tuple[float, float]]:
    """Mean and variance of each cell's count when all days are dealt out anew among all happenings, by space, then time.

    Barton, D. E. and David, F. N. (1966), The random intersection of two graphs: both follow from the number of edges, and of pairs of edges that share a
    point, in the graph of what is near in space and in that of what is near in time. Edges are counted. Of very many happenings the degrees of SAMPLED stand
    for all where pairs of edges are; for edges they would put the mean off by more than chance moves the count.
    """
    n = len(days)
    asked = np.arange(n) if n <= 2 * SAMPLED else np.random.default_rng([seed, n]).choice(n, SAMPLED, replace=False)
    near = np.stack([_within_km(points, chord, asked) for chord in bands.chords])
    soon = np.stack([_within_days(days, most) for most in bands.days])
    near[1:] -= near[:-1].copy()
    soon[1:] -= soon[:-1].copy()
    edges = np.diff(_count_edges(points, bands), prepend=0)
    return [edges_in_both(one, other, n=n, edges=float(found)) for one, found in zip(near, edges, strict=True) for other in soon]


def _count_edges(points: Floats, bands: Bands) -> Ints:
    """For each straight line the pairs of points that lie within it, all of them."""
    tree, (_, sizes) = cKDTree(points), np.unique(points, axis=0, return_counts=True)
    within = tree.count_neighbors(tree, bands.chords[1:])
    return (np.array([int((sizes.astype(np.int64) ** 2).sum()), *within], dtype=np.int64) - len(points)) // 2


def _within_km(points: Floats, chord: float, asked: Ints) -> Ints:
    """For each of the points asked for how many others lie within that straight line."""
    if chord == 0:
        _, place, sizes = np.unique(points, axis=0, return_inverse=True, return_counts=True)
        return np.asarray(sizes[place.ravel()][asked] - 1, dtype=np.int64)
    return np.asarray(cKDTree(points).query_ball_point(points[asked], chord, return_length=True, workers=2), dtype=np.int64) - 1


def _within_days(days: Ints, most: int) -> Ints:
    """For each happening how many others are at most so many days away."""
    before = np.concatenate([[0], np.cumsum(np.bincount(days - days.min()))])
    at = days - days.min()
    return np.asarray(before[np.minimum(at + most + 1, len(before) - 1)] - before[np.maximum(at - most, 0)] - 1, dtype=np.int64)


def edges_in_both(one: Ints, other: Ints, *, n: int, edges: float | None = None) -> tuple[float, float]:
    """Mean and variance of the edges that two graphs on the same n points share when the points of one are renamed at random, from the degrees of points.

    Ordered pairs of edges either are the same, share a point (sum of d(d-1)), or lie apart; each kind meets its own. Fewer than n degrees
    stand for all n; `edges` of the first graph, where they were counted.

    >>> edges_in_both(np.array([1, 1, 0, 0]), np.array([1, 1, 1, 1]), n=4)  # one edge of six, and two that lie apart: a third
    (0.3333333333333333, 0.2222222222222222)
    """
    edges, others = n * float(one.mean()) / 2 if edges is None else edges, n * float(other.mean()) / 2
    joined, joined_others = n * float((one * (one - 1)).mean()), n * float((other * (other - 1)).mean())
    apart, apart_others = edges * (edges - 1) - joined, others * (others - 1) - joined_others
    mean = edges * others * 2 / (n * (n - 1))
    square = mean + joined * joined_others / (n * (n - 1) * (n - 2)) + 4 * apart * apart_others / (n * (n - 1) * (n - 2) * (n - 3))
    return mean, max(square - mean**2, 0.0)
