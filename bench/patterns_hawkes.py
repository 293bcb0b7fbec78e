"""Self-excitation: likelihood and time beside hawkes-rs, and how often the shown range is right on made-up events whose truth is known.

    python -m bench.patterns_hawkes [--quick]

The rule was set on random smooth trends (docs/decisions/0060). It is judged here on others: the trends of two real series, a step and a slow wave. Process CPU time and wall time
of both fits are taken in turns in one process. hawkes-rs comes with `pip install hawkes-rs==0.1.2`; without it, or without the data, Skipped is raised.
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
from waqai.patterns.excitation import SelfExcitation, fit_ladder, measure_excitation, range_over_baselines
from waqai.patterns.exponential import Exponential, fit_constant, log_likelihood
from waqai.patterns.simulation import daily_runs, event_times

Floats = npt.NDArray[np.float64]
DATA = ROOT.parent / "shared" / "bench" / "patterns"
SEED = 60
RUNS, QUICK_RUNS = 200, 8
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
    with threadpool_limits(limits=1):
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
    return np.maximum(np.convolve(counts, window, "same") / np.convolve(np.ones_like(counts), window, "same"), 0.01)


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
    return np.bincount(days - days.min(), weights=np.array([count for _, count in rows], dtype=float))
