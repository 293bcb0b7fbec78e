"""Has the mix of kinds changed since a day? Shares before and after it, against shares that wander as these do.

Kinds come in runs: weeks of shelling, weeks of raids. Dealing out single happenings anew, or fortnights of them, takes the runs apart and then finds a
change in a third of mixes that have none (measured). So the comparison is with mixes that wander from week to week as this one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from waqai.patterns.holm import holm_adjusted
from waqai.patterns.series import Floats, Ints
from waqai.patterns.testable import NotTestable
from waqai.patterns.wobble import LAGS, Wobble, draw_factors, fit_wobble

WEEKS = 26
MIN_WEEKS = 8
MIN_HAPPENINGS = 50
MIN_ON_A_SIDE = 10
RARE = 5
"""Happenings of a kind under which it is put together with the other rare ones."""
SIMULATIONS = 999
LEVEL = 0.95
OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSince:
    """A kind's share of happenings before and after; `ratio` of the shares with its 95 % interval (None where a share is 0); `p` and `p_holm` two-sided."""

    kind: str
    n_before: int
    n_after: int
    before: float
    after: float
    ratio: float | None
    low: float | None
    high: float | None
    p: float
    p_holm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MixSince:
    """How the shares of kinds differ. `distance` is the share of happenings that would have to change kind (total variation); `p` tests all kinds at once.

    `rare` kinds stand together as "other". Holm is over the kinds; `tests` counts them and the one of all at once.
    """

    kinds: tuple[KindSince, ...]
    distance: float
    p: float
    rare: tuple[str, ...]
    weeks_before: int
    weeks_after: int
    happenings: int
    wobble: Wobble
    tests: int
    simulations: int
    null: str = "one mix throughout, whose shares wander from week to week with a spread and persistence estimated from differences of neighbouring weeks"


def compare_mixes(
    days: Sequence[date],
    kinds: Sequence[str],
    *,
    since: date,
    first: date,
    last: date,
    seed: int,
    weeks: int = WEEKS,
    simulations: int = SIMULATIONS,
) -> MixSince | NotTestable:
    """Whether the mix of kinds from `since` on differs from that before; up to `weeks` weeks of the record (`first` to `last`) on both sides.

    NotTestable with fewer than 8 weeks on a side in which something happened, under 50 happenings or 10 on a side, or with only one kind.
    """
    n_before, n_after = (max(min(room // 7, weeks), 0) for room in ((since - first).days, (last - since).days + 1))
    table, names, rare = _tabulate(days, kinds, since - timedelta(weeks=n_before), n_before + n_after)
    sides = np.array([table[:n_before].sum(), table[n_before:].sum()])
    active = [int((some.sum(axis=1) > 0).sum()) for some in (table[:n_before], table[n_before:])]  # runs of one kind: few weeks are few observations
    if min(n_before, n_after, *active) < MIN_WEEKS or sides.sum() < MIN_HAPPENINGS or sides.min() < MIN_ON_A_SIDE or len(names) < 2:
        return NotTestable(why=_why_not(sides, (n_before, n_after), len(names), since))
    wobble = _estimate_wobble(table)
    without = _simulate(table, wobble, runs=simulations, rng=np.random.default_rng(seed))
    chi, logs = _differences(np.concatenate([table[None, :], without]), n_before)
    p_kinds = (1 + (np.abs(logs[1:]) >= np.abs(logs[0]) - 1e-12).sum(axis=0)) / (1 + simulations)
    reach, adjusted = np.exp(np.quantile(np.abs(logs[1:]), LEVEL, axis=0)), holm_adjusted([float(p) for p in p_kinds])
    found = [_kind(name, table[:, at], sides, n_before, float(reach[at]), float(p_kinds[at]), adjusted[at]) for at, name in enumerate(names)]
    return MixSince(
        kinds=tuple(found),
        distance=sum(abs(one.before - one.after) for one in found) / 2,
        p=float((1 + (chi[1:] >= chi[0] - 1e-9).sum()) / (1 + simulations)),
        rare=rare,
        weeks_before=n_before,
        weeks_after=n_after,
        happenings=int(sides.sum()),
        wobble=wobble,
        tests=1 + len(names),
        simulations=simulations,
    )


def _tabulate(days: Sequence[date], kinds: Sequence[str], start: date, weeks: int) -> tuple[Ints, list[str], tuple[str, ...]]:
    """Counts by week and kind (n_weeks, n_kinds), the kinds, and those that are rare and stand as "other"."""
    week = (np.array([day.toordinal() for day in days], dtype=np.int64) - start.toordinal()) // 7
    inside = (week >= 0) & (week < weeks)
    names, code = np.unique(np.array(kinds, dtype=str)[inside], return_inverse=True)
    table = np.zeros((weeks, len(names)), dtype=np.int64)
    np.add.at(table, (week[inside], code), 1)
    scarce = table.sum(axis=0) < RARE
    if scarce.sum() < 2:
        return table, [str(name) for name in names], ()
    together = np.concatenate([table[:, ~scarce], table[:, scarce].sum(axis=1, keepdims=True)], axis=1)
    return together, [*(str(name) for name in names[~scarce]), OTHER], tuple(str(name) for name in names[scarce])


def _estimate_wobble(table: Ints) -> Wobble:
    """One wobble for all kinds, from how much their shares differ between weeks 1, 2, … apart, beyond what sampling makes them differ.

    A pair of weeks with n and m happenings weighs nm / (n + m): then sampling alone adds half of p(1 - p) for each kind. A factor on each kind moves its
    share by less than itself, since shares add to one; `through` is what of its variance is left in them.
    """
    of_week, shares = table.sum(axis=1), table.sum(axis=0) / table.sum()
    squares = (shares**2).sum()
    through = float((shares**2 * ((1 - shares) ** 2 + squares - shares**2)).sum())
    excess = []
    for lag in range(1, min(LAGS, len(table) // 4) + 1):
        one, other = of_week[:-lag], of_week[lag:]
        pairs = (one > 0) & (other > 0)
        weights = one[pairs] * other[pairs] / (one[pairs] + other[pairs])
        apart = table[:-lag][pairs] / one[pairs, None] - table[lag:][pairs] / other[pairs, None]
        beyond = (weights[:, None] * apart**2).sum() / 2 - pairs.sum() * (1 - squares) / 2
        excess.append(beyond / max(weights.sum() * through, 1e-9))
    return fit_wobble(np.array(excess, dtype=float))


def _simulate(table: Ints, wobble: Wobble, *, runs: int, rng: np.random.Generator) -> Ints:
    """Tables (runs, n_weeks, n_kinds) of one mix that wanders, with as many happenings in each week."""
    shares = table.sum(axis=0) / table.sum()
    moved = shares[:, None] * draw_factors(wobble, shape=(runs, table.shape[1], table.shape[0]), rng=rng)
    chances = np.moveaxis(moved / moved.sum(axis=1, keepdims=True), 1, 2)
    return np.asarray(rng.multinomial(table.sum(axis=1), chances), dtype=np.int64)


def _differences(tables: Ints, n_before: int) -> tuple[Floats, Floats]:
    """For each table the chi-square of kinds by side (n_tables,), and the log ratio of each kind's shares (n_tables, n_kinds), none taken below half one."""
    one, other = tables[:, :n_before].sum(axis=1), tables[:, n_before:].sum(axis=1)
    n_one, n_other = one.sum(axis=1, keepdims=True), other.sum(axis=1, keepdims=True)
    pooled = np.maximum((one + other) / (n_one + n_other), 1e-12)
    chi = ((one / n_one - other / n_other) ** 2 / pooled).sum(axis=1) / (1 / n_one + 1 / n_other)[:, 0]
    return chi, np.log(np.maximum(other, 0.5) / n_other) - np.log(np.maximum(one, 0.5) / n_one)


def _kind(name: str, counts: Ints, sides: Ints, n_before: int, reach: float, p: float, p_holm: float) -> KindSince:
    """One kind's shares; `reach` is how far, as a factor, the ratio of a kind that did not change gets in 95 % of simulated mixes."""
    n_one, n_other = int(counts[:n_before].sum()), int(counts[n_before:].sum())
    before, after = n_one / int(sides[0]), n_other / int(sides[1])
    ratio = after / before if n_one and n_other else None
    return KindSince(
        kind=name,
        n_before=n_one,
        n_after=n_other,
        before=before,
        after=after,
        ratio=ratio,
        low=ratio / reach if ratio else None,
        high=ratio * reach if ratio else None,
        p=p,
        p_holm=p_holm,
    )


def _why_not(happenings: Ints, weeks: tuple[int, int], kinds: int, since: date) -> str:
    return (
        f"There are {int(happenings[0])} happenings in the {weeks[0]} weeks before {since} and {int(happenings[1])} in the {weeks[1]} from it on, "
        f"of {kinds} kind{'' if kinds == 1 else 's'}; it would take at least {MIN_WEEKS} weeks with any on both sides, {MIN_HAPPENINGS} happenings "
        f"({MIN_ON_A_SIDE} on each side) and two kinds to tell a change of the mix from chance."
    )
