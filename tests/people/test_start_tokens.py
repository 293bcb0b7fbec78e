from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

import pytest
import sqlalchemy as sa

from people.conftest import AT
from waqai.core import NotPossible, WrongLogin
from waqai.people import end_all, find_visitor, mint_start_token, take_start_token
from waqai.people.start_tokens import VALID
from waqai.schema.people import start_tokens
from waqai.store import Store, open_store


def take(address: str, value: str) -> bool:
    with open_store(address) as store:
        try:
            take_start_token(value, store, at=AT)
        except WrongLogin:
            return False
        return True


def test_a_start_token_lets_the_owner_in_once(store: Store) -> None:
    value = mint_start_token(store, at=AT, owner_name="Ana María")
    opened = take_start_token(value, store, at=AT)
    found = find_visitor(opened.value, store, at=AT)
    assert found is not None and (found.signature, found.role) == ("person:Ana María", "admin")
    with pytest.raises(WrongLogin, match="used before"):
        take_start_token(value, store, at=AT)


def test_without_a_name_the_owner_signs_as_person(store: Store) -> None:
    assert take_start_token(mint_start_token(store, at=AT), store, at=AT).visitor.signature == "person"
    with pytest.raises(NotPossible):
        mint_start_token(store, at=AT, owner_name="a\nb")


def test_a_start_token_is_over_after_a_day(store: Store) -> None:
    values = [mint_start_token(store, at=AT) for _ in range(2)]
    assert take_start_token(values[0], store, at=AT + VALID - timedelta(seconds=1))
    with pytest.raises(WrongLogin):
        take_start_token(values[1], store, at=AT + VALID)


@pytest.mark.parametrize("value", ["", "x", "\x00", "\ud800"])
def test_what_is_no_start_token_lets_nobody_in(store: Store, value: str) -> None:
    mint_start_token(store, at=AT)
    with pytest.raises(WrongLogin):
        take_start_token(value, store, at=AT)


def test_only_the_hash_is_kept_and_those_that_are_over_go(store: Store) -> None:
    values = [mint_start_token(store, at=AT), mint_start_token(store, at=AT + VALID)]
    with store.reading() as connection:
        kept = connection.execute(sa.select(start_tokens)).all()
    assert len(kept) == 1 and not any(value in str(kept) for value in values)


def test_of_threads_that_take_it_at_once_one_gets_it(address: str) -> None:
    with open_store(address) as store:
        values = [mint_start_token(store, at=AT) for _ in range(5)]
    with ThreadPoolExecutor(8) as pool:
        for value in values:
            assert list(pool.map(take, [address] * 8, [value] * 8)).count(True) == 1


def test_of_threads_that_share_a_store_one_gets_it(store: Store) -> None:
    def take_here(value: str) -> bool:
        try:
            take_start_token(value, store, at=AT)
        except WrongLogin:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            assert list(pool.map(take_here, [mint_start_token(store, at=AT)] * 8)).count(True) == 1


def test_of_processes_that_take_it_at_once_one_gets_it(address: str) -> None:
    with open_store(address) as store:
        values = [mint_start_token(store, at=AT) for _ in range(4)]
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        for value in values:
            assert list(pool.map(take, [address] * 4, [value] * 4)).count(True) == 1


def test_a_token_that_was_minted_before_all_was_ended_lets_nobody_in(store: Store) -> None:
    value = mint_start_token(store, at=AT)
    end_all(store)
    with pytest.raises(WrongLogin):
        take_start_token(value, store, at=AT)
