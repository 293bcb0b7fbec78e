"""When did the level change? Pieces of one level each, with how sure their ends and levels are, and how many a series without change would show.

A series that wanders week by week has "changes" by any method. What is asked of a change here is that it costs more than one in twenty series without any
change would pay, which wander as this one does (`wobble`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from waqai.patterns.dispersion import rate_interval
from waqai.patterns.partition import divide, gains, piece_costs
from waqai.patterns.series import By, DailyCounts, Floats, Ints, Period, sum_whole
from waqai.patterns.testable import NotTestable
from waqai.patterns.wobble import Wobble, estimate_wobble, simulate

MIN_HAPPENINGS = 50
MIN_PERIODS = 20
SHORTEST = 4
"""Periods that a level lasts at least."""
SIMULATIONS = 399
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one level: happenings a week (month), with the 95 % interval given its ends."""

    first: Period
    last: Period
    level: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A new level from `at` on; the change lies between `earliest` and `latest` with 95 % confidence. `ratio` is the new level over the old one."""

    at: Period
    earliest: Period
    latest: Period
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The pieces and the changes between them, with what they were held against.

    `null_share` is the share of `simulations` of a series without change, which wanders by `wobble`, in which as many changes are found or more (1 where
    none is found here). `penalty` is what each change has to gain in twice the log-likelihood: at least 2 log n, and what 95 % of those simulations do not.
    """

    by: By
    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...]
    null_share: float
    penalty: float
    wobble: Wobble
    happenings: int
    periods: int
    simulations: int
    null: str = "the mean level throughout, with over-dispersion and persistence estimated from differences of neighbouring periods"


def find_changes(series: DailyCounts, *, seed: int, by: By = "week", simulations: int = SIMULATIONS, shortest: int = SHORTEST) -> Changes | NotTestable:
    """Where the level of the series changed, by whole weeks or months. NotTestable under 50 happenings or 20 periods.

    Give it what is completely reported: late reports make a fall at the end.
    """
    periods, counts = sum_whole(series, by=by)
    if counts.sum() < MIN_HAPPENINGS or len(counts) < MIN_PERIODS:
        return NotTestable(
            why=f"There are {int(counts.sum())} happenings in {len(counts)} whole {by}s; where a level changes cannot be told from so few. "
            f"It would take at least {MIN_HAPPENINGS} happenings and {MIN_PERIODS} {by}s."
        )
    wobble, rng = estimate_wobble(counts), np.random.default_rng(seed)
    without = simulate(np.full(len(counts), counts.mean()), wobble, runs=simulations, rng=rng)
    penalty = max(2 * float(np.log(len(counts))), float(np.quantile(gains(without, alpha=wobble.alpha, shortest=shortest), LEVEL)))
    begins = divide(counts[None, :], alpha=wobble.alpha, penalty=penalty, shortest=shortest)[0]
    as_many = [len(found) >= len(begins) for found in divide(without, alpha=wobble.alpha, penalty=penalty, shortest=shortest)] if begins else [True]
    edges = [0, *begins, len(counts)]
    return Changes(
        by=by,
        pieces=tuple(_pieces(counts, periods, edges, wobble)),
        changes=tuple(_change(counts, periods, edges[at : at + 3], wobble, shortest=shortest, runs=simulations, rng=rng) for at in range(len(begins))),
        null_share=float(np.mean(as_many)),
        penalty=penalty,
        wobble=wobble,
        happenings=int(counts.sum()),
        periods=len(counts),
        simulations=simulations,
    )


def _pieces(counts: Ints, periods: Sequence[Period], edges: Sequence[int], wobble: Wobble) -> list[Piece]:
    sums, lengths = np.add.reduceat(counts, edges[:-1]), np.diff(edges)
    low, high = rate_interval(sums, sums, wobble.dispersion(sums / lengths, lengths), level=LEVEL)
    return [
        Piece(first=periods[begin], last=periods[end - 1], level=float(total / n), low=float(least / n), high=float(most / n))
        for begin, end, total, n, least, most in zip(edges[:-1], edges[1:], sums, lengths, low, high, strict=True)
    ]


def _change(counts: Ints, periods: Sequence[Period], edges: Sequence[int], wobble: Wobble, *, shortest: int, runs: int, rng: np.random.Generator) -> Change:
    """One change with its confidence set, from the two pieces it divides."""
    begin, at, end = edges
    here, place = counts[begin:end], at - begin
    sums, lengths = np.array([here[:place].sum(), here[place:].sum()]), np.array([place, end - at])
    levels = np.maximum(sums, 0.5) / lengths
    again = simulate(np.repeat(levels, lengths), wobble, runs=runs, rng=rng)
    lost = _lost(again, alpha=wobble.alpha, shortest=shortest)[:, place - shortest]
    possible = np.flatnonzero(_lost(here[None, :], alpha=wobble.alpha, shortest=shortest)[0] <= np.quantile(lost, LEVEL)) + shortest + begin
    error = float(np.sqrt((wobble.dispersion(levels, lengths) / (levels * lengths)).sum()))
    ratio = float(levels[1] / levels[0])
    return Change(
        at=periods[at],
        earliest=periods[min(possible.min(), at)],
        latest=periods[max(possible.max(), at)],
        ratio=ratio,
        low=ratio * float(np.exp(-1.96 * error)),
        high=ratio * float(np.exp(1.96 * error)),
    )


def _lost(counts: Ints, *, alpha: float, shortest: int) -> Floats:
    """By row and place of one change how much worse it is than the best place, shape (n_rows, n_places); the confidence set holds those that lose little.

    Siegmund, D. (1988), Confidence sets in change-point problems, International Statistical Review 56(1), 31-48: by the likelihood ratio; here its quantile
    at the true place comes from series simulated with the change where it was found.
    """
    n = counts.shape[1]
    ends = np.arange(shortest, n - shortest + 1)
    before = np.cumsum(counts, axis=1)
    head, whole = before[:, ends - 1], before[:, -1:]
    costs = piece_costs(head, ends, alpha=alpha) + piece_costs(whole - head, n - ends, alpha=alpha)
    return np.asarray(costs - costs.min(axis=1, keepdims=True), dtype=float)
