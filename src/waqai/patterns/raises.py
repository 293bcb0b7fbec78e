"""Does a happening of one type raise the rate of another on the days after? For every pair of types, over moving baselines, beside what a trend gives.

Events are known to the day, so what comes on the same day has no order and is left out: what is measured is children on *later* days, per event. The expected
count of the receiving type is its baseline plus, for every type (its own included), `effect` times the counts of earlier days under geometric weights that
add up to 1, the half-life the likeliest of `HALF_LIVES`. Counts vary more than Poisson; likelihood ratios are divided by that spread (quasi-likelihood,
Wedderburn 1974).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from waqai.patterns.additive import Additive, fit_additive
from waqai.patterns.baselines import shapes
from waqai.patterns.excitation import LEAST_DAYS, LEAST_EVENTS, WITHIN_AIC, ladder_for
from waqai.patterns.holm import holm_adjusted
from waqai.patterns.testable import NotTestable

Floats = npt.NDArray[np.float64]
HALF_LIVES = (1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairEffect:
    """What events of `source` are followed by: `low` to `high` more events of `receiver` on later days, per event.

    The range spans the 95 % intervals over the baselines that stand, of which there are `baselines`; `likeliest` is that of the best. `p` is the largest over
    these baselines (half a chi-square, times the number of half-lives tried), `holm_p` the same after Holm's correction for all pairs. `trend_only_high` is
    the 95 % point of the likeliest effect on made-up series with the same trends and no excitation.
    """

    source: str
    receiver: str
    likeliest: float
    low: float
    high: float
    half_life_days: float
    baselines: int
    p: float
    holm_p: float
    trend_only_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PairEffects:
    """Every tested pair, the number of tests, and the types left out with the reason."""

    pairs: tuple[PairEffect, ...]
    tests: int
    days: int
    left_out: Mapping[str, str]
    trend_only_runs: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """One baseline's fit to one receiver:

    Effects by source with errors, likelihood ratios of leaving each source out (both as under Poisson), and the spread.
    """

    weights: int
    log_likelihood: float
    effects: Floats
    errors: Floats
    ratios: Floats
    half_life: float
    spread: float


def measure_raises(counts: Mapping[str, npt.ArrayLike], *, seed: int, trend_only_runs: int = 19) -> PairEffects | NotTestable:
    """The effect of each type on each, from daily counts by type over the same days; the same seed gives the same result.

    Types under 50 events are left out; `NotTestable` where none is left or there are under 60 days.
    """
    series = {name: np.asarray(values, dtype=float) for name, values in counts.items()}
    kept = {name: values for name, values in series.items() if values.sum() >= LEAST_EVENTS}
    days = next(iter(series.values())).size if series else 0
    if not kept or days < LEAST_DAYS:
        told = ", ".join(f"{int(values.sum())} of {name}" for name, values in series.items()) or "no incidents"
        return NotTestable(why=f"There are {told} over {days} days. The question takes {LEAST_EVENTS} incidents of a type and {LEAST_DAYS} days.")
    left_out = {name: f"{int(values.sum())} incidents, fewer than {LEAST_EVENTS}" for name, values in series.items() if name not in kept}
    with threadpool_limits(limits=1):  # type: ignore[no-untyped-call]
        return _measure(kept, days=days, left_out=left_out, seed=seed, runs=trend_only_runs)


def _measure(kept: Mapping[str, Floats], *, days: int, left_out: Mapping[str, str], seed: int, runs: int) -> PairEffects:
    names, whole = list(kept), np.array(list(kept.values()))
    bases = [[shapes(one, days=days) for one in ladder_for(row)] for row in whole]
    read = [[_read(whole, receiver, basis) for basis in bases[receiver]] for receiver in range(len(names))]
    best = [int(np.argmin(_aics(fits))) for fits in read]
    trends = np.array([_trend(row, bases[receiver][best[receiver]]) for receiver, row in enumerate(whole)])
    rng, null = np.random.default_rng(seed), np.zeros((runs, len(names), len(names)))
    for run in range(runs):
        made = rng.poisson(trends).astype(float)
        null[run] = [_read(made, receiver, bases[receiver][best[receiver]]).effects for receiver in range(len(names))]
    standing = [_standing(fits) for fits in read]
    plain = np.array([[max(_p(fit, source) for fit in fits) for source in range(len(names))] for fits in standing])
    corrected = np.array(holm_adjusted(plain.ravel().tolist())).reshape(plain.shape)
    pairs = tuple(
        _pair(names, standing[receiver], source, receiver, p=plain[receiver, source], holm_p=corrected[receiver, source], null=null[:, receiver, source])
        for receiver in range(len(names))
        for source in range(len(names))
    )
    return PairEffects(pairs=pairs, tests=len(pairs), days=days, left_out=left_out, trend_only_runs=runs, seed=seed)


def _read(whole: Floats, receiver: int, basis: Floats) -> _Reading:
    """The likeliest effects of all types on one, over one baseline, at the likeliest half-life."""
    fits = {half_life: _fit(whole, receiver, basis, half_life) for half_life in HALF_LIVES}
    half_life = max(fits, key=lambda one: fits[one].log_likelihood)
    fit, pieces = fits[half_life], basis.shape[1]
    without = [_fit(whole, receiver, basis, half_life, leaving=source).log_likelihood for source in range(len(whole))]
    rate = np.concatenate([basis, _past(whole, half_life)], axis=1) @ fit.weights
    rate = np.maximum(rate, 1e-9)
    spread = max(1.0, float((((whole[receiver] - rate) ** 2) / rate).sum() / max(1, rate.size - fit.weights.size - 1)))
    return _Reading(
        weights=fit.weights.size + 1,
        log_likelihood=fit.log_likelihood,
        effects=fit.weights[pieces:],
        errors=fit.errors[pieces:],
        ratios=2 * (fit.log_likelihood - np.array(without)),
        half_life=half_life,
        spread=spread,
    )


def _fit(whole: Floats, receiver: int, basis: Floats, half_life: float, *, leaving: int | None = None) -> Additive:
    past = _past(whole, half_life)
    past = past if leaving is None else np.delete(past, leaving, axis=1)
    features = np.concatenate([basis, past], axis=1)
    return fit_additive(features, features.sum(axis=0), counts=whole[receiver])


def _past(whole: Floats, half_life: float) -> Floats:
    """Earlier days' counts under geometric weights that add up to 1, shape (days, types)."""
    from scipy.signal import lfilter

    keep = 0.5 ** (1 / half_life)
    return np.asarray(lfilter([0.0, 1 - keep], [1.0, -keep], whole, axis=1)).T


def _trend(counts: Floats, basis: Floats) -> Floats:
    """The expected counts of the likeliest trend without any excitation."""
    return np.asarray(basis @ fit_additive(basis, basis.sum(axis=0), counts=counts).weights)


def _aics(fits: list[_Reading]) -> list[float]:
    """Akaike's criterion of each baseline, all by the spread of the most flexible one: spreads of their own would not compare."""
    spread = fits[-1].spread
    return [2 * fit.weights - 2 * fit.log_likelihood / spread for fit in fits]


def _standing(fits: list[_Reading]) -> list[_Reading]:
    """The baselines that Akaike's criterion leaves standing, best first."""
    aics = _aics(fits)
    order = sorted(range(len(fits)), key=lambda at: aics[at])
    return [fits[at] for at in order if aics[at] <= min(aics) + WITHIN_AIC]


def _p(fit: _Reading, source: int) -> float:
    """Half a chi-square with one degree of freedom, as an effect below 0 is none, times the half-lives tried."""
    from scipy.special import erfc

    return min(1.0, len(HALF_LIVES) * 0.5 * float(erfc(np.sqrt(max(fit.ratios[source], 0.0) / fit.spread / 2))))


def _pair(names: list[str], fits: list[_Reading], source: int, receiver: int, *, p: float, holm_p: float, null: Floats) -> PairEffect:
    reach = [1.96 * float(np.sqrt(fit.spread) * fit.errors[source]) for fit in fits]
    ends = [(float(fit.effects[source]) - far, float(fit.effects[source]) + far) for fit, far in zip(fits, reach, strict=True)]
    return PairEffect(
        source=names[source],
        receiver=names[receiver],
        likeliest=float(fits[0].effects[source]),
        low=max(0.0, min(low for low, _ in ends)),
        high=max(high for _, high in ends),
        half_life_days=fits[0].half_life,
        baselines=len(fits),
        p=float(p),
        holm_p=float(holm_p),
        trend_only_high=float(np.quantile(null, 0.95)),
    )
