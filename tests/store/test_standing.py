from __future__ import annotations

import pytest

from scenes import AT, fill
from waqai.core import NotPossible, UnknownId
from waqai.store import Store

ANA = {"because": "", "by": "person:ana", "at": AT}


def numbers(store: Store, **asked: object) -> list[int]:
    return [one.entry.id for one in store.iter_standing(**asked)]  # type: ignore[arg-type]


def test_entries_come_in_order_all_or_the_last_or_those_on_a_report_or_an_incident(store: Store) -> None:
    fill(store)
    store.undo(3, **ANA)
    store.undo(7, **ANA)
    assert numbers(store) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert numbers(store, last=3) == [6, 7, 8]
    assert numbers(store, report="herald") == [2, 3, 7, 8]
    assert numbers(store, incident="i-escape") == [1, 2, 3, 7, 8]
    assert numbers(store, incident="i-escape", last=1) == [8]
    with pytest.raises(UnknownId, match="'i-none'"):
        numbers(store, incident="i-none")
    with pytest.raises(UnknownId, match="'none'"):
        numbers(store, report="none")


def test_an_entry_says_by_which_it_was_undone_or_erased(store: Store) -> None:
    fill(store)
    store.undo(3, **ANA)
    store.undo(2, **ANA)
    store.undo(8, **ANA)
    store.erase_report("wire", **ANA)
    assert {one.entry.id: one.undone_by for one in store.iter_standing() if one.undone_by} == {3: 7, 8: 9}
    assert {one.entry.id: one.erased_by for one in store.iter_standing() if one.erased_by} == {4: 10}
    assert [one.erased_by for one in store.iter_standing(report="wire")] == [10, None]


def test_what_is_undone_already_is_refused_and_an_undo_can_be_undone(store: Store) -> None:
    fill(store)
    store.undo(3, **ANA)
    with pytest.raises(NotPossible, match="undone already, by entry 7"):
        store.undo(3, **ANA)
    store.undo(7, **ANA)
    store.undo(3, **ANA)
    assert store.counts().entries == 9


def test_entries_said_in_one_breath_are_one_act(store: Store) -> None:
    fill(store)
    store.undo(2, act=7, **ANA)
    store.undo(3, act=7, **ANA)
    store.undo(4, act=9, **ANA)
    assert [one.entry.id for one in store.get_act(8)] == [7, 8]
    assert [one.entry.id for one in store.get_act(9)] == [9]
    assert [one.entry.id for one in store.get_act(1)] == [1]
    with pytest.raises(UnknownId, match="no entry 99; its last is 9"):
        store.get_act(99)


@pytest.mark.parametrize("number", [0, -1, 7, 10**30, -(10**30)])
def test_a_number_that_the_log_does_not_have_is_said_however_long_it_is(store: Store, number: int) -> None:
    fill(store)
    with pytest.raises(UnknownId, match=f"no entry {number}; its last is 6"):
        store.get_act(number)


def test_the_last_entries_are_all_where_there_are_fewer(store: Store) -> None:
    fill(store)
    assert numbers(store, last=10**30) == [1, 2, 3, 4, 5, 6]
