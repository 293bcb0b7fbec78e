"""The end of a run: moves found on a picture of the store, written with the row of the run, and none against a person's word."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import make_report
from waqai.core import Report
from waqai.flow import Chain, Store, add_reports, judge_different, open_named_store

LATER = (
    "Talks ended a second riot in Ghweran prison in Hasakah, Syria, on Sunday, 3 May 2020, a spokesman said.\n\n"
    "In March 2020 inmates rioted in the same prison."
)
FIRST = "Inmates rioted in Ghweran prison in Hasakah, Syria, on Sunday, 29 March 2020, the director of the prison said.\n\nGuards fired into the air."


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_NOW", "2024-01-01T00:00:00+00:00")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with open_named_store(str(tmp_path / "store.sqlite"), must_exist=False) as opened:
        yield opened  # type: ignore[misc]


def reports() -> list[Report]:
    return [make_report(LATER, id="later", title="Second riot in Hasakah prison ends"), make_report(FIRST, id="first", title="Riot in Ghweran prison")]


def test_a_run_says_up_to_which_entry_it_settled(chain: Chain, store: Store) -> None:
    add_reports(reports(), chain, store)
    assert store.find_unsettled() == ()
    add_reports([make_report("Ten men escaped from a jail in Idlib, Syria, on Monday, police said.", id="new")], chain, store)
    assert store.find_unsettled() == ()


def test_what_a_broken_run_left_is_settled_by_the_next(chain: Chain, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("waqai.flow.add.settle", broken)
        with pytest.raises(KeyboardInterrupt):
            add_reports(reports(), chain, store)
    assert len(store.find_unsettled()) == 2
    add_reports([], chain, store)
    assert store.find_unsettled() == ()


def test_what_an_older_waqai_linked_counts_as_settled_up_to_the_day_of_its_last_run(chain: Chain, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add_reports(reports(), chain, store)
    store.add_run(at=datetime(2024, 1, 1, tzinfo=UTC), settings={}, versions={}, counts={"opened": 2})
    assert store.find_unsettled() == ()
    monkeypatch.setenv("WAQAI_NOW", "2024-01-02T00:00:00+00:00")
    new = make_report("Ten men escaped from a jail in Idlib, Syria, on Monday, police said.", id="new")
    told: list[tuple[int, int]] = []
    add_reports([new], chain, store, on_turn=lambda done, of: told.append((done, of)))
    assert told == [(1, 1)]


def test_a_second_look_at_a_settled_store_moves_nothing(chain: Chain, store: Store) -> None:
    add_reports(reports(), chain, store)
    before = store.last_entry()
    add_reports(reports(), chain, store)
    assert store.last_entry() == before


def test_an_account_that_a_person_told_apart_is_not_moved_back(chain: Chain, store: Store) -> None:
    twice = [make_report(FIRST, id="first", title="Riot in Ghweran prison"), make_report(FIRST.replace("Guards", "Soldiers"), id="other", title="Ghweran riot")]
    add_reports(twice, chain, store)
    (one, *_), (other, *_) = (store.find_linked_cards(name) for name in ("first", "other"))
    assert store.find_incident_of(one.account.id) == store.find_incident_of(other.account.id)
    judge_different(one.account.id, other.account.id, store, because="two riots", by="person:ana")
    assert one.account.id in store.find_fixed(store.get_report("first").sha256)
    add_reports([make_report("Ten men escaped from a jail in Idlib, Syria, on Monday, police said.", id="new")], chain, store)
    assert store.find_incident_of(one.account.id) != store.find_incident_of(other.account.id)
