"""What is left of earlier events at each event, under an exponential kernel, and how it moves with the decay: no loop, no compiler.

A_i = sum over j < i of e^(-decay (t_i - t_j)) obeys A_i = r_i (1 + A_(i-1)) with r_i = e^(-decay (t_i - t_(i-1))) (Ozaki 1979). That is a triangular system
with two diagonals, which BLAS solves by forward substitution (tbsv): all terms are positive, so nothing cancels and nothing overflows, whatever the decay.
Times that are equal excite in their given order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Memory:
    """Per event: what is left of those before (`left`), and its first and second derivative by log(decay), None where not asked for."""

    left: Floats
    first: Floats | None
    second: Floats | None


def memory(gaps: Floats, *, decay: float, derivatives: int = 0) -> Memory:
    """The memory at each event. `gaps` are the times since the event before, the first of them from no event: it may hold anything.

    >>> memory(np.array([0.0, 1.0, 1.0]), decay=np.log(2)).left
    array([0.  , 0.5 , 0.75])
    """
    scaled = decay * gaps
    scaled[:1] = np.inf
    keep = np.exp(-scaled)
    scaled[:1] = 0.0
    system = np.empty((2, gaps.size), order="F")
    system[0] = 1.0
    np.negative(keep[1:], out=system[1, :-1])
    solve = _solver()
    left = solve(1, system, keep, lower=1, diag=1)
    if not derivatives:
        return Memory(left, None, None)
    pushed = scaled * left
    first = solve(1, system, -pushed, lower=1, diag=1, overwrite_x=1)
    if derivatives == 1:
        return Memory(left, first, None)
    second = solve(1, system, -(scaled * (2 * first + pushed) + pushed), lower=1, diag=1, overwrite_x=1)
    return Memory(left, first, second)


def _solver() -> Any:
    from scipy.linalg.blas import dtbsv

    return dtbsv


@dataclass(frozen=True, slots=True)
class Ends:
    """The share of all events' children that fall before the end of the window, summed, and its derivatives by log(decay)."""

    total: float
    first: float
    second: float


def ends(times: Floats, *, horizon: float, decay: float) -> Ends:
    """The sum of 1 - e^(-decay (horizon - t)) over the events; only those near the end differ from 1."""
    near = decay * (horizon - times[np.searchsorted(times, horizon - 40 / decay) :])
    lost = np.exp(-near)
    first = near * lost
    return Ends(times.size - float(lost.sum()), float(first.sum()), float((first * (1 - near)).sum()))
