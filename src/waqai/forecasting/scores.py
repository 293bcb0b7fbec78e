"""What forecasts of counts are worth, from draws of their predictive distributions: arrays in, arrays out.

Everywhere `draws` is (n, S): S equally likely values for each of n cells (a unit in a month); `seen` is (n,): what happened. Scores are per cell, lower is
better; a mean over cells is the caller's. Conventions are those of the VIEWS prediction challenge of 2023/24 (Hegre et al., arXiv 2407.11045), whose printed
figures the tests hold these to where its inputs are here.

Sources: CRPS and interval score, Gneiting & Raftery 2007 (JASA 102, eqs. 20-21 and 43); randomised PIT, Czado, Gneiting & Held 2009 (Biometrics 65, eq. 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]

IGN_EDGES = (0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5)
"""Lower edges of the eleven bins of the challenge's ignorance score; the last is open at the top."""
IGN_VARIANT = "challenge 2023: 11 bins, open at the top, one pseudo-count a bin, bits"
"""views-evaluation 2.0.0 has ten bins and raises above the last edge: another score under the same name."""
EXCEEDED = (1, 25, 100)
"""Thresholds of the Brier scores."""
ALPHA = 0.1
"""One minus the level of the interval whose score and coverage are shown."""
PIT_BINS = 10


def crps_of_draws(draws: ArrayLike, seen: ArrayLike) -> Floats:
    """The continuous ranked probability score of each cell, exactly that of the distribution with mass 1/S on each draw; in O(S log S) a cell.

    E|X - y| - E|X - X'|/2, the second term from the order statistics. Raises ValueError for shapes that do not fit.

    >>> crps_of_draws([[0, 0, 3, 1], [2, 2, 2, 2]], [1, 5]).tolist()
    [0.375, 3.0]
    """
    values, happened = _cells(draws, seen)
    count = values.shape[1]
    ordered = np.sort(values, axis=1)
    weights = (2.0 * np.arange(1, count + 1) - count - 1) / count**2
    return np.asarray(np.abs(ordered - happened[:, None]).mean(axis=1) - ordered @ weights)


def crps_of_counts(masses: ArrayLike, seen: ArrayLike) -> Floats:
    """The same of distributions on 0, 1, … K - 1 given by their masses, (n, K). Raises ValueError where masses do not sum to 1, or `seen` lies beyond them.

    >>> crps_of_counts([[0.5, 0.25, 0, 0.25]], [1]).tolist()
    [0.375]
    """
    mass, happened = _cells(masses, seen)
    if not np.allclose(mass.sum(axis=1), 1.0, atol=1e-9):
        raise ValueError(f"masses must sum to 1 in every row, found sums from {mass.sum(axis=1).min()} to {mass.sum(axis=1).max()}; widen the support")
    if (happened >= mass.shape[1]).any():
        raise ValueError(f"a count of {happened.max():.0f} lies beyond the support of {mass.shape[1]} values; widen the support")
    beyond = np.arange(mass.shape[1]) >= happened[:, None]
    return np.asarray(((mass.cumsum(axis=1) - beyond) ** 2).sum(axis=1))


def ignorance(draws: ArrayLike, seen: ArrayLike) -> Floats:
    """Bits of surprise at the bin that came, see IGN_VARIANT.

    >>> ignorance([[0] * 1000], [0]).round(4).tolist()
    [0.0143]
    """
    values, happened = _cells(draws, seen)
    edges = np.asarray(IGN_EDGES)
    came = np.searchsorted(edges, happened, side="right") - 1
    inside = (np.searchsorted(edges, values, side="right") - 1 == came[:, None]).sum(axis=1)
    return np.asarray(-np.log2((inside + 1) / (values.shape[1] + len(edges))))


def interval_of(draws: ArrayLike, *, alpha: float = ALPHA) -> tuple[Floats, Floats]:
    """(lower, upper) end of the central interval of each cell, by numpy's linear quantiles, as the challenge takes them."""
    low, high = np.quantile(np.asarray(draws, dtype=np.float64), [alpha / 2, 1 - alpha / 2], axis=1)
    return low, high


def interval_score(draws: ArrayLike, seen: ArrayLike, *, alpha: float = ALPHA) -> Floats:
    """Width of the central interval, and 2/alpha for each unit by which it was missed (MIS is its mean).

    >>> interval_score([[0, 10]], [12], alpha=0.5).tolist()
    [23.0]
    """
    values, happened = _cells(draws, seen)
    low, high = interval_of(values, alpha=alpha)
    return np.asarray(high - low + 2 / alpha * (np.maximum(low - happened, 0) + np.maximum(happened - high, 0)))


def is_covered(draws: ArrayLike, seen: ArrayLike, *, alpha: float = ALPHA) -> NDArray[np.bool_]:
    """Whether what happened lies in the central interval, its ends included."""
    values, happened = _cells(draws, seen)
    low, high = interval_of(values, alpha=alpha)
    return np.asarray((low <= happened) & (happened <= high))


def brier_of_exceedance(draws: ArrayLike, seen: ArrayLike, *, at_least: float) -> Floats:
    """Squared error of the probability of so many or more.

    >>> brier_of_exceedance([[0, 30, 40, 10]], [26], at_least=25).tolist()
    [0.25]
    """
    values, happened = _cells(draws, seen)
    return np.asarray(((values >= at_least).mean(axis=1) - (happened >= at_least)) ** 2)


def randomised_pit(draws: ArrayLike, seen: ArrayLike, *, rng: np.random.Generator) -> Floats:
    """Where in its distribution each count fell: uniform on [0, 1] if the forecasts are calibrated. Drawn between F(y - 1) and F(y), as counts have steps."""
    values, happened = _cells(draws, seen)
    below, upto = (values < happened[:, None]).mean(axis=1), (values <= happened[:, None]).mean(axis=1)
    return np.asarray(below + rng.random(len(happened)) * (upto - below))


def distance_from_uniform(pit: ArrayLike, *, bins: int = PIT_BINS) -> float:
    """Total variation between the histogram of PIT values and the flat one: 0 for none, towards 1 - 1/bins for all in one bin; nan without values.

    >>> distance_from_uniform([0.05, 0.15, 0.25, 0.35], bins=2), round(distance_from_uniform([0.1, 0.9], bins=2), 3)
    (0.5, 0.0)
    """
    counts, _ = np.histogram(np.asarray(pit, dtype=np.float64), bins=bins, range=(0.0, 1.0))
    if not counts.sum():
        return float("nan")
    return float(0.5 * np.abs(counts / counts.sum() - 1 / bins).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Means over cells of one model's forecasts; `active` cells are those in which something happened (nan where there is none).

    `ign_variant` says which ignorance score `ign` is. `brier` is keyed by the threshold. `pit_distance` and `pit_distance_active` are the distances of the
    randomised PIT from uniform: over all cells mostly zeros decide it.
    """

    cells: int
    active_cells: int
    draws: int
    crps: float
    crps_active: float
    ign: float
    ign_variant: str
    mis: float
    brier: dict[int, float]
    coverage: float
    coverage_active: float
    pit_distance: float
    pit_distance_active: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CellScores:
    """The scores of each cell, arrays of one length; `brier` by threshold. What is left of draws that are too many to be kept."""

    draws: int
    seen: Floats
    crps: Floats
    ign: Floats
    interval: Floats
    brier: dict[int, Floats]
    covered: NDArray[np.bool_]
    pit: Floats


def score_cells(draws: ArrayLike, seen: ArrayLike, *, rng: np.random.Generator) -> CellScores:
    """The scores of each cell; `rng` for the randomised PIT. Raises ValueError for shapes that do not fit."""
    values, happened = _cells(draws, seen)
    return CellScores(
        draws=values.shape[1],
        seen=happened,
        crps=crps_of_draws(values, happened),
        ign=ignorance(values, happened),
        interval=interval_score(values, happened),
        brier={level: brier_of_exceedance(values, happened, at_least=level) for level in EXCEEDED},
        covered=is_covered(values, happened),
        pit=randomised_pit(values, happened, rng=rng),
    )


def summarise(parts: Sequence[CellScores]) -> Scores:
    """Means over the cells of all parts. Raises ValueError where there is no cell at all."""

    def whole(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])

    if not any(len(part.seen) for part in parts):
        raise ValueError("there is nothing to score: no cell was given")
    active, crps, covered, pit = whole("seen") > 0, whole("crps"), whole("covered"), whole("pit")
    return Scores(
        cells=len(active),
        active_cells=int(active.sum()),
        draws=parts[0].draws,
        crps=float(crps.mean()),
        crps_active=_mean(crps[active]),
        ign=float(whole("ign").mean()),
        ign_variant=IGN_VARIANT,
        mis=float(whole("interval").mean()),
        brier={level: float(np.concatenate([part.brier[level] for part in parts]).mean()) for level in EXCEEDED},
        coverage=float(covered.mean()),
        coverage_active=_mean(covered[active]),
        pit_distance=distance_from_uniform(pit),
        pit_distance_active=distance_from_uniform(pit[active]),
    )


def score_draws(draws: ArrayLike, seen: ArrayLike, *, seed: int = 0) -> Scores:
    """All scores of these cells; `seed` for the randomised PIT. Raises ValueError for no cells at all, or shapes that do not fit."""
    return summarise([score_cells(draws, seen, rng=np.random.default_rng(seed))])


def _mean(values: NDArray[Any]) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _cells(values: ArrayLike, seen: ArrayLike) -> tuple[Floats, Floats]:
    rows, happened = np.asarray(values, dtype=np.float64), np.asarray(seen, dtype=np.float64)
    if rows.ndim != 2 or happened.shape != (rows.shape[0],) or not rows.shape[1]:
        raise ValueError(f"expected values of shape (n, S) and what was seen of shape (n,), got {rows.shape} and {happened.shape}")
    return rows, happened
