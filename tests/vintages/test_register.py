from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from growing import report_months
from waqai.core import BeyondBounds, NotPossible, StoreError
from waqai.forecasting import BESIDE, MODELS, Backtest, Made, Scope, check_scope, make_forecast
from waqai.store import Store, open_store
from waqai.vintages import add_backtest, backtest_known, list_backtests, list_forecasts, list_shown, load_known, panel_of, register_forecasts, score_due

EXITS = check_scope(level="country", families=["custody_exit"])
AT = datetime(2022, 7, 4, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def months_of_escapes(sqlite_template: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a store with thirty months of them."""
    path = tmp_path_factory.mktemp("escapes") / "store.sqlite"
    path.write_bytes(sqlite_template)
    with open_store(path) as opened:
        report_months(opened)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


@pytest.fixture
def full(months_of_escapes: bytes, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "store.sqlite"
    path.write_bytes(months_of_escapes)
    with open_store(path) as opened:
        yield opened


def made_of(store: Store, *, at: datetime = AT, **given: object) -> Made:
    panel, _ = panel_of(store, at.date().replace(day=1), scope=EXITS)
    made = make_forecast(panel, made_at=at, count=40, **given)  # type: ignore[arg-type]
    assert isinstance(made, Made)
    return made


def test_what_is_registered_comes_back_as_it_was_with_the_reference_beside_it(full: Store) -> None:
    made = made_of(full)
    assert register_forecasts(made, full, at=AT) == tuple(one.id for one in made.all)
    assert {one.forecast for one in list_forecasts(full)} == set(made.all)
    assert [(one.unit, one.model) for one in made.all] == [("IQ", "pool"), ("SY", "pool"), ("IQ", BESIDE.name), ("SY", BESIDE.name)]
    assert list_forecasts(full, scope=check_scope(level="country")) == ()
    register_forecasts(made, full, at=AT)  # once more changes nothing
    assert len(list_forecasts(full)) == 4


def test_a_forecast_whose_first_month_has_begun_is_refused(full: Store) -> None:
    made = made_of(full, horizons=(1, 2))  # the data end with June, and July has begun
    with pytest.raises(NotPossible, match="begins on 2022-07-01, and it is 2022-07-04"):
        register_forecasts(made, full, at=AT)
    august = made_of(full, horizons=(2,))
    with pytest.raises(NotPossible, match="begins on 2022-08-01, and it is 2022-08-01"):
        register_forecasts(august, full, at=datetime(2022, 8, 1, 0, 0, 1, tzinfo=UTC))
    register_forecasts(august, full, at=datetime(2022, 7, 31, 23, 59, tzinfo=UTC))


def test_a_forecast_of_the_future_or_of_another_store_or_without_its_reference_is_refused(full: Store) -> None:
    made = made_of(full)
    with pytest.raises(NotPossible, match="says it was made at 2022-07-04"):
        register_forecasts(made, full, at=datetime(2022, 7, 3, tzinfo=UTC))
    for entry in (None, 99_999):
        of_another = replace(made, forecasts=tuple(replace(one, data_as_of=entry) for one in made.forecasts))
        with pytest.raises(NotPossible, match="not of this store"):
            register_forecasts(of_another, full, at=AT)
    with pytest.raises(NotPossible, match="no conflictology-12 for the same months"):
        register_forecasts(replace(made, beside=made.beside[:1]), full, at=AT)
    assert list_forecasts(full) == ()


def test_a_forecast_below_the_floor_is_refused_at_the_door_too(full: Store) -> None:
    made = made_of(full)
    low = Scope(level="admin1", families=("custody_exit",), measure="incidents")
    with pytest.raises(BeyondBounds, match="one prison"):
        register_forecasts(Made(forecasts=tuple(replace(one, scope=low) for one in made.forecasts), beside=made.beside), full, at=AT)


def test_both_databases_keep_what_was_registered_and_refuse_to_change_or_drop_it(store: Store) -> None:
    report_months(store, months=25)
    made, found = made_of(store, at=AT.replace(month=2)), backtest_of(store)
    register_forecasts(made, store, at=AT.replace(month=2))
    add_backtest(found, store, scope=EXITS, at=AT)
    assert score_due(store, at=AT) > 0
    for words in ("UPDATE {} SET plain = '{{}}'", "DELETE FROM {}"):
        for table in ("forecasts", "forecast_scores", "forecast_backtests"):
            with pytest.raises(StoreError, match="appended, never updated or deleted"), store.writing() as connection:
                connection.execute(sa.text(words.format(table)))
    assert {one.forecast for one in list_forecasts(store)} == set(made.all)
    assert len(list_backtests(store)) == 1


def test_a_forecast_whose_words_were_changed_behind_the_database_is_named(full: Store) -> None:
    made = made_of(full)
    register_forecasts(made, full, at=AT)
    columns = "registered_at, unit, scope, model, version, data_as_of, starts, ends, plain"
    with full.writing() as connection:
        connection.execute(sa.text(f"INSERT INTO forecasts (id, {columns}) SELECT 'forged', {columns} FROM forecasts WHERE unit = 'IQ' LIMIT 1"))
    with pytest.raises(StoreError, match="forecast forged for 'IQ' is not what was registered"):
        list_forecasts(full)


def backtest_of(store: Store, *names: str) -> Backtest:
    found = backtest_known(load_known(store), scope=EXITS, today=date(2022, 10, 1), horizons=(2,), seed=1, models=[MODELS[name] for name in names], every=6)
    assert isinstance(found, Backtest)
    return found


def test_a_model_that_nobody_measured_is_hidden_until_a_backtest_stands_beside_it(full: Store) -> None:
    made = made_of(full, model=MODELS["hurdle-24"])
    register_forecasts(made, full, at=AT)
    assert list_shown(full) == ()
    add_backtest(backtest_of(full, "zero"), full, scope=EXITS, at=AT)
    assert {one.forecast.model for one in list_shown(full)} == {BESIDE.name}  # the hurdle is still hidden
    add_backtest(backtest_of(full, "hurdle-24"), full, scope=check_scope(level="country"), at=AT)
    assert {one.forecast.model for one in list_shown(full)} == {BESIDE.name}  # that one was of all families together
    add_backtest(backtest_of(full, "hurdle-24"), full, scope=EXITS, at=AT)
    assert {one.forecast.model for one in list_shown(full)} == {BESIDE.name, "hurdle-24"}


def test_a_backtest_comes_back_as_it_was_and_never_without_the_reference(full: Store) -> None:
    found = backtest_of(full, "zero")
    kept = add_backtest(found, full, scope=EXITS, at=AT)
    assert add_backtest(found, full, scope=EXITS, at=AT) == kept
    (one,) = list_backtests(full)
    assert one.plain["tested"][0]["scores"]["crps"] == found.of("zero").scores.crps
    assert one.models == {("zero", "1"), (BESIDE.name, BESIDE.version)}
    with pytest.raises(NotPossible, match="with conflictology-12 in it"):
        add_backtest(replace(found, tested=found.tested[:1]), full, scope=EXITS, at=AT)
