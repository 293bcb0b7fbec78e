"""Rates, changes, recurrence and event studies on real and made series: do they count right, and how often do they find what is not there?

    python -m bench.patterns_series [--quick]

Data lie beside the checkout (../shared/bench/patterns: daily counts and points of Iraq, UCDP GED Syria; measured on, never shipped). Made series have seeds of
their own, which nothing was tuned on. Times are CPU seconds of this process; 60 s on two cores are 120 of them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bench.figures import ROOT, Figure, Skipped
from bench.patterns_made import (
    cover_rates,
    find_false_changes,
    find_false_repeats,
    find_false_since,
    find_true_changes,
    find_true_repeats,
)
from waqai.patterns.changes import find_changes
from waqai.patterns.delays import estimate_delays
from waqai.patterns.event_study import shift_test, study_after
from waqai.patterns.mix import compare_mixes
from waqai.patterns.pair_counts import EARTH_KM, Bands, count_permuted, to_sphere
from waqai.patterns.rates import count_rates
from waqai.patterns.recurrence import DAYS, KM, find_near_repeats
from waqai.patterns.series import DailyCounts, Floats, Ints, count_days
from waqai.patterns.since import compare_levels

FOLDER = ROOT.parent / "shared" / "bench" / "patterns"
DAILY = {
    "attacks Iraq": "iraq_attacks_daily_2004_2007.csv",
    "car bombs Iraq": "iraq_car_bombs_daily_2004_2007.csv",
    "deadly Iraq": "iraq_deadly_incidents_daily_2003_2012.csv",
}
SYRIA, IRAQ = "ucdp_ged_syria_2016_2019.csv.gz", "iraq_insurgent_attacks_2007_08_points.csv.gz"
BANDS = Bands(km=KM, days=DAYS)
NOMINAL = 0.05
Points = tuple[Ints, Floats, Floats]


def measure_series(*, quick: bool) -> Iterator[Figure]:
    """All figures of this part; quick runs fewer, and says so in the names."""
    yield from measure_pairs(quick=quick)
    yield from measure_repeats(quick=quick)
    yield from measure_studies(quick=quick)
    yield from measure_made(quick=quick)
    yield from measure_speed(quick=quick)


def measure_pairs(*, quick: bool) -> Iterator[Figure]:
    """Cells of the table of near pairs that differ from a count of every pair within 30 days by the haversine."""
    iraq = load_iraq()
    some = np.random.default_rng(1).permutation(len(iraq[0]))[:10_000]
    asked = {"UCDP Syria": load_syria_points(), "Iraq points": (iraq[0][some], iraq[1][some], iraq[2][some]) if quick else iraq}
    for name, (days, lats, lons) in asked.items():
        ours = count_permuted(to_sphere(lats, lons), days, bands=BANDS, block_days=60, permutations=1, seed=1)[..., 0].sum(axis=0)
        wrong = int((ours != count_every_pair(days, lats, lons)).sum())
        yield Figure(f"near pairs, {name}: cells of {ours.size} unlike brute force", wrong, "cells", target=0, n=len(days), better="lower")


def measure_repeats(*, quick: bool) -> Iterator[Figure]:
    """False repeats where there are none, by real places and days moved; and whether planted ones are found."""
    runs, size = (14, 500) if quick else (300, 800)
    points = load_syria_points()
    for null in ("separable", "slow front"):
        ours, holm, wide = find_false_repeats(points, null=null, runs=runs, size=size)
        yield Figure(f"near repeats, {null}: false, {runs} runs", ours, "share", target=0.07, n=runs, better="lower")
        yield Figure(f"near repeats, {null}: false, 60-day blocks alone, {runs} runs", holm, "share", target=None, n=runs, better="lower")
        yield Figure(f"near repeats, {null}: false, global permutation, {runs} runs", wide, "share", target=None, n=runs, better="lower")
    found = find_true_repeats(points, runs=runs // 4, size=size)
    yield Figure(f"near repeats: a fifth repeated within 2 km and a week, found, {runs // 4} runs", found, "share", target=None, n=runs // 4)


def measure_studies(*, quick: bool) -> Iterator[Figure]:
    """False alarms of event studies at dates drawn at random, by series over 3, 7 and 15 dates; power and coverage at +50 % after 7 dates."""
    sets = 120 if quick else 400
    all_false: list[bool] = []
    all_raised: list[Floats] = []
    for at, (name, series) in enumerate(load_series().items()):
        false = [_false_alarm(series, np.random.default_rng([at, dates, run]), dates=dates) for dates in (3, 7, 15) for run in range(sets)]
        raised = np.array([_raised(series, np.random.default_rng([at, run, 50])) for run in range(sets)])
        all_false, all_raised = all_false + false, [*all_raised, raised.mean(axis=0)]
        target = None if quick else 0.06  # 360 sets of dates are too few to tell .06 from .05
        yield Figure(f"event study, {name}: false, 3 x {sets} sets", float(np.mean(false)), "share", target=target, n=3 * sets, better="lower")
        yield Figure(f"event study, {name}: +50 % after 7 dates found, {sets} sets", float(raised[:, 0].mean()), "share", target=None, n=sets)
    power, cover = np.mean(all_raised, axis=0)
    yield Figure(f"event study, four series: false, 12 x {sets} sets", float(np.mean(all_false)), "share", target=0.06, n=12 * sets, better="lower")
    yield Figure(f"event study, four series: +50 % after 7 dates found, 4 x {sets} sets", float(power), "share", target=0.9, n=4 * sets)
    yield Figure(f"event study, four series: +50 % in the 95 % interval, 4 x {sets} sets", float(cover), "share", target=None, n=4 * sets)


def measure_made(*, quick: bool) -> Iterator[Figure]:
    """Changes, levels, mixes and rates on made series; shares of a few dozen are told without a target."""
    few, many = (8, 16) if quick else (200, 300)
    for name, persistence in (("over-dispersed", 0.0), ("persistent .6", 0.6), ("persistent .8", 0.8)):
        false = find_false_changes(persistence=persistence, runs=few)
        target = None if quick or persistence > 0.7 else 0.07
        yield Figure(f"changes, {name}: false, {few} series", false, "share", target=target, n=few, better="lower")
    for step in (1.5, 2.0):
        hit, place = find_true_changes(step=step, runs=few)
        yield Figure(f"changes: step x {step:g} found within 4 weeks, {few} series", hit, "share", target=None, n=few)
        yield Figure(f"changes: step x {step:g}, its week in the 95 % set, {few} series", place, "share", target=None if quick else 0.9, n=few)
    for name, share in zip(("level", "mix"), find_false_since(runs=many), strict=True):
        yield Figure(f"since a day: {name} falsely changed, {many} series", share, "share", target=None if quick else 0.07, n=many, better="lower")
    for name, share, target, better in cover_rates(runs=many):
        yield Figure(f"rates: {name}, {many} series", share, "share", target=None if quick else target, n=many, better=better)


def measure_speed(*, quick: bool) -> Iterator[Figure]:
    """CPU seconds of each question asked of 100,000 happenings of seventeen months, more closely set than any real file here."""
    days, lats, lons = _grow(load_iraq(), 100_000)
    dates = [date.fromordinal(int(day)) for day in days]
    first, last, middle = min(dates), max(dates), min(dates) + timedelta(days=250)
    series = count_days(dates, first=first, last=last)
    references = [first + timedelta(days=60 + 40 * n) for n in range(9)]
    kinds = np.array(["a", "b", "c", "d"])[days % 4]
    asked: dict[str, Callable[[], object]] = {
        "event study": lambda: study_after(count_days(dates, first=first, last=last), references, seed=1),
        "rates": lambda: count_rates(days, days, first=first, last=last),
        "delays": lambda: estimate_delays(days, days + np.arange(len(days)) % 20, as_of=last),
        "changes": lambda: find_changes(series, seed=1),
        "level since": lambda: compare_levels(series, since=middle, seed=1),
        "mix since": lambda: compare_mixes(dates, [str(kind) for kind in kinds], since=middle, first=first, last=last, seed=1),
    }
    if not quick:
        asked["near repeats"] = lambda: find_near_repeats(days, lats, lons, seed=1)
    for name, ask in asked.items():
        begin = time.process_time()
        ask()
        yield Figure(f"speed, {name}: 100,000 happenings", time.process_time() - begin, "CPU s", target=120, n=100_000, better="lower", noise=20)


def count_every_pair(days: Ints, lats: Floats, lons: Floats) -> Ints:
    """Pairs by space and time band, each looked at: sorted by day, all that lie at most 30 days on; distances by the haversine."""
    order = np.argsort(days, kind="stable")
    day, lat, lon = days[order], np.radians(lats[order]), np.radians(lons[order])
    counts = np.zeros(BANDS.shape, dtype=np.int64)
    ends = np.searchsorted(day, day + DAYS[-1], side="right")
    for i in range(len(day) - 1):
        rest = slice(i + 1, int(ends[i]))
        half = np.sin((lat[rest] - lat[i]) / 2) ** 2 + np.cos(lat[i]) * np.cos(lat[rest]) * np.sin((lon[rest] - lon[i]) / 2) ** 2
        km = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
        km[(lat[rest] == lat[i]) & (lon[rest] == lon[i])] = -1.0
        space, apart = np.searchsorted((-1.0, *KM), km), np.searchsorted(DAYS, day[rest] - day[i])
        counts += np.bincount(space * len(DAYS) + apart, minlength=counts.size + len(DAYS))[: counts.size].reshape(counts.shape)
    return counts


def load_series() -> dict[str, DailyCounts]:
    """The three daily series of Iraq, days without a row being zero, and UCDP Syria's events that are known to the day."""
    return {name: _load_daily(file) for name, file in DAILY.items()} | {"UCDP Syria": _count_syria()}


def load_syria_points() -> Points:
    """Days (ordinals), latitudes and longitudes of the events whose day and place are exact (date_prec and where_prec 1)."""
    rows = [row for row in _read(SYRIA) if row["date_prec"] == "1" and row["where_prec"] == "1"]
    return _points([row["date_start"][:10] for row in rows], [row["latitude"] for row in rows], [row["longitude"] for row in rows])


def load_iraq() -> Points:
    rows = list(_read(IRAQ))
    return _points([row["date"] for row in rows], [row["latitude"] for row in rows], [row["longitude"] for row in rows])


def _read(file: str) -> Iterator[dict[str, str]]:
    if not (FOLDER / file).exists():
        raise Skipped(f"{FOLDER / file} is not here")
    with gzip.open(FOLDER / file, "rt", encoding="utf-8") if file.endswith(".gz") else (FOLDER / file).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _points(days: list[str], lats: list[str], lons: list[str]) -> Points:
    ordinals = np.array([date.fromisoformat(day).toordinal() for day in days], dtype=np.int64)
    return ordinals, np.array(lats, dtype=float), np.array(lons, dtype=float)


def _load_daily(file: str) -> DailyCounts:
    """One row has no day; days without happenings have no row."""
    told = {date.fromisoformat(row["date"]): int(row["events"]) for row in _read(file) if row["date"]}
    first = min(told)
    counts = np.zeros((max(told) - first).days + 1, dtype=np.int64)
    for day, number in told.items():
        counts[(day - first).days] = number
    return DailyCounts(first=first, counts=counts)


def _count_syria() -> DailyCounts:
    days = [date.fromisoformat(row["date_start"][:10]) for row in _read(SYRIA) if row["date_prec"] == "1"]
    return count_days(days, first=min(days), last=max(days))


def _draw_dates(series: DailyCounts, rng: np.random.Generator, *, dates: int) -> Ints:
    return np.sort(rng.choice(np.arange(60, len(series.counts) - 67), dates, replace=False))


def _false_alarm(series: DailyCounts, rng: np.random.Generator, *, dates: int) -> bool:
    return shift_test(series.counts, _draw_dates(series, rng, dates=dates), window_days=7, rng=rng, permutations=299).p_raised <= NOMINAL


def _raised(series: DailyCounts, rng: np.random.Generator) -> tuple[bool, bool]:
    """Whether a half more in the 7 days after 7 dates (each happening doubled with chance 1/2) is found, and lies in the interval."""
    starts = _draw_dates(series, rng, dates=7)
    after = np.unique((starts[:, None] + np.arange(1, 8)).ravel())
    counts = series.counts.copy()
    counts[after] += rng.binomial(counts[after], 0.5)
    window = shift_test(counts, starts, window_days=7, rng=rng, permutations=299)
    return window.p_raised <= NOMINAL, window.low <= 1.5 <= window.high


def _grow(points: Points, size: int) -> Points:
    """More of the same: happenings drawn again, a kilometre or so and up to three days away."""
    days, lats, lons = points
    rng = np.random.default_rng(1)
    again = rng.integers(0, len(days), size - len(days))
    near: NDArray[np.float64] = rng.normal(0, 0.01, (2, len(again)))
    moved = np.clip(days[again] + rng.integers(-3, 4, len(again)), days.min(), days.max())
    return np.concatenate([days, moved]), np.concatenate([lats, lats[again] + near[0]]), np.concatenate([lons, lons[again] + near[1]])


def main() -> None:
    asked = argparse.ArgumentParser(description="Rates, changes, recurrence and event studies, measured.")
    asked.add_argument("--quick", action="store_true")
    begin = time.process_time()
    for figure in measure_series(quick=asked.parse_args().quick):
        held = {None: "", True: "held", False: "SHORT"}[figure.reached]
        print(f"{figure.name:78} {figure.value:8.3f} {figure.unit:6} {'' if figure.target is None else figure.target!s:>6} {held:5} n {figure.n}", flush=True)
    print(f"{time.process_time() - begin:.1f} CPU s")


if __name__ == "__main__":
    main()
