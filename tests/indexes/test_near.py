from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from factories import family_of, make_account, make_involved, make_reading, make_report, make_when, make_where
from scenes import open_by
from waqai.indexes import near
from waqai.indexes.near import Window
from waqai.store import Store

DAY = date(2021, 3, 6)
ALL = frozenset({"custody_exit", "combat"})
WINDOW = Window(DAY.toordinal(), DAY.toordinal())


def _open(store: Store, days: Sequence[int | None], *, name: str = "i", **account: object) -> None:
    """An incident for each of these days, counted from DAY; None: without a day."""
    for days_off in days:
        report = make_report(f"{name} {days_off} {account}", id=f"{name}{days_off}", published=None)
        when = None if days_off is None else make_when(DAY + timedelta(days=days_off))
        said: dict[str, Any] = {"when": when, "where": make_where()} | account
        store.add_report(report)
        store.add_reading(make_reading(report, accounts=[make_account(report, **said)]), family_of=family_of)
        (card,) = store.iter_cards(report=report.id)
        open_by(store, card, f"{name}{days_off}")


@pytest.mark.parametrize(("spot", "value"), [("place", "test:tel-salam"), ("cell", (126 * 360 + 220, 1)), ("country", "SY"), ("anywhere", None)])
def test_the_nearest_in_days_come_first_and_so_many_at_most(store: Store, spot: near.Spot, value: object) -> None:
    _open(store, [9, -1, 2, -14, -15, 15, None])
    with store._reading() as connection:
        rows = near.find_near(connection, spot, value, families=ALL, window=WINDOW, most=3)
        every = near.find_near(connection, spot, value, families=ALL, window=WINDOW, most=99)
    assert [row.incident for row in rows] == ["i-1", "i2", "i9"]
    assert {row.incident for row in every} == {"i-1", "i2", "i9", "i-14"}


def test_a_month_is_farther_than_a_day_in_it(store: Store) -> None:
    _open(store, [2])
    _open(store, [0], name="m", when=make_when(date(2021, 3, 1), date(2021, 3, 31)))
    with store._reading() as connection:
        rows = near.find_near(connection, "country", "SY", families=ALL, window=WINDOW, most=9)
    assert [row.incident for row in rows] == ["i2", "m0"]


def test_other_families_are_not_asked_for(store: Store) -> None:
    _open(store, [0], type="meeting")
    with store._reading() as connection:
        assert near.find_near(connection, "country", "SY", families=ALL, window=WINDOW, most=9) == []


def test_the_undated_of_a_place_come_by_type(store: Store) -> None:
    _open(store, [None, 0], type="clash", name="a")
    _open(store, [None], name="b")
    with store._reading() as connection:
        rows = near.find_undated(connection, "test:tel-salam", families=ALL, type_="escape", most=9)
    assert [row.incident for row in rows] == ["bNone", "aNone"]


def test_the_latest_of_a_place_end_on_a_day(store: Store) -> None:
    _open(store, [-40, -3, 0, 5])
    with store._reading() as connection:
        upto, newest = (near.find_latest(connection, "test:tel-salam", families=ALL, until=until, most=2) for until in (DAY, None))
    assert [row.incident for row in upto] == ["i0", "i-3"] and [row.incident for row in newest] == ["i5", "i0"]


def test_bearers_of_a_name_come_from_both_sides_of_the_day(store: Store) -> None:
    involved = [make_involved("facility", "Qalat prison"), make_involved("initiator", "The Council", actor_id="org:council")]
    _open(store, [-400, -3, 4, 300, None], involved=involved)
    with store._reading() as connection:
        by_prison = near.find_named(connection, "facility", "qalat prison", around=DAY, within=None, most=1)
        newest = near.find_named(connection, "facility", "qalat prison", around=None, within=None, most=1)
        within = near.find_named(connection, "actor id", "org:council", around=DAY, within=(date(2021, 2, 1), date(2021, 4, 1)), most=9)
        by_name = near.find_named(connection, "actor", "council", around=DAY, within=(date(2021, 2, 1), date(2021, 4, 1)), most=9)
    assert {row.incident for row in by_prison} == {"i-3", "i4", "iNone"} and {row.incident for row in newest} == {"i300", "iNone"}
    assert {row.incident for row in within} == {row.incident for row in by_name} == {"i-3", "i4", "iNone"}


def test_other_families_are_not_asked_for_at_a_place_either(store: Store) -> None:
    _open(store, [None, 0], type="meeting")
    with store._reading() as connection:
        assert near.find_undated(connection, "test:tel-salam", families=ALL, type_="meeting", most=9) == []
        assert near.find_latest(connection, "test:tel-salam", families=ALL, until=None, most=9) == []


def test_a_name_is_looked_for_among_those_who_bear_it_as_that(store: Store) -> None:
    """A force and a prison of one name are two, and so are a town and the group that is named for it."""
    _open(store, [0], name="prison", involved=[make_involved("facility", "Hasakah")], where=None)
    _open(store, [0], name="force", involved=[make_involved("initiator", "Hasakah")], where=None)
    _open(store, [0], name="town", where=make_where("Hasakah"))
    with store._reading() as connection:
        found = {kind: near.find_named(connection, kind, "hasakah", around=DAY, within=None, most=9) for kind in ("facility", "actor", "place")}
    assert {kind: [row.incident for row in rows] for kind, rows in found.items()} == {"facility": ["prison0"], "actor": ["force0"], "place": ["town0"]}


def test_bearers_of_a_name_are_found_in_the_order_asked_for_and_nothing_else_is_looked_at(store: Store) -> None:
    with store._reading() as connection:
        if connection.dialect.name == "sqlite":
            days = {"kind": "actor", "name": "x", "around": 9, "since": 1, "until": 99, "most": 9}
            plan = [row[3] for row in connection.execute(sa.text(f"EXPLAIN QUERY PLAN {near._NAMED.element}"), days)]
            assert any("bearers" in step for step in plan) and not any("members" in step or "account_names" in step or "SCAN bearers" in step for step in plan)
