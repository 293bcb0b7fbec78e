"""A forecast as it is made, kept and scored: one unit, its months ahead, the distribution of each, and what it was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waqai.core import BadQuestion
from waqai.forecasting.backtest import find_shortfall
from waqai.forecasting.draws import pack, unpack
from waqai.forecasting.models import BESIDE, DEFAULT, DRAWS, Model
from waqai.forecasting.months import first_day, last_day, name_month
from waqai.forecasting.panel import Panel
from waqai.forecasting.scope import Scope, check_scope
from waqai.patterns.testable import NotTestable

HORIZONS = tuple(range(2, 8))
"""The six months after the one in which a forecast is made from the months before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The predictive distributions of one unit's counts. `months` are the months ahead, in order; `packed` holds for each the draws as [value, how often].

    `data_as_of` is the newest entry of the log that the counts were made with (None: they are no store's), `known_on` the day whose end that was. `seed` and
    `model` make the same again from the same counts.
    """

    unit: str
    scope: Scope
    made_at: datetime
    known_on: date
    data_as_of: int | None
    model: str
    version: str
    seed: int
    months: tuple[int, ...]
    packed: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def starts(self) -> date:
        """The first day that it speaks of."""
        return first_day(self.months[0])

    @property
    def ends(self) -> date:
        """The last day that it speaks of."""
        return last_day(self.months[-1])

    @property
    def id(self) -> str:
        """SHA-256 of all that it says, hex: who changes a word of it has another forecast."""
        return sha256(json.dumps(self.to_plain(), sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def draws_of(self, month: int) -> NDArray[np.int64]:
        """The equally likely counts of one of its months, by size. Raises BadQuestion for another month."""
        if month not in self.months:
            raise BadQuestion(
                f"the forecast for {self.unit} speaks of {name_month(self.months[0])} to {name_month(self.months[-1])}, not of {name_month(month)}"
            )
        return unpack(self.packed[self.months.index(month)])

    def quantiles_of(self, month: int, levels: Sequence[float]) -> tuple[float, ...]:
        """Quantiles of that month's count. Raises BadQuestion for another month."""
        return tuple(float(one) for one in np.quantile(self.draws_of(month), levels))

    def to_plain(self) -> dict[str, Any]:
        """All that it says, as JSON holds it."""
        return {
            "unit": self.unit,
            "level": self.scope.level,
            "families": list(self.scope.families),
            "measure": self.scope.measure,
            "made_at": self.made_at.isoformat(),
            "known_on": self.known_on.isoformat(),
            "data_as_of": self.data_as_of,
            "model": self.model,
            "version": self.version,
            "seed": self.seed,
            "months": [name_month(month) for month in self.months],
            "draws": [[list(pair) for pair in cell] for cell in self.packed],
        }


def forecast_of(plain: Mapping[str, Any]) -> Forecast:
    """What `to_plain` was given. Raises BeyondBounds and BadQuestion as `check_scope` does: a file made elsewhere is held to the same bounds."""
    scope = check_scope(level=plain["level"], families=plain["families"], measure=plain["measure"])
    return Forecast(
        unit=plain["unit"],
        scope=scope,
        made_at=datetime.fromisoformat(plain["made_at"]),
        known_on=date.fromisoformat(plain["known_on"]),
        data_as_of=plain["data_as_of"],
        model=plain["model"],
        version=plain["version"],
        seed=plain["seed"],
        months=tuple(12 * int(month[:4]) + int(month[5:]) - 1 for month in plain["months"]),
        packed=tuple(tuple((int(value), int(often)) for value, often in cell) for cell in plain["draws"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One run of forecasts: every unit's by the model that was asked for, and the reference's beside it, in the order of the panel's units."""

    forecasts: tuple[Forecast, ...]
    beside: tuple[Forecast, ...]

    @property
    def all(self) -> tuple[Forecast, ...]:
        return self.forecasts + self.beside


def make_forecast(
    panel: Panel,
    *,
    made_at: datetime,
    horizons: Sequence[int] = HORIZONS,
    seed: int = 0,
    model: Model = DEFAULT,
    count: int = DRAWS,
) -> Made | NotTestable:
    """Forecasts for every unit of the panel, `horizons` months after its last one, with conflictology-12 beside them; deterministic by `seed`.

    NotTestable where the panel is too short or too thin. Raises BeyondBounds where it counts what is not forecast, BadQuestion for horizons that are none.
    """
    check_scope(level=panel.scope.level, families=panel.scope.families, measure=panel.scope.measure)
    wanted = tuple(horizons)
    if not wanted or wanted[0] < 1 or list(wanted) != sorted(set(wanted)):
        raise BadQuestion(f"horizons are months after the last one, from 1 on, each once and in order; given was {wanted!r}")
    if (why := find_shortfall(panel)) is not None:
        return NotTestable(why=why)
    made = (_forecast(panel, one, made_at=made_at, horizons=wanted, seed=seed, count=count) for one in (model, BESIDE))
    return Made(forecasts=next(made), beside=next(made))


def _forecast(panel: Panel, model: Model, *, made_at: datetime, horizons: tuple[int, ...], seed: int, count: int) -> tuple[Forecast, ...]:
    draws = model.forecast(panel.counts, horizons=horizons, seed=seed, count=count)
    return tuple(
        Forecast(
            unit=unit,
            scope=panel.scope,
            made_at=made_at,
            known_on=panel.known_on,
            data_as_of=panel.last_entry,
            model=model.name,
            version=model.version,
            seed=seed,
            months=tuple(panel.last_month + h for h in horizons),
            packed=tuple(tuple((value, often) for value, often in pack(cell)) for cell in cells),
        )
        for unit, cells in zip(panel.units, draws, strict=True)
    )
