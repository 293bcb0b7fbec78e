from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from waqai.core import BadQuestion, StoreError, UnknownId
from waqai.schema.engine import errors_named, label_of
from waqai.store import Store, open_store


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (".", "is a folder"),
        ("nowhere/store.sqlite", "does not exist"),
        ("mysql://host/db", "postgresql://"),
        ("postgresql://host:port/db", "should look like"),
        ("notes.txt", "no waqai store"),
    ],
)
def test_what_cannot_be_a_store_is_said(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but long enough to look at\n" * 100)
    with pytest.raises(StoreError, match=says):
        open_store(name if "://" in name else tmp_path / name)


def test_a_server_that_does_not_answer_is_said_without_its_password() -> None:
    with pytest.raises(StoreError, match="does not answer") as caught:
        open_store("postgresql://ana:secret@127.0.0.1:1/waqai")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "helps"),
    [
        ("failed to resolve host 'db.example': [Errno -2] Name or service not known", "no machine of that name"),
        ('connection failed: connection to server at "db", port 5432 failed: FATAL:  password authentication failed for user "ana"', "user or password"),
        ('connection failed: connection to server at "db", port 5432 failed: FATAL:  role "ana" does not exist', "no such user"),
        ('connection failed: connection to server at "db", port 5432 failed: FATAL:  database "waqai" does not exist', "no such database"),
        ('connection failed: connection to server at "db", port 5432 failed: Connection refused', "does not answer"),
    ],
)
def test_what_a_server_says_comes_with_what_would_help(said: str, helps: str) -> None:
    with pytest.raises(StoreError, match=helps), errors_named("postgresql://db/waqai"):
        raise sa.exc.OperationalError("", {}, Exception(said))


def test_a_database_that_is_not_there_is_said(new_address: Callable[[str], str]) -> None:
    address = sa.make_url(new_address("postgresql")).set(database="not-there").render_as_string(hide_password=False)
    with pytest.raises(StoreError, match="no such database"):
        open_store(address)


def test_a_damaged_store_is_said(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    open_store(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 8000 + whole[8100:])
    with pytest.raises(StoreError, match="damaged"):
        open_store(path)


def test_a_label_shows_no_password() -> None:
    assert label_of("postgresql://ana:secret@db/waqai") == "postgresql://ana:***@db/waqai"
    assert "secret" not in label_of("postgresql://ana:secret@[db")
    assert label_of("postgresql://db/waqai?user=ana&password=secret&sslmode=require") == "postgresql://db/waqai?password=***&sslmode=require&user=ana"


@pytest.mark.parametrize("password", ["ge@heim", "ge@heim/7", "ge:7@heim", "g@7:heim"])
def test_a_password_with_signs_that_an_address_gives_a_meaning_is_said_and_not_shown(password: str) -> None:
    with pytest.raises(StoreError, match=r"cannot read the address 'postgresql://.*%40 for @") as caught:
        open_store(f"postgresql://ana:{password}@127.0.0.1:1/waqai")
    assert "heim" not in str(caught.value)


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
def test_a_number_that_no_database_holds_is_a_bad_question(store: Store, number: int) -> None:
    with pytest.raises(BadQuestion, match="digits"):
        list(store.iter_since(number))


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_character_that_no_database_holds_is_in_no_name(store: Store, name: str) -> None:
    with pytest.raises((BadQuestion, UnknownId)):
        store.get_report(name)
    assert store.counts().reports == 0  # the connection goes on


def test_a_file_name_may_hold_anything(tmp_path: Path) -> None:
    path = tmp_path / "100% a?b#c é.sqlite"
    open_store(path).close()
    assert path.exists()
