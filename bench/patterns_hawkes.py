"""Self-excitation: likelihood and time beside hawkes-rs, and how often the shown range is right on made-up events whose truth is known.

    python -m bench.patterns_hawkes [--quick]

The rule was set on random smooth trends (docs/decisions/0060). It is judged here on others: the trends of two real series, a step and a slow wave. Process
CPU time and wall time of both fits are taken in turns in one process. hawkes-rs comes with `pip install hawkes-rs==0.1.2`; without it, or without the data,
Skipped is raised.
"""

from __future__ import annotations

import csv
import gzip
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from bench.figures import ROOT, Figure, Skipped
from waqai.patterns.baselines import CONSTANT, Baseline, shapes
from waqai.patterns.day_fitting import fit_excited, refit_restricted
from waqai.patterns.excitation import LADDER, SelfExcitation, fit_ladder, measure_excitation, range_over_baselines
from waqai.patterns.exponential import Exponential, fit_constant, log_likelihood
from waqai.patterns.raises import PairEffects, measure_raises
from waqai.patterns.restricted import restriction
from waqai.patterns.simulation import daily_runs, event_times
from waqai.patterns.ties import compare_ties

Floats = npt.NDArray[np.float64]
DATA = ROOT.parent / "shared" / "bench" / "patterns"
SEED = 60
RUNS, QUICK_RUNS = 200, 4
CHUNK = 25  # series fitted at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Of `runs` made-up series: the share whose range holds the truth, the share whose range leaves 0 out, the mean ends."""

    runs: int
    covered: float
    excluded_zero: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """The mean width of the range."""
        return self.high - self.low


def coverage(trend: Floats, *, branching: float, half_life_days: float, runs: int, seed: int) -> Coverage:
    """How the shown range does on `runs` series with this trend as their expected events a day and this truth."""
    rng = np.random.default_rng(seed)
    made = daily_runs(trend * (1 - branching), branching=branching, decay=float(np.log(2) / half_life_days), runs=runs, rng=rng).astype(float)
    lows, highs = [], []
    with threadpool_limits(limits=1):  # type: ignore[no-untyped-call]
        for start in range(0, runs, CHUNK):
            part = made[start : start + CHUNK]
            low, high, _ = range_over_baselines(part, fit_ladder(part))
            lows.append(low)
            highs.append(high)
    low, high = np.concatenate(lows), np.concatenate(highs)
    inside = (low <= branching) & (branching <= high)
    return Coverage(runs=runs, covered=float(inside.mean()), excluded_zero=float((low > 0).mean()), low=float(low.mean()), high=float(high.mean()))


def is_linked_syria() -> Floats:
    """Daily counts of events in Syria with IS on either side, dated to the day (UCDP, date_prec 1): 5,925 over 1,425 days."""
    with gzip.open(_data("ucdp_ged_syria_2016_2019.csv.gz"), "rt", encoding="utf-8") as lines:
        days = [row["date_start"] for row in csv.DictReader(lines) if "IS" in (row["side_a"], row["side_b"]) and row["date_prec"] == "1"]
    return _by_day([(day, 1) for day in days])


def car_bombs() -> Floats:
    """Daily counts of car bombs in Iraq, 2004 to 2007."""
    with _data("iraq_car_bombs_daily_2004_2007.csv").open(encoding="utf-8") as lines:
        return _by_day([(row["date"], int(row["events"])) for row in csv.DictReader(lines) if row["date"]])


def iraq_times(*, seed: int) -> Floats:
    """Times in days of 68,573 attacks in Iraq, 2007-02 to 2008-07: the file knows only days, so each is put anywhere in its day."""
    with gzip.open(_data("iraq_insurgent_attacks_2007_08_points.csv.gz"), "rt", encoding="utf-8") as lines:
        days = np.array([date.fromisoformat(row["date"]).toordinal() for row in csv.DictReader(lines)], dtype=float)
    return np.sort(days - days.min() + np.random.default_rng(seed).random(days.size))


def smooth(counts: Floats, *, sd_days: float) -> Floats:
    """A moving rate: counts under a Gaussian window."""
    reach = np.arange(-4 * sd_days, 4 * sd_days + 1)
    window = np.exp(-0.5 * (reach / sd_days) ** 2)
    return np.asarray(np.maximum(np.convolve(counts, window, "same") / np.convolve(np.ones_like(counts), window, "same"), 0.01))


def trends() -> dict[str, Floats]:
    """The trends that the range is judged on, as expected events a day."""
    days = np.arange(1200)
    return {
        "IS-linked Syria": smooth(is_linked_syria(), sd_days=10),
        "Iraq car bombs": smooth(car_bombs(), sd_days=10),
        "a step": np.where(days < 500, 1.0, 4.0),
        "a slow wave": 2 * (1 + 0.8 * np.sin(2 * np.pi * days / 400)),
    }


def _data(name: str) -> Any:
    path = DATA / name
    if not path.exists():
        raise Skipped(f"{name} is not here ({DATA})")
    return path


def _by_day(rows: list[tuple[str, int]]) -> Floats:
    days = np.array([date.fromisoformat(day).toordinal() for day, _ in rows])
    return np.bincount(days - days.min(), weights=np.array([count for _, count in rows], dtype=float)).astype(float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """Both fits on the same events: seconds of process CPU and of wall (median), and how far the two log-likelihoods differ, relative, at either optimum."""

    events: int
    cpu: tuple[float, float]
    wall: tuple[float, float]
    apart: float
    ahead: float


def race(times: Floats, *, horizon: float, repeats: int) -> Race:
    """Ours and hawkes-rs on the same sorted times, in turns."""
    theirs = _peer()
    laps: list[tuple[float, float, float, float]] = []
    for _ in range(repeats + 1):
        laps.append((*_timed(lambda: fit_constant(times, horizon=horizon)), *_timed(lambda: theirs.fit(times, horizon))))
    mine, other = fit_constant(times, horizon=horizon), theirs.fit(times, horizon)
    at_theirs = Exponential(baseline=other.parameters.baseline, branching=other.parameters.excitation, decay=other.parameters.decay)
    at_mine = theirs.Parameters(mine.process.baseline, mine.process.branching, mine.process.decay)
    apart = max(
        abs(log_likelihood(times, at_theirs, horizon=horizon) / -other.negative_log_likelihood - 1),
        abs(mine.log_likelihood / -theirs.negative_log_likelihood(at_mine, times, horizon) - 1),
    )
    our_cpu, our_wall, their_cpu, their_wall = (median(lap[part] for lap in laps[1:]) for part in range(4))
    ahead = (mine.log_likelihood + other.negative_log_likelihood) / abs(mine.log_likelihood)
    return Race(events=times.size, cpu=(our_cpu, their_cpu), wall=(our_wall, their_wall), apart=apart, ahead=ahead)


def _peer() -> Any:
    try:
        from hawkes import univariate
    except ImportError as missing:
        raise Skipped("hawkes-rs is not installed: pip install hawkes-rs==0.1.2") from missing
    return univariate


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of process CPU and of wall."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def _races(*, quick: bool) -> Iterator[Figure]:
    real = iraq_times(seed=SEED)
    made = event_times(baseline=50.0, branching=0.5, decay=5.0, horizon=1000.0, rng=np.random.default_rng(SEED))[:100_000]
    repeats = 3 if quick else 9
    found = [
        race(times, horizon=float(np.ceil(times[-1])), repeats=max(3, repeats) if times.size > 50_000 else 3 * repeats)
        for times in (real[:1_000], real[:10_000], made)
    ]
    yield Figure("log-likelihood beside hawkes-rs at both optima", max(one.apart for one in found), "relative", 1e-6, len(found), better="lower")
    yield Figure("our optimum above that of hawkes-rs, least of the three", min(one.ahead for one in found), "relative", -1e-6, len(found))
    for one, target, what in zip(found, (1.0, 1.0, 1.1), ("Iraq attacks, days drawn to times", "Iraq attacks, days drawn to times", "made up"), strict=True):
        yield Figure(f"CPU of a fit beside hawkes-rs at {one.events:,} ({what})", one.cpu[0] / one.cpu[1], "x", target, one.events, better="lower")
        yield Figure(f"wall time of a fit beside hawkes-rs at {one.events:,} ({what})", one.wall[0] / one.wall[1], "x", target, one.events, better="lower")


def _ranges(*, quick: bool) -> Iterator[Figure]:
    runs = QUICK_RUNS if quick else RUNS
    said = f", quick: {runs} runs of each trend" if quick else ""
    for branching, half_lives, target in ((0.0, (1.0,), 0.90), (0.5, (2.0,) if quick else (0.8, 2.0, 4.0), 0.85)):
        for half_life in half_lives:
            found = {name: coverage(trend, branching=branching, half_life_days=half_life, runs=runs, seed=SEED) for name, trend in trends().items()}
            if quick:
                found = {"four trends": _pooled(list(found.values()))}
            for name, one in found.items():
                what = f"{name}, trend only" if branching == 0 else f"{name}, branching .5, half-life {half_life:g} d"
                judged = target if half_life < 4 else None  # at the edge of what counts as trend
                yield Figure(f"{what}: ranges that hold the truth{said}", one.covered, "share", judged, one.runs)
                yield Figure(f"{what}: mean width{said}", one.width, "", None, one.runs, better="lower")
                if branching:
                    yield Figure(f"{what}: ranges without 0{said}", one.excluded_zero, "share", None, one.runs)


def _pooled(parts: list[Coverage]) -> Coverage:
    def mean(values: list[float]) -> float:
        return float(np.mean(values))

    return Coverage(
        runs=sum(one.runs for one in parts),
        covered=mean([one.covered for one in parts]),
        excluded_zero=mean([one.excluded_zero for one in parts]),
        low=mean([one.low for one in parts]),
        high=mean([one.high for one in parts]),
    )


def _whole(*, quick: bool) -> Iterator[Figure]:
    trend = smooth(is_linked_syria(), sd_days=10)
    counts = daily_runs(trend * (100_000 / trend.sum()) * 0.7, branching=0.3, decay=1.0, runs=1, rng=np.random.default_rng(SEED))[0]
    runs = 9 if quick else 39
    cpu, _ = _timed(lambda: measure_excitation(counts, seed=SEED, trend_only_runs=runs))
    yield Figure(f"CPU seconds of the whole test with {runs} trend-only runs", cpu, "s", 60.0, int(counts.sum()), better="lower")


def _real() -> Iterator[Figure]:
    found = measure_excitation(is_linked_syria(), seed=SEED)
    assert isinstance(found, SelfExcitation)
    constant = found.readings[0]
    yield Figure("IS-linked Syria: branching with a constant baseline", constant.branching, "", None, found.events)
    yield Figure("IS-linked Syria: the same on trend-only runs", constant.trend_only, "", None, found.trend_only_runs)
    yield Figure("IS-linked Syria: range, low", found.low, "", None, found.events)
    yield Figure("IS-linked Syria: range, high", found.high, "", None, found.events)
    yield Figure("IS-linked Syria: p against a trend alone", found.trend_only_p, "", None, found.trend_only_runs, better="lower")


def _ties() -> Iterator[Figure]:
    """Both treatments of tied days on the same events."""
    counts = is_linked_syria()
    for baseline in (CONSTANT, Baseline(kind="steps", every_days=90), Baseline(kind="steps", every_days=30)):
        found = compare_ties(counts, baseline=baseline, draws=5, seed=SEED)
        yield Figure(f"IS-linked Syria, {found.baseline}: branching by daily counts", found.by_day, "", None, int(counts.sum()))
        yield Figure(f"IS-linked Syria, {found.baseline}: branching by five draws of times, mean", found.by_draws, "", None, found.draws)
        yield Figure(f"IS-linked Syria, {found.baseline}: the same, widest apart", found.most - found.least, "", None, found.draws, better="lower")


def _leans() -> Iterator[Figure]:
    """What the most flexible baseline takes from a true .5 on a slow wave, and what the restricted likelihood puts back."""
    trend, finest = trends()["a slow wave"], LADDER[-1]
    basis = shapes(finest, days=trend.size)
    for half_life in (0.8, 2.0):
        made = daily_runs(trend / 2, branching=0.5, decay=float(np.log(2) / half_life), runs=60, rng=np.random.default_rng(SEED)).astype(float)
        plain = fit_excited(made, basis)
        back = refit_restricted(made, basis, plain, restriction(finest, days=trend.size, rate=float(made.mean())))
        for name, fit in (("plain", plain), ("restricted", back)):
            yield Figure(f"{finest.name}, branching .5, half-life {half_life:g} d: {name} mean", float(fit.branching.mean()), "", None, len(made))


def two_types(effect: float, *, seed: int) -> dict[str, Floats]:
    """Daily counts of two types that share a slow wave; each event of `success` brings `effect` events of `attempt` on later days, half-life 2 days."""
    rng = np.random.default_rng(seed)
    trend = 1.5 * (1 + 0.6 * np.sin(np.arange(1000) / 60))
    success, keep = rng.poisson(trend).astype(float), 0.5**0.5
    attempt, past = np.zeros(1000), 0.0
    for day in range(1000):
        past = keep * past + (1 - keep) * success[day - 1] if day else 0.0
        attempt[day] = rng.poisson(0.7 * trend[day] + effect * past)
    return {"success": success, "attempt": attempt}


def _types(*, runs: int) -> Iterator[Figure]:
    """By type: how often a shared trend alone is called an effect of any pair, and how often a real effect of .4 is found and held."""
    nothing = [measure_raises(two_types(0.0, seed=SEED + run), seed=SEED, trend_only_runs=1) for run in range(runs)]
    something = [measure_raises(two_types(0.4, seed=SEED + run), seed=SEED, trend_only_runs=1) for run in range(runs)]
    alarms = [any(pair.holm_p <= 0.05 for pair in found.pairs) for found in nothing if isinstance(found, PairEffects)]
    pairs = [pair for found in something if isinstance(found, PairEffects) for pair in found.pairs if (pair.source, pair.receiver) == ("success", "attempt")]
    yield Figure("by type, shared trend alone: series with any effect at 5 %", float(np.mean(alarms)), "share", 0.10, runs, better="lower")
    yield Figure("by type, an effect of .4: found at 5 %", float(np.mean([pair.holm_p <= 0.05 for pair in pairs])), "share", None, runs)
    yield Figure("by type, an effect of .4: ranges that hold it", float(np.mean([pair.low <= 0.4 <= pair.high for pair in pairs])), "share", None, runs)


def measure_hawkes(*, quick: bool) -> Iterator[Figure]:
    """Every figure of self-excitation; quick leaves out real series and most runs. Raises Skipped without the data or hawkes-rs."""
    yield from _races(quick=quick)
    yield from _ranges(quick=quick)
    yield from _whole(quick=quick)
    if not quick:
        yield from _real()
        yield from _ties()
        yield from _leans()
        yield from _types(runs=100)


if __name__ == "__main__":
    for figure in measure_hawkes(quick="--quick" in sys.argv):
        held = {True: "held", False: "SHORT", None: ""}[figure.reached]
        print(f"{figure.name}: {figure.value:.3g} {figure.unit} (target {figure.target}, n {figure.n}) {held}", flush=True)
