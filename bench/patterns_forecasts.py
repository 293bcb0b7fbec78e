"""Forecasts on real country-month panels: the default forecaster beside conflictology-12 on the VIEWS windows 2019-21, scores against printed figures, and the
time that 100,000 incidents take.

Windows are those of the VIEWS prediction challenge: a calendar year, 3 to 14 months ahead of the October before it. Nothing here was tuned on 2019-21, see
docs/decisions/0061.
"""

from __future__ import annotations

import csv
import gzip
import io
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.figures import ROOT, Figure, Skipped
from waqai.forecasting import BESIDE, DEFAULT, MODELS, KnownIncidents, Model, Panel, Scores, check_scope, count_known, make_forecast, make_panel, score_draws
from waqai.forecasting.months import month_of
from waqai.patterns.testable import NotTestable

FOLDER = ROOT / ".." / "shared" / "bench" / "patterns"
VIEWS, SCORES = FOLDER / "views_country_month_2015_2021.csv.gz", FOLDER / "forecast_scores.csv"
YEARS = (2019, 2020, 2021)
HORIZONS = tuple(range(3, 15))
SEEDS, QUICK_SEEDS = (1, 2, 3, 4, 5), (1,)
CRPS, BRIER_25, COVERAGE = 15.9, 0.0283, 0.80
INCIDENTS, MOST_SECONDS = 100_000, 60.0


def measure_forecasts(*, quick: bool) -> Iterator[Figure]:
    """The figures of issue 8, point 5. Raises Skipped where the panel is not here."""
    panel = load_views()
    seeds = QUICK_SEEDS if quick else SEEDS
    told = f" ({len(seeds)} seed of {len(SEEDS)})" if quick else ""
    pool, beside = (mean_scores(model, panel, years=YEARS, seeds=seeds) for model in (DEFAULT, BESIDE))
    cells = len(panel.units) * len(HORIZONS) * len(YEARS)
    yield Figure(f"forecasts, CRPS 2019-21{told}", pool["crps"], "deaths", CRPS, cells, better="lower")
    yield Figure(f"forecasts, conflictology-12's CRPS{told}", beside["crps"], "deaths", None, cells, better="lower")
    yield Figure(f"forecasts, Brier of 25 deaths or more{told}", pool["brier 25"], "", BRIER_25, cells, better="lower")
    yield Figure(f"forecasts, conflictology-12's Brier{told}", beside["brier 25"], "", None, cells, better="lower")
    yield Figure(f"forecasts, 90 % coverage on active cells{told}", pool["coverage active"], "", COVERAGE, cells)
    yield Figure(f"forecasts, conflictology-12's coverage{told}", beside["coverage active"], "", None, cells)
    yield Figure("forecasts, scores off the figures measured for the challenge", worst_difference(panel), "", 1e-9, 20, better="lower")
    yield Figure("forecasts, 100,000 incidents to panel and forecast", seconds_of(INCIDENTS), "s CPU", MOST_SECONDS, INCIDENTS, better="lower")


def load_views() -> Panel:
    """Deaths in state-based conflict by country and month, Dec 2015 to Dec 2021. Raises Skipped."""
    rows = defaultdict[str, dict[int, int]](dict)
    for row in csv.DictReader(io.StringIO(gzip.decompress(_read(VIEWS)).decode())):
        rows[row["country_id"]][int(row["month_id"])] = round(float(row["ged_sb"]))  # a few are 1.9999999999999996
    units = sorted(rows, key=int)
    months = sorted(rows[units[0]])
    counts = [[rows[unit][month] for month in months] for unit in units]
    first = month_of(date(1980, 1, 1)) + months[0] - 1  # their month 1 is January 1980
    return make_panel(counts, units=units, first_month=first, scope=check_scope(level="country", measure="deaths"))


def origin_of(year: int) -> int:
    """The October before a year: the last month that the challenge gave for it."""
    return month_of(date(year - 1, 10, 1))


def score_year(model: Model, panel: Panel, *, year: int, seed: int) -> Scores:
    """The model's scores on one window."""
    origin = origin_of(year)
    draws = model.forecast(panel.until(origin).counts, horizons=HORIZONS, seed=seed)
    seen = panel.in_months([origin + h for h in HORIZONS], units=panel.units)
    return score_draws(draws.reshape(-1, draws.shape[-1]), seen.reshape(-1), seed=seed)


def mean_scores(model: Model, panel: Panel, *, years: Sequence[int], seeds: Sequence[int]) -> dict[str, float]:
    """Means over windows and seeds, as the table in docs/decisions/0061 has them."""
    found = [score_year(model, panel, year=year, seed=seed) for seed in seeds for year in years]
    named = {
        "crps": [s.crps for s in found],
        "crps active": [s.crps_active for s in found],
        "ign": [s.ign for s in found],
        "mis": [s.mis for s in found],
        "coverage": [s.coverage for s in found],
        "coverage active": [s.coverage_active for s in found],
        "pit active": [s.pit_distance_active for s in found],
    } | {f"brier {level}": [s.brier[level] for s in found] for level in found[0].brier}
    return {name: float(np.mean(values)) for name, values in named.items()}


def worst_difference(panel: Panel) -> float:
    """How far the zero forecast's scores lie from the figures that forecast_scores.csv holds for 2018-21: of its models the only one whose draws follow from
    the panel file (all others were drawn by chance, or are files of other teams)."""
    kept = {(row["model"], int(row["year"])): row for row in csv.DictReader(io.StringIO(_read(SCORES).decode()))}
    worst = 0.0
    for year in (2018, *YEARS):
        scores, row = score_year(MODELS["zero"], panel, year=year, seed=0), kept["zero", year]
        found = {"crps": scores.crps, "ign": scores.ign, "mis": scores.mis, "crps_active": scores.crps_active, "cov90": scores.coverage}
        worst = max(worst, *(abs(value - float(row[name])) for name, value in found.items()))
    return worst


def seconds_of(incidents: int) -> float:
    """CPU seconds from columns of so many incidents in 120 months, 40 countries and 12 families, to the panel of a day and its forecasts."""
    known = made_up(incidents)
    began = time.process_time()
    panel, _ = count_known(known, date(2023, 12, 31), scope=check_scope(level="country"))
    made = make_forecast(panel, made_at=datetime(2024, 1, 5, tzinfo=UTC))
    assert not isinstance(made, NotTestable)
    return time.process_time() - began


def made_up(incidents: int) -> KnownIncidents:
    """Incidents at random, each known some days after its month began."""
    rng = np.random.default_rng(1)
    month = month_of(date(2014, 1, 1)) + rng.integers(0, 120, incidents)
    since = np.sort(date(2014, 1, 1).toordinal() + rng.integers(0, 3_650, incidents))
    return KnownIncidents(
        since=since,
        until=np.full(incidents, np.iinfo(np.int64).max),
        month=month,
        family=rng.integers(0, 12, incidents),
        country=_skewed(rng, incidents, 40),
        admin1=_skewed(rng, incidents, 400),
        happened=np.ones(incidents, dtype=np.bool_),
        families=tuple(f"family {number}" for number in range(12)),
        countries=tuple(f"C{number}" for number in range(40)),
        provinces=tuple(f"C{number // 10}/P{number}" for number in range(400)),
        entries=since,
    )


def _skewed(rng: np.random.Generator, many: int, of: int) -> NDArray[np.int64]:
    return np.minimum(rng.geometric(4 / of, many) - 1, of - 1)


def _read(path: Path) -> bytes:
    if not path.exists():
        raise Skipped(f"{path.name} is not here")
    return path.read_bytes()


def main() -> None:
    """Print every model's means over 2019-21 and five seeds."""
    panel = load_views()
    for model in MODELS.values():
        means = mean_scores(model, panel, years=YEARS, seeds=SEEDS)
        print(f"{model.name:18}", "  ".join(f"{name} {value:.4f}" for name, value in means.items()), flush=True)


if __name__ == "__main__":
    main()
