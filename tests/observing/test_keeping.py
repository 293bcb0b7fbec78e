"""A forecast is made once for the page and all of its pictures, and anew when the store tells something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from factories import family_of, make_account, make_reading, make_report, make_when
from observing.test_forecasts import NOW, told_as_it_came
from scenes import BY
from waqai.bounds import INTERNAL
from waqai.flow import review_account
from waqai.observing import Answer, Kept, Question, Record, forecasts, put_question
from waqai.observing.keeping import MOST_KEPT, state_of
from waqai.schema import forecasts as forecast_tables
from waqai.store import Filters, Store

COMBAT = Question(kind="forecast", filters=Filters(family=("combat",), country=("SY",)))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One for each forecast that was made, here by nobody: tests of forecasts have them."""
    found: list[str] = []

    def counted(_store: Store, **named: object) -> Answer:
        found.append(str(named["unit"]))
        return Answer(title=f"made {len(found)}", asked="", says=("",))

    monkeypatch.setattr(forecasts, "ask_forecast", counted)
    return found


def asked(store: Store, kept: Kept, *, at: datetime = NOW, question: Question = COMBAT) -> Answer:
    return put_question(question, Record(store=store, profile=INTERNAL, at=at, actors=frozenset(), kept=kept))


def another_clash(store: Store) -> None:
    report = make_report("Another clash.", id="another", published=date(2022, 5, 31))
    account = make_account(report, type="clash", words=report.text, when=make_when(date(2022, 5, 30)))
    store.add_report(report, at=NOW - timedelta(days=8))
    store.add_reading(make_reading(report, accounts=[account]), family_of=family_of, at=NOW - timedelta(days=8))
    (card,) = store.iter_cards(report=report.id)
    store.open_incident("i-another", account=account.id, anchor=card.anchor, role="main", because="", by=BY, at=NOW - timedelta(days=8))


def test_the_same_question_is_worked_out_once_a_day_and_each_unit_for_itself(store: Store, made: list[str]) -> None:
    told_as_it_came(store, days=20)
    kept = Kept()
    first = asked(store, kept)
    assert asked(store, kept, at=NOW + timedelta(hours=5)) is first and made == ["SY"]
    assert asked(store, kept, question=Question(kind="forecast", filters=Filters(family=("combat",)))) is not first and made == ["SY", "None"]
    assert asked(store, kept) is first
    asked(store, kept, at=NOW + timedelta(days=1))
    assert len(made) == 3


CHANGES: dict[str, Callable[[Store], object]] = {
    "an entry": another_clash,
    "a newer report in which nothing is coded": lambda store: store.add_report(make_report("Nothing.", id="newer", published=date(2022, 6, 9))),
    "a rejection": lambda store: review_account(next(iter(store.iter_cards())).account.id, "rejected", store, because="no", by="person:ana"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_the_record_makes_it_anew(store: Store, made: list[str], change: str) -> None:
    told_as_it_came(store, days=20)
    kept = Kept()
    asked(store, kept)
    CHANGES[change](store)
    anew = asked(store, kept)
    assert len(made) == 2 and asked(store, kept) is anew


def test_a_registered_backtest_or_score_is_another_state(store: Store) -> None:
    before = state_of(store)
    row = {"id": "x", "registered_at": NOW, "scope": "s", "plain": {}}
    with store.writing() as connection:
        connection.execute(sa.insert(forecast_tables.backtests), row)
    assert state_of(store) != before


def test_no_more_than_some_are_kept_and_those_of_an_older_state_go() -> None:
    kept, made = Kept(), []

    def make(name: str) -> Answer:
        made.append(name)
        return Answer(title=name, asked="", says=("",))

    for name in map(str, range(MOST_KEPT + 1)):
        kept.keep(name, lambda name=name: make(name), state=1)  # type: ignore[misc]
    kept.keep("1", lambda: make("1"), state=1)
    kept.keep("0", lambda: make("0"), state=1)
    assert made[MOST_KEPT + 1 :] == ["0"]
    kept.keep("0", lambda: make("0"), state=2)
    assert made[-2:] == ["0", "0"] and len(kept._answers) == 1


def test_an_answer_from_before_a_change_is_not_kept_behind_it() -> None:
    kept = Kept()

    def slow() -> Answer:
        kept.keep("other", lambda: Answer(title="", asked="", says=("",)), state=2)
        return Answer(title="old", asked="", says=("",))

    kept.keep("one", slow, state=1)
    assert list(kept._answers) == ["other"]
