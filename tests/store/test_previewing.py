"""What a merge or a split would change is what it changes; looking at it leaves nothing, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from scenes import fill
from waqai.core import NotPossible, UnknownId
from waqai.flow import Change, Store, judge_same, preview_same, preview_split, split_incident

ANA = {"because": "I was there", "by": "person:ana"}


def account_in(store: Store, report: str) -> str:
    return next(iter(store.iter_cards(report=report))).account.id


CASES: dict[str, tuple[Callable[[Store], Change], Callable[[Store], Change]]] = {
    "incidents": (lambda s: preview_same("i-caught", "i-escape", s, by="person:ana"), lambda s: judge_same("i-caught", "i-escape", s, **ANA)),
    "account": (
        lambda s: preview_same(account_in(s, "wire"), account_in(s, "daily"), s, by="person:ana"),
        lambda s: judge_same(account_in(s, "wire"), account_in(s, "daily"), s, **ANA),
    ),
    "split": (
        lambda s: preview_split("i-escape", [account_in(s, "herald")], s, by="person:ana"),
        lambda s: split_incident("i-escape", [account_in(s, "herald")], s, **ANA),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_preview_shows_what_will_be_and_leaves_nothing(store: Store, case: str) -> None:
    fill(store)
    before = list(store.iter_dump(without=()))
    look, say = CASES[case]
    seen = look(store)
    assert list(store.iter_dump(without=())) == before and seen.entries == () and seen.moved and seen.incidents
    assert replace(say(store), entries=()) == seen


def test_a_preview_within_a_transaction_takes_back_itself_alone(store: Store) -> None:
    fill(store)
    with store.transaction():
        judge_same("i-aid", "i-meeting", store, **ANA)
        preview_same("i-caught", "i-escape", store, by="person:ana")
    assert {i.id for i in store.iter_incidents()} == {"i-escape", "i-caught", "i-meeting"} and store.rebuild().is_equal


def test_what_cannot_be_is_said_before(store: Store) -> None:
    fill(store)
    last = store.last_entry()
    with pytest.raises(NotPossible, match="are one already"):
        preview_same("i-caught", "i-caught", store, by="person:ana")
    with pytest.raises(NotPossible, match="name fewer"):
        preview_split("i-caught", [account_in(store, "wire")], store, by="person:ana")
    with pytest.raises(UnknownId):
        preview_same("i-nowhere", "i-caught", store, by="person:ana")
    assert store.last_entry() == last
