"""The exponential Hawkes process with a constant baseline, for events whose times are known: likelihood and fit.

The rate is baseline + branching * decay * sum over earlier events of e^(-decay (t - t_j)): `branching` is the mean number of children of an event (Hawkes
1971). At the optimum the expected number of events is the observed one, which gives the baseline from the other two; Newton steps in (branching, log decay)
with exact second derivatives do the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waqai.patterns.memory import ends, memory

Floats = npt.NDArray[np.float64]
_ENOUGH_TO_START = 1_000
_STARTS = (0.1, 1.0, 10.0)  # decay times mean gap
_MOST, _SHORTEST = 0.999, 5.0  # branching; decay times horizon: a half-life beyond a seventh of the window is trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Exponential:
    """A process: `baseline` in events per unit of time, `branching` a mean number of children, `decay` per unit of time."""

    baseline: float
    branching: float
    decay: float

    @property
    def half_life(self) -> float:
        """The time in which half of an event's children have come."""
        return float(np.log(2) / self.decay)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesFit:
    """The likeliest process for given times; `error` is the standard error of branching, `aic` counts three parameters."""

    process: Exponential
    log_likelihood: float
    error: float
    steps: int

    @property
    def aic(self) -> float:
        """Akaike's criterion; lower is better."""
        return 6 - 2 * self.log_likelihood


def log_likelihood(times: Floats, process: Exponential, *, horizon: float) -> float:
    """The log-likelihood of sorted `times` in (0, horizon]. Equal times are taken in their order.

    >>> round(log_likelihood(np.array([1.0, 2.0]), Exponential(baseline=1.0, branching=0.5, decay=1.0), horizon=3.0), 6)
    -3.579545
    """
    left = memory(np.diff(times, prepend=times[0]), decay=process.decay).left
    rate = process.baseline + process.branching * process.decay * left
    total = process.baseline * horizon + process.branching * ends(times, horizon=horizon, decay=process.decay).total
    return float(np.log(rate).sum() - total)


@dataclass(frozen=True, slots=True)
class _Point:
    value: float
    slope: Floats
    bend: Floats


def fit_constant(times: Floats, *, horizon: float) -> TimesFit:
    """The likeliest process with a constant baseline for sorted times; wants ten events or more.

    The start comes from the first thousand events, where several decays are tried.
    """
    gaps = np.diff(times, prepend=times[0])
    at = _start(times, horizon=horizon)
    point = _point(times, gaps, at, horizon=horizon)
    while point is None:
        at = at * np.array([0.5, 1.0])
        point = _point(times, gaps, at, horizon=horizon)
    damp, steps = 1e-6, 0
    for steps in range(1, 60):  # noqa: B007
        step = _newton(point, at, damp, least_decay=_SHORTEST / horizon)
        gain = float(step @ point.slope)
        if gain < 1e-9:
            break
        tried = at + step
        new = _point(times, gaps, tried, horizon=horizon)
        if new is None or not new.value > point.value:
            if gain < 1e-7:
                break
            damp = max(damp * 20, 1e-3)
            continue
        small = new.value - point.value < 1e-10 * abs(new.value)
        at, point, damp = tried, new, damp * 0.1
        if small:
            break
    return _result(times, at, point, horizon=horizon, steps=steps)


def _start(times: Floats, *, horizon: float) -> Floats:
    """Branching and log(decay) to start from: the best of a few decays and, where there are many events, of the likeliest among the first thousand."""
    gaps = np.diff(times, prepend=times[0])
    decays = [factor * times.size / horizon for factor in _STARTS]
    tries = [np.array([0.5, np.log(max(decay, 2 * _SHORTEST / horizon))]) for decay in decays]
    if times.size > _ENOUGH_TO_START:
        first = fit_constant(times[:_ENOUGH_TO_START], horizon=float(times[_ENOUGH_TO_START])).process
        tries = [*tries[:2], np.array([min(max(first.branching, 0.1), 0.9), np.log(first.decay)])]
    points = [_point(times, gaps, at, horizon=horizon, derivatives=0) for at in tries]
    return tries[int(np.argmax([point.value if point else -np.inf for point in points]))]


def _point(times: Floats, gaps: Floats, at: Floats, *, horizon: float, derivatives: int = 2) -> _Point | None:
    """The log-likelihood with the baseline at its best, its slope and its bend; None where no baseline is left."""
    branching, decay = float(at[0]), float(np.exp(at[1]))
    end = ends(times, horizon=horizon, decay=decay)
    baseline = (times.size - branching * end.total) / horizon
    if baseline <= 0:
        return None
    past = memory(gaps, decay=decay, derivatives=derivatives)
    inverse = past.left * (branching * decay)
    inverse += baseline
    value = float(np.log(inverse).sum()) - times.size
    if past.first is None or past.second is None:
        return _Point(value, np.zeros(2), np.zeros((2, 2)))
    np.divide(1.0, inverse, out=inverse)
    moved = past.left + past.first
    by_branching = (decay * past.left - end.total / horizon) * inverse
    by_decay = (moved * decay - end.first / horizon) * inverse
    bent = (past.first + past.second + moved) * decay - end.second / horizon
    slope = np.array([by_branching.sum(), branching * by_decay.sum()])
    both = by_decay.sum() - branching * _dot(by_branching, by_decay)
    bend = np.array([[-_dot(by_branching, by_branching), both], [both, branching * _dot(bent, inverse) - branching**2 * _dot(by_decay, by_decay)]])
    return _Point(value, slope, bend)


def _dot(one: Floats, other: Floats) -> float:
    """A sum of products on one core: BLAS would wake the others for little."""
    return float(np.einsum("i,i->", one, other))


def _newton(point: _Point, at: Floats, damp: float, *, least_decay: float) -> Floats:
    """The damped Newton step, uphill, not too long and within the bounds; where one of the two stands at its bound, the other moves alone."""
    (one, both), (_, two) = -point.bend
    lowest = 0.5 * (one + two) - np.hypot(0.5 * (one - two), both)
    size = abs(one) + abs(two)
    lift = damp * size + max(0.0, 1e-6 * size - lowest)
    one, two = one + lift, two + lift
    first, second = point.slope
    step = np.array([two * first - both * second, one * second - both * first]) / (one * two - both * both)
    room = np.array([_MOST - at[0], np.log(least_decay) - at[1]])
    if step[0] > room[0]:
        step = np.array([room[0], (second - both * room[0]) / two])
    if step[1] < room[1]:
        step = np.array([min((first - both * room[1]) / one, room[0]), room[1]])
    step[0] = max(step[0], -0.9 * at[0])
    return np.asarray(step / max(1.0, abs(step[0]) / 0.4, abs(step[1]) / 1.5))


def _result(times: Floats, at: Floats, point: _Point, *, horizon: float, steps: int) -> TimesFit:
    branching, decay = float(at[0]), float(np.exp(at[1]))
    baseline = (times.size - branching * ends(times, horizon=horizon, decay=decay).total) / horizon
    (one, both), (_, two) = -point.bend
    inside = one * two - both * both
    error = float(np.sqrt(two / inside)) if inside > 0 and two > 0 else float("inf")
    process = Exponential(baseline=baseline, branching=branching, decay=decay)
    return TimesFit(process=process, log_likelihood=point.value, error=error, steps=steps)
