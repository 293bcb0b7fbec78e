"""The likelihood of daily counts under self-excitation, many series at once.

Events are known to the day, so their order within it is not. The rate of a day, given the days before, is

    nu_t = mu_t + branching * sum_k g_k y_(t-k),     g_k = (1 - e^-decay)^2 / decay * e^(-decay (k-1)),

where g_k is the share of an event's children (exponential delays) that fall k days later when the event lies anywhere in its day. Children of the same day
make the count of a day a family: with nu founders and `same_day` children each, it has the generalised Poisson law (Consul & Jain 1973; Borel-Tanner)

    P(y) = nu (nu + kappa y)^(y-1) e^(-nu - kappa y) / y!

kappa is chosen so that the mean family is that of the process within a day (`same_day`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def lagged(counts: Floats, *, decay: Floats) -> Floats:
    """The children per unit of branching that earlier days send to each day: shape (runs, days). `counts` has that shape, `decay` is (runs,).

    >>> lagged(np.array([[1.0, 0.0, 0.0]]), decay=np.array([np.log(2)])).round(3)
    array([[0.   , 0.361, 0.18 ]])
    """
    share = (1 - np.exp(-decay)) ** 2 / decay
    return np.asarray(share[:, None] * _remembered(_yesterday(counts), decay))


def lagged_and_slope(counts: Floats, *, decay: Floats) -> tuple[Floats, Floats]:
    """`lagged`, and its derivative by log(decay)."""
    keep = np.exp(-decay)
    share = (1 - keep) ** 2 / decay
    left = _remembered(_yesterday(counts), decay)
    moved = _remembered(_yesterday(left), decay)
    turned = share * (2 * decay * keep / (1 - keep) - 1)
    return share[:, None] * left, turned[:, None] * left - (share * decay * keep)[:, None] * moved


def _yesterday(values: Floats) -> Floats:
    return np.concatenate([np.zeros((len(values), 1)), values[:, :-1]], axis=1)


def _remembered(values: Floats, decay: Floats) -> Floats:
    """x_t = e^-decay x_(t-1) + values_t in each row: all rows as one triangular system with two diagonals."""
    from scipy.linalg.blas import dtbsv

    system = np.empty((*values.shape, 2))
    system[:, :, 0] = 1.0
    system[:, :, 1] = -np.exp(-decay)[:, None]
    system[:, -1, 1] = 0.0
    return np.asarray(dtbsv(1, system.reshape(-1, 2).T, values.ravel(), lower=1, diag=1).reshape(values.shape))


def same_day(branching: Floats, decay: Floats) -> Floats:
    """The children on the same day that make the mean family of a day the right one: 1 - 1/m.

    m is the mean number of events, itself included, that an event leads to before its day ends:

    m = 1 + b/(1-b) (1 - (1-e^-c)/c), c = decay (1-b), by integrating the mean of a Hawkes process with exponential kernel over the rest of a day (Hawkes 1971).
    """
    rest = np.maximum(1 - branching, 1e-6)
    slow = decay * rest
    return np.asarray(1 - 1 / (1 + branching / rest * (1 + np.expm1(-slow) / slow)))
