"""Do incidents raise the rate of the next ones? A range over moving baselines, beside what a trend alone would give.

One branching ratio would mislead: what is taken for trend and what for self-excitation cannot be told apart by the events alone, and with a constant baseline
any trend passes for self-excitation. So each baseline of a ladder is fitted, and the range spans the 95 % intervals of those that Akaike's criterion leaves
standing (`WITHIN_AIC` of the best). Intervals come from the profile of the restricted likelihood. A range leaves 0 out only where every such baseline does,
by a bound on the likelihood ratio (`EXCLUDES`) that allows for the unknown decay. What is slower than a half-life of 4 days counts as trend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from waqai.patterns.baselines import CONSTANT, Baseline, shapes
from waqai.patterns.day_fitting import DayFits, fit_excited, fit_trend_only, profile, refit_restricted
from waqai.patterns.day_model import lagged, same_day
from waqai.patterns.goodness import Goodness, check_uniform, day_residuals
from waqai.patterns.restricted import restriction
from waqai.patterns.simulation import daily_runs
from waqai.patterns.testable import NotTestable

Floats = npt.NDArray[np.float64]
LADDER = (
    CONSTANT,
    *(Baseline(kind="steps", every_days=days) for days in (180, 90, 60, 30)),
    *(Baseline(kind="lines", every_days=days) for days in (90, 60, 45, 30, 20)),
)
LEAST_EVENTS, LEAST_DAYS = 50, 60
WITHIN_AIC = 10.0  # Burnham & Anderson 2002, p. 70: beyond 10 a model has essentially no support
DROP = 3.84  # twice the fall of the log-likelihood at the ends of a 95 % interval
EXCLUDES = 6.0  # twice the rise over no excitation; higher than 3.84, as the best of all decays is taken; set on simulated random trends (docs/decisions/0060)
GRID = np.arange(0.0, 0.96, 0.05)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineReading:
    """What one baseline makes of the events.

    `branching` is the plain likeliest value, as other tools print it, with `half_life_days`; `corrected`, `low` and `high` come from the restricted
    likelihood (None where the baseline does not stand). `trend_only` is the mean of `branching` on made-up events with the same trend and no self-excitation,
    `trend_only_high` its 95 % point.
    """

    baseline: str
    branching: float
    half_life_days: float
    aic: float
    aic_trend_only: float
    stands: bool
    corrected: float | None
    low: float | None
    high: float | None
    trend_only: float
    trend_only_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfExcitation:
    """The range of the branching ratio (children per event) over the baselines that stand, `low` to `high`, and all that it rests on.

    `later_days` is the share of an event's children on later days, by the best baseline: the rest falls on the same day, where self-excitation and one
    operation told as several incidents look alike. `trend_only_p` is the share of trend-only runs (and this series) that rise at least as far over no
    excitation. `finest_is_best` warns that the most flexible baseline fits best: the rate may move faster than the ladder follows, and the range then holds
    that, too.
    """

    events: int
    days: int
    low: float
    high: float
    best: str
    finest_is_best: bool
    half_life_days: float
    later_days: float
    readings: tuple[BaselineReading, ...]
    trend_only_runs: int
    trend_only_p: float
    goodness: Goodness
    seed: int


@dataclass(frozen=True, slots=True)
class Fitted:
    """A baseline's two fits to many series: `aic` is that of the better of them, shape (runs,)."""

    baseline: Baseline
    basis: Floats
    excited: DayFits
    plain: DayFits

    @property
    def aic_excited(self) -> Floats:
        return np.asarray(2 * (self.basis.shape[1] + 2) - 2 * self.excited.log_likelihood)

    @property
    def aic_plain(self) -> Floats:
        return np.asarray(2 * self.basis.shape[1] - 2 * self.plain.log_likelihood)

    @property
    def aic(self) -> Floats:
        return np.minimum(self.aic_excited, self.aic_plain)


def ladder_for(counts: Floats) -> tuple[Baseline, ...]:
    """The baselines that so many days and events can carry: two pieces or more, and four events a piece."""
    days, events = counts.shape[-1], counts.sum(axis=-1).mean()
    return tuple(one for one in LADDER if one is CONSTANT or (days >= 2 * one.every_days and events * one.every_days >= 4 * days))


def fit_ladder(counts: Floats) -> tuple[Fitted, ...]:
    """Both fits of each row of `counts` (runs, days) over each baseline of the ladder."""
    found = []
    with threadpool_limits(limits=1):  # type: ignore[no-untyped-call]
        for baseline in ladder_for(counts):
            basis = shapes(baseline, days=counts.shape[1])
            found.append(Fitted(baseline, basis, fit_excited(counts, basis), fit_trend_only(counts, basis)))
    return tuple(found)


def range_over_baselines(counts: Floats, fitted: tuple[Fitted, ...]) -> tuple[Floats, Floats, Floats]:
    """The range shown for each row of `counts`: both ends (runs,), and the ends by baseline (baselines, runs, 2), nan where one does not stand."""
    aic = np.array([one.aic for one in fitted])
    stands = aic <= aic.min(axis=0) + WITHIN_AIC
    ends = np.full((*aic.shape, 2), np.nan)
    with threadpool_limits(limits=1):  # type: ignore[no-untyped-call]
        for one, rows, into in zip(fitted, stands, ends, strict=True):
            if rows.any():
                into[rows] = _intervals(counts[rows], one, rows)
    return np.nanmin(ends[:, :, 0], axis=0), np.nanmax(ends[:, :, 1], axis=0), ends


def _intervals(counts: Floats, fitted: Fitted, rows: npt.NDArray[np.bool_]) -> Floats:
    """The 95 % intervals of one baseline for the chosen rows, shape (rows, 2); the lower end is 0 unless no excitation lies `EXCLUDES` below the top."""
    extra = restriction(fitted.baseline, days=counts.shape[1], rate=float(counts.mean()))
    tops = profile(counts, fitted.basis, fitted.excited.of(rows), extra, grid=GRID)
    fine = np.linspace(GRID[0], GRID[-1], 10 * (GRID.size - 1) + 1)
    curves = np.array([np.interp(fine, GRID, curve) for curve in tops])
    inside = curves >= curves.max(axis=1, keepdims=True) - DROP / 2
    lows = fine[np.argmax(inside, axis=1)]
    highs = fine[fine.size - 1 - np.argmax(inside[:, ::-1], axis=1)]
    excluded = 2 * (curves.max(axis=1) - curves[:, 0]) > EXCLUDES
    return np.stack([np.where(excluded, np.maximum(lows, 0.01), 0.0), highs], axis=1)


def measure_excitation(counts: npt.ArrayLike, *, seed: int, trend_only_runs: int = 39) -> SelfExcitation | NotTestable:
    """The range of self-excitation in daily counts (one a day, days without events included), beside a trend-only null; the same seed gives the same result.

    `NotTestable` under 50 events or 60 days.
    """
    series = np.asarray(counts, dtype=float)[None, :]
    events, days = int(series.sum()), series.shape[1]
    if events < LEAST_EVENTS or days < LEAST_DAYS:
        return NotTestable(
            why=f"There are {events} incidents over {days} days. "
            f"Whether incidents raise the rate of the next ones can be asked from {LEAST_EVENTS} incidents and {LEAST_DAYS} days on."
        )
    with threadpool_limits(limits=1):  # type: ignore[no-untyped-call]  # the matrices are small: a second core costs more than it brings
        return _measure(series, seed=seed, runs=trend_only_runs)


def _measure(series: Floats, *, seed: int, runs: int) -> SelfExcitation:
    rng = np.random.default_rng(seed)
    fitted = fit_ladder(series)
    low, high, ends = range_over_baselines(series, fitted)
    best = min(fitted, key=lambda one: float(one.aic[0]))
    null, p = _trend_only(series, fitted, best, runs=runs, rng=rng)
    readings = tuple(_reading(series, one, span[0], made) for one, span, made in zip(fitted, ends, null, strict=True))
    shown = _restricted(series, best)
    return SelfExcitation(
        events=int(series.sum()),
        days=series.shape[1],
        low=float(low[0]),
        high=float(high[0]),
        best=best.baseline.name,
        finest_is_best=best is fitted[-1],
        half_life_days=float(np.log(2) / shown.decay[0]),
        later_days=float(-np.expm1(-shown.decay[0]) / shown.decay[0]),
        readings=readings,
        trend_only_runs=runs,
        trend_only_p=p,
        goodness=_goodness(series, best, rng),
        seed=seed,
    )


def _trend_only(series: Floats, fitted: tuple[Fitted, ...], best: Fitted, *, runs: int, rng: np.random.Generator) -> tuple[list[Floats], float]:
    """The plain branching that each baseline gives on made-up trend-only series, and the p-value of the rise at the best baseline.

    The trend is that of the likeliest trend-only fit.
    """
    trend = min(fitted, key=lambda one: float(one.aic_plain[0]))
    rates = trend.basis @ trend.plain.rates[0]
    made = daily_runs(rates, branching=0.0, decay=1.0, runs=runs, rng=rng).astype(float)
    again = [fit_excited(made, one.basis) for one in fitted]
    here = fitted.index(best)
    rises = again[here].log_likelihood - fit_trend_only(made, best.basis).log_likelihood
    seen = float(best.excited.log_likelihood[0] - best.plain.log_likelihood[0])
    return [one.branching for one in again], float((1 + np.sum(rises >= seen)) / (1 + runs))


def _restricted(series: Floats, fitted: Fitted) -> DayFits:
    extra = restriction(fitted.baseline, days=series.shape[1], rate=float(series.mean()))
    return refit_restricted(series, fitted.basis, fitted.excited, extra)


def _reading(series: Floats, fitted: Fitted, span: Floats, null: Floats) -> BaselineReading:
    stands = bool(np.isfinite(span[0]))
    return BaselineReading(
        baseline=fitted.baseline.name,
        branching=float(fitted.excited.branching[0]),
        half_life_days=float(np.log(2) / fitted.excited.decay[0]),
        aic=float(fitted.aic_excited[0]),
        aic_trend_only=float(fitted.aic_plain[0]),
        stands=stands,
        corrected=float(_restricted(series, fitted).branching[0]) if stands else None,
        low=float(span[0]) if stands else None,
        high=float(span[1]) if stands else None,
        trend_only=float(null.mean()),
        trend_only_high=float(np.quantile(null, 0.95)),
    )


def _goodness(series: Floats, fitted: Fitted, rng: np.random.Generator) -> Goodness:
    fit = fitted.excited
    founders = fitted.basis @ fit.rates[0] + fit.branching[0] * lagged(series, decay=fit.decay)[0]
    children = float(same_day(fit.branching, fit.decay)[0])
    return check_uniform(day_residuals(series[0], founders, same_day=children, rng=rng))
