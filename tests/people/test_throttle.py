from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from people.conftest import AT
from waqai.core import TooManyTries
from waqai.people import throttle
from waqai.people.throttle import FREE, count_try, forget_name, take_back
from waqai.schema.people import login_failures
from waqai.store import Store

HERE = "192.0.2.7"
SECOND = timedelta(seconds=1)


def try_often(store: Store, times: int, *, name: str = "ana", address: str = HERE, at: object = AT) -> None:
    for _ in range(times):
        with store.writing() as connection:
            count_try(connection, name, address, at=at)  # type: ignore[arg-type]


def rows(store: Store) -> list[tuple[str, int]]:
    with store.reading() as connection:
        return [(row.hash, row.failures) for row in connection.execute(sa.select(login_failures))]


def test_after_some_free_tries_the_wait_doubles(store: Store) -> None:
    at, waits = AT, []
    try_often(store, FREE["name"])
    for _ in range(4):
        with pytest.raises(TooManyTries) as refused:
            try_often(store, 1, at=at)
        waits.append(refused.value.wait_seconds)
        at += refused.value.wait_seconds * SECOND
        try_often(store, 1, at=at)
    assert waits == [1, 2, 4, 8]


def test_a_refused_try_is_not_counted(store: Store) -> None:
    try_often(store, FREE["name"])
    before = rows(store)
    for _ in range(3):
        with pytest.raises(TooManyTries):
            try_often(store, 1)
    assert rows(store) == before


def test_a_name_is_counted_in_whatever_case_and_from_wherever(store: Store) -> None:
    for n in range(FREE["name"]):
        try_often(store, 1, name="ANA" if n % 2 else "ana", address=f"192.0.2.{n}")
    with pytest.raises(TooManyTries):
        try_often(store, 1, address="198.51.100.1")
    try_often(store, 1, name="bo", address="198.51.100.1")


def test_an_address_is_counted_for_whatever_name(store: Store) -> None:
    for n in range(FREE["address"]):
        try_often(store, 1, name=f"name{n}", address=f"2001:db8::{n:x}")  # one customer's network
    with pytest.raises(TooManyTries):
        try_often(store, 1, name="other", address="2001:db8::ffff")
    try_often(store, 1, name="other", address="2001:db8:0:1::1")


def test_the_longer_wait_of_the_two_is_said(store: Store) -> None:
    try_often(store, FREE["name"])
    at = AT
    for _ in range(3):
        at += 60 * SECOND
        try_often(store, 1, at=at)
    for n in range(FREE["address"] - FREE["name"] - 3):
        try_often(store, 1, name=f"n{n}", at=at)
    with pytest.raises(TooManyTries, match="wait 8 seconds"):
        try_often(store, 1, at=at)
    with pytest.raises(TooManyTries, match="wait 1 second,"):
        try_often(store, 1, name="bo", at=at)


def test_what_was_wrong_is_forgotten_after_a_day(store: Store) -> None:
    try_often(store, FREE["name"])
    later = AT + throttle.FORGOTTEN_AFTER
    try_often(store, FREE["name"], at=later)
    assert {failures for _, failures in rows(store)} == {FREE["name"]}


def test_a_success_forgets_the_name_and_of_the_address_only_its_own_try(store: Store) -> None:
    try_often(store, 3)
    try_often(store, 1, name="bo")
    with store.writing() as connection:
        take_back(connection, "bo", HERE, at=AT)
    assert sorted(failures for _, failures in rows(store)) == [3, 3]  # the name ana, the address
    with store.writing() as connection:
        forget_name("ANA", connection)
    assert [failures for _, failures in rows(store)] == [3]


def test_who_has_a_name_of_his_own_cannot_clear_the_address_for_guesses_at_others(store: Store) -> None:
    at = AT
    for n in range(FREE["address"] + 3):  # a guess at another name each time, then a right login
        try_often(store, 1, name=f"victim{n}", at=at)
        at += 60 * SECOND
        try_often(store, 1, name="own", at=at)
        with store.writing() as connection:
            take_back(connection, "own", HERE, at=at)
    try_often(store, 1, name="victim", at=at)
    with pytest.raises(TooManyTries, match="wait 16 seconds"):
        try_often(store, 1, name="victim2", at=at)


def test_neither_names_nor_addresses_can_be_read_from_the_table(store: Store) -> None:
    try_often(store, 1, name="hunter2 typed in the wrong field")
    with store.reading() as connection:
        told = str(connection.execute(sa.select(login_failures)).all())
    assert "hunter2" not in told and HERE not in told


def test_a_flood_of_names_does_not_fill_the_table_and_leaves_who_has_to_wait(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MOST_ROWS", 30)
    try_often(store, FREE["name"], name="victim")
    at = AT
    for wait in (1, 2, 4, 8, 16, 32):
        at += wait * SECOND
        try_often(store, 1, name="victim", at=at, address=f"192.0.2.{wait}")
    for n in range(40):
        try_often(store, 1, name=f"flood{n}", address=f"198.51.{n}.1", at=at + SECOND)
    assert len(rows(store)) == 30
    with pytest.raises(TooManyTries):
        try_often(store, 1, name="victim", address="203.0.113.1", at=at + SECOND)
