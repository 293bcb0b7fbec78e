"""Forecasts that are registered before they could be known, and what is shown of them.

A forecast is kept with its hash, and the database refuses to change it. Its model is shown where it was scored beside the reference (conflictology-12), or has
a backtest that stands beside it: what nobody measured is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from math import isnan
from typing import Any

import sqlalchemy as sa

from waqai.core import NotPossible, StoreError, to_plain
from waqai.forecasting import BESIDE, Backtest, Forecast, Made, Scope, check_scope
from waqai.forecasting.forecast import forecast_of
from waqai.schema.columns import plain_json
from waqai.schema.forecasts import backtests, forecasts, scores
from waqai.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What one month of a forecast was worth. `seen`: the count, as it was known when `known_on` ended, with entries up to `data_as_of`.

    `values` by name: crps, ign (and which ignorance score that is, `ign_variant`), interval_score, covered (0 or 1), brier_1, brier_25, brier_100, and between
    which shares of its draws the count fell (`pit_low`, `pit_high`).
    """

    month: date
    scored_at: datetime
    known_on: date
    data_as_of: int
    seen: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A forecast with its scores so far, by month."""

    forecast: Forecast
    registered_at: datetime
    scored: tuple[Scored, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBacktest:
    """A backtest as it was kept: its plain form, see `Backtest`."""

    scope: Scope
    registered_at: datetime
    plain: Mapping[str, Any]

    @property
    def models(self) -> frozenset[tuple[str, str]]:
        """(name, version) of the models that were tested."""
        return frozenset((one["model"], one["version"]) for one in self.plain["tested"])


def register_forecasts(made: Made, store: Store, *, at: datetime) -> tuple[str, ...]:
    """Keep forecasts and the reference's beside them; their ids. One that is there already is left as it is.

    Raises NotPossible for a forecast whose first month has begun, that is made or knows of what is after `at`, or that has no reference beside it; BeyondBounds
    for one that is finer than the bounds allow.
    """
    _check_beside(made)
    with store.writing() as connection:
        last = store.last_entry()
        for one in made.all:
            _check(one, at=at, last=last)
        known = set(connection.scalars(sa.select(forecasts.c.id).where(forecasts.c.id.in_([one.id for one in made.all]))))
        rows = [_row_of(one, at=at) for one in made.all if one.id not in known]
        if rows:
            connection.execute(forecasts.insert(), rows)
    return tuple(one.id for one in made.all)


def list_forecasts(store: Store, *, scope: Scope | None = None) -> tuple[Registered, ...]:
    """Every forecast that was registered, shown or not, in the order of registering: for who keeps the register.

    Raises StoreError for a forecast that is not what was registered: its words do not give its id.
    """
    with store.reading() as connection:
        chosen = sa.select(forecasts).order_by(forecasts.c.registered_at, forecasts.c.id)
        rows = connection.execute(chosen if scope is None else chosen.where(forecasts.c.scope == line_of(scope))).all()
        marks = _scores_of(connection)
    return tuple(Registered(forecast=_read(row), registered_at=row.registered_at, scored=tuple(marks.get(row.id, ()))) for row in rows)


def list_shown(store: Store, *, scope: Scope | None = None) -> tuple[Registered, ...]:
    """The forecasts of models that were measured, within their scope, as `list_forecasts`."""
    found = list_forecasts(store, scope=scope)
    measured = find_measured(found, list_backtests(store, scope=scope))
    return tuple(one for one in found if (line_of(one.forecast.scope), one.forecast.model, one.forecast.version) in measured)


def find_measured(found: Iterable[Registered], tested: Iterable[KeptBacktest]) -> frozenset[tuple[str, str, str]]:
    """(scope's line, model, version) of the models that have a scored month for which the reference has one too, or a backtest."""
    listed = list(found)
    beside = {(line_of(one.forecast.scope), one.forecast.unit, mark.month) for one in listed if one.forecast.model == BESIDE.name for mark in one.scored}
    scored = {
        (line_of(one.forecast.scope), one.forecast.model, one.forecast.version)
        for one in listed
        if any((line_of(one.forecast.scope), one.forecast.unit, mark.month) in beside for mark in one.scored)
    }
    return frozenset(scored | {(line_of(kept.scope), name, version) for kept in tested for name, version in kept.models})


def add_backtest(backtest: Backtest, store: Store, *, scope: Scope, at: datetime) -> str:
    """Keep a backtest, which always has the reference in it; its id. Raises NotPossible for one without, BeyondBounds as `check_scope` does."""
    check_scope(level=scope.level, families=scope.families, measure=scope.measure)
    if all(one.model != BESIDE.name for one in backtest.tested):
        raise NotPossible(f"a backtest is kept with {BESIDE.name} in it; run it with the reference beside the models")
    plain = {"scope": to_plain(scope)} | _without_nan(to_plain(backtest))
    kept = sha256(plain_json(plain).encode()).hexdigest()
    with store.writing() as connection:
        if connection.scalar(sa.select(backtests.c.id).where(backtests.c.id == kept)) is None:
            connection.execute(backtests.insert(), {"id": kept, "registered_at": at, "scope": line_of(scope), "plain": plain})
    return kept


def list_backtests(store: Store, *, scope: Scope | None = None) -> tuple[KeptBacktest, ...]:
    """The backtests that were kept, in order."""
    chosen = sa.select(backtests).order_by(backtests.c.registered_at, backtests.c.id)
    with store.reading() as connection:
        rows = connection.execute(chosen if scope is None else chosen.where(backtests.c.scope == line_of(scope))).all()
    return tuple(KeptBacktest(scope=_scope_of(row.plain["scope"]), registered_at=row.registered_at, plain=row.plain) for row in rows)


def line_of(scope: Scope) -> str:
    """The scope in one line.

    >>> line_of(Scope(level="country", families=("combat", "unrest"), measure="incidents"))
    'country incidents combat,unrest'
    """
    return f"{scope.level} {scope.measure} {','.join(scope.families) or 'all'}"


def _check_beside(made: Made) -> None:
    beside = {(one.unit, one.months) for one in made.beside if one.model == BESIDE.name}
    alone = sorted({one.unit for one in made.forecasts if (one.unit, one.months) not in beside})
    if alone:
        raise NotPossible(f"the forecast for {alone[0]!r} has no {BESIDE.name} for the same months beside it; register what make_forecast gave, whole")


def _check(one: Forecast, *, at: datetime, last: int) -> None:
    check_scope(level=one.scope.level, families=one.scope.families, measure=one.scope.measure)
    if at.tzinfo is None or one.made_at.tzinfo is None:
        raise NotPossible("a forecast is made and registered at instants: give them a time zone (UTC)")
    today = at.astimezone(UTC).date()
    if one.starts <= today:
        raise NotPossible(
            f"the forecast for {one.unit!r} begins on {one.starts.isoformat()}, and it is {today.isoformat()}: only what is still ahead is registered"
        )
    if one.made_at > at or one.known_on > today:
        raise NotPossible(
            f"the forecast for {one.unit!r} says it was made at {one.made_at.isoformat()} with what was known on {one.known_on}, after {at.isoformat()}"
        )
    if one.data_as_of is None or one.data_as_of > last:
        raise NotPossible(
            f"the forecast for {one.unit!r} was made with entries up to {one.data_as_of!r}, and the log ends with {last}: it is not of this store"
        )


def _row_of(one: Forecast, *, at: datetime) -> dict[str, Any]:
    about = {"id": one.id, "registered_at": at, "unit": one.unit, "scope": line_of(one.scope), "model": one.model, "version": one.version}
    return about | {"data_as_of": one.data_as_of, "starts": one.starts, "ends": one.ends, "plain": one.to_plain()}


def _read(row: Any) -> Forecast:
    found = forecast_of(row.plain)
    if found.id != row.id:
        raise StoreError(f"forecast {row.id[:12]} for {row.unit!r} is not what was registered: its words do not give its id; restore the store from a backup")
    return found


def _scores_of(connection: sa.Connection) -> dict[str, list[Scored]]:
    found: dict[str, list[Scored]] = {}
    for row in connection.execute(sa.select(scores).order_by(scores.c.forecast, scores.c.month)):
        mark = Scored(month=row.month, scored_at=row.scored_at, known_on=row.known_on, data_as_of=row.data_as_of, seen=row.seen, values=row.plain)
        found.setdefault(row.forecast, []).append(mark)
    return found


def _scope_of(plain: Mapping[str, Any]) -> Scope:
    return Scope(level=plain["level"], families=tuple(plain["families"]), measure=plain["measure"])


def _without_nan(value: Any) -> Any:
    """JSON has no nan: None stands for it."""
    if isinstance(value, float):
        return None if isnan(value) else value
    if isinstance(value, dict):
        return {name: _without_nan(one) for name, one in value.items()}
    return [_without_nan(one) for one in value] if isinstance(value, list) else value
