"""Has the level changed since a day? The stretch after it beside the one before, against chance that wanders.

Many days are asked about because something had changed already, so the same comparison is also made at the other days of the record: how often is it as
large there? That share stands beside the p-value, which cannot know why the day was picked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from waqai.patterns.series import DailyCounts, Floats, Ints
from waqai.patterns.testable import NotTestable
from waqai.patterns.wobble import Wobble, estimate_wobble, simulate

WEEKS = 26
MIN_WEEKS = 8
MIN_HAPPENINGS = 20
SIMULATIONS = 1_999
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSince:
    """Happenings a week in the `weeks_before` before the day and the `weeks_after` from it on; `ratio` is after over before, with its 95 % interval.

    `p` is two-sided: the share of series of one level that wander like this one and differ as much. `elsewhere` is the share of other days of the
    record at which the same comparison gives as large a ratio, up or down; None where the record holds fewer than three such comparisons apart from each other.
    """

    before: float
    after: float
    ratio: float
    low: float
    high: float
    p: float
    elsewhere: float | None
    weeks_before: int
    weeks_after: int
    happenings: int
    wobble: Wobble
    simulations: int
    null: str = "one level throughout, with over-dispersion and persistence estimated from differences of neighbouring weeks"


def compare_levels(series: DailyCounts, *, since: date, seed: int, weeks: int = WEEKS, simulations: int = SIMULATIONS) -> LevelSince | NotTestable:
    """Whether the level from `since` on differs from that before; up to `weeks` weeks on both sides, counted from that day.

    NotTestable with fewer than 8 weeks of record on a side, under 20 happenings in both, or with happenings in fewer than 8 weeks.
    """
    at = series.index_of(since)
    n_before, n_after = min(weeks, max(at, 0) // 7), min(weeks, max(len(series.counts) - at, 0) // 7)
    if at < 0 or min(n_before, n_after) < MIN_WEEKS:
        return NotTestable(why=f"The record has {n_before} weeks before {since} and {n_after} from it on; it would take at least {MIN_WEEKS} on both sides.")
    counts = series.counts[at - 7 * n_before : at + 7 * n_after].reshape(-1, 7).sum(axis=1)
    if counts.sum() < MIN_HAPPENINGS:
        return NotTestable(
            why=f"There are {int(counts.sum())} happenings in the {n_before} weeks before {since} and the {n_after} after; "
            f"it would take at least {MIN_HAPPENINGS} to tell a change of level from chance."
        )
    if (active := int((counts > 0).sum())) < MIN_WEEKS:
        return NotTestable(
            why=f"All that happened in the {n_before} weeks before {since} and the {n_after} after lies in {active} of them; so few can all fall on one side "
            f"by chance. It would take at least {MIN_WEEKS} weeks in which something happened."
        )
    wobble, logs = estimate_wobble(counts, least_square=float(counts.mean()) ** 2), _log_ratio(counts[None, :], n_before)
    without = simulate(np.full(len(counts), counts.mean()), wobble, runs=simulations, rng=np.random.default_rng(seed))
    before, after = float(counts[:n_before].mean()), float(counts[n_before:].mean())
    levels, lengths = np.maximum([before, after], 0.5 / np.array([n_before, n_after])), np.array([n_before, n_after])
    reach = 1.96 * float(np.sqrt((wobble.dispersion(levels, lengths) / (levels * lengths)).sum()))
    return LevelSince(
        before=before,
        after=after,
        ratio=float(levels[1] / levels[0]),
        low=float(levels[1] / levels[0] * np.exp(-reach)),
        high=float(levels[1] / levels[0] * np.exp(reach)),
        p=float((1 + (np.abs(_log_ratio(without, n_before)) >= abs(logs[0]) - 1e-12).sum()) / (1 + simulations)),
        elsewhere=_share_elsewhere(series.counts, at, 7 * n_before, 7 * n_after, float(abs(logs[0]))),
        weeks_before=n_before,
        weeks_after=n_after,
        happenings=int(counts.sum()),
        wobble=wobble,
        simulations=simulations,
    )


def _log_ratio(counts: Ints, n_before: int) -> Floats:
    """By row the log of the mean after over the mean before, sums of nothing taken as half a happening."""
    before, after = np.maximum(counts[:, :n_before].sum(axis=1), 0.5), np.maximum(counts[:, n_before:].sum(axis=1), 0.5)
    return np.asarray(np.log(after / (counts.shape[1] - n_before)) - np.log(before / n_before), dtype=float)


def _share_elsewhere(counts: Ints, at: int, before: int, after: int, size: float) -> float | None:
    """Of the days whose comparison holds no change at `at`, the share with a log ratio as large; None where not three of them lie apart."""
    sums = np.concatenate([[0], np.cumsum(counts)])
    days = np.arange(before, len(counts) - after + 1)
    days = days[(days + after <= at) | (days - before >= at)]
    room = max(at // (before + after), 0) + max((len(counts) - at) // (before + after), 0)
    if room < 3:
        return None
    one, other = np.maximum(sums[days] - sums[days - before], 0.5), np.maximum(sums[days + after] - sums[days], 0.5)
    return float((np.abs(np.log(other / after) - np.log(one / before)) >= size - 1e-12).mean())
