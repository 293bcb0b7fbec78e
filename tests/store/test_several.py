"""What is asked of many at once is what would be answered one by one."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest

from scenes import AT, fill
from waqai.codebook import load_codebook
from waqai.core import UnknownId
from waqai.flow import Gazetteer, correct_account, review_account
from waqai.logbook.log import last_entry
from waqai.store import Store

REPORTS = ("daily", "herald", "wire", "lake")


def no_gazetteer() -> Gazetteer:
    raise AssertionError("only a place is looked up")


def accounts_of(store: Store) -> list[str]:
    return [card.account.id for card in store.iter_cards()]


def test_reports_accounts_claims_and_seats_are_those_of_single_questions(store: Store) -> None:
    fill(store)
    ids = accounts_of(store)
    assert store.find_reports((*REPORTS, "none")) == {name: store.get_report(name) for name in REPORTS}
    assert store.get_accounts(ids) == {one: store.get_account(one) for one in ids}
    assert store.find_accounts([*ids, "none"]) == store.get_accounts(ids)
    assert store.get_claims_of(ids) == {one: store.get_claims_beside(one) for one in ids} and any(store.get_claims_of(ids).values())
    shas = [store.get_report(name).sha256 for name in REPORTS]
    assert store.find_seats_in(shas) == {account: seat for sha in shas for account, seat in store.find_seats(sha).items()}


def test_accounts_come_as_persons_said_they_are(store: Store) -> None:
    fill(store)
    one, *_ = ids = accounts_of(store)
    before = store.last_entry()
    review_account(ids[-1], "rejected", store, because="", by="person:ana")
    correct_account(one, "when", "2021-03-04", store, because="", by="person:ana", codebook=load_codebook(), gazetteer=no_gazetteer)
    assert store.get_all_reviewed(ids) == {id: store.get_reviewed(id) for id in ids}
    assert store.get_all_reviewed(ids)[ids[-1]].review == "rejected" and len(store.get_all_reviewed(ids)[one].corrections) == 1
    assert store.get_all_reviewed(ids, last=before) == {id: store.get_reviewed(id, last=before) for id in ids}


ASKS: dict[str, Callable[[Store], object]] = {
    "accounts": lambda store: store.get_accounts(["a-none"]),
    "reviewed": lambda store: store.get_all_reviewed(["a-none"]),
    "claims": lambda store: store.get_claims_of(["a-none"]),
}


@pytest.mark.parametrize("ask", ASKS)
def test_an_account_that_is_not_there_is_said(store: Store, ask: str) -> None:
    fill(store)
    with pytest.raises(UnknownId, match="'a-none'"):
        ASKS[ask](store)


def test_what_is_asked_at_one_moment_sees_one_commit(store: Store) -> None:
    fill(store)
    with store.at_one_moment():
        before = store.last_entry()
        writing = Thread(target=lambda: store.mark_voice("The Daily", unreliable=True, because="", by="person:ana", at=AT))
        writing.start()
        writing.join()
        assert store.last_entry() == before
    assert store.last_entry() == before + 1


def test_what_others_ask_of_the_last_commit_within_a_moment_is_of_that_moment(store: Store) -> None:
    fill(store)
    with store.at_one_moment():
        assert store.last_entry()  # it begins with its first question
        writing = Thread(target=lambda: store.mark_voice("The Daily", unreliable=True, because="", by="person:ana", at=AT))
        writing.start()
        writing.join()
        with store.committed() as same, store.committed(newest=True) as new:
            assert last_entry(new) == last_entry(same) + 1
        with store.at_one_moment(), store.committed() as within:
            assert within is same
        with store.committed() as still:
            assert still is same
