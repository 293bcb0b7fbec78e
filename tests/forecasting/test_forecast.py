from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from waqai.core import BadQuestion, BeyondBounds
from waqai.forecasting import BESIDE, DEFAULT, Made, Panel, Scope, check_scope, make_forecast, make_panel
from waqai.forecasting.forecast import HORIZONS, forecast_of
from waqai.forecasting.months import month_of
from waqai.patterns.testable import NotTestable

FIRST = month_of(date(2020, 1, 1))
AT = datetime(2023, 1, 5, 9, tzinfo=UTC)


def panel(*, months: int = 36, rate: float = 5.0) -> Panel:
    counts = np.random.default_rng(1).poisson(rate, (3, months))
    return make_panel(counts, units=["IQ", "SY", "TR"], first_month=FIRST, scope=check_scope(level="country", families=["custody_exit"]))


def made(**given: object) -> Made:
    found = make_forecast(panel(), made_at=AT, **given)  # type: ignore[arg-type]
    assert isinstance(found, Made)
    return found


def test_every_unit_has_a_forecast_and_the_reference_beside_it() -> None:
    found = made()
    assert [(one.unit, one.model) for one in found.forecasts] == [(unit, DEFAULT.name) for unit in ("IQ", "SY", "TR")]
    assert [(one.unit, one.model, one.months) for one in found.beside] == [(one.unit, BESIDE.name, one.months) for one in found.forecasts]
    assert found.forecasts[0].months == tuple(FIRST + 35 + h for h in HORIZONS)
    assert (found.forecasts[0].starts, found.forecasts[0].ends) == (date(2023, 2, 1), date(2023, 7, 31))


def test_its_draws_are_the_models() -> None:
    drawn = DEFAULT.forecast(panel().counts, horizons=HORIZONS, seed=4)
    found = made(seed=4).forecasts[1]
    assert found.draws_of(FIRST + 38).tolist() == sorted(drawn[1, HORIZONS.index(3)].tolist())
    assert found.quantiles_of(FIRST + 38, [0.05, 0.5]) == tuple(np.quantile(drawn[1, HORIZONS.index(3)], [0.05, 0.5]))
    with pytest.raises(BadQuestion, match="2023-02 to 2023-07, not of 2023-01"):
        found.draws_of(FIRST + 36)


def test_the_same_seed_makes_the_same_forecast_with_the_same_hash() -> None:
    first, again, other = made(seed=1), made(seed=1), made(seed=2)
    assert [one.id for one in first.all] == [one.id for one in again.all]
    assert first.forecasts[0].id != other.forecasts[0].id


def test_a_forecast_comes_back_from_json_and_any_change_is_another_hash() -> None:
    one = made().forecasts[0]
    assert forecast_of(json.loads(json.dumps(one.to_plain()))) == one
    value, often = one.packed[0][0]
    changed = [
        replace(one, unit="LB"),
        replace(one, seed=9),
        replace(one, data_as_of=3),
        replace(one, months=tuple(month + 1 for month in one.months)),
        replace(one, packed=(((value + 1, often), *one.packed[0][1:]), *one.packed[1:])),
    ]
    assert len({one.id, *(other.id for other in changed)}) == 6


def test_a_file_that_says_it_is_of_a_prison_is_refused() -> None:
    plain = made().forecasts[0].to_plain()
    with pytest.raises(BeyondBounds):
        forecast_of(plain | {"level": "facility"})
    with pytest.raises(BeyondBounds):
        forecast_of(plain | {"level": "admin1"})


def test_a_panel_below_the_floor_is_refused_however_it_was_made() -> None:
    low = replace(panel(), scope=Scope(level="admin1", families=("custody_exit",), measure="incidents"))
    with pytest.raises(BeyondBounds, match="one prison"):
        make_forecast(low, made_at=AT)


def test_a_record_that_does_not_carry_a_forecast_says_why() -> None:
    short = make_forecast(panel(months=12), made_at=AT)
    assert isinstance(short, NotTestable) and "12 whole months" in short.why


@pytest.mark.parametrize("horizons", [(), (0, 1), (3, 2), (2, 2)])
def test_horizons_that_are_none_are_refused(horizons: tuple[int, ...]) -> None:
    with pytest.raises(BadQuestion, match="horizons are months after"):
        make_forecast(panel(), made_at=AT, horizons=horizons)
