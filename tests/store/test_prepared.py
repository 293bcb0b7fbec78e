"""Statements that go to SQLite's driver as they were compiled answer as SQLAlchemy does, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from waqai.core import StoreError
from waqai.schema import tables
from waqai.schema.once import find_value, find_values, find_where, insert
from waqai.schema.prepared import ask, say
from waqai.store import Store

_SOME = sa.select(tables.tombstones).where(tables.tombstones.c.sha256.in_(sa.bindparam("some", expanding=True))).order_by(tables.tombstones.c.sha256)
_UP_TO = sa.select(tables.incidents.c.id, tables.incidents.c.latest).where(tables.incidents.c.latest <= sa.bindparam("day", type_=sa.Date))
NUL = "a\x00\ud83db"  # what neither engine stores as it is


def _bury(store: Store, *names: str) -> None:
    with store._writing() as work:
        rows = [{"sha256": name, "id": NUL, "at": datetime(2026, 1, 2, tzinfo=UTC), "by": "person", "because": "é"} for name in names]
        insert(work.connection, tables.tombstones, rows)


@pytest.mark.parametrize("some", [[], ["a"], ["a", "c"], ["a", "b", "c"], ["d", "c", "b", "a", "none"]])
def test_answers_are_those_of_sqlalchemy_however_many_are_asked_for(store: Store, some: list[str]) -> None:
    _bury(store, "a", "b", "c", "d")
    with store._reading() as connection:
        found = ask(connection, _SOME, {"some": some})
        assert found == list(connection.execute(_SOME, {"some": some}))
        assert [(row.sha256, row.id, row.at.year) for row in found] == [(name, NUL, 2026) for name in sorted({*some} - {"none"})]


def test_days_and_json_come_back_as_they_went_in(store: Store) -> None:
    plain: dict[str, Any] = {"said": NUL, "none": None}
    said = {"type": "riot", "family": "unrest", "status": "occurred", "grade": "C", "earliest": None, "latest": date(2023, 6, 1)}
    with store._writing() as work:
        insert(work.connection, tables.incidents, {"id": "i-one", "country": "SY", "admin1": None, "plain": plain} | said)
        assert ask(work.connection, _UP_TO, {"day": date(2023, 6, 1)}) == [("i-one", date(2023, 6, 1))]
        assert ask(work.connection, _UP_TO, {"day": date(2023, 5, 31)}) == []
        assert find_where(work.connection, tables.incidents.c.plain, id="i-one") == [(plain,)]
        assert find_values(work.connection, tables.incidents.c.id, country="SY") == ["i-one"]
        assert find_value(work.connection, tables.incidents.c.id, country="IQ") is None


def test_what_the_driver_refuses_is_said_as_the_stores_error(store: Store) -> None:
    _bury(store, "a")
    with pytest.raises(StoreError, match=r"(?i)unique"):
        _bury(store, "a")


def test_what_was_written_is_gone_with_its_savepoint_and_with_its_transaction(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        _bury(store, "a")
        with pytest.raises(ZeroDivisionError), store.transaction():
            _bury(store, "b")
            raise ZeroDivisionError
        with store._reading() as connection:
            assert find_values(connection, tables.tombstones.c.sha256) == ["a"]
        raise ZeroDivisionError
    with store._reading() as connection:
        assert find_values(connection, tables.tombstones.c.sha256) == []


def test_a_question_sees_one_moment_of_the_store_from_its_first_answer_on(store: Store, address: str) -> None:
    from waqai.store import open_store

    with open_store(address) as other, other._reading() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("PostgreSQL's readers see each commit")
        assert find_values(connection, tables.tombstones.c.sha256) == []
        _bury(store, "a")
        assert find_values(connection, tables.tombstones.c.sha256) == []  # a transaction was begun for the first
        say(connection, "COMMIT")
        say(connection, "BEGIN")
        assert find_values(connection, tables.tombstones.c.sha256) == ["a"]
