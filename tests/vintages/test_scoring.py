from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from growing import report_months, tell
from waqai.forecasting import BESIDE, MODELS, Backtest, Made, check_scope, count_known, make_forecast, score_draws
from waqai.forecasting.months import last_day, month_of
from waqai.patterns.testable import NotTestable
from waqai.store import Store, open_store
from waqai.vintages import backtest_known, list_due, list_forecasts, list_shown, load_known, panel_of, register_forecasts, score_due
from waqai.vintages.scoring import SETTLING_DAYS, score_month

EXITS = check_scope(level="country", families=["custody_exit"])
MADE = datetime(2022, 7, 4, 9, tzinfo=UTC)
AUGUST = month_of(date(2022, 8, 1))


@pytest.fixture
def small(new_address: Callable[[str], str]) -> Iterator[Store]:
    """An empty store, on one engine: what is asked here are columns in memory."""
    with open_store(new_address("sqlite")) as opened:
        yield opened


def register(store: Store) -> None:
    """Forecasts of August and September from what was known at the end of June."""
    panel, _ = panel_of(store, date(2022, 6, 30), scope=EXITS)
    made = make_forecast(panel, made_at=MADE, horizons=(2, 3), count=60)
    assert isinstance(made, Made)
    register_forecasts(made, store, at=MADE)


def tell_august(store: Store) -> None:
    """Three escapes in August, the last of which becomes known in October."""
    for name, day, known in (("x", 2, date(2022, 8, 9)), ("y", 20, date(2022, 8, 30)), ("z", 25, date(2022, 10, 20))):
        tell(store, name, day=date(2022, 8, day), country="SY", at=datetime(known.year, known.month, known.day, 12, tzinfo=UTC))


def test_a_month_is_scored_once_when_it_had_time_to_be_reported_and_stays_as_it_was_scored(small: Store) -> None:
    report_months(small)
    register(small)
    tell_august(small)
    settled = datetime(2022, 8, 31, 12, tzinfo=UTC) + timedelta(days=SETTLING_DAYS)
    assert score_due(small, at=settled - timedelta(days=1)) == 0
    due = list_due(small, at=settled)
    assert sorted((one.registered.forecast.unit, one.months) for one in due) == [("IQ", (AUGUST,))] * 2 + [("SY", (AUGUST,))] * 2
    assert score_due(small, at=settled) == 4
    assert list_due(small, at=settled) == () and score_due(small, at=settled) == 0
    marks = {(one.forecast.unit, one.forecast.model): one.scored for one in list_forecasts(small)}
    (mark,) = marks["SY", "pool"]
    assert (mark.month, mark.seen, mark.known_on) == (date(2022, 8, 1), 2, settled.date() - timedelta(days=1))
    assert marks["IQ", BESIDE.name][0].seen == 0
    assert score_due(small, at=datetime(2022, 12, 1, tzinfo=UTC)) == 4  # September; the third escape of August came too late for its score
    assert [mark.seen for one in list_forecasts(small) if one.forecast.unit == "SY" for mark in one.scored] == [2, 0] * 2


def test_scored_models_are_shown(small: Store) -> None:
    report_months(small)
    register(small)
    assert list_shown(small) == ()
    score_due(small, at=datetime(2022, 10, 15, tzinfo=UTC))
    assert len(list_shown(small)) == 4


def test_the_score_of_a_month_is_that_of_its_draws(small: Store) -> None:
    report_months(small)
    register(small)
    forecast = list_forecasts(small)[0].forecast
    draws = forecast.draws_of(AUGUST)
    values, whole = score_month(forecast, AUGUST, seen=3), score_draws(draws[None, :], np.array([3]))
    assert values["crps"] == pytest.approx(whole.crps)
    assert (values["ign"], values["interval_score"], values["covered"]) == pytest.approx((whole.ign, whole.mis, whole.coverage))
    assert (values["pit_low"], values["pit_high"]) == ((draws < 3).mean(), (draws <= 3).mean())
    assert values["brier_1"] == pytest.approx(whole.brier[1]) and values["ign_variant"] == whole.ign_variant


def test_a_backtest_uses_what_the_store_knew_then(small: Store) -> None:
    report_months(small, late_days=25)  # whose last escapes of a month are known after its end
    known, horizons = load_known(small), (2,)
    found = backtest_known(known, scope=EXITS, today=date(2022, 10, 1), horizons=horizons, seed=1, models=(), every=1)
    assert isinstance(found, Backtest)
    origin = found.origins[0]
    then, _ = count_known(known, last_day(origin), scope=EXITS)
    now, _ = count_known(known, date(2022, 10, 1), scope=EXITS)
    assert then.counts[:, -1].sum() == 1 < now.in_months([origin], units=now.units).sum() == 2
    draws = BESIDE.forecast(then.counts, horizons=horizons, seed=1)
    seen = now.in_months([origin + 2], units=then.units)
    assert found.tested[0].crps_by_origin[0] == score_draws(draws.reshape(-1, draws.shape[-1]), seen.reshape(-1), seed=1).crps
    assert {why.split(" (")[0] for _, why in found.left_out} == {"the record is too short", "the record is too thin"}


def test_a_store_that_began_lately_cannot_be_tested_however_long_ago_its_incidents_were(small: Store) -> None:
    """All of it came in on one day: before that the store knew nothing."""
    with small.transaction():
        for number in range(60):
            day = date(2020 + number % 28 // 12, number % 28 % 12 + 1, 3)
            tell(small, f"e{number}", day=day, country="SY", at=datetime(2022, 7, 1, tzinfo=UTC))
    known = load_known(small)
    found = backtest_known(known, scope=EXITS, today=date(2022, 8, 15), horizons=(2,), seed=1, models=[MODELS["zero"]])
    assert isinstance(found, NotTestable)
    assert [count_known(known, date(2022, *day), scope=EXITS)[0].counts.sum() for day in ((6, 30), (7, 1))] == [0, 60]
