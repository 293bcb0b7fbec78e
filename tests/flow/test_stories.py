"""Reports that give no account, through a run: beside the incident whose story they tell, whichever came first, and said in the summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from factories import make_report
from waqai.core import Report
from waqai.flow import Chain, Store, add_reports, judge_different, judge_same, lock_incident, now

ANA = {"because": "another Barakat", "by": "person:ana"}
BREAK = (
    "Eleven inmates escaped from Qalbat prison near Hasakah, Syria, on Friday, 5 March 2021, Warden Idris Qandil said. "
    "Samir Barakat of the Wadi Hamra quarter is among the eleven, Qandil said."
)
QUIET = "In Wadi Hamra the mother of Samir Barakat is waiting. Her house is close to Qalbat, and Idris Qandil is her neighbour."
MILL = "The mill of Deir Nasr is old. Its stones are from Abu Shamil, and Farhan Odeh is its miller."

pytestmark = pytest.mark.usefixtures("fixed_clock")


def told(name: str) -> Report:
    text, title = {
        "break": (BREAK, "Inmates escape from Qalbat prison"),
        "quiet": (QUIET, "A mother near Qalbat"),
        "mill": (MILL, "An old mill"),
    }[name]
    return make_report(text, id=name, title=title)


def beside(store: Store, name: str) -> str | None:
    found = store.find_attachment(name)
    return found.incident if found else None


@pytest.mark.parametrize("order", [("break", "quiet", "mill"), ("mill", "quiet", "break")])
def test_a_report_without_an_account_stands_beside_the_incident_whose_story_it_tells(chain: Chain, store: Store, order: tuple[str, ...]) -> None:
    summary = add_reports([told(name) for name in order], chain, store)
    assert store.find_linked_cards("quiet") == () == store.find_linked_cards("mill")  # else the scene says nothing
    (incident,) = {store.find_incident_of(card.account.id) for card in store.find_linked_cards("break") if card.role == "main"}
    assert beside(store, "quiet") == incident and beside(store, "mill") is None
    assert summary.attached == 1
    assert store.rebuild().is_equal


def test_one_that_came_in_a_run_before_its_incident_finds_it_when_that_comes(chain: Chain, store: Store) -> None:
    assert add_reports([told("quiet"), told("mill")], chain, store).attached == 0
    assert add_reports([told("break")], chain, store).attached == 1
    assert beside(store, "quiet") is not None


def test_a_second_run_says_nothing_twice(chain: Chain, store: Store) -> None:
    add_reports([told("break"), told("quiet")], chain, store)
    last = store.last_entry()
    assert add_reports([told("break"), told("quiet")], chain, store).attached == 0
    assert add_reports([], chain, store).attached == 0 and store.last_entry() == last


@pytest.fixture
def broken(store: Store, break_off: Callable[[Sequence[Report]], None]) -> str:
    """A store whose run was broken off before it was settled, with `break` and `quiet`; the incident of the break."""
    break_off([told("break"), told("quiet")])
    (incident,) = {one.id for one in store.iter_incidents()}
    return incident


def test_a_broken_run_leaves_it_to_the_next(chain: Chain, store: Store, broken: str) -> None:
    assert beside(store, "quiet") is None
    assert add_reports([], chain, store).attached == 1 and beside(store, "quiet") == broken


@pytest.mark.parametrize("word", ["same", "different", "lock", "linker"])
def test_a_run_says_nothing_where_somebody_has_spoken(chain: Chain, store: Store, broken: str, word: str) -> None:
    if word == "lock":
        lock_incident(broken, store, **ANA)
    elif word == "linker":
        right = store.get_incident(broken).accounts[0].account
        store.attach(told("quiet").sha256, broken, right=right, verdict="same", score=0.9, because="shared words", by="linker 1", at=now())
    else:
        {"same": judge_same, "different": judge_different}[word]("quiet", broken, store, **ANA)
    last = store.last_entry()
    assert add_reports([], chain, store).attached == 0 and store.last_entry() == last


def test_a_persons_choice_of_another_incident_stands_and_is_not_argued_with(chain: Chain, store: Store, broken: str) -> None:
    other = make_report("Four men escaped from a camp near Raqqa, Syria, on 9 January 2021, a guard said.", id="camp", title="Four flee camp")
    add_reports([other], chain, store)  # which settles what the broken run left
    (camp,) = {one.id for one in store.iter_incidents()} - {broken}
    judge_same("quiet", camp, store, **ANA)
    last = store.last_entry()
    store.add_run(at=now(), settings={}, versions={}, counts={"last_entry": 0, "last_reading": 0})  # as if nothing had been settled
    add_reports([], chain, store)
    assert beside(store, "quiet") == camp and store.last_entry() == last


def test_what_a_person_told_apart_is_not_put_back_by_a_run(chain: Chain, store: Store) -> None:
    add_reports([told("break"), told("quiet")], chain, store)
    incident = beside(store, "quiet")
    assert incident is not None
    judge_different("quiet", incident, store, **ANA)
    other = make_report(BREAK.replace("Eleven", "Some eleven"), id="other", title="Escape from Qalbat")
    add_reports([other], chain, store)
    assert beside(store, "quiet") is None
