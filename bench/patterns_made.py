"""Made series and moved records: what tests of patterns find where nothing is, and where something was put."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from bench.figures import Better
from waqai.patterns.changes import Changes, find_changes
from waqai.patterns.delays import Delays, estimate_delays
from waqai.patterns.mix import MixSince, compare_mixes
from waqai.patterns.rates import Newest, Rates, compare_newest, count_rates
from waqai.patterns.recurrence import NearRepeats, find_near_repeats
from waqai.patterns.series import DailyCounts, Floats, Ints
from waqai.patterns.since import LevelSince, compare_levels
from waqai.patterns.wobble import Wobble, draw_factors, simulate

MONDAY = date(2019, 1, 7)
SEED = 8_000
FRONT_DAYS = 90.0
Points = tuple[Ints, Floats, Floats]


def find_false_repeats(points: Points, *, null: str, runs: int, size: int) -> tuple[float, float, float]:
    """Shares of records without repeats in which any cell repeats: by our rule, after Holm against 60-day blocks alone, by the global permutation.

    "separable": real places and real days, the days dealt out anew among all, so the real trend of days stays and places do not hang on them. "slow front":
    each real happening keeps its place and its day is moved by a normal of 90 days, so the real trend and the movement of the fighting stay, and what was
    near in days no longer is.
    """
    claims = np.zeros(3)
    for run in range(runs):
        rng = np.random.default_rng([SEED, run])
        days, lats, lons = _draw(points, size, rng)
        moved = rng.permutation(days) if null == "separable" else _move(days, FRONT_DAYS, rng)
        cells = _repeats(moved, lats, lons, seed=run).cells
        claims += [any(one.repeats for one in cells), any(one.p_holm <= 0.05 for one in cells), any(one.global_p <= 0.05 / len(cells) for one in cells)]
    ours, holm, wide = claims / runs
    return float(ours), float(holm), float(wide)


def find_true_repeats(points: Points, *, runs: int, size: int) -> float:
    """The share of slow fronts, a fifth of whose happenings are repeated within some 2 km and a week, in which a cell of up to 5 km and 7 days repeats."""
    found = 0
    for run in range(runs):
        rng = np.random.default_rng([SEED, run, 1])
        days, lats, lons = _draw(points, size, rng)
        days = _move(days, FRONT_DAYS, rng)
        again = rng.random(size) < 0.2
        n = int(again.sum())
        more = days[again] + rng.integers(0, 8, n), lats[again] + rng.normal(0, 0.01, n), lons[again] + rng.normal(0, 0.01, n)
        cells = _repeats(*(np.concatenate(pair) for pair in zip((days, lats, lons), more, strict=True)), seed=run).cells
        found += any(one.repeats for one in cells if one.km_to <= 5 and one.days_to <= 7)
    return found / runs


def find_false_changes(*, persistence: float, runs: int) -> float:
    """The share of 150 weeks of one level (20 a week, relative variance .15, two thirds of it persistent where persistence is not 0) with any change."""
    wobble = Wobble(sudden=0.05, slow=0.1, persistence=persistence)
    rows = simulate(np.full(150, 20.0), wobble, runs=runs, rng=np.random.default_rng([SEED, int(100 * persistence)]))
    return float(np.mean([bool(_changes(row, seed=at).changes) for at, row in enumerate(rows)]))


def find_true_changes(*, step: float, runs: int) -> tuple[float, float]:
    """Of 150 over-dispersed weeks (20, relative variance .1) with a step at the 90th: shares found within 4 weeks, and of these with it in the set."""
    rows = simulate(np.repeat([20.0, 20.0 * step], [90, 60]), Wobble(sudden=0.1, slow=0.0, persistence=0.0), runs=runs, rng=np.random.default_rng([SEED, 7]))
    found, placed = 0, 0
    for at, row in enumerate(rows):
        near = [one for one in _changes(row, seed=at).changes if abs(_week(one.at.first) - 90) <= 4]
        found += bool(near)
        placed += bool(near) and _week(near[0].earliest.first) <= 90 <= _week(near[0].latest.first)
    return found / runs, placed / max(found, 1)


def find_false_since(*, runs: int) -> tuple[float, float]:
    """The shares of years without a change, persistent (.6), in which the level, and the mix of four kinds, "changed" in the middle."""
    wobble, middle = Wobble(sudden=0.05, slow=0.1, persistence=0.6), MONDAY + timedelta(weeks=26)
    level = mix = 0
    for run in range(runs):
        rng = np.random.default_rng([SEED, run, 2])
        weeks = simulate(np.full(52, 20.0), wobble, runs=1, rng=rng)[0]
        told = compare_levels(_record(weeks), since=middle, seed=run, simulations=299)
        assert isinstance(told, LevelSince)
        level += told.p <= 0.05
        shares = np.array([0.4, 0.3, 0.2, 0.1])[:, None] * draw_factors(wobble, shape=(4, 52), rng=rng)
        table = rng.multinomial(20, (shares / shares.sum(axis=0)).T)
        days = [MONDAY + timedelta(weeks=int(week)) for week in np.repeat(np.arange(52), table.sum(axis=1))]
        kinds = ["abcd"[kind] for row in table for kind in np.repeat(np.arange(4), row)]
        told_mix = compare_mixes(days, kinds, since=middle, first=MONDAY, last=MONDAY + timedelta(weeks=52, days=-1), seed=run, simulations=299)
        assert isinstance(told_mix, MixSince)
        mix += told_mix.p <= 0.05
    return level / runs, mix / runs


def cover_rates(*, runs: int) -> Iterator[tuple[str, float, float | None, Better]]:
    """Name, share, target and which way is better: intervals of rates and of completeness, and falls that are only late reports.

    Two years of about 20 a week in a slow wave, variance twice the mean; reports after days (three in five) or weeks, in every second record on Sundays.
    """
    held = np.zeros(5)
    for run in range(runs):
        rng = np.random.default_rng([SEED, run, 3])
        mean = 20 / 7 * np.exp(0.3 * np.sin(np.arange(728) / 150))
        happened = np.repeat(np.arange(728), rng.poisson(rng.gamma(mean, 1.0)))
        reported = _report(happened, rng, sundays=run % 2 == 1)
        seen, start, last = reported < 728, MONDAY.toordinal(), MONDAY + timedelta(days=727)
        delays = estimate_delays(happened[seen] + start, reported[seen] + start, as_of=last)
        assert isinstance(delays, Delays)
        rates, naive = (count_rates(*[happened[seen] + start] * 2, first=MONDAY, last=last, delays=one) for one in (delays, None))
        true = _true_share(sundays=run % 2 == 1)
        share, newest, older = rates.rates[-1].completeness, rates.rates[-1], rates.rates[-20]
        assert share is not None
        held += [
            share.low <= true <= share.high,
            _within(newest.low, float(mean[-7:].sum()), newest.high),
            _within(older.low, float(mean[-140:-133].sum()), older.high),
            _falls(rates),
            _falls(naive),
        ]
    names = ("completeness of the newest week in its interval", "rate of the newest week in its interval", "rate of an old week in its interval")
    yield from ((name, float(value), 0.9, "higher") for name, value in zip(names, held[:3] / runs, strict=True))
    yield "falls of the newest week that are only late reports", float(held[3] / runs), 0.05, "lower"
    yield "the same without completeness", float(held[4] / runs), None, "lower"


def _falls(rates: Rates) -> bool:
    newest = compare_newest(rates)
    return isinstance(newest, Newest) and newest.p_lower <= 0.025


def _within(low: float | None, value: float, high: float | None) -> bool:
    return low is not None and high is not None and low <= value <= high


def _report(happened: Ints, rng: np.random.Generator, *, sundays: bool) -> Ints:
    """Days of first report; day 0 is a Monday."""
    delay = np.where(rng.random(len(happened)) < 0.6, rng.geometric(0.4, len(happened)), rng.geometric(0.06, len(happened))) - 1
    return np.asarray(happened + delay + ((6 - (happened + delay) % 7) if sundays else 0), dtype=np.int64)


def _true_share(*, sundays: bool) -> float:
    """The share of the last week's happenings that are reported by its Sunday, of those reported within 90 days; by a million of them."""
    happened = np.repeat(np.arange(7), 100_000)
    reported = _report(happened, np.random.default_rng(SEED), sundays=sundays)
    return float((reported <= 6).sum() / (reported - happened <= 90).sum())


def _draw(points: Points, size: int, rng: np.random.Generator) -> Points:
    rows = rng.permutation(len(points[0]))[:size]
    return points[0][rows], points[1][rows], points[2][rows]


def _move(days: Ints, spread: float, rng: np.random.Generator) -> Ints:
    moved = np.rint(days + rng.normal(0, spread, len(days))).astype(np.int64)
    low, high = days.min(), days.max()
    return np.asarray(low + np.abs((moved - low + high - low) % (2 * (high - low)) - (high - low)), dtype=np.int64)  # turned back at the ends of the record


def _repeats(days: Ints, lats: Floats, lons: Floats, *, seed: int) -> NearRepeats:
    found = find_near_repeats(days, lats, lons, seed=seed, permutations=399)
    assert isinstance(found, NearRepeats)
    return found


def _changes(row: Ints, *, seed: int) -> Changes:
    found = find_changes(_record(row), seed=seed, simulations=99)
    assert isinstance(found, Changes)
    return found


def _record(weeks: Ints) -> DailyCounts:
    daily = np.zeros(7 * len(weeks), dtype=np.int64)
    daily[3::7] = weeks
    return DailyCounts(first=MONDAY, counts=daily)


def _week(day: date) -> int:
    return (day - MONDAY).days // 7
