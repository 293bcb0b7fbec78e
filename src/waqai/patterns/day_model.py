"""The likelihood of daily counts under self-excitation, many series at once.

Events are known to the day, so their order within it is not. The rate of a day, given the days before, is

    nu_t = mu_t + branching * sum_k g_k y_(t-k),     g_k = (1 - e^-decay)^2 / decay * e^(-decay (k-1)),

where g_k is the share of an event's children (exponential delays) that fall k days later when the event lies anywhere in its day. Children of the same day make the count of a
day a family: with nu founders and `same_day` children each, it has the generalised Poisson law (Consul & Jain 1973; Borel-Tanner)

    P(y) = nu (nu + kappa y)^(y-1) e^(-nu - kappa y) / y!

kappa is chosen so that the mean family is that of the process within a day (`same_day`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def lagged(counts: Floats, *, decay: Floats) -> tuple[Floats, Floats]:
    """The children per unit of branching that earlier days send to each day, and their derivative by log(decay): both of shape (runs, days).

    `counts` has the shape (runs, days), `decay` (runs,).
    """
    from scipy.signal import lfilter

    past = np.concatenate([np.zeros((len(counts), 1)), counts[:, :-1]], axis=1)
    keep = np.exp(-decay)
    memory, moved = np.empty_like(past), np.empty_like(past)
    for row, (values, stay) in enumerate(zip(past, keep, strict=True)):
        memory[row] = lfilter([1.0], [1.0, -stay], values)
        moved[row] = lfilter([0.0, 1.0], [1.0, -stay], memory[row])
    share = (1 - keep) ** 2 / decay
    share_by = share * (2 * decay * keep / (1 - keep) - 1)
    return share[:, None] * memory, share_by[:, None] * memory + (share * -decay * keep)[:, None] * moved


def same_day(branching: Floats, decay: Floats) -> Floats:
    """The children on the same day that make the mean family of a day the right one: 1 - 1/m, m the mean number of events, itself included, that an event leads to before its day ends.

    m = 1 + b/(1-b) (1 - (1-e^-c)/c), c = decay (1-b), by integrating the mean of a Hawkes process with exponential kernel over the rest of a day (Hawkes 1971).
    """
    rest = np.maximum(1 - branching, 1e-6)
    slow = decay * rest
    return np.asarray(1 - 1 / (1 + branching / rest * (1 + np.expm1(-slow) / slow)))
