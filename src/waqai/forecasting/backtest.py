"""What models would have been worth: forecasts from past origins, each with the data as they were known then, scored on what is known now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from waqai.forecasting.models import BESIDE, DEFAULT, DRAWS, MODELS, Model
from waqai.forecasting.months import last_day, name_month
from waqai.forecasting.panel import Panel
from waqai.forecasting.scope import check_scope
from waqai.forecasting.scores import CellScores, Scores, score_cells, summarise
from waqai.patterns.testable import NotTestable

MIN_MONTHS = 24
"""A forecast needs so many whole months before its origin, as known at the origin: two of the pool's parts look back two years."""
MIN_EVENTS = 50
"""And so many incidents (or deaths) in them, in all units together; the same floor as for near-repeat curves."""
Then: TypeAlias = Callable[[int], Panel]
"""The panel as it was known when a month ended, up to that month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """One model's scores over all cells of the backtest, and its mean CRPS by origin month, in the order of the origins."""

    model: str
    version: str
    scores: Scores
    crps_by_origin: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """Every model's scores on the same cells, the reference (`BESIDE`) always among them. `origins` are the last months that forecasts were made from.

    `left_out`: origins that could not be used, each with the reason. `units_later`: units that first appear after the first origin, over all origins: nobody
    could have forecast them, and no score counts them.
    """

    origins: tuple[int, ...]
    horizons: tuple[int, ...]
    seed: int
    tested: tuple[Tested, ...]
    left_out: tuple[tuple[int, str], ...]
    units_later: int

    def of(self, model: str) -> Tested:
        """The model's scores. Raises KeyError for one that was not tested."""
        return {one.model: one for one in self.tested}[model]


def find_shortfall(panel: Panel) -> str | None:
    """Why nothing is forecast from this panel, in words; None where it carries a forecast."""
    if panel.months < MIN_MONTHS:
        known = f"known on {panel.known_on.isoformat()}: {panel.months} whole month{'' if panel.months == 1 else 's'}"
        return f"the record is too short ({known}); a forecast needs {MIN_MONTHS} months of it"
    found = int(panel.counts.sum())
    if found < MIN_EVENTS:
        return f"the record is too thin ({found} {panel.scope.measure} in {panel.months} months, known on {panel.known_on.isoformat()}); it takes {MIN_EVENTS}"
    return None


def run_backtest(
    then: Then,
    now: Panel,
    *,
    origins: Sequence[int],
    horizons: Sequence[int],
    seed: int,
    models: Sequence[Model] = (DEFAULT,),
    count: int = DRAWS,
) -> Backtest | NotTestable:
    """The models' scores, and the reference's beside them. `then` gives what was known at an origin, `now` what is held to have happened.

    Of an origin only the horizons that `now` holds are scored. NotTestable where no origin carries a forecast: the record of then was too short or too thin,
    or its months ahead are not over. Raises BeyondBounds where `now` counts what is not forecast.
    """
    chosen = (*models, *([] if any(model.name == BESIDE.name for model in models) else [BESIDE]))
    check_scope(level=now.scope.level, families=now.scope.families, measure=now.scope.measure)
    cells: dict[str, list[CellScores]] = {model.name: [] for model in chosen}
    chances = {model.name: np.random.default_rng(seed) for model in chosen}
    used, left_out, later = list[int](), list[tuple[int, str]](), set[str]()
    for origin in origins:
        past = then(origin)
        there = [h for h in horizons if now.first_month <= origin + h <= now.last_month]
        why = find_shortfall(past) if there else f"none of its months ahead is over by {name_month(now.last_month)}"
        if why is not None:
            left_out.append((origin, why))
            continue
        seen = now.in_months([origin + h for h in there], units=past.units)
        for model in chosen:
            draws = model.forecast(past.counts, horizons=there, seed=seed, count=count)
            cells[model.name].append(score_cells(draws.reshape(-1, count), seen.reshape(-1), rng=chances[model.name]))
        used.append(origin)
        later |= set(now.units) - set(past.units)
    if not used:
        return NotTestable(why=_tell_none(left_out))
    tested = tuple(_sum_up(model, cells[model.name]) for model in chosen)
    return Backtest(origins=tuple(used), horizons=tuple(horizons), seed=seed, tested=tested, left_out=tuple(left_out), units_later=len(later))


def then_of(panel: Panel) -> Then:
    """What was known at an origin, of counts that are never corrected afterwards."""
    return panel.until


def _sum_up(model: Model, cells: Sequence[CellScores]) -> Tested:
    by_origin = tuple(float(one.crps.mean()) for one in cells)
    return Tested(model=model.name, version=model.version, scores=summarise(cells), crps_by_origin=by_origin)


def _tell_none(left_out: Sequence[tuple[int, str]]) -> str:
    if not left_out:
        return "no month was named from which to forecast; name one that the record holds"
    origin, why = left_out[-1]
    tried = f"of {len(left_out)} origin{'' if len(left_out) == 1 else 's'}, the last, {last_day(origin).isoformat()}, says why"
    return f"no past forecast can be tested: {tried}: {why}"


def models_named(names: Sequence[str]) -> tuple[Model, ...]:
    """The models of these names. Raises KeyError.

    >>> [model.version for model in models_named(["pool", "zero"])]
    ['1', '1']
    """
    known: Mapping[str, Model] = MODELS
    return tuple(known[name] for name in names)
