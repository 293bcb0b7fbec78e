"""The best division of counts into pieces of one level each, by a negative binomial cost: exact, with pruning."""

from __future__ import annotations

import numpy as np

from waqai.patterns.series import Floats, Ints


def piece_costs(sums: Floats | Ints, lengths: Floats | Ints, *, alpha: float) -> Floats:
    """Minus twice the log-likelihood of pieces with these sums and lengths at their own mean, without what does not hang on the division.

    Negative binomial with variance mean + alpha * mean^2 and alpha given, so that the mean is the best level; Poisson where alpha is 0.
    """
    total, n = np.asarray(sums, dtype=float), np.asarray(lengths, dtype=float)
    level = np.maximum(total / n, 1e-12)
    if alpha < 1e-6:
        return np.asarray(-2 * (total * np.log(level) - total), dtype=float)
    size = 1 / alpha
    return np.asarray(-2 * (total * np.log(level) - (total + size * n) * np.log(level + size) + size * n * np.log(size)), dtype=float)


def divide(counts: Ints, *, alpha: float, penalty: float, shortest: int) -> list[list[int]]:
    """Where new pieces begin, for each row of `counts` (n_rows, n): the division with the least cost plus `penalty` for each beginning.

    Optimal partitioning (Jackson et al. 2005), pruned as PELT (Killick, Fearnhead and Eckley 2012, theorem 3.1): a beginning that is worse than the best
    division up to t by more than the penalty can never be best again. With a least length a piece may only begin at t once `shortest` periods follow, so
    what is pruned at t is left out from t + shortest on; earlier would lose exactness. All rows go together; what every row drops is dropped.
    """
    rows, n = counts.shape
    before = np.concatenate([np.zeros((rows, 1), dtype=np.int64), np.cumsum(counts, axis=1)], axis=1)
    best, came_from = np.full((rows, n + 1), np.inf), np.zeros((rows, n + 1), dtype=np.int64)
    best[:, 0] = -penalty
    dropped_at = np.full(n + 1, n + 1)
    for t in range(shortest, n + 1):
        starts = np.flatnonzero(dropped_at[: t - shortest + 1] > t)
        starts = starts[(starts == 0) | (starts >= shortest)]
        plain = best[:, starts] + piece_costs(before[:, t, None] - before[:, starts], t - starts, alpha=alpha)
        choice = plain.argmin(axis=1)
        came_from[:, t] = starts[choice]
        best[:, t] = plain[np.arange(rows), choice] + penalty
        hopeless = starts[(plain > best[:, t, None] + 1e-9).all(axis=0)]
        dropped_at[hopeless] = np.minimum(dropped_at[hopeless], t + shortest)
    return [_trace(row) for row in came_from]


def gains(counts: Ints, *, alpha: float, shortest: int) -> Floats:
    """For each row of `counts` the penalty at which one change, or two with half the gain each, just pay; shape (n_rows,)."""
    rows, n = counts.shape
    before = np.concatenate([np.zeros((rows, 1), dtype=np.int64), np.cumsum(counts, axis=1)], axis=1)
    ends = np.arange(shortest, n - shortest + 1)
    whole = piece_costs(before[:, -1], n, alpha=alpha)
    heads, tails = (
        piece_costs(before[:, ends], ends, alpha=alpha),
        piece_costs(before[:, -1:] - before[:, ends], n - ends, alpha=alpha),
    )
    one = whole - (heads + tails).min(axis=1)
    two = np.full(rows, -np.inf)
    for place in range(shortest, len(ends)):
        starts = np.arange(place - shortest + 1)
        middle = piece_costs(before[:, ends[place], None] - before[:, ends[starts]], ends[place] - ends[starts], alpha=alpha)
        two = np.maximum(two, whole - (heads[:, starts] + middle).min(axis=1) - tails[:, place])
    return np.asarray(np.maximum(one, two / 2), dtype=float)


def _trace(came_from: Ints) -> list[int]:
    """The beginnings of a row's best division but the first, in order."""
    found, at = [], int(came_from[-1])
    while at > 0:
        found.append(at)
        at = int(came_from[at])
    return found[::-1]
