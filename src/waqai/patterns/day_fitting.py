"""Fits of the day model with a moving baseline, many series at once, by damped Newton steps.

Parameters of a series: branching, log(decay), log of each rate. The matrix of second derivatives is taken with the curvature of the likelihood in (nu,
kappa), where it is concave, so a step always leads uphill; its block of the rates is tridiagonal, as only neighbouring shapes overlap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waqai.patterns.day_model import lagged, lagged_and_slope, same_day
from waqai.patterns.restricted import Restriction

Floats = npt.NDArray[np.float64]
MOST = 0.98  # branching: above, one event would lead to more than 50
SLOWEST, QUICKEST = float(np.log(2) / 4), float(np.log(2) / 0.1)  # decay per day: half-lives of 4 days (slower is trend) and of 2.4 hours
STARTS = (0.8, 3.0)  # half-lives in days from which a fit starts: the likelihood often has a quick and a slow hill
_STEPS, _LONGEST = 60, np.array([0.4, 1.0])
_LOW, _HIGH = np.array([0.0, np.log(SLOWEST)]), np.array([MOST, np.log(QUICKEST)])


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFits:
    """The fits of many series: arrays of shape (runs,), but `rates` (runs, pieces). `error` is the standard error of branching."""

    branching: Floats
    decay: Floats
    rates: Floats
    log_likelihood: Floats
    error: Floats

    def of(self, rows: npt.NDArray[np.bool_]) -> DayFits:
        """The fits of the chosen series."""
        return DayFits(
            branching=self.branching[rows], decay=self.decay[rows], rates=self.rates[rows], log_likelihood=self.log_likelihood[rows], error=self.error[rows]
        )


@dataclass(frozen=True, slots=True)
class _Slopes:
    """First and second derivatives of the log-likelihood: of the rates (score, diag, off), of the two others (lead, top), and across."""

    score: Floats
    diag: Floats
    off: Floats
    lead: Floats
    top: Floats
    cross: Floats


def fit_excited(counts: Floats, basis: Floats, *, tolerance: float = 1e-3) -> DayFits:
    """The likeliest self-exciting model of each row of `counts` (runs, days), over a baseline with the shapes `basis` (days, pieces).

    Of two starts, a quick and a slow one, the better is kept.
    """
    level = _plain_rates(counts, basis)
    fits = [_fit(counts, basis, _start(level, half_life_days=half_life), tolerance=tolerance) for half_life in STARTS]
    best = np.argmax([fit[1] for fit in fits], axis=0)
    state = np.choose(best[:, None], [fit[0] for fit in fits])
    return DayFits(
        branching=state[:, 0],
        decay=np.exp(state[:, 1]),
        rates=np.exp(state[:, 2:]),
        log_likelihood=np.choose(best, [fit[1] for fit in fits]),
        error=_errors(counts, basis, state),
    )


def refit_restricted(counts: Floats, basis: Floats, fits: DayFits, extra: Restriction, *, tolerance: float = 1e-3) -> DayFits:
    """The fits moved to the top of the restricted likelihood, which puts back what the moving baseline took from the excitation.

    Their `log_likelihood` is the restricted one.
    """
    state = np.concatenate([fits.branching[:, None], np.log(fits.decay)[:, None], np.log(fits.rates)], axis=1)
    state, value = _fit(counts, basis, state, tolerance=tolerance, extra=extra)
    return DayFits(
        branching=state[:, 0], decay=np.exp(state[:, 1]), rates=np.exp(state[:, 2:]), log_likelihood=value, error=_errors(counts, basis, state, extra=extra)
    )


def profile(counts: Floats, basis: Floats, fits: DayFits, extra: Restriction, *, grid: Floats) -> Floats:
    """The restricted log-likelihood with branching held at each value of `grid`, everything else at its best: shape (runs, grid)."""
    runs, size = len(counts), grid.size
    kept = np.maximum(1 - fits.branching, 0.02)[:, None]
    level = fits.rates[:, None, :] * ((1 - grid) / kept)[:, :, None]
    best = np.full(runs * size, -np.inf)
    for decay in (fits.decay, np.full(runs, np.log(2) / STARTS[1])):
        lead = np.stack([np.broadcast_to(grid, (runs, size)), np.broadcast_to(np.log(decay)[:, None], (runs, size))], axis=2)
        state = np.concatenate([lead, np.log(level)], axis=2).reshape(runs * size, -1)
        best = np.maximum(best, _fit(np.repeat(counts, size, axis=0), basis, state, tolerance=0.02, extra=extra, held=True)[1])
    return best.reshape(runs, size)


def fit_trend_only(counts: Floats, basis: Floats, *, tolerance: float = 1e-3) -> DayFits:
    """The likeliest Poisson model of each row without any self-excitation, over the same baseline."""
    state = np.concatenate([np.full((len(counts), 2), np.nan), np.log(_plain_rates(counts, basis))], axis=1)
    state, value = _fit(counts, basis, state, tolerance=tolerance)
    nothing = np.zeros(len(counts))
    return DayFits(branching=nothing, decay=nothing + 1, rates=np.exp(state[:, 2:]), log_likelihood=value, error=nothing)


def _plain_rates(counts: Floats, basis: Floats) -> Floats:
    """Rates to start from: the mean count under each shape, lifted off zero."""
    least = 0.02 * counts.mean(axis=1, keepdims=True) + 1e-9
    return np.asarray(np.maximum(counts @ basis / basis.sum(axis=0), least))


def _start(level: Floats, *, half_life_days: float) -> Floats:
    lead = np.broadcast_to([0.3, np.log(np.log(2) / half_life_days)], (len(level), 2))
    return np.concatenate([lead, np.log(0.7 * level)], axis=1)


def _fit(counts: Floats, basis: Floats, state: Floats, *, tolerance: float, extra: Restriction | None = None, held: bool = False) -> tuple[Floats, Floats]:
    """The states at the top of the likelihood, and its values there; a series leaves the round once a step would gain less than `tolerance`."""
    best, damp, alive = _value(counts, basis, state, extra), np.full(len(counts), 1e-3), np.arange(len(counts))
    for _ in range(_STEPS):
        step, gain = _step(_slopes(counts[alive], basis, state[alive], extra), state[alive], damp[alive], held=held)
        tried = _inside(state[alive] + step)
        value = _value(counts[alive], basis, tried, extra)
        rise = value - best[alive]
        better = rise > 0
        state[alive[better]], best[alive[better]] = tried[better], value[better]
        damp[alive] *= np.where(better, 0.2, 10.0)
        done = (gain < tolerance) | (better & (rise < tolerance)) | (damp[alive] > 1e5)
        alive = alive[~done]
        if not alive.size:
            break
    return state, best


def _inside(state: Floats) -> Floats:
    """States moved back into the bounds."""
    state[:, :2] = np.clip(state[:, :2], _LOW, _HIGH)
    state[:, 2:] = np.maximum(state[:, 2:], -14.0)
    return state


def _excited(state: Floats) -> bool:
    """Whether the two parameters of excitation are in the model; a trend-only state holds nan in their place."""
    return bool(np.isfinite(state[0, 0]))


def _value(counts: Floats, basis: Floats, state: Floats, extra: Restriction | None = None) -> Floats:
    """Log-likelihood of each series, without the constant log(y!)."""
    nu = np.exp(state[:, 2:]) @ basis.T
    if not _excited(state):
        return np.asarray((counts * np.log(nu) - nu).sum(axis=1))
    branching, decay = state[:, 0], np.exp(state[:, 1])
    nu += branching[:, None] * lagged(counts, decay=decay)
    shared = same_day(branching, decay)[:, None] * counts
    value = np.asarray((np.log(nu) + (counts - 1) * np.log(nu + shared) - nu - shared).sum(axis=1))
    return value if extra is None else value + extra.value(branching, decay)


def _slopes(counts: Floats, basis: Floats, state: Floats, extra: Restriction | None = None) -> _Slopes:
    coefs = np.exp(state[:, 2:])
    nu = coefs @ basis.T
    if not _excited(state):
        score, weight = ((counts / nu - 1) @ basis) * coefs, counts / nu**2
        return _Slopes(score, *_bands(weight, basis, coefs, score), score[:, :0], np.zeros((len(score), 0, 0)), score[:, :, None][:, :, :0])
    branching, decay = state[:, 0], np.exp(state[:, 1])
    sent, moved = lagged_and_slope(counts, decay=decay)
    nu += branching[:, None] * sent
    family = nu + same_day(branching, decay)[:, None] * counts
    own, more = 1 / nu, (counts - 1) / family
    slope, own, shared = own + more - 1, own**2, more / family
    score = (slope @ basis) * coefs
    jumps = (sent, branching[:, None] * moved)
    turns = [turn[:, None] for turn in _kappa_slopes(branching, decay)]
    whole = [jump + counts * turn for jump, turn in zip(jumps, turns, strict=True)]
    lead = np.stack([(slope * jump + (more - 1) * counts * turn).sum(axis=1) for jump, turn in zip(jumps, turns, strict=True)], axis=1)
    if extra is not None:
        lead += extra.slopes(branching, decay)[0]
    top = np.empty((len(counts), 2, 2))
    for one, other in ((0, 0), (0, 1), (1, 1)):
        top[:, one, other] = top[:, other, one] = (own * jumps[one] * jumps[other] + shared * whole[one] * whole[other]).sum(axis=1)
    cross = np.stack([((own * jump + shared * both) @ basis) * coefs for jump, both in zip(jumps, whole, strict=True)], axis=2)
    return _Slopes(score, *_bands(own + shared, basis, coefs, score), lead, top, cross)


def _bands(weight: Floats, basis: Floats, coefs: Floats, score: Floats) -> tuple[Floats, Floats]:
    """The diagonal of the rates' second derivatives (its part that could lead downhill left out), and the band beside it."""
    diag = (weight @ basis**2) * coefs**2 + np.maximum(0.0, -score)
    return diag, (weight @ (basis[:, :-1] * basis[:, 1:])) * coefs[:, :-1] * coefs[:, 1:]


def _kappa_slopes(branching: Floats, decay: Floats) -> tuple[Floats, Floats]:
    """How `same_day` moves with branching and with log(decay), by central differences."""
    small = 1e-4
    by_branching = (same_day(branching + small, decay) - same_day(branching - small, decay)) / (2 * small)
    quick, slow = same_day(branching, decay * np.exp(small)), same_day(branching, decay * np.exp(-small))
    return by_branching, (quick - slow) / (2 * small)


def _step(slopes: _Slopes, state: Floats, damp: Floats, *, held: bool) -> tuple[Floats, Floats]:
    """The damped Newton step of each series, and what it would gain to first order. A branching that stands at 0 and would fall stays there."""
    diag = slopes.diag * (1 + damp[:, None]) + 1e-9
    solved = solve_tridiagonal(diag, slopes.off, np.concatenate([slopes.cross, slopes.score[:, :, None]], axis=2))
    step = np.zeros_like(state)
    if slopes.lead.shape[1]:
        top = slopes.top - np.einsum("rki,rkj->rij", slopes.cross, solved[:, :, :2])
        top += (slopes.top * damp[:, None, None] + 1e-6) * np.eye(2)
        pull = slopes.lead - np.einsum("rki,rk->ri", slopes.cross, solved[:, :, 2])
        stays = np.full(len(state), held) | ((state[:, 0] <= 0) & (pull[:, 0] <= 0))
        top[stays, 0, :], top[stays, :, 0], pull[stays, 0] = 0.0, 0.0, 0.0
        top[stays, 0, 0] = 1.0
        step[:, :2] = np.clip(np.linalg.solve(top, pull[:, :, None])[:, :, 0], -_LONGEST, _LONGEST)
        step[:, :2] = np.clip(state[:, :2] + step[:, :2], _LOW, _HIGH) - state[:, :2]
    step[:, 2:] = np.clip(solved[:, :, -1] - np.einsum("rki,ri->rk", solved[:, :, :-1], step[:, : solved.shape[2] - 1]), -2, 2)
    lead = (step[:, : slopes.lead.shape[1]] * slopes.lead).sum(axis=1)
    return step, (step[:, 2:] * slopes.score).sum(axis=1) + lead


def solve_tridiagonal(diag: Floats, off: Floats, right: Floats) -> Floats:
    """Many symmetric tridiagonal systems: `diag` (runs, k), `off` (runs, k-1), `right` (runs, k, columns)."""
    if not off.any():
        return np.asarray(right / diag[:, :, None])
    pivot, out = diag.copy(), right.copy()
    for row in range(1, diag.shape[1]):
        factor = off[:, row - 1] / pivot[:, row - 1]
        pivot[:, row] -= factor * off[:, row - 1]
        out[:, row] -= factor[:, None] * out[:, row - 1]
    out[:, -1] /= pivot[:, -1, None]
    for row in range(diag.shape[1] - 2, -1, -1):
        out[:, row] = (out[:, row] - off[:, row, None] * out[:, row + 1]) / pivot[:, row, None]
    return out


def _errors(counts: Floats, basis: Floats, state: Floats, *, extra: Restriction | None = None) -> Floats:
    """Standard errors of branching: the inverse of the second derivatives, rates and decay unknown as well."""
    slopes = _slopes(counts, basis, state)
    solved = solve_tridiagonal(slopes.diag + 1e-9, slopes.off, slopes.cross)
    top = slopes.top - np.einsum("rki,rkj->rij", slopes.cross, solved) + 1e-6 * np.eye(2)
    if extra is not None:
        top -= extra.slopes(state[:, 0], np.exp(state[:, 1]))[1]
    return np.asarray(np.sqrt(np.maximum(np.linalg.inv(top)[:, 0, 0], 0.0)))
