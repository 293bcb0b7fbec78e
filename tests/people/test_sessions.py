from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from people.conftest import AT, PASSWORD, add
from waqai.core import StoreError
from waqai.keeping.backups import backup_store
from waqai.keeping.restoring import Means, restore_store
from waqai.people import (
    Visitor,
    disable_person,
    enable_person,
    end_all,
    end_others,
    end_session,
    find_visitor,
    give_role,
    list_own_sessions,
    log_in,
    set_password,
)
from waqai.people.sessions import IDLE, LONGEST, SEEN_EVERY, open_session
from waqai.schema.people import sessions
from waqai.store import Store, open_store

BY = {"by": "person:root", "at": AT}
MINUTE = timedelta(minutes=1)


def enter(store: Store, name: str = "ana", *, longest: timedelta = LONGEST) -> str:
    return log_in(name, store, password=PASSWORD, address="192.0.2.7", at=AT, longest=longest).value


def test_a_value_is_random_and_only_its_hash_is_kept(store: Store) -> None:
    add(store)
    one, other = enter(store), enter(store)
    assert one != other and len(one) >= 43  # 256 bits in base64
    with store.reading() as connection:
        kept = str(connection.execute(sa.select(sessions)).all())
    assert one not in kept and other not in kept


@pytest.mark.parametrize("value", ["", "x", "\x00", "\ud800", "x" * 10_000])
def test_what_is_no_session_is_nobody(store: Store, value: str) -> None:
    assert find_visitor(value, store, at=AT) is None


def test_a_session_ends_when_it_is_not_used(store: Store) -> None:
    add(store)
    value = enter(store)
    assert find_visitor(value, store, at=AT + IDLE + MINUTE) is None
    assert find_visitor(value, store, at=AT + IDLE) is not None  # which is seen
    assert find_visitor(value, store, at=AT + IDLE + IDLE) is not None
    assert find_visitor(value, store, at=AT + 3 * MINUTE + IDLE + IDLE, idle=MINUTE) is None


def test_a_session_ends_after_a_week_however_much_it_is_used(store: Store) -> None:
    add(store)
    value, at = enter(store), AT
    while at < AT + LONGEST:
        assert find_visitor(value, store, at=at) is not None
        at += timedelta(hours=11)
    assert find_visitor(value, store, at=AT + LONGEST) is None


def test_how_long_a_session_lasts_is_an_argument(store: Store) -> None:
    add(store)
    value = enter(store, longest=timedelta(hours=1))
    assert find_visitor(value, store, at=AT + 59 * MINUTE) is not None and find_visitor(value, store, at=AT + 60 * MINUTE) is None


def test_that_a_session_was_seen_is_written_every_few_minutes_only(store: Store) -> None:
    add(store)
    value = enter(store)
    seen = []
    for minutes in range(0, 12):
        find_visitor(value, store, at=AT + minutes * MINUTE)
        with store.reading() as connection:
            seen.append(connection.scalar(sa.select(sessions.c.seen_at)))
    assert sorted(set(seen)) == [AT, AT + SEEN_EVERY, AT + 2 * SEEN_EVERY]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_who_writes_for_long_keeps_nobody_from_reading(address: str) -> None:
    with open_store(address, wait_seconds=0.05) as store:
        add(store)
        value = enter(store)
        with sqlite3.connect(address, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            assert find_visitor(value, store, at=AT + timedelta(hours=11)) is not None
            other.execute("ROLLBACK")
        assert find_visitor(value, store, at=AT + timedelta(hours=13)) is None  # nobody could note it


def test_logging_out_ends_this_session_and_no_other(store: Store) -> None:
    add(store)
    one, other = enter(store), enter(store)
    end_session(one, store)
    end_session("unknown", store)
    assert find_visitor(one, store, at=AT) is None and find_visitor(other, store, at=AT) is not None


def enter_as_owner(store: Store, name: str | None = "ana") -> str:
    with store.writing() as connection:
        return open_session(Visitor(name=name, role="admin"), connection, at=AT).value


def test_who_is_in_ends_their_other_sessions_and_nobody_else_s(store: Store) -> None:
    add(store, "root"), add(store)
    this, others, root, owner = enter(store), [enter(store), enter(store)], enter(store, "root"), enter_as_owner(store)
    assert (end_others(this, store), end_others(this, store), end_others("unknown", store)) == (2, 0, 0)
    assert [find_visitor(value, store, at=AT) is not None for value in (this, *others, root, owner)] == [True, False, False, True, True]


def test_the_owner_s_sessions_are_no_person_s_of_the_same_name(store: Store) -> None:
    add(store)
    owner, other, person = enter_as_owner(store), enter_as_owner(store, None), enter(store)
    assert [one.is_this for one in list_own_sessions(person, store, at=AT)] == [True]
    assert end_others(owner, store) == 1
    assert [find_visitor(value, store, at=AT) is not None for value in (owner, other, person)] == [True, False, True]


def test_own_sessions_are_listed_as_long_as_they_are_open(store: Store) -> None:
    add(store, "root"), add(store)
    this = enter(store)
    enter(store, "root"), enter(store, longest=MINUTE)
    listed = list_own_sessions(this, store, at=AT)
    assert [(one.created_at, one.seen_at) for one in listed] == [(AT, AT)] * 2 and sorted(one.is_this for one in listed) == [False, True]
    assert [one.is_this for one in list_own_sessions(this, store, at=AT + 2 * MINUTE)] == [True]
    assert list_own_sessions(this, store, at=AT + IDLE + MINUTE) == list_own_sessions("unknown", store, at=AT) == ()


@pytest.mark.parametrize("how", ["password", "disabled"])
def test_a_new_password_and_being_disabled_end_all_sessions_of_that_person(store: Store, how: str) -> None:
    add(store, "root"), add(store)
    ana, root = [enter(store), enter(store)], enter(store, "root")
    if how == "password":
        set_password("ana", store, password="another horse", **BY)
    else:
        disable_person("ana", store, **BY)
        enable_person("ana", store, **BY)  # they do not come back
    assert [find_visitor(value, store, at=AT) for value in ana] == [None, None] and find_visitor(root, store, at=AT) is not None


def test_a_role_counts_from_the_next_request_on(store: Store) -> None:
    add(store, "root"), add(store)
    value = enter(store)
    give_role("ana", store, role="viewer", **BY)
    visitor = find_visitor(value, store, at=AT)
    assert visitor is not None and not visitor.may("code")


def test_the_session_of_a_disabled_person_is_nobody_s_even_where_its_row_is_still_there(store: Store) -> None:
    add(store)
    value = enter(store)
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE people SET disabled_at = created_at"))
    assert find_visitor(value, store, at=AT) is None


@pytest.mark.parametrize(("name", "signs"), [("ana", "person:ana"), (None, "person")])
def test_the_owner_is_an_admin_who_signs_with_the_name_given(store: Store, name: str | None, signs: str) -> None:
    with store.writing() as connection:
        opened = open_session(Visitor(name=name, role="admin"), connection, at=AT)
    found = find_visitor(opened.value, store, at=AT)
    assert found is not None and (found.signature, found.role, found.person, found.may("manage")) == (signs, "admin", None, True)


def test_sessions_that_are_over_go_when_another_one_is_opened(store: Store) -> None:
    add(store)
    enter(store, longest=-MINUTE)
    enter(store)
    with store.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(sessions)) == 1


def test_all_sessions_can_be_ended(store: Store) -> None:
    add(store)
    value = enter(store)
    end_all(store)
    assert find_visitor(value, store, at=AT) is None


def test_a_session_is_of_a_person_who_is_there(store: Store) -> None:
    with pytest.raises(StoreError), store.writing() as connection:
        open_session(Visitor(name="x", role="admin", person="x"), connection, at=AT)


def test_a_backup_lets_nobody_in_who_is_in_now_and_holds_no_trace_of_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        add(store)
        value = enter(store)
        with pytest.raises(Exception, match="do not go together"):
            log_in("bo", store, password=PASSWORD, address="192.0.2.7", at=AT)
        with store.reading() as connection:
            (hash_,) = connection.scalars(sa.select(sessions.c.hash))
        backup_store(store, tmp_path / "b.sqlite")
        assert find_visitor(value, store, at=AT) is not None
    assert hash_.encode() in (tmp_path / "s.sqlite").read_bytes() and hash_.encode() not in (tmp_path / "b.sqlite").read_bytes()
    with sqlite3.connect(tmp_path / "b.sqlite") as copy:
        assert [copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("sessions", "start_tokens", "login_failures")] == [0, 0, 0]
    with open_store(tmp_path / "b.sqlite") as copied:
        assert find_visitor(value, copied, at=AT) is None and enter(copied)


def test_a_store_that_is_restored_lets_nobody_in_who_was_in_when_the_copy_was_made(address: str, new_address: Callable[[str], str], tmp_path: Path) -> None:
    with open_store(address) as store:
        add(store)
        value = enter(store)
    backup, target = address, str(tmp_path / "new.sqlite")
    if "://" in address:  # a dump is restored into a database of its own, and that one is used
        target = new_address("postgresql")
    assert restore_store(backup, target, agree=lambda _: True, means=Means(now=lambda: AT)) is not None
    with open_store(backup if "://" in address else target) as store:
        assert find_visitor(value, store, at=AT) is None and enter(store)
