"""Who forecasts: each model makes draws of what is ahead of a panel's last month, from that panel and a seed alone.

    zero                nothing will happen
    last-observed       Poisson with last month's count
    conflictology-12    the counts of the last 12 months, each as likely as the other (Hegre et al. 2024, arXiv 2407.11045): the reference, always shown
    mixture-12          that, with 5 % of draws from what happened anywhere where something happened
    nb-moments-12       the negative binomial with the mean and variance of the last 12 months
    nb-regression       NB2 regression, direct, mean and dispersion regressed, see `regression`
    hurdle-24           how often something happened, and how much then, from the last 24 months
    pool                the default: nb-regression 30 %, nb-moments of 12 and of 6 months 20 % each, the counts of the last 24 months 20 %, of 36 months 10 %

What decides the pool, its weights and what else was tried stands in docs/decisions/0061.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from waqai.forecasting.draws import Draws, draw_from_rows, draw_hurdle, draw_negative_binomial, share_draws, size_by_moments
from waqai.forecasting.regression import draw_regression, fit_regression

Counts: TypeAlias = NDArray[Any]
DRAWS = 1_000
"""Draws of a cell, as the VIEWS challenge asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is to be drawn: so many draws for each of these horizons (months after the panel's last one)."""

    horizons: tuple[int, ...]
    count: int


Drawer: TypeAlias = Callable[[Counts, Ahead, np.random.Generator], Draws]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A forecaster by name and version; a change of what it draws is another version."""

    name: str
    version: str
    draw: Drawer

    def forecast(self, counts: Counts, *, horizons: Sequence[int], seed: int, count: int = DRAWS) -> Draws:
        """(units, horizons, count) draws from the counts (units, months); same input, same output."""
        rng = np.random.default_rng([seed, crc32(f"{self.name} {self.version}".encode())])
        return self.draw(np.asarray(counts, dtype=np.int64), Ahead(horizons=tuple(horizons), count=count), rng)


def _zero(counts: Counts, ahead: Ahead, rng: np.random.Generator) -> Draws:
    return np.zeros((len(counts), len(ahead.horizons), ahead.count), dtype=np.int64)


def _last_observed(counts: Counts, ahead: Ahead, rng: np.random.Generator) -> Draws:
    return rng.poisson(counts[:, -1, None, None], (len(counts), len(ahead.horizons), ahead.count))


def _conflictology(counts: Counts, ahead: Ahead, rng: np.random.Generator, *, months: int) -> Draws:
    return draw_from_rows(counts[:, -months:], horizons=len(ahead.horizons), count=ahead.count, rng=rng)


def _anywhere(counts: Counts, ahead: Ahead, rng: np.random.Generator, *, months: int) -> Draws:
    """What happened in any unit in a month in which something did."""
    recent = counts[:, -months:]
    happened = recent[recent > 0]
    shape = (len(counts), len(ahead.horizons), ahead.count)
    return rng.choice(happened, shape) if len(happened) else np.zeros(shape, dtype=np.int64)


def _moments(counts: Counts, ahead: Ahead, rng: np.random.Generator, *, months: int) -> Draws:
    recent = counts[:, -months:]
    mean = recent.mean(axis=1)
    size = size_by_moments(mean, recent.var(axis=1, ddof=1) if recent.shape[1] > 1 else mean)
    shape = (len(counts), len(ahead.horizons))
    return draw_negative_binomial(np.broadcast_to(mean[:, None], shape), size[:, None], count=ahead.count, rng=rng)


def _hurdle(counts: Counts, ahead: Ahead, rng: np.random.Generator, *, months: int) -> Draws:
    """Shares are held by half a month of either kind (Jeffreys); a unit in which nothing happened takes its few counts from all the others."""
    recent = counts[:, -months:].astype(np.float64)
    active = recent > 0
    share = (active.sum(axis=1) + 0.5) / (recent.shape[1] + 1)
    above = np.where(active, recent - 1, 0.0)
    often = np.maximum(active.sum(axis=1), 1)
    mean = above.sum(axis=1) / often
    spread = (np.where(active, (above - mean[:, None]) ** 2, 0.0)).sum(axis=1) / np.maximum(often - 1, 1)
    quiet = ~active.any(axis=1)
    mean[quiet] = np.median(mean[~quiet]) if (~quiet).any() else 0.0
    size = np.where(quiet, 1.0, size_by_moments(mean, spread))
    share = np.where(quiet, 0.5 / (recent.shape[1] + 1), share) if (~quiet).any() else np.zeros(len(recent))
    shape = (len(counts), len(ahead.horizons))
    return draw_hurdle(*(np.broadcast_to(one[:, None], shape) for one in (share, mean, size)), count=ahead.count, rng=rng)


def _regression(counts: Counts, ahead: Ahead, rng: np.random.Generator) -> Draws:
    """Where the past is too short for a regression, the moments of what there is."""
    fitted = fit_regression(counts, horizons=ahead.horizons)
    if fitted is None:
        return _moments(counts, ahead, rng, months=12)
    return draw_regression(fitted, counts, horizons=ahead.horizons, count=ahead.count, rng=rng)


def _pool(counts: Counts, ahead: Ahead, rng: np.random.Generator, *, parts: Sequence[tuple[float, Drawer]]) -> Draws:
    """Every part's share of the draws, one part after the other."""
    numbers = share_draws([share for share, _ in parts], count=ahead.count)
    drawn = [draw(counts, Ahead(horizons=ahead.horizons, count=many), rng) for many, (_, draw) in zip(numbers, parts, strict=True)]
    return np.concatenate(drawn, axis=2)


_MIXTURE: tuple[tuple[float, Drawer], ...] = ((0.95, partial(_conflictology, months=12)), (0.05, partial(_anywhere, months=12)))
_POOL: tuple[tuple[float, Drawer], ...] = (
    (0.3, _regression),
    (0.2, partial(_moments, months=12)),
    (0.2, partial(_moments, months=6)),
    (0.2, partial(_conflictology, months=24)),
    (0.1, partial(_conflictology, months=36)),
)
BESIDE = Model(name="conflictology-12", version="1", draw=partial(_conflictology, months=12))
"""What every forecast and every score stands beside."""
DEFAULT = Model(name="pool", version="1", draw=partial(_pool, parts=_POOL))
MODELS: Mapping[str, Model] = {
    model.name: model
    for model in (
        Model(name="zero", version="1", draw=_zero),
        Model(name="last-observed", version="1", draw=_last_observed),
        BESIDE,
        Model(name="mixture-12", version="1", draw=partial(_pool, parts=_MIXTURE)),
        Model(name="nb-moments-12", version="1", draw=partial(_moments, months=12)),
        Model(name="nb-regression", version="1", draw=_regression),
        Model(name="hurdle-24", version="1", draw=partial(_hurdle, months=24)),
        DEFAULT,
    )
}
