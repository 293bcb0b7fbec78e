"""How many in the months ahead? Shown where measured, registered, scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from factories import family_of, make_account, make_reading, make_report, make_when, make_where
from scenes import BY
from waqai.bounds import get_profile
from waqai.core import BadQuestion
from waqai.forecasting import DEFAULT, check_scope
from waqai.observing import Question, Record, put_question
from waqai.observing.forecasts import ask_forecast, list_scored
from waqai.store import Filters, Store, open_store
from waqai.vintages import score_due

FIRST = date(2019, 1, 3)
COMBAT = check_scope(level="country", families=["combat"])
NOW = datetime(2022, 6, 10, tzinfo=UTC)


def told_as_it_came(store: Store, *, days: int = 1250, late: int | None = None) -> None:
    """A clash on every tenth day, told a day later; or all on one day."""
    with store.transaction():
        for number in range(0, days, 10):
            day = FIRST + timedelta(days=number)
            at = datetime(2022, 6, 1, tzinfo=UTC) if late else datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC)
            report = make_report(f"A clash, the {number}th day.", id=f"r{number}", published=day + timedelta(days=1))
            account = make_account(report, type="clash", words=report.text, when=make_when(day), where=make_where())
            store.add_report(report, at=at)
            store.add_reading(make_reading(report, accounts=[account]), family_of=family_of, at=at)
            (card,) = store.iter_cards(report=report.id)
            store.open_incident(f"i-{number}", account=card.account.id, anchor=card.anchor, role="main", because="", by=BY, at=at)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that was told of each clash the day after; nobody writes in it."""
    with open_store(tmp_path_factory.mktemp("forecasts") / "grown.sqlite") as store:
        told_as_it_came(store)
        yield store


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "small.sqlite") as store:
        yield store


def test_a_forecast_is_shown_with_what_it_would_have_been_worth_beside_the_reference(grown: Store) -> None:
    answer = ask_forecast(grown, scope=COMBAT, unit="SY", at=NOW)
    assert answer.testable and answer.says[0].startswith("SY in 2022-07:") and "drawn again (conflictology-12," in answer.says[1]
    ahead, worth = answer.tables
    assert [row[0] for row in ahead.rows] == [f"2022-{month:02}" for month in range(7, 13)] and [row[0] for row in worth.rows] == ["pool", "conflictology-12"]
    assert answer.picture is not None and "nan" not in str(answer.as_plain()).casefold()


def test_where_nothing_was_known_in_the_past_it_is_registered_but_hidden_until_it_is_scored(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    told_as_it_came(small, late=1)
    answer = ask_forecast(small, scope=COMBAT, unit=None, at=NOW, register=True)
    assert not answer.testable and "A forecast is shown when its model was measured" in answer.says[0] and answer.picture is None
    assert answer.notes[0] == "registered: 2 forecasts" and not answer.tables
    assert list_scored(small).says[0] == "0 forecasts on record, 0 backtests; 2 hidden until their model is measured."
    assert score_due(small, at=datetime(2022, 9, 15, tzinfo=UTC)) > 0
    listed = list_scored(small)
    assert ask_forecast(small, scope=COMBAT, unit=None, at=NOW).testable
    monkeypatch.setattr("waqai.observing.forecasts.DEFAULT", replace(DEFAULT, version="2"))
    assert not ask_forecast(small, scope=COMBAT, unit=None, at=NOW).testable
    assert listed.says[0].startswith("2 forecasts on record") and {row[1] for row in listed.tables[0].rows} == {"pool", "conflictology-12"}


def test_a_silent_record_is_no_quiet_country(small: Store) -> None:
    assert "The newest report has no day" in ask_forecast(small, scope=COMBAT, unit=None, at=NOW).says[0]
    told_as_it_came(small, days=400)
    answer = ask_forecast(small, scope=COMBAT, unit=None, at=NOW)
    assert not answer.testable and "was published on 2020-01-29" in answer.says[0] and "no sign that nothing happened" in answer.says[0]
    small.add_report(make_report("A report with a slip in its day.", id="slip", published=date(2202, 6, 1)), at=NOW)
    assert "was published on 2020-01-29" in ask_forecast(small, scope=COMBAT, unit=None, at=NOW).says[0]


def test_a_country_that_is_not_on_record_is_told_as_such(grown: Store) -> None:
    assert "holds nothing of XX; it holds SY" in ask_forecast(grown, scope=COMBAT, unit="XX", at=NOW).says[0]
    assert ask_forecast(grown, scope=COMBAT, unit="sy", at=NOW).asked.startswith("SY: ")


@pytest.mark.parametrize("asked", [Filters(country=("SY", "IQ")), Filters(country=("SY",), admin1=("Homs", "Aleppo")), Filters(admin1=("Homs",))])
def test_a_forecast_is_of_one_area_and_nothing_that_was_asked_is_dropped(grown: Store, asked: Filters) -> None:
    record = Record(store=grown, profile=get_profile("public"), at=NOW, actors=frozenset())
    with pytest.raises(BadQuestion, match="a forecast is of one country"):
        put_question(Question(kind="forecast", filters=replace(asked, family=("combat",))), record)


def test_a_record_that_is_too_short_is_not_testable(small: Store) -> None:
    told_as_it_came(small, days=400)
    answer = ask_forecast(small, scope=COMBAT, unit=None, at=datetime(2020, 2, 10, tzinfo=UTC))
    assert not answer.testable and "a forecast needs 24 months of it" in answer.says[0]


def test_what_was_told_only_under_terms_that_forbid_it_is_in_no_forecast(small: Store) -> None:
    told_as_it_came(small, days=1250)
    with small.transaction():
        for number in range(0, 1250, 10):
            report = make_report(f"A clash, the {number}th day.", id=f"by mail {number}")
            small.add_report(replace(report, terms="ACLED terms of use"), at=NOW)
    answer = ask_forecast(small, scope=COMBAT, unit="SY", at=NOW)
    assert not answer.testable and "needs 24 months" in answer.says[0]
