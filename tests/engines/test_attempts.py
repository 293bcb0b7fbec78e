"""Attempts are counted before the work, on both engines, and what no run finished is counted by the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from factories import STAMP, family_of, make_reading, make_report
from waqai.engines.attempts import count_quarantined, finish, forget, give_back, hand_out, list_quarantined, quarantine, release, sweep
from waqai.schema.attempts import attempts
from waqai.store import Store

AT = datetime(2024, 1, 1, tzinfo=UTC)


def rows(store: Store) -> dict[str, tuple[int, str]]:
    with store.reading() as connection:
        return {row.report_sha256: (row.attempts, row.state) for row in connection.execute(sa.select(attempts))}


def hand(store: Store, *wanted: str) -> tuple[dict[str, int], dict[str, str]]:
    handed = hand_out(wanted, store, stamp=STAMP, most=3, at=AT)
    return dict(handed.attempts), dict(handed.quarantined)


def test_each_handing_out_counts_one_more(store: Store) -> None:
    assert hand(store, "a", "b") == ({"a": 1, "b": 1}, {})
    assert hand(store, "b", "c") == ({"b": 2, "c": 1}, {})
    assert rows(store) == {"a": (1, "working"), "b": (2, "working"), "c": (1, "working")}


def test_what_is_finished_has_no_row_and_another_readers_rows_stay(store: Store) -> None:
    hand(store, "a", "b")
    finish(["b"], store, stamp=replace(STAMP, version="2"))
    finish(["a"], store, stamp=STAMP)
    assert rows(store) == {"b": (1, "working")}


def test_an_attempt_that_was_not_made_does_not_count(store: Store) -> None:
    hand(store, "a")
    hand(store, "a", "b")
    give_back({"a": 2, "b": 1}, store, stamp=STAMP)
    assert rows(store) == {"a": (1, "working")}


def test_what_is_in_quarantine_is_not_handed_out_until_a_person_says_so(store: Store) -> None:
    hand(store, "a")
    quarantine({"a": (3, "it crashed")}, store, stamp=STAMP, at=AT)
    assert hand(store, "a", "b") == ({"b": 1}, {"a": "it crashed"})
    finish(["a"], store, stamp=STAMP)
    assert count_quarantined(store) == 1
    (one,) = list_quarantined(store)
    assert (one.report_sha256, one.report, one.attempts, one.reason, one.at, one.reader) == ("a", None, 3, "it crashed", AT, STAMP)
    release([one], store, at=AT)
    assert rows(store)["a"] == (0, "waiting") and hand(store, "a") == ({"a": 1}, {})


def test_what_ended_run_after_run_is_quarantined_unread(store: Store) -> None:
    for _ in range(6):
        assert hand(store, "a")[1] == {}
    assert hand(store, "a") == ({}, {"a": "6 runs were ended while it was being read, or next to be"})
    assert rows(store) == {"a": (6, "quarantined")}


def test_the_rows_of_a_killed_run_go_where_the_report_is_read(store: Store) -> None:
    report = make_report()
    store.add_report(report)
    store.add_reading(make_reading(report), family_of=family_of)
    hand(store, report.sha256, "b")
    sweep(store)
    assert rows(store) == {"b": (1, "working")}


def test_a_quarantined_report_that_the_store_does_not_hold_can_be_forgotten(store: Store) -> None:
    quarantine({"a": (3, "it crashed")}, store, stamp=STAMP, at=AT)
    forget(list_quarantined(store), store)
    assert rows(store) == {}
