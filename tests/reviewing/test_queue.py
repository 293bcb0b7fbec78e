"""The queue is in step with what it is folded from, on both engines, and is read a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa

from scenes import fill, join, report_of
from waqai.codebook import load_codebook
from waqai.core import NotPossible, UnknownId
from waqai.flow import Gazetteer, accept_many, correct_account, judge_different, judge_same, judge_unsure, mark_source, review_account, undo_entry
from waqai.reviewing import QueueFilters, Waiting, count_queue, find_near_misses, iter_queue, weigh
from waqai.store import Store
from waqai.wording import describe_waiting

ANA = {"because": "I read it", "by": "person:ana"}


def account_in(store: Store, report: str, *, n: int = 0) -> str:
    return [card.account.id for card in store.iter_cards(report=report)][n]


def no_gazetteer() -> Gazetteer:
    raise AssertionError("only a place is looked up")


def waiting(store: Store, **filters: object) -> list[str]:
    """The reports of those that wait, in the order in which they do."""
    return [one.report for one in iter_queue(store, QueueFilters(**filters))]  # type: ignore[arg-type]


def queue_of(store: Store) -> dict[str, Waiting]:
    verdicts = ("none", "accepted", "rejected", "corrected", "added")
    return {one.account: one for one in iter_queue(store, QueueFilters(verdicts=verdicts))}


def test_every_account_in_a_seat_waits_by_doubt_times_stake(store: Store) -> None:
    fill(store)
    found = list(iter_queue(store))
    assert len(found) == count_queue(store) == 6 and [one.rank for one in found] == sorted((one.rank for one in found), reverse=True)
    daily = next(one for one in found if one.report == "daily")
    assert (daily.incident, daily.verdict, daily.country, daily.family, daily.type, daily.publisher) == (
        "i-escape",
        "none",
        "SY",
        "custody_exit",
        "escape",
        "The Daily",
    )
    weighed = weigh(store, [daily.account])[daily.account]
    assert (weighed.doubt, weighed.stake, weighed.rank) == (daily.doubt, daily.stake, daily.rank)
    assert describe_waiting(weighed).startswith("one of 2 that tell this incident; alone gives its place; its 12 escaped is the lowest told; ")


def test_pages_follow_each_other_while_others_are_accepted(store: Store) -> None:
    fill(store)
    whole = [one.account for one in iter_queue(store)]
    first = list(iter_queue(store, most=2))
    accept_many([first[0].account], store, **ANA)
    second = list(iter_queue(store, most=2, after=first[-1].cursor))
    third = list(iter_queue(store, most=2, after=second[-1].cursor))
    assert [one.account for one in (*first, *second, *third)] == whole
    assert list(iter_queue(store, after=third[-1].cursor)) == []
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE queue SET rank = 0.5"))
    by_id, after = [one.account for one in iter_queue(store)], None  # of equals none is left out
    for name in by_id:
        (one,) = iter_queue(store, most=1, after=after)
        assert one.account == name
        after = one.cursor
    for wrong in ("x:a-1", "", ":"):
        with pytest.raises(NotPossible, match="no place in the queue"):
            list(iter_queue(store, after=wrong))


def test_the_surest_come_first_where_they_are_asked_for_page_by_page(store: Store) -> None:
    fill(store)
    wanted = sorted(((one.doubt, one.account) for one in iter_queue(store)), key=lambda one: one[1], reverse=True)
    wanted.sort(key=lambda one: one[0])
    found: list[tuple[float, str]] = []
    after: str | None = None
    while page := list(iter_queue(store, order="surest", most=2, after=after)):
        found += [(one.doubt, one.account) for one in page]
        after = page[-1].cursor_in("surest")
    assert found == wanted and len(found) == count_queue(store) > 4 and len({doubt for doubt, _ in found}) < len(found)  # some are equally sure


def test_filters_keep_what_they_say(store: Store) -> None:
    fill(store)
    assert set(waiting(store, country="sy")) == {"daily", "herald", "wire"} and waiting(store, country="SA") == ["lake"]
    assert waiting(store, family="diplomacy") == ["lake"] and waiting(store, type="recapture") == ["wire"]
    assert waiting(store, publisher="the herald") == ["herald"] * 2 and waiting(store, language="en") == []
    limit = sorted(one.doubt for one in iter_queue(store))[2]
    assert {one.doubt for one in iter_queue(store, QueueFilters(surer_than=limit))} == {one.doubt for one in iter_queue(store) if one.doubt < limit} != set()
    assert count_queue(store, QueueFilters(publisher="The Herald")) == 2


def test_what_persons_said_takes_an_account_out_of_the_queue_until_it_is_undone(store: Store) -> None:
    fill(store)
    daily, wire, clash = account_in(store, "daily"), account_in(store, "wire"), account_in(store, "herald", n=1)
    before = queue_of(store)
    accepted = review_account(daily, "accepted", store, **ANA).entries[0].id
    review_account(wire, "rejected", store, **ANA)
    correct_account(clash, "when", "2021-03-04", store, codebook=load_codebook(), gazetteer=no_gazetteer, **ANA)
    now = queue_of(store)
    assert {name: now[name].verdict for name in (daily, wire, clash)} == {daily: "accepted", wire: "rejected", clash: "corrected"}
    assert (now[daily].rank, now[wire].rank) == (0, 0) and 0 < now[clash].doubt < before[clash].doubt
    assert "daily" not in waiting(store) and waiting(store, verdicts=("accepted",)) == ["daily"] and count_queue(store) == 4
    assert store.rebuild().is_equal
    undo_entry(accepted, store, **ANA)
    assert queue_of(store)[daily] == before[daily] and store.rebuild().is_equal


def test_a_corrected_type_is_in_its_family_and_not_doubted(store: Store) -> None:
    fill(store)
    wire = account_in(store, "wire")
    correct_account(wire, "type", "escape", store, codebook=load_codebook(), gazetteer=no_gazetteer, **ANA)
    one = queue_of(store)[wire]
    assert (one.family, one.type) == ("custody_exit", "escape")
    assert [field.name for field in weigh(store, [wire])[wire].fields] == ["status", "when", "where", "actor"]


def test_an_account_that_moves_is_in_the_queue_once(store: Store) -> None:
    fill(store)
    daily = account_in(store, "daily")
    for go in (lambda: judge_different(daily, "i-escape", store, **ANA), lambda: judge_same("i-caught", "i-meeting", store, **ANA)):
        go()
        assert {name: one.incident for name, one in queue_of(store).items()} == {name: store.find_incident_of(name) for name in queue_of(store)}
        assert len(queue_of(store)) == 6 and store.rebuild().is_equal


def test_whom_a_person_does_not_believe_holds_no_figure_any_more(store: Store) -> None:
    fill(store)
    daily = account_in(store, "daily")
    before = queue_of(store)[daily].stake
    mark_source("The Observatory", store, unreliable=True, **ANA)
    assert queue_of(store)[daily].stake < before and store.rebuild().is_equal


@pytest.fixture
def unsure(store: Store) -> Iterator[str]:
    """The daily's account, which the linker was not sure about."""
    fill(store)
    daily = next(iter(store.iter_cards(report="daily")))
    for incident in ("i-meeting", "i-caught", "i-aid"):
        join(store, daily, incident, verdict="unsure", right=account_in(store, "wire"))
    return daily.account.id  # type: ignore[return-value]


def test_near_misses_wait_until_a_person_says_something(store: Store, unsure: str) -> None:
    assert [(miss.incident, miss.score, miss.because) for miss in find_near_misses(store, unsure)] == [
        (incident, 0.9, "same prison, same day") for incident in ("i-meeting", "i-caught", "i-aid")
    ]
    stake = queue_of(store)[unsure].stake
    told = judge_different(unsure, "i-meeting", store, **ANA)
    judge_unsure(unsure, "i-caught", store, **ANA)
    assert [miss.incident for miss in find_near_misses(store, unsure)] == ["i-aid"] and queue_of(store)[unsure].stake == stake
    judge_same("i-aid", "i-escape", store, **ANA)
    assert find_near_misses(store, unsure) == ()  # it sits with them by now
    undo_entry(told.entries[0].id, store, **ANA)
    assert [miss.incident for miss in find_near_misses(store, unsure)] == ["i-meeting"] and store.rebuild().is_equal
    with pytest.raises(UnknownId):
        find_near_misses(store, "a-nobody")


def test_a_near_miss_names_the_incident_that_it_leads_to_now(store: Store, unsure: str) -> None:
    judge_same("i-caught", "i-meeting", store, **ANA)
    assert {miss.incident for miss in find_near_misses(store, unsure)} == {"i-caught", "i-aid"} or {
        miss.incident for miss in find_near_misses(store, unsure)
    } == {"i-meeting", "i-aid"}


def test_of_a_later_reading_the_accounts_of_today_wait(store: Store, unsure: str) -> None:
    from dataclasses import replace

    from factories import STAMP, family_of, make_account, make_reading, make_when

    newer = replace(STAMP, version="2")
    account = make_account(report_of("daily"), type="jailbreak", stamp=newer, when=make_when(date(2021, 3, 5)))
    store.add_reading(make_reading(report_of("daily"), accounts=[account], stamp=newer), family_of=family_of)
    assert account.id in queue_of(store) and unsure not in queue_of(store)
    assert len(find_near_misses(store, account.id)) == 3 and store.rebuild().is_equal
