"""Who decides on what he saw is told what somebody else wrote since; nothing is overwritten silently, on both engines and in two threads at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from scenes import AT, fill, join
from waqai.codebook import load_codebook
from waqai.core import ChangedMeanwhile, NotPossible
from waqai.flow import (
    Gazetteer,
    Store,
    accept_many,
    correct_account,
    judge_different,
    judge_same,
    judge_unsure,
    lock_incident,
    review_account,
    split_incident,
    undo_entry,
)

ANA = {"because": "I was there", "by": "person:ana"}
BEN = {"because": "I read it again", "by": "person:ben"}


def account_in(store: Store, report: str, *, n: int = 0) -> str:
    return [card.account.id for card in store.iter_cards(report=report)][n]


def no_gazetteer() -> Gazetteer:
    raise AssertionError("only a place is looked up")


def correct(store: Store, value: str, *, by: str, expects: int | None) -> None:
    said = {"because": "read again", "by": by, "expects": expects}
    correct_account(account_in(store, "daily"), "when", value, store, codebook=load_codebook(), gazetteer=no_gazetteer, **said)


ACTS: dict[str, Callable[[Store, int], object]] = {
    "correct": lambda s, n: correct(s, "2021-03-04", by="person:ana", expects=n),
    "review": lambda s, n: review_account(account_in(s, "daily"), "accepted", s, expects=n, **ANA),
    "accept_many": lambda s, n: accept_many([account_in(s, "daily"), account_in(s, "wire")], s, expects=n, **ANA),
    "same": lambda s, n: judge_same(account_in(s, "daily"), "i-caught", s, expects=n, **ANA),
    "same, incidents": lambda s, n: judge_same("i-caught", "i-escape", s, expects=n, **ANA),
    "different": lambda s, n: judge_different(account_in(s, "daily"), "i-caught", s, expects=n, **ANA),
    "unsure": lambda s, n: judge_unsure(account_in(s, "daily"), "i-caught", s, expects=n, **ANA),
    "split": lambda s, n: split_incident("i-escape", [account_in(s, "daily")], s, expects=n, **ANA),
    "lock": lambda s, n: lock_incident("i-escape", s, expects=n, **ANA),
    "undo": lambda s, n: undo_entry(next(e.id for e in s.iter_log(report=s.get_report("daily").sha256) if e.kind == "corrected"), s, expects=n, **ANA),
}


@pytest.mark.parametrize("act", ACTS)
def test_whoever_did_not_see_what_another_wrote_writes_nothing(store: Store, act: str) -> None:
    fill(store)
    seen = store.last_entry()
    correct(store, "2021-03-06", by="person:ben", expects=seen)
    before = list(store.iter_dump())
    with pytest.raises(ChangedMeanwhile, match=rf"ben corrected the when of account .* \(entry {seen + 1}\) because: read again") as told:
        ACTS[act](store, seen)
    assert told.value.entries == (seen + 1,) and list(store.iter_dump()) == before
    ACTS[act](store, seen + 1)
    assert store.last_entry() > seen + 1


@pytest.mark.parametrize("act", [act for act in ACTS if act != "undo"])
def test_what_is_written_elsewhere_or_by_oneself_is_no_reason_to_stop(store: Store, act: str) -> None:
    fill(store)
    seen = store.last_entry()
    correct(store, "2021-03-06", by="person:ana", expects=seen)
    review_account(account_in(store, "lake"), "accepted", store, expects=seen, **BEN)
    ACTS[act](store, seen)


def test_on_an_incident_counts_who_came_in_who_locked_it_and_who_opened_the_lock(store: Store) -> None:
    fill(store)
    seen, wire = store.last_entry(), next(iter(store.iter_cards(report="wire")))
    join(store, wire, "i-escape", verdict="unsure")  # a machine that is not sure changes nothing
    split_incident("i-escape", [account_in(store, "daily")], store, expects=seen, **ANA)
    seen = store.last_entry()
    lock = lock_incident("i-escape", store, **BEN).entries[0].id
    with pytest.raises(ChangedMeanwhile, match="ben locked incident i-escape"):
        judge_same("i-caught", "i-escape", store, expects=seen, **ANA)
    undo_entry(lock, store, expects=lock, **BEN)
    with pytest.raises(ChangedMeanwhile, match=f"ben undid entry {lock} .*the last of 2 since you looked"):
        judge_same("i-caught", "i-escape", store, expects=seen, **ANA)
    seen = store.last_entry()
    join(store, wire, "i-escape")
    with pytest.raises(ChangedMeanwhile, match=r"linker 1 put account .* into incident i-escape"):
        lock_incident("i-escape", store, expects=seen, **ANA)


def test_of_two_who_decide_at_once_one_is_told_of_the_other(store: Store) -> None:
    fill(store)
    seen, ready, told = store.last_entry(), Barrier(2), dict[str, str]()

    def decide(by: str, value: str) -> None:
        ready.wait()
        try:
            correct(store, value, by=by, expects=seen)
            told[by] = "written"
        except ChangedMeanwhile as error:
            told[by] = str(error)

    threads = [Thread(target=decide, args=args) for args in (("person:ana", "2021-03-04"), ("person:ben", "2021-03-06"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner, loser = sorted(told, key=lambda by: told[by] != "written")
    assert told[winner] == "written" and told[loser].startswith(f"{winner.removeprefix('person:')} corrected the when")
    assert store.last_entry() == seen + 1 and store.rebuild().is_equal


def test_several_are_accepted_in_one_act_and_taken_back_in_one(store: Store) -> None:
    fill(store)
    names = [account_in(store, "daily"), account_in(store, "wire"), account_in(store, "daily")]
    review_account(names[1], "accepted", store, **BEN)
    change = accept_many([*names, account_in(store, "lake")], store, **ANA)
    assert [entry.subject for entry in change.entries] == [names[0], account_in(store, "lake")] and {e.at for e in change.entries} != {AT}
    with pytest.raises(NotPossible, match="all of these are accepted already"):
        accept_many(names, store, **ANA)
    undo_entry(change.entries[1].id, store, **ANA)
    assert [store.get_reviewed(name).review for name in (*names[:2], account_in(store, "lake"))] == [None, "accepted", None]


def test_where_one_was_rejected_none_is_accepted(store: Store) -> None:
    fill(store)
    names = [account_in(store, "daily"), account_in(store, "wire")]
    entry = review_account(names[1], "rejected", store, **BEN).entries[0].id
    with pytest.raises(NotPossible, match=f"{names[1]} was rejected, by entry {entry}"):
        accept_many(names, store, **ANA)
    with pytest.raises(NotPossible, match="no account was named"):
        accept_many([], store, **ANA)
    assert store.last_entry() == entry
