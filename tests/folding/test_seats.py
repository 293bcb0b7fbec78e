from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from waqai.core import Anchor, Entry, Span
from waqai.folding.seats import Home, Logged, find_homes, fold_seats, undone_numbers

AT = datetime(2021, 3, 9, tzinfo=UTC)
ANCHOR = {"report_sha256": "r", "evidence": [0, 10], "family": "custody_exit"}


def _entry(number: int, kind: str, subject: str, **value: Any) -> Entry:
    anchored = {"anchor": ANCHOR, "role": "main"} if kind in ("opened", "judgement") else {}
    return Entry(id=number, kind=kind, subject=subject, value=anchored | value, because="", by="x", at=AT, previous_hash="")


def _opened(number: int, incident: str, account: str = "a") -> Entry:
    return _entry(number, "opened", incident, account=account)


def _judged(number: int, incident: str, verdict: str = "same", account: str = "a") -> Entry:
    return _entry(number, "judgement", account, incident=incident, verdict=verdict)


def _undone(number: int, entry: int) -> Entry:
    return _entry(number, "undone", str(entry), entry=entry)


@pytest.mark.parametrize(
    ("entries", "incident"),
    [
        ([_opened(1, "i")], "i"),
        ([_opened(1, "i"), _judged(2, "j")], "j"),  # the latest decides
        ([_opened(1, "i"), _judged(2, "j"), _undone(3, 2)], "i"),
        ([_opened(1, "i"), _judged(2, "j"), _undone(3, 2), _undone(4, 3)], "j"),  # undoing an undo
        ([_opened(1, "i"), _judged(2, "j", "unsure")], "i"),
        ([_opened(1, "i"), _judged(2, "j", "different")], "i"),  # it never sat in j
        ([_opened(1, "i"), _judged(2, "i", "different")], None),
        ([_opened(1, "i"), _undone(2, 1)], None),
        ([_entry(1, "locked", "i")], None),
    ],
)
def test_the_latest_entry_that_is_not_undone_decides(entries: list[Entry], incident: str | None) -> None:
    seats = fold_seats(entries, homes={"a": "a"})
    assert [seat.incident for seat in seats] == ([incident] if incident else [])


def _by_ana(entry: Entry) -> Entry:
    return replace(entry, by="person:ana")


@pytest.mark.parametrize(
    ("entries", "incident"),
    [
        ([_opened(1, "i"), _by_ana(_judged(2, "j")), _judged(3, "k")], "j"),
        ([_opened(1, "i"), _by_ana(_judged(2, "j")), _judged(3, "j", "different")], "j"),
        ([_opened(1, "i"), _by_ana(_judged(2, "j")), _by_ana(_judged(3, "k"))], "k"),  # persons among themselves: the latest
        ([_opened(1, "i"), _by_ana(_judged(2, "j")), _judged(3, "k"), _undone(4, 2)], "k"),
        ([_opened(1, "i"), _by_ana(_judged(2, "j", "different")), _judged(3, "j")], "i"),  # told apart: no machine joins it there
        ([_opened(1, "i"), _by_ana(_judged(2, "j", "different")), _judged(3, "k")], "k"),
        ([_opened(1, "i"), _by_ana(_judged(2, "j", "different")), _judged(3, "j"), _undone(4, 2)], "j"),
    ],
)
def test_a_machine_s_entry_never_outweighs_a_persons(entries: list[Entry], incident: str) -> None:
    assert [seat.incident for seat in fold_seats(entries, homes={"a": "a"})] == [incident]


def test_an_undo_whose_own_words_were_erased_still_undoes() -> None:
    assert undone_numbers([replace(_undone(3, 2), value={})]) == {2}


def test_a_judgement_on_an_older_readings_account_and_one_on_the_newer_are_on_one_seat() -> None:
    seats = fold_seats([_opened(1, "i", "old"), _judged(2, "j", account="new")], homes={"old": "new", "new": "new"})
    assert [(seat.account, seat.logged, seat.incident) for seat in seats] == [("new", "new", "j")]


def test_an_account_without_a_home_keeps_its_seat() -> None:
    (seat,) = fold_seats([_opened(1, "i")], homes={"a": None})
    assert (seat.account, seat.key, seat.incident) == (None, "a", "i")


def test_an_erased_entry_seats_nobody() -> None:
    erased = Entry(id=1, kind="opened", subject="i", value={}, because="", by="x", at=AT, previous_hash="")
    assert fold_seats([erased], homes={}) == ()


def _logged(account: str, start: int, end: int, *, family: str = "custody_exit", reading: int = 1) -> Logged:
    return Logged(account=account, anchor=Anchor(report_sha256="r", evidence=Span(start, end), family=family), reading=reading)


def _home(account: str, start: int, end: int, family: str = "custody_exit") -> Home:
    return Home(account=account, family=family, evidence=Span(start, end))


def test_an_account_of_the_current_reading_is_its_own_home() -> None:
    assert find_homes([_logged("a", 0, 9)], current=[_home("b", 0, 9), _home("a", 20, 30)]) == {"a": "a"}


def test_the_home_is_the_account_of_the_same_family_with_the_most_words_in_common() -> None:
    current = [_home("little", 0, 4), _home("much", 2, 20), _home("other", 0, 20, "combat")]
    assert find_homes([_logged("a", 0, 12)], current=current) == {"a": "much"}


def test_without_common_words_or_family_there_is_no_home() -> None:
    assert find_homes([_logged("a", 0, 5)], current=[_home("beside", 5, 9), _home("other", 0, 5, "combat")]) == {"a": None}


def test_two_accounts_of_one_reading_do_not_share_a_home() -> None:
    homes = find_homes([_logged("a", 0, 5), _logged("b", 4, 20)], current=[_home("one", 0, 20)])
    assert homes == {"a": None, "b": "one"}


def test_accounts_of_two_older_readings_may_share_a_home() -> None:
    homes = find_homes([_logged("a", 0, 9, reading=1), _logged("b", 0, 8, reading=2)], current=[_home("one", 0, 9)])
    assert homes == {"a": "one", "b": "one"}


def test_an_undone_undo_does_not_count() -> None:
    assert undone_numbers([_undone(2, 1), _undone(3, 2)]) == {2}
