"""Locks and marks hold on both engines, and can be taken back."""

from __future__ import annotations

import pytest

from scenes import AT, add, fill, join
from waqai.core import NotPossible, UnknownId
from waqai.flow import judge_same, lock_incident, mark_source, undo_entry
from waqai.store import Store

ANA = {"because": "I know them", "by": "person:ana"}


def test_no_machines_entry_changes_which_accounts_sit_in_a_locked_incident(store: Store) -> None:
    fill(store)
    lock = lock_incident("i-escape", store, **ANA).entries[0].id
    (wire,), (herald, _) = tuple(store.iter_cards(report="wire")), tuple(store.iter_cards(report="herald"))
    for card, incident, verdict in ((wire, "i-escape", "same"), (herald, "i-caught", "same"), (herald, "i-escape", "different")):
        with pytest.raises(NotPossible, match=f"entry {lock} locked incident i-escape"):
            join(store, card, incident, verdict=verdict)
    assert herald.account.id in store.find_fixed(herald.anchor.report_sha256)  # nor does a second thought at the end of a run
    join(store, wire, "i-escape", verdict="unsure")
    assert {a.report for a in store.get_incident("i-escape").accounts} == {"daily", "herald"} and store.rebuild().is_equal
    with pytest.raises(NotPossible, match="locked already"):
        lock_incident("i-escape", store, **ANA)
    undo_entry(lock, store, **ANA)
    join(store, wire, "i-escape")
    assert {a.report for a in store.get_incident("i-escape").accounts} == {"daily", "herald", "wire"}


def test_a_person_moves_accounts_of_a_locked_incident_and_a_merge_takes_the_lock_along(store: Store) -> None:
    fill(store)
    lock = lock_incident("i-caught", store, **ANA).entries[0].id
    judge_same("i-caught", "i-escape", store, **ANA)
    assert {incident: entry.id for incident, entry in store.find_locked().items()} == {"i-escape": lock}


def test_figures_and_voices_of_an_unreliable_speaker_count_for_nothing_until_it_is_taken_back(store: Store) -> None:
    fill(store)
    before = store.get_incident("i-escape")
    change = mark_source("the observatory", store, unreliable=True, **ANA)
    after = store.get_incident("i-escape")
    assert [i for i, _, _ in change.incidents] == ["i-escape"]
    assert {(f.speaker, f.unreliable) for f in after.figures if f.measure == "escaped"} == {("The Observatory", True), ("The Herald", False)}
    assert "Observatory" in before.grade_because and "Observatory" not in after.grade_because and store.rebuild().is_equal
    with pytest.raises(NotPossible, match="unreliable already"):
        mark_source("The Observatory", store, unreliable=True, **ANA)
    undone = undo_entry(change.entries[0].id, store, **ANA)
    assert store.get_incident("i-escape") == before and [i for i, _, _ in undone.incidents] == ["i-escape"]
    undo_entry(undone.entries[0].id, store, **ANA)
    assert store.get_incident("i-escape") == after
    mark_source("The Observatory", store, unreliable=False, **ANA)
    assert store.get_incident("i-escape") == before


def test_an_unreliable_publisher_takes_the_figures_of_its_reports_along_also_those_to_come(store: Store) -> None:
    fill(store)
    mark_source("The Herald", store, unreliable=True, **ANA)
    assert {f.unreliable for f in store.get_incident("i-escape").figures if f.report == "herald"} == {True}
    assert store.rebuild().is_equal


def test_a_name_that_nobody_bears_is_refused_with_the_nearest(store: Store) -> None:
    add(store, "daily")
    with pytest.raises(UnknownId, match="perhaps 'The Observatory'"):
        mark_source("The Observetory", store, unreliable=True, **ANA)
    with pytest.raises(NotPossible, match="not marked unreliable"):
        mark_source("The Observatory", store, unreliable=False, **ANA)


def test_the_name_of_a_marked_speaker_goes_with_the_only_report_that_has_it(store: Store) -> None:
    fill(store)
    observatory = mark_source("The Observatory", store, unreliable=True, **ANA).entries[0].id
    daily = mark_source("The Daily", store, unreliable=True, because="I know", by="person:ana").entries[0].id
    store.erase_report("daily", because="asked for", by="person:ana", at=AT)
    assert {one.entry.id for one in store.iter_standing(numbers=[observatory, daily]) if one.erased_by} == {observatory, daily}
    assert not any("The Observatory" in line or "The Daily" in line for line in store.iter_dump(without=()))
    assert store.find_unreliable() == {} and store.verify().holds and store.rebuild().is_equal


def test_a_mark_counts_from_its_day_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    before = store.get_incident("i-escape")
    monkeypatch.setenv("WAQAI_NOW", "2021-03-12T00:00:00+00:00")
    mark_source("The Observatory", store, unreliable=True, **ANA)
    assert store.get_incident_as_of("i-escape", AT.date()).incident == before != store.get_incident("i-escape")
