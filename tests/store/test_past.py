from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from factories import STAMP, family_of, make_account, make_count, make_reading
from older import take_back_to
from scenes import AT, BY, add, anchor_of, fill, reading_of, report_of
from waqai.core import UnknownId
from waqai.store import Store

DAY, NEXT = AT.date(), AT.date() + timedelta(days=1)
LATER = AT + timedelta(days=1)


def fill_on_two_days(store: Store) -> None:
    """The daily opens i-escape on the first day, the herald joins on the second."""
    for name, at in (("daily", AT), ("herald", LATER)):
        store.add_report(report_of(name), at=at)
        store.add_reading(reading_of(name), family_of=family_of, at=at)
    (daily,) = store.iter_cards(report="daily")
    escape, _ = store.iter_cards(report="herald")
    store.open_incident("i-escape", account=daily.account.id, anchor=daily.anchor, role="main", because="", by=BY, at=AT)
    said = {"role": "main", "verdict": "same", "score": 0.9, "because": "", "by": BY, "at": LATER}
    store.judge(escape.account.id, daily.account.id, incident="i-escape", anchor=escape.anchor, **said)  # type: ignore[arg-type]


def test_what_came_in_later_is_left_out_of_a_past_day(store: Store) -> None:
    fill_on_two_days(store)
    then, now = store.get_incident_as_of("i-escape", DAY), store.get_incident_as_of("i-escape", NEXT)
    assert ([a.report for a in then.incident.accounts], then.last_entry) == (["daily"], 1)
    assert [f.best for f in then.incident.figures] == [12]
    assert (now.incident, now.last_entry) == (store.get_incident("i-escape"), 2)


def test_before_it_was_opened_an_incident_is_not_known_and_the_day_is_said(store: Store) -> None:
    fill_on_two_days(store)
    with pytest.raises(UnknownId, match="opened on 2021-03-09"):
        store.get_incident_as_of("i-escape", date(2021, 3, 8))
    with pytest.raises(UnknownId, match="'i-none'"):
        store.get_incident_as_of("i-none", DAY)


def test_what_was_undone_later_still_stands_on_a_past_day(store: Store) -> None:
    fill_on_two_days(store)
    store.undo(2, because="", by="person:ana", at=LATER + timedelta(days=1))
    assert len(store.get_incident("i-escape").accounts) == 1
    assert len(store.get_incident_as_of("i-escape", NEXT).incident.accounts) == 2


def test_a_past_day_shows_the_reading_of_that_day(store: Store) -> None:
    fill_on_two_days(store)
    report, stamp = report_of("daily"), replace(STAMP, version="2")
    newer = make_account(report, stamp=stamp, counts=[make_count(13, report=report, words="12 prisoners")])
    store.add_reading(make_reading(report, accounts=[newer], stamp=stamp), family_of=family_of, at=LATER)
    assert [f.best for f in store.get_incident_as_of("i-escape", DAY).incident.figures] == [12]
    assert 13 in [f.best for f in store.get_incident_as_of("i-escape", NEXT).incident.figures]


def test_copies_and_publishers_of_later_count_for_nothing_on_a_past_day(store: Store) -> None:
    fill_on_two_days(store)
    grade = store.get_incident_as_of("i-escape", NEXT).incident.grade_because
    store.add_near_copy(report_of("daily").sha256, report_of("herald").sha256, similarity=0.9, at=LATER + timedelta(days=1))
    store.add_report(replace(report_of("herald"), publisher="The Echo", id="echo"), at=LATER + timedelta(days=1))
    assert store.get_incident("i-escape").grade_because != grade
    assert store.get_incident_as_of("i-escape", NEXT).incident.grade_because == grade


def test_an_incident_merged_by_then_leads_on_and_before_it_stands_alone(store: Store) -> None:
    fill(store)
    (caught,) = store.iter_cards(report="wire")
    said = {"role": "follow_up", "verdict": "same", "score": 1.0, "because": "", "by": "person:ana", "at": LATER}
    store.judge(caught.account.id, "a-other", incident="i-escape", anchor=anchor_of(caught.account, report_of("wire")), **said)  # type: ignore[arg-type]
    assert store.get_incident_as_of("i-caught", DAY).incident.id == "i-caught"
    assert store.get_incident_as_of("i-caught", NEXT).incident.id == "i-escape"


def test_facts_without_an_instant_count_from_their_first_entry_on(store: Store) -> None:
    fill(store)
    assert store.get_incident_as_of("i-escape", DAY).incident == store.get_incident("i-escape")


def test_reports_erased_since_are_counted(store: Store) -> None:
    fill(store)
    store.erase_report("herald", because="asked for", by="person:ana", at=LATER)
    past = store.get_incident_as_of("i-escape", DAY)
    assert ([a.report for a in past.incident.accounts], past.erased) == (["daily"], 1)


def test_claims_are_those_of_the_accounts_own_reading(store: Store) -> None:
    reading = add(store, "daily")
    report, stamp = report_of("daily"), replace(STAMP, version="2")
    store.add_reading(make_reading(report, accounts=[make_account(report, stamp=stamp)], stamp=stamp), family_of=family_of)
    assert store.get_claims("daily") == ()
    assert store.get_claims_beside(reading.accounts[0].id) == reading.claims


def test_a_store_of_before_is_brought_up_to_date_and_keeps_what_it_held(store: Store, address: str) -> None:
    from waqai.store import open_store

    fill(store)
    before = list(store.iter_dump())
    with store._engine.begin() as connection:
        take_back_to(connection, "0001")
    with open_store(address) as opened:
        assert list(opened.iter_dump()) == before
        assert opened.get_incident_as_of("i-escape", DAY).incident == opened.get_incident("i-escape")
