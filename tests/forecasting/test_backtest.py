from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from waqai.core import BeyondBounds
from waqai.forecasting import BESIDE, DEFAULT, MODELS, Backtest, Panel, Scope, check_scope, make_panel, run_backtest, score_draws
from waqai.forecasting.backtest import MIN_EVENTS, MIN_MONTHS, find_shortfall, then_of
from waqai.forecasting.months import month_of
from waqai.patterns.testable import NotTestable

FIRST = month_of(date(2018, 1, 1))
SCOPE = check_scope(level="country", families=["combat"])


def panel(*, months: int = 48, units: int = 6, rate: float = 4.0) -> Panel:
    counts = np.random.default_rng(1).poisson(rate, (units, months))
    return make_panel(counts, units=[f"C{number}" for number in range(units)], first_month=FIRST, scope=SCOPE)


def backtest(whole: Panel, **given: object) -> Backtest | NotTestable:
    asked = {"origins": range(FIRST + 23, FIRST + 45, 6), "horizons": (2, 3), "seed": 1, "count": 200} | given
    return run_backtest(then_of(whole), whole, **asked)  # type: ignore[arg-type]


def test_every_model_is_scored_on_the_same_cells_with_the_reference_beside_it() -> None:
    found = backtest(panel(), models=(DEFAULT, MODELS["zero"]))
    assert isinstance(found, Backtest)
    assert [one.model for one in found.tested] == ["pool", "zero", BESIDE.name]
    assert {one.scores.cells for one in found.tested} == {4 * 2 * 6}
    assert found.of("zero").scores.crps == pytest.approx(np.mean(found.of("zero").crps_by_origin))


def test_the_scores_are_those_of_forecasts_from_what_was_known_then() -> None:
    whole = panel()
    found = backtest(whole, models=(BESIDE,), origins=[FIRST + 30])
    draws = BESIDE.forecast(whole.counts[:, :31], horizons=(2, 3), seed=1, count=200)
    assert isinstance(found, Backtest)
    assert found.tested[0].scores == score_draws(draws.reshape(-1, 200), whole.counts[:, 32:34].reshape(-1), seed=1)


def test_what_became_known_later_does_not_reach_a_forecast() -> None:
    whole, later = panel(), panel()
    later.counts[:, 31:] += 1_000
    draws = [BESIDE.forecast(one.until(FIRST + 30).counts, horizons=(2,), seed=1) for one in (whole, later)]
    assert (draws[0] == draws[1]).all()
    worse, before = backtest(later, models=(), origins=[FIRST + 30]), backtest(whole, models=(), origins=[FIRST + 30])
    assert isinstance(worse, Backtest) and isinstance(before, Backtest)
    assert worse.tested[0].scores.crps > before.tested[0].scores.crps + 900


def test_a_backtest_below_the_floor_is_refused_however_its_panel_was_made() -> None:
    with pytest.raises(BeyondBounds, match="one prison"):
        backtest(replace(panel(), scope=Scope(level="admin1", families=("custody_exit",), measure="incidents")))


def test_months_that_are_not_over_are_not_scored() -> None:
    found = backtest(panel(), models=(), origins=[FIRST + 45, FIRST + 46, FIRST + 47])
    assert isinstance(found, Backtest)
    assert found.origins == (FIRST + 45,) and found.tested[0].scores.cells == 6
    assert [why for _, why in found.left_out] == ["none of its months ahead is over by 2021-12"] * 2


def test_units_that_appear_later_are_counted_and_not_scored() -> None:
    whole = panel()

    def then(origin: int) -> Panel:
        cut = whole.until(origin)
        return make_panel(cut.counts[2:], units=cut.units[2:], first_month=FIRST, scope=SCOPE)

    found = run_backtest(then, whole, origins=[FIRST + 30], horizons=(2,), seed=1, models=(MODELS["zero"],), count=50)
    assert isinstance(found, Backtest)
    assert found.tested[0].scores.crps == whole.counts[2:, 32].mean()
    assert (found.units_later, found.tested[0].scores.cells) == (2, 4)


def test_a_record_that_is_too_short_or_too_thin_is_not_testable_and_says_why() -> None:
    assert find_shortfall(panel(months=MIN_MONTHS, rate=1.0)) is None
    short = backtest(panel(months=MIN_MONTHS + 6), origins=[FIRST + MIN_MONTHS - 2])
    assert isinstance(short, NotTestable)
    assert f"too short (known on 2019-11-30: {MIN_MONTHS - 1} whole months)" in short.why and f"needs {MIN_MONTHS} months" in short.why
    thin = backtest(panel(rate=0.05), origins=[FIRST + 30])
    assert isinstance(thin, NotTestable)
    assert "too thin" in thin.why and f"it takes {MIN_EVENTS}" in thin.why
    none = backtest(panel(), origins=[])
    assert isinstance(none, NotTestable) and "no month was named" in none.why
