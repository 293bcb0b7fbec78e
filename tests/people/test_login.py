from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from people.conftest import AT, PASSWORD, add
from waqai.core import TooManyTries, WeakPassword, WrongLogin
from waqai.people import change_password, disable_person, find_visitor, log_in, login, passwords, set_password
from waqai.people.throttle import FREE
from waqai.schema.people import people
from waqai.store import Store, open_store

HERE = "192.0.2.7"
LATER = AT + timedelta(minutes=20)


def enter(store: Store, name: str = "ana", password: str = PASSWORD, *, at: object = AT, address: str = HERE) -> str:
    return log_in(name, store, password=password, address=address, at=at).value  # type: ignore[arg-type]


def stored(store: Store, name: str = "ana") -> str:
    with store.reading() as connection:
        return str(connection.scalar(sa.select(people.c.password).where(people.c.key == name)))


def test_who_knows_the_password_is_let_in(store: Store) -> None:
    add(store, "Ana", "coder")
    opened = log_in("ana", store, password=PASSWORD, address=HERE, at=AT)
    assert (opened.visitor.signature, opened.visitor.role, opened.expires_at) == ("person:Ana", "coder", AT + timedelta(days=7))
    assert find_visitor(opened.value, store, at=AT) == opened.visitor


def test_a_wrong_password_an_unknown_name_and_a_disabled_person_are_told_the_same(store: Store) -> None:
    add(store, "root"), add(store, "ana"), add(store, "bo", "viewer")
    disable_person("bo", store, by="person:root", at=AT)
    told = set()
    for name, password in (("ana", "wrong password"), ("nobody", PASSWORD), ("bo", PASSWORD), ("", ""), ("\ud800\x00", "\ud800")):
        with pytest.raises(WrongLogin) as refused:
            enter(store, name, password)
        told.add(str(refused.value))
    assert told == {"name and password do not go together"}


def test_an_unknown_name_and_a_disabled_person_are_hashed_for_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "root"), add(store, "bo")
    disable_person("bo", store, by="person:root", at=AT)
    tried: list[str] = []

    def verify(self: PasswordHasher, hash: str, password: bytes) -> bool:
        tried.append(password.decode())
        return real(self, hash, password)

    real = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", verify)
    for name in ("nobody", "bo", "root"):
        with pytest.raises(WrongLogin):
            enter(store, name, f"wrong for {name}")
    assert tried == ["wrong for nobody", "wrong for bo", "wrong for root"]


def test_too_many_wrong_tries_have_to_wait_even_with_the_right_password(store: Store) -> None:
    add(store)
    for _ in range(FREE["name"]):
        with pytest.raises(WrongLogin):
            enter(store, password="wrong password")
    with pytest.raises(TooManyTries, match="wait 1 second, then"):
        enter(store)
    assert enter(store, at=AT + timedelta(seconds=1))
    for _ in range(FREE["name"]):  # the success forgot them
        with pytest.raises(WrongLogin):
            enter(store, password="wrong password", at=LATER)


def test_of_many_tries_at_once_no_more_get_through_than_in_a_row(address: str) -> None:
    with open_store(address) as store:
        add(store)
    guesses = [f"guess number {n}" for n in range(24)]

    def guess(password: str) -> type[Exception]:
        with open_store(address) as own:
            with pytest.raises((WrongLogin, TooManyTries)) as refused:
                enter(own, password=password)
            return refused.type

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(guess, guesses))
    assert told.count(WrongLogin) == FREE["name"]


def test_a_new_password_or_an_admin_s_reset_ends_the_wait(store: Store) -> None:
    add(store)
    for _ in range(FREE["name"]):
        with pytest.raises(WrongLogin):
            enter(store, password="wrong password")
    set_password("ana", store, password="another horse", by="person:root", at=AT)
    assert enter(store, password="another horse")


def test_a_password_hashed_with_other_parameters_is_hashed_again_at_login(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store)
    before = stored(store)
    enter(store)
    assert stored(store) == before
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    with pytest.raises(WrongLogin):
        enter(store, password="wrong password")
    assert stored(store) == before
    enter(store)
    assert "m=16,t=2" in stored(store)
    assert enter(store)


def test_who_is_disabled_or_given_another_password_meanwhile_is_not_let_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store), add(store, "root")
    changes = [
        lambda: set_password("ana", store, password="another horse", by="person:root", at=AT),
        lambda: disable_person("ana", store, by="person:root", at=AT),
    ]
    for change, password in zip(changes, (PASSWORD, "another horse"), strict=True):
        with monkeypatch.context() as patch:
            patch.setattr(login, "is_password", lambda tried, kept, change=change: passwords.is_password(tried, kept) and change() is not None)
            with pytest.raises(WrongLogin):
                enter(store, password=password)


def test_one_s_own_password_is_changed_by_who_knows_it_and_all_sessions_end(store: Store) -> None:
    add(store)
    value = enter(store)
    said = {"address": HERE, "at": AT}
    with pytest.raises(WrongLogin):
        change_password("ana", store, old="wrong password", new="another horse", **said)  # type: ignore[arg-type]
    with pytest.raises(WeakPassword):
        change_password("ana", store, old=PASSWORD, new="short", **said)  # type: ignore[arg-type]
    assert find_visitor(value, store, at=AT) is not None
    change_password("ANA", store, old=PASSWORD, new="another horse", **said)  # type: ignore[arg-type]
    assert find_visitor(value, store, at=AT) is None and enter(store, password="another horse")
    last = list(store.iter_log())[-1]
    assert (last.kind, last.by) == ("person_password", "person:ana")


def test_guesses_at_the_old_password_wait_like_those_at_a_login(store: Store) -> None:
    add(store)
    for _ in range(FREE["name"]):
        with pytest.raises(WrongLogin):
            change_password("ana", store, old="wrong password", new="another horse", address=HERE, at=AT)
    with pytest.raises(TooManyTries):
        change_password("ana", store, old=PASSWORD, new="another horse", address=HERE, at=AT)
