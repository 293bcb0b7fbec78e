"""How well a fitted process describes the events: residuals that should be uniform and independent.

A warning that belongs to every result: these tests do not see a trend. A constant-baseline fit to events without any self-excitation but with a trend passes
them, because its slow excitation follows the trend. Passing is no evidence for self-excitation; failing is evidence against the model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waqai.patterns.exponential import Exponential
from waqai.patterns.memory import memory

Floats = npt.NDArray[np.float64]
CAUTION = "This check does not see a trend: a model that takes a trend for self-excitation passes it, too."


@dataclass(frozen=True, slots=True, kw_only=True)
class Goodness:
    """Two p-values over `n` residuals: of being uniform (Kolmogorov-Smirnov) and of neighbours being unrelated (correlation of normal scores)."""

    n: int
    uniform_p: float
    independent_p: float
    caution: str = CAUTION


def check_uniform(residuals: Floats) -> Goodness:
    """Both tests for residuals in [0, 1], in the order of time.

    Sources: Kolmogorov's distribution at D (sqrt(n) + .12 + .11/sqrt(n)) (Stephens 1970); lag-one correlation times sqrt(n) is standard normal under
    independence.

    >>> check_uniform((np.arange(100) * 37 % 100 + 0.5) / 100).uniform_p > 0.99
    True
    """
    from scipy.special import erfc, kolmogorov, ndtri

    n = residuals.size
    ranked = np.sort(residuals)
    steps = np.arange(n)
    distance = float(max(np.max((steps + 1) / n - ranked), np.max(ranked - steps / n)))
    root = np.sqrt(n)
    scores = ndtri(np.clip(residuals, 1e-12, 1 - 1e-12))
    scores = scores - scores.mean()
    correlation = float((scores[1:] * scores[:-1]).sum() / (scores**2).sum())
    return Goodness(
        n=n,
        uniform_p=float(kolmogorov(distance * (root + 0.12 + 0.11 / root))),
        independent_p=float(erfc(abs(correlation) * root / np.sqrt(2))),
    )


def waiting_residuals(times: Floats, process: Exponential) -> Floats:
    """The random time change: 1 - e^-(expected events since the event before), shape (n,).

    Uniform and independent if the process is right (Papangelou 1972; Ogata 1988).

    >>> waiting_residuals(np.array([1.0, 2.0]), Exponential(baseline=1.0, branching=0.0, decay=1.0)).round(3)
    array([0.632, 0.632])
    """
    gaps = np.diff(times, prepend=0.0)
    left = memory(np.diff(times, prepend=times[0]), decay=process.decay).left
    carried = np.concatenate([[0.0], 1 + left[:-1]])
    expected = process.baseline * gaps + process.branching * carried * -np.expm1(-process.decay * gaps)
    return np.asarray(-np.expm1(-expected))


def day_residuals(counts: Floats, founders: Floats, *, same_day: float, rng: np.random.Generator) -> Floats:
    """Randomised probability transforms of daily counts under the day model: uniform and independent if it is right (Brockwell 2007), shape (days,)."""
    from scipy.special import gammaln

    most = int(counts.max())
    y = np.arange(most + 1)
    family = founders[:, None] + same_day * y
    logs = np.log(founders)[:, None] + (y - 1) * np.log(family) - family - gammaln(y + 1)
    below = np.concatenate([np.zeros((counts.size, 1)), np.cumsum(np.exp(logs), axis=1)], axis=1)
    day, at = np.arange(counts.size), counts.astype(int)
    return np.asarray(np.clip(below[day, at] + rng.random(counts.size) * (below[day, at + 1] - below[day, at]), 0.0, 1.0))
