"""Do happenings repeat near in place soon after? Knox's count of near pairs, held against days dealt out anew within blocks of days.

Knox, E. G. (1964), The detection of space-time interactions, Applied Statistics 13(1), 25-30, counts the pairs near in space and in time; dealing all days
out anew says how many there would be by chance. In a war the fighting moves: what is near in space is near in time for months, and that comparison finds
every cell "significant". Here days change places only among the happenings of one block (60 days), so what moves more slowly than a block is in the
comparison, too; and once more in the shortest blocks that hold the longest time asked for, for a front can move within 60 days. The global one stands beside
them, to show what it would have claimed. What comes out is a curve for a region, never a map, never a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import ndtr, stdtr, stdtrit

from waqai.core import BadQuestion
from waqai.patterns.dealt_anywhere import expect_anywhere
from waqai.patterns.holm import holm_adjusted
from waqai.patterns.pair_counts import Bands, count_near_pairs, count_permuted, to_sphere
from waqai.patterns.series import Floats, Ints
from waqai.patterns.testable import NotTestable

MIN_HAPPENINGS = 50
KM = (5.0, 10.0, 20.0)
DAYS = (0, 2, 7, 14, 30)
BLOCK_DAYS = 60
MOST_PERMUTATIONS = 999
FEWEST_PERMUTATIONS = 149
BUDGET = 36_000_000_000
"""Pairs times permutations, for each kind of blocks: some 40 CPU seconds. With more near pairs there are fewer permutations."""
MANY_PAIRS = 100
"""Expected pairs from which a permuted count is taken to be normal where permutations are too few for Holm to reach 5 % over all cells."""
LEVEL = 0.95
MIN_BLOCKS = 6
"""Blocks of days from which the interval is taken; with fewer it is that of the permutations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Pairs over `km_from` to at most `km_to` apart (both 0: exactly the same place), and `days_from` to `days_to` days.

    `expected`, `ratio`, `p` (one-sided: as many or more) and `p_holm` (held for all cells) are against blocks, `low` to `high` is the 95 % interval of the
    ratio; `short_…` is the same against the shortest blocks; `global_…` is what the usual permutation of all days would have said. A ratio is
    None where no pair was expected.
    """

    km_from: float
    km_to: float
    days_from: int
    days_to: int
    observed: int
    expected: float
    ratio: float | None
    low: float | None
    high: float | None
    p: float
    p_holm: float
    short_ratio: float | None
    short_p_holm: float
    global_expected: float
    global_ratio: float | None
    global_p: float

    @property
    def repeats(self) -> bool:
        """Whether more pairs are near than chance and slow movement give: after Holm at 5 % against both blocks, and with an interval above 1.

        The interval counts, too, since among millions of pairs the least drift is significant.
        """
        return max(self.p_holm, self.short_p_holm) <= 1 - LEVEL and self.low is not None and self.low > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NearRepeats:
    """The cells by distance, then time; `happenings` were used, `left_out` had no known day or place."""

    cells: tuple[Cell, ...]
    happenings: int
    left_out: int
    near_pairs: int
    tests: int
    permutations: int
    block_days: int
    short_block_days: int
    p_from: str
    interval_from: str
    null: str = "days dealt out anew among the happenings of one block of block_days days, and again of short_block_days days"
    global_null: str = "days dealt out anew among all happenings: mean and variance exact, p from the normal distribution"


def find_near_repeats(
    days: Ints,
    lats: Floats,
    lons: Floats,
    *,
    seed: int,
    km: Sequence[float] = KM,
    within_days: Sequence[int] = DAYS,
    block_days: int = BLOCK_DAYS,
    permutations: int | None = None,
    left_out: int = 0,
) -> NearRepeats | NotTestable:
    """Near pairs by distance and days between, for happenings whose day (an ordinal) and place are exactly known; arrays of shape (n,).

    Rows whose latitude or longitude is NaN are left out and counted, with the `left_out` that the caller did not hand over. NotTestable under 50 happenings or
    a record of less than two blocks. Raises BadQuestion when edges do not rise.
    """
    _check(km, within_days, block_days)
    known = np.isfinite(lats) & np.isfinite(lons)
    left_out += int((~known).sum())
    days, points = days[known], to_sphere(lats[known], lons[known])
    if len(days) < MIN_HAPPENINGS or days.max() - days.min() + 1 < 2 * block_days:
        return NotTestable(why=_why_not(days, left_out, block_days))
    bands, short = Bands(km=tuple(km), days=tuple(within_days)), max(within_days) + 1
    pairs = count_near_pairs(points, days, bands=bands, block_days=block_days)
    runs = int(np.clip(BUDGET // max(pairs, 1), FEWEST_PERMUTATIONS, MOST_PERMUTATIONS)) if permutations is None else permutations
    long_blocks = _against_blocks(points, days, bands, block_days=block_days, permutations=runs, seed=seed)
    short_blocks = _against_blocks(points, days, bands, block_days=short, permutations=runs, seed=seed)
    return NearRepeats(
        cells=tuple(_cells(long_blocks, short_blocks, expect_anywhere(points, days, bands, seed=seed), bands)),
        happenings=len(days),
        left_out=left_out,
        near_pairs=pairs,
        tests=len(long_blocks),
        permutations=runs,
        block_days=block_days,
        short_block_days=short,
        p_from="permutations; Student's t of cells where many pairs are expected" if _too_few(runs, bands) else "permutations",
        interval_from="blocks of days left out in turn" if _n_blocks(days, block_days) >= MIN_BLOCKS else "permutations",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """One cell against one kind of blocks."""

    observed: int
    expected: float
    low: float
    high: float
    p: float


def _against_blocks(points: Floats, days: Ints, bands: Bands, *, block_days: int, permutations: int, seed: int) -> list[_Held]:
    """All cells by space, then time."""
    counted = count_permuted(points, days, bands=bands, block_days=block_days, permutations=permutations, seed=seed)
    return [_hold(counted[:, s, t], few=_too_few(permutations, bands)) for s, t in np.ndindex(*bands.shape)]


def _hold(counts: Ints, *, few: bool) -> _Held:
    """`counts` has shape (n_blocks, 1 + permutations), the record as it is first."""
    whole = counts.sum(axis=0)
    observed, permuted = int(whole[0]), whole[1:]
    expected = float(permuted.mean())
    low, high = _interval(counts[:, 0], counts[:, 1:].mean(axis=1)) if len(counts) >= MIN_BLOCKS else _spread(observed, permuted)
    p = _tail(observed, permuted) if few and expected >= MANY_PAIRS else (1 + int((permuted >= observed).sum())) / (1 + len(permuted))
    return _Held(observed=observed, expected=expected, low=low, high=high, p=p)


def _too_few(permutations: int, bands: Bands) -> bool:
    """Whether Holm over all cells cannot reach 5 % by counting permutations."""
    return (1 - LEVEL) * (1 + permutations) < bands.shape[0] * bands.shape[1] * (1 - 1e-9)


def _n_blocks(days: Ints, block_days: int) -> int:
    return int(days.max() - days.min()) // block_days + 1


def _cells(long_blocks: Sequence[_Held], short_blocks: Sequence[_Held], wide: Sequence[tuple[float, float]], bands: Bands) -> Iterator[Cell]:
    """The cells by space, then time; `wide` are mean and variance of the global permutation."""
    edges, steps = (0.0, *bands.km), (-1, *bands.days)
    p_long, p_short = holm_adjusted([one.p for one in long_blocks]), holm_adjusted([one.p for one in short_blocks])
    for at, (s, t) in enumerate(np.ndindex(*bands.shape)):
        one, short, (mean, variance) = long_blocks[at], short_blocks[at], wide[at]
        yield Cell(
            km_from=edges[max(s - 1, 0)],
            km_to=edges[s],
            days_from=steps[t] + 1,
            days_to=steps[t + 1],
            observed=one.observed,
            expected=one.expected,
            ratio=one.observed / one.expected if one.expected else None,
            low=one.low if one.expected else None,
            high=one.high if one.expected else None,
            p=one.p,
            p_holm=p_long[at],
            short_ratio=short.observed / short.expected if short.expected else None,
            short_p_holm=p_short[at],
            global_expected=mean,
            global_ratio=one.observed / mean if mean else None,
            global_p=float(ndtr((mean - one.observed + 0.5) / np.sqrt(variance))) if variance > 0 else 1.0,
        )


def _tail(observed: int, permuted: Ints) -> float:
    """The chance of as many pairs or more, were permuted counts normal: Student's t, since their mean and spread are estimated from these few."""
    n, spread = len(permuted), float(permuted.std(ddof=1))
    return float(stdtr(n - 1, (permuted.mean() - observed + 0.5) / (spread * np.sqrt(1 + 1 / n)))) if spread else 1.0


def _interval(observed: Ints, expected: Floats) -> tuple[float, float]:
    """The 95 % interval of sum(observed) / sum(expected) over blocks: jackknife of its logarithm, Student's t with blocks - 1 degrees of freedom.

    Blocks that hold no pair and expect none say nothing and do not count. Where no pair was seen, the upper end is that of a Poisson count of 0.
    """
    speaks = (observed > 0) | (expected > 0)
    one, other = observed[speaks].astype(float), expected[speaks]
    n, total, mean = len(one), one.sum(), other.sum()
    if not total or not mean:
        return 0.0, float(-np.log((1 - LEVEL) / 2) / mean) if mean else float("inf")
    without = np.maximum(total - one, 0.5) / np.maximum(mean - other, 0.5)
    error = float(np.sqrt((n - 1) / n * ((np.log(without) - np.log(without).mean()) ** 2).sum()))
    reach = float(stdtrit(n - 1, (1 + LEVEL) / 2)) * error if n > 1 else float("inf")
    return float(total / mean * np.exp(-reach)), float(total / mean * np.exp(reach))


def _spread(observed: int, permuted: Ints) -> tuple[float, float]:
    """The ratios to the central 95 % of permuted counts, none taken below half a pair."""
    lowest, highest = np.maximum(np.quantile(permuted, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]), 0.5)
    return float(observed / highest), float(max(observed, 0.5) / lowest)


def _check(km: Sequence[float], within_days: Sequence[int], block_days: int) -> None:
    rises = all(low < high for edges in ((0.0, *km), (-1, *within_days)) for low, high in pairwise(edges))
    if not (km and within_days and rises):
        raise BadQuestion(f"bands of {tuple(km)!r} km and {tuple(within_days)!r} days: give rising edges, above 0 km and from 0 days on")
    if block_days <= max(within_days):
        raise BadQuestion(f"blocks of {block_days} days: pairs up to {max(within_days)} days apart need longer blocks, or the blocks take the pattern away")


def _why_not(days: Ints, left_out: int, block_days: int) -> str:
    """For a person: what there is, and what it would take."""
    more = f"; {left_out} more are left out, for their day or place is not exactly known" if left_out else ""
    if len(days) < MIN_HAPPENINGS:
        return (
            f"There are {len(days)} happenings with a known day and place{more}. In so few, two near each other are as likely chance as not; "
            f"it would take at least {MIN_HAPPENINGS}."
        )
    span = int(days.max() - days.min()) + 1
    return f"The {len(days)} happenings lie within {span} days{more}. To tell repeats from a wave it would take a record of at least {2 * block_days} days."
