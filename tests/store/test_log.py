from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from scenes import AT, add, fill, join, open_by
from waqai.core import StoreError
from waqai.logbook import log
from waqai.logbook.log import START
from waqai.store import Store, reviews


def _change(store: Store, statement: str, *, table: str) -> None:
    """Change the log as somebody with the database's file would: past its guards."""
    postgresql = store._engine.dialect.name == "postgresql"
    with store._engine.begin() as connection:
        connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER ALL" if postgresql else f"DROP TRIGGER {table}_no_update"))
        if not postgresql and table == "log":
            connection.execute(sa.text("DROP TRIGGER log_no_delete"))
        connection.execute(sa.text(statement))


def test_entries_are_numbered_and_chained(store: Store) -> None:
    fill(store)
    entries = list(store.iter_log())
    assert [e.id for e in entries] == [1, 2, 3, 4, 5, 6]
    assert entries[0].previous_hash == START
    assert len({e.previous_hash for e in entries}) == 6
    assert (entries[0].kind, entries[0].subject, entries[0].value["role"], entries[0].at) == ("opened", "i-escape", "main", AT)


def test_a_log_that_nobody_touched_holds(store: Store) -> None:
    assert store.verify().holds
    fill(store)
    check = store.verify()
    assert (check.holds, check.entries, check.erased) == (True, 6, 0)


@pytest.mark.parametrize(
    ("table", "statement", "entry", "fault"),
    [
        ("log_payloads", "UPDATE log_payloads SET because = 'for money' WHERE entry = 3", 3, "value or reason"),
        ("log_payloads", "UPDATE log_payloads SET value = replace(value, 'same', 'diff') WHERE entry = 2", 2, "value or reason"),
        ("log_payloads", "UPDATE log_payloads SET value = 'no json' WHERE entry = 2", 2, "value or reason"),
        ("log", "UPDATE log SET by = 'person:eve' WHERE id = 4", 4, "author"),
        ("log", "UPDATE log SET at = '2020-01-01T00:00:00.000000+00:00' WHERE id = 5", 5, "time"),
        ("log", "UPDATE log SET previous_hash = 'x' WHERE id = 6", 6, "does not follow"),
        ("log", "UPDATE log SET id = 9 WHERE id = 6", 6, "missing"),
    ],
)
def test_the_first_changed_entry_is_named(store: Store, table: str, statement: str, entry: int, fault: str) -> None:
    fill(store)
    if "id = 9" in statement:
        _change(store, "DELETE FROM log_payloads WHERE entry = 6", table="log")
        with store._engine.begin() as connection:
            connection.execute(sa.text(statement))
    else:
        _change(store, statement.replace(" by ", ' "by" '), table=table)
    check = store.verify()
    assert (check.holds, check.broken_entry) == (False, entry)
    assert fault in (check.fault or "")


def test_an_erased_payload_leaves_the_chain_standing(store: Store) -> None:
    fill(store)
    with store._engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM log_payloads WHERE entry = 4"))
    assert store.verify().broken_entry == 4  # nobody said so
    store.append(kind="erased", subject="hash of the report", value={"entries": [4]}, because="asked for", by="person:ana", at=AT)
    check = store.verify()
    assert (check.holds, check.erased, check.entries) == (True, 1, 7)
    assert [e.value for e in store.iter_log(subject="i-caught")] == [{}]
    store.rebuild()
    assert "i-caught" not in {i.id for i in store.iter_incidents()}


def test_the_same_words_hash_differently_in_two_entries(store: Store) -> None:
    for _ in range(2):
        store.append(kind="locked", subject="i-escape", value={"incident": "i-escape"}, because="checked", by="person:ana", at=AT)
    with store._engine.connect() as connection:
        assert len(set(connection.scalars(sa.text("SELECT payload_hash FROM log")))) == 2


def test_what_the_log_does_not_know_is_refused(store: Store) -> None:
    said = {"because": "", "by": "x", "at": AT}
    with pytest.raises(StoreError, match="no entries of kind 'merged'"):
        store.append(kind="merged", subject="i", value={}, **said)
    with pytest.raises(StoreError, match="needs account, role, anchor"):
        store.append(kind="opened", subject="i", value={}, **said)
    with pytest.raises(StoreError, match="no such entry"):
        store.undo(99, **said)
    assert store.counts().entries == 0


def test_an_incident_is_opened_once(store: Store) -> None:
    add(store, "daily")
    (card,) = store.iter_cards()
    open_by(store, card, "i-escape")
    with pytest.raises(StoreError, match="opened before"):
        open_by(store, card, "i-escape")


def test_an_incident_is_opened_in_the_transaction_that_seats_accounts_in_it_in_whatever_order(store: Store) -> None:
    add(store, "daily")
    (card,) = store.iter_cards()
    with pytest.raises(StoreError, match="'i-escape', which no entry opened"):
        join(store, card, "i-escape")
    assert store.counts().entries == 0
    with store.transaction():
        join(store, card, "i-escape")
        open_by(store, card, "i-escape")
    assert store.find_incident_of(card.account.id) == "i-escape"


def test_an_instant_is_kept_in_utc_and_a_time_without_zone_is_refused(store: Store) -> None:
    said = {"kind": "locked", "subject": "i", "value": {"incident": "i"}, "because": "", "by": "x"}
    east = datetime(2021, 3, 9, 15, tzinfo=timezone(timedelta(hours=3)))
    store.append(at=east, **said)
    assert [e.at.tzinfo for e in store.iter_log()] == [UTC]
    assert [e.at for e in store.iter_log()] == [AT]
    with pytest.raises(ValueError, match="no instant"):
        store.append(at=datetime(2021, 3, 9), **said)  # noqa: DTZ001


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_rare_kinds_are_found_by_their_index_and_not_by_a_walk_through_the_log(store: Store) -> None:
    with store._reading() as connection:
        for chosen in (log._chosen("kind", rare=True), reviews._REVIEWED):
            asked = str(chosen.compile(connection.engine, compile_kwargs={"render_postcompile": True}))
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("locked",) * asked.count("?"))]
            assert any("ix_log_rare" in step for step in plan), plan
