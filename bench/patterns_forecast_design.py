"""What the default forecaster was chosen on: windows that no target is measured on.

    python -m bench.patterns_forecast_design

The VIEWS panel's windows 2017 and 2018, and each year from 1996 to 2018 of the African countries' panel (1990 to 2020), 3 to 14 months ahead of the October
before. Prints the means of every model and of pools that were weighed, CRPS also relative to conflictology-12's of the same window; then pools whose weights
were learned at each window from the three before it. docs/decisions/0061 tells what was chosen.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.patterns_forecasts import FOLDER, HORIZONS, _read, load_views, origin_of
from waqai.forecasting import DEFAULT, MODELS, Model, Panel, check_scope, make_panel, regression, score_draws
from waqai.forecasting.models import Drawer, _conflictology, _moments, _pool, _regression
from waqai.forecasting.months import month_of

AFRICA = FOLDER / "africa_country_month_1990_2020.csv.gz"
VIEWS_YEARS, AFRICA_YEARS = (2017, 2018), tuple(range(1996, 2019))
PARTS: Mapping[str, Drawer] = {
    "regression": _regression,
    "moments 12": partial(_moments, months=12),
    "moments 6": partial(_moments, months=6),
    "counts of 12": partial(_conflictology, months=12),
    "counts of 24": partial(_conflictology, months=24),
    "counts of 36": partial(_conflictology, months=36),
}
WEIGHED = {
    "all six alike": (1, 1, 1, 1, 1, 1),
    "five, no counts of 12": (1, 1, 1, 0, 1, 1),
    "five, no counts of 36": (1, 1, 1, 1, 1, 0),
    "pool (chosen)": (0.3, 0.2, 0.2, 0, 0.2, 0.1),
    "more regression": (0.4, 0.2, 0.2, 0, 0.2, 0),
    "regression and moments": (0.5, 0.5, 0, 0, 0, 0),
}
PENALTIES = (0.001, 0.1, 1.0)
LEARNING_DRAWS = 200
SETTINGS = ((72, 10.0), (36, 10.0), (18, 10.0), (72, 1.0), (72, 100.0))  # of the regression: origins and penalty


def load_africa() -> Panel:
    """Deaths in state-based conflict by country and month, of the countries that the file counts in every month."""
    rows = defaultdict[str, dict[int, int]](dict)
    for row in csv.DictReader(io.StringIO(gzip.decompress(_read(AFRICA)).decode())):
        if row["ged_best_sb"]:
            rows[row["country_iso3"]][int(row["month_id"])] = round(float(row["ged_best_sb"]))
    months = sorted(set[int]().union(*(found for found in rows.values())))
    units = sorted(unit for unit, found in rows.items() if len(found) == len(months))
    first = month_of(date(1980, 1, 1)) + months[0] - 1
    return make_panel(
        [[rows[unit][month] for month in months] for unit in units], units=units, first_month=first, scope=check_scope(level="country", measure="deaths")
    )


def pools() -> dict[str, Model]:
    """The models, and the pools that were weighed."""
    weighed = {
        name: Model(name=name, version="design", draw=partial(_pool, parts=[(share, PARTS[part]) for share, part in zip(shares, PARTS, strict=True) if share]))
        for name, shares in WEIGHED.items()
    }
    return dict(MODELS) | weighed


def print_windows(panel: Panel, *, years: Sequence[int], told: str) -> None:
    """A line for each model."""
    base: list[float] = []
    print(f"{told}: {len(panel.units)} countries, {len(years)} windows")
    for name, model in sorted(pools().items(), key=lambda pair: pair[0] != "conflictology-12"):
        found = [_score(model.forecast(panel.until(origin_of(year)).counts, horizons=HORIZONS, seed=1), panel, year) for year in years]
        base = base or [one.crps for one in found]
        relative = np.mean([one.crps / reference for one, reference in zip(found, base, strict=True)])
        means = {"CRPS": "crps", "IGN": "ign", "MIS": "mis", "coverage active": "coverage_active"}
        line = "  ".join(f"{label} {np.mean([getattr(one, field) for one in found]):.4f}" for label, field in means.items())
        print(f"  {name:24} relative {relative:.4f}  {line}  Brier 25 {np.mean([one.brier[25] for one in found]):.4f}", flush=True)


def print_settings(panel: Panel, *, years: Sequence[int], told: str) -> None:
    """The pool's CRPS with other settings of its regression."""
    kept = regression.ORIGINS, regression.RIDGE
    for origins, ridge in SETTINGS:
        regression.ORIGINS, regression.RIDGE = origins, ridge
        found = [_score(DEFAULT.forecast(panel.until(origin_of(year)).counts, horizons=HORIZONS, seed=1), panel, year).crps for year in years]
        print(f"  {told}: {origins} origins, penalty {ridge:g}: CRPS {np.mean(found):.4f}", flush=True)
    regression.ORIGINS, regression.RIDGE = kept


def print_learned(panel: Panel, *, years: Sequence[int]) -> None:
    """Pools with learned weights, relative to conflictology-12, beside the chosen weights: what the three windows before said is best, held by a penalty on
    the distance from equal weights. A pool's CRPS is quadratic in its weights, so that the best are found exactly."""
    windows = [_terms(panel, year) for year in years]
    chosen = np.array(WEIGHED["pool (chosen)"], dtype=np.float64)
    for name, weights in {"chosen": chosen, "equal": np.full(len(PARTS), 1 / len(PARTS))}.items():
        print(f"  {name:24} relative {np.mean([_crps(weights, *one) for one in windows[3:]]):.4f}")
    for penalty in PENALTIES:
        found = [_crps(_learn(windows[place - 3 : place], penalty), *windows[place]) for place in range(3, len(windows))]
        print(f"  learned, penalty {penalty:<7} relative {np.mean(found):.4f}", flush=True)


def _score(draws: NDArray[Any], panel: Panel, year: int) -> Any:
    seen = panel.in_months([origin_of(year) + h for h in HORIZONS], units=panel.units)
    return score_draws(draws.reshape(-1, draws.shape[-1]), seen.reshape(-1))


def _terms(panel: Panel, year: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """(mean |X - y| of each part, mean |X - X'| of each two), over the CRPS of the counts of 12 months."""
    past = panel.until(origin_of(year)).counts
    seen = panel.in_months([origin_of(year) + h for h in HORIZONS], units=panel.units).reshape(-1, 1)
    made: Mapping[str, Model] = {name: Model(name=name, version="design", draw=draw) for name, draw in PARTS.items()}
    drawn = [one.forecast(past, horizons=HORIZONS, seed=1, count=LEARNING_DRAWS).reshape(len(seen), -1) for one in made.values()]
    off = np.array([np.abs(one - seen).mean() for one in drawn])
    own = [_spread(one) for one in drawn]
    apart = np.array([[(4 * _spread(np.concatenate([a, b], axis=1)) - own[i] - own[j]) / 2 for j, b in enumerate(drawn)] for i, a in enumerate(drawn)])
    reference = list(PARTS).index("counts of 12")
    scale = off[reference] - apart[reference, reference] / 2
    return off / scale, apart / scale


def _spread(draws: NDArray[Any]) -> float:
    """Mean |X - X'| over all pairs of a cell's draws, over all cells."""
    ordered, count = np.sort(draws, axis=1), draws.shape[1]
    return float((ordered @ (2 * (2.0 * np.arange(1, count + 1) - count - 1) / count**2)).mean())


def _crps(weights: NDArray[Any], off: NDArray[Any], apart: NDArray[Any]) -> float:
    return float(weights @ off - weights @ apart @ weights / 2)


def _learn(windows: Sequence[tuple[NDArray[Any], NDArray[Any]]], penalty: float) -> NDArray[Any]:
    off, apart = (np.mean([one[place] for one in windows], axis=0) for place in (0, 1))
    equal = np.full(len(off), 1 / len(off))

    def loss(weights: NDArray[Any]) -> float:
        return _crps(weights, off, apart) + penalty * float(((weights - equal) ** 2).sum())

    whole = {"type": "eq", "fun": lambda weights: weights.sum() - 1}
    found = minimize(loss, equal, bounds=[(0, 1)] * len(off), constraints=whole, method="SLSQP")
    return np.asarray(found.x)


def main() -> None:
    """Print all of it; some three minutes of processor time."""
    print_windows(load_views(), years=VIEWS_YEARS, told="VIEWS, 2017 and 2018")
    africa = load_africa()
    print_windows(africa, years=AFRICA_YEARS, told="Africa, 1996 to 2018")
    print_learned(africa, years=AFRICA_YEARS)
    print_settings(load_views(), years=VIEWS_YEARS, told="VIEWS")
    print_settings(africa, years=AFRICA_YEARS, told="Africa")


if __name__ == "__main__":
    main()
