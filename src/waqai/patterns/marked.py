"""The exponential Hawkes process with types as marks, for known times: each type may excite each other; one decay; baselines constant or in steps.

The rate of type i is mu_i(t) + decay * sum over types j of branching[i, j] * sum over earlier events of j of e^(-decay (t - s)): `branching[i, j]` is the
mean number of children of type i of an event of type j. Given the decay, the likelihood falls apart by receiving type into concave problems; the decay is
found by a bounded search.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waqai.patterns.additive import Additive, fit_additive
from waqai.patterns.baselines import CONSTANT, Baseline

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedFit:
    """The likeliest process: `rates` (types, pieces) per unit of time, `branching` and its standard errors (types, types), receiver first."""

    rates: Floats
    branching: Floats
    errors: Floats
    decay: float
    log_likelihood: float

    @property
    def radius(self) -> float:
        """The spectral radius of the branching matrix: below 1, the process does not run away."""
        return float(np.max(np.abs(np.linalg.eigvals(self.branching))))

    @property
    def aic(self) -> float:
        """Akaike's criterion; lower is better."""
        return 2 * (self.rates.size + self.branching.size + 1) - 2 * self.log_likelihood


def log_likelihood_marked(times: list[Floats], *, rates: Floats, branching: Floats, decay: float, horizon: float) -> float:
    """The log-likelihood of sorted times by type under constant `rates` (types,) and `branching` (types, types)."""
    features, totals = _features(times, decay=decay, horizon=horizon, baseline=CONSTANT)
    weights = np.concatenate([rates[:, None], branching], axis=1)
    return float(sum(np.log(one @ weight).sum() - totals @ weight for one, weight in zip(features, weights, strict=True)))


def fit_marked(times: list[Floats], *, horizon: float, baseline: Baseline = CONSTANT, half_lives: tuple[float, float] = (0.02, 7.0)) -> MarkedFit:
    """The likeliest marked process for sorted times by type on (0, horizon], its half-life between the two given; baselines are constant or steps."""
    from scipy.optimize import minimize_scalar

    low, high = np.log(np.log(2) / half_lives[1]), np.log(np.log(2) / half_lives[0])
    starts: dict[int, Floats] = {}

    def minus(log_decay: float) -> float:
        return -sum(one.log_likelihood for one in _at(times, float(np.exp(log_decay)), horizon=horizon, baseline=baseline, starts=starts))

    coarse = np.linspace(low, high, 7)
    best = int(np.argmin([minus(at) for at in coarse]))
    found = minimize_scalar(minus, bounds=(coarse[max(best - 1, 0)], coarse[min(best + 1, 6)]), method="bounded", options={"xatol": 1e-6})
    decay = float(np.exp(found.x))
    parts = _at(times, decay, horizon=horizon, baseline=baseline, starts=starts)
    pieces = parts[0].weights.size - len(times)
    return MarkedFit(
        rates=np.array([one.weights[:pieces] for one in parts]),
        branching=np.array([one.weights[pieces:] for one in parts]),
        errors=np.array([one.errors[pieces:] for one in parts]),
        decay=decay,
        log_likelihood=sum(one.log_likelihood for one in parts),
    )


def _at(times: list[Floats], decay: float, *, horizon: float, baseline: Baseline, starts: dict[int, Floats]) -> list[Additive]:
    """The likeliest weights of each receiving type for one decay, started from those of the decay before."""
    features, totals = _features(times, decay=decay, horizon=horizon, baseline=baseline)
    found = []
    for receiver, one in enumerate(features):
        fit = fit_additive(one, totals, start=starts.get(receiver))
        starts[receiver] = np.maximum(fit.weights, 1e-3 * one.shape[0] / horizon)
        found.append(fit)
    return found


def _features(times: list[Floats], *, decay: float, horizon: float, baseline: Baseline) -> tuple[list[Floats], Floats]:
    """For each receiving type its features at its events (events, pieces + types), and the totals that all share."""
    if baseline.kind == "lines":
        raise ValueError(f"a marked process takes constant or step baselines, not {baseline.name!r}")
    pieces = 1 if baseline.kind == "constant" else max(1, round(horizon / baseline.every_days))
    merged = np.concatenate(times)
    order = np.argsort(merged, kind="stable")
    kinds = np.repeat(np.arange(len(times)), [one.size for one in times])[order]
    left = _left(merged[order], kinds, len(times), decay=decay)
    where = np.minimum((merged[order] * (pieces / horizon)).astype(int), pieces - 1)
    whole = np.concatenate([np.eye(pieces)[where], decay * left], axis=1)
    sent = [float(-np.expm1(-decay * (horizon - one)).sum()) for one in times]
    return [whole[kinds == kind] for kind in range(len(times))], np.concatenate([np.full(pieces, horizon / pieces), sent])


def _left(times: Floats, kinds: npt.NDArray[np.int64], types: int, *, decay: float) -> Floats:
    """What is left of the earlier events of each type at each event, shape (events, types): the recursion of `memory`, type by type."""
    from scipy.linalg.blas import dtbsv

    keep = np.exp(-decay * np.diff(times))
    system = np.zeros((2, times.size), order="F")
    system[0] = 1.0
    system[1, :-1] = -keep
    left = np.empty((times.size, types))
    for kind in range(types):
        came = np.concatenate([[0.0], keep * (kinds[:-1] == kind)])
        left[:, kind] = dtbsv(1, system, came, lower=1, diag=1)
    return left
