"""Score what is due: months of registered forecasts that are over and have had time to be reported, by what is known when they are scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import sqlalchemy as sa

from waqai.forecasting import IGN_VARIANT, Backtest, Forecast, KnownIncidents, Model, Scope, count_known, run_backtest
from waqai.forecasting import scores as measures
from waqai.forecasting.known import origin_months
from waqai.forecasting.models import DEFAULT
from waqai.forecasting.months import first_day, last_day, last_whole_month
from waqai.patterns.testable import NotTestable
from waqai.schema.forecasts import scores
from waqai.store import Store
from waqai.vintages.register import Registered, list_forecasts
from waqai.vintages.vintages import load_known

SETTLING_DAYS = 31
"""A month is scored when so many days have gone by since its end: reports of it still come in, and its count is hardly ever whole on its last day. As long as
an account without a day is looked for before its report (`store.facts.NEWS_DAYS`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A registered forecast with its months that are to be scored."""

    registered: Registered
    months: tuple[int, ...]


def list_due(store: Store, *, at: datetime) -> tuple[Due, ...]:
    """Forecasts with months that can be scored and were not."""
    settled = at.astimezone(UTC).date() - timedelta(days=SETTLING_DAYS)
    found = []
    for one in list_forecasts(store):
        scored = {mark.month for mark in one.scored}
        months = tuple(month for month in one.forecast.months if last_day(month) <= settled and first_day(month) not in scored)
        if months:
            found.append(Due(registered=one, months=months))
    return tuple(found)


def score_due(store: Store, *, at: datetime) -> int:
    """Score every month that is due, by the counts as they were known when the day (UTC) before `at` ended: of a day that is over nothing changes any more.

    How many months were scored. A score stays as it is, also where another program scores at the same time.
    """
    due = list_due(store, at=at)
    if not due:
        return 0
    known, day = load_known(store), at.astimezone(UTC).date() - timedelta(days=1)
    rows = [row for scope in _scopes(due) for row in _score_scope([one for one in due if one.registered.forecast.scope == scope], known, day)]
    with store.writing() as connection:
        there = {tuple(key) for key in connection.execute(sa.select(scores.c.forecast, scores.c.month))}
        new = [row | {"scored_at": at} for row in rows if (row["forecast"], row["month"]) not in there]
        if new:
            connection.execute(scores.insert(), new)
    return len(new)


def backtest_known(
    known: KnownIncidents,
    *,
    scope: Scope,
    today: date,
    horizons: Sequence[int],
    seed: int,
    models: Sequence[Model] = (DEFAULT,),
    every: int = 1,
) -> Backtest | NotTestable:
    """The models' scores from the ends of past months, `every` so many, each with what the store knew then; what happened is what is known when `today` ends,
    of months that had time to be reported. NotTestable where the store did not know enough, early enough."""
    settled = last_whole_month(today - timedelta(days=SETTLING_DAYS))
    now, _ = count_known(known, today, scope=scope, last_month=settled)
    origins = [origin for origin in origin_months(known, until=today) if origin + min(horizons) <= settled][::-every][::-1]
    return run_backtest(lambda origin: count_known(known, last_day(origin), scope=scope)[0], now, origins=origins, horizons=horizons, seed=seed, models=models)


def score_month(forecast: Forecast, month: int, *, seen: int) -> dict[str, Any]:
    """The scores of one month by name, as `Scored` has them."""
    draws, happened = forecast.draws_of(month)[None, :], np.array([seen])
    one = measures.score_cells(draws, happened, rng=np.random.default_rng(0))
    said = {"crps": one.crps, "ign": one.ign, "interval_score": one.interval} | {f"brier_{level}": found for level, found in one.brier.items()}
    fell = {"pit_low": float((draws < seen).mean()), "pit_high": float((draws <= seen).mean())}
    return {name: float(found[0]) for name, found in said.items()} | fell | {"covered": int(one.covered[0]), "ign_variant": IGN_VARIANT}


def _scopes(due: Sequence[Due]) -> tuple[Scope, ...]:
    return tuple(dict.fromkeys(one.registered.forecast.scope for one in due))


def _score_scope(due: Sequence[Due], known: KnownIncidents, day: date) -> list[dict[str, Any]]:
    """A row for each month that is due, all of one scope."""
    months = [month for one in due for month in one.months]
    units = tuple(sorted({one.registered.forecast.unit for one in due}))
    panel, _ = count_known(known, day, scope=due[0].registered.forecast.scope, first_month=min(months), last_month=max(months), units=units)
    row = {unit: number for number, unit in enumerate(units)}
    found = []
    for one in due:
        forecast = one.registered.forecast
        for month in one.months:
            seen = int(panel.counts[row[forecast.unit], month - panel.first_month])
            about = {"forecast": forecast.id, "month": first_day(month), "known_on": day, "data_as_of": panel.last_entry, "seen": seen}
            found.append(about | {"plain": score_month(forecast, month, seen=seen)})
    return found
