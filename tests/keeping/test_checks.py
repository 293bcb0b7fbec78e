"""Each thing that can be wrong with a store is found, said with what helps, and mended where that loses nothing; a sound store is called sound."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engines import ENGINES
from full_store import filled_bytes
from older import take_back_to
from scenes import fill
from waqai.keeping import checks
from waqai.keeping.checks import Check, check_store
from waqai.keeping.upgrading import plan_upgrade
from waqai.schema.migrations import HEAD
from waqai.store import open_store


@pytest.fixture
def kept(tmp_path: Path) -> str:
    (tmp_path / "s.sqlite").write_bytes(filled_bytes())
    return str(tmp_path / "s.sqlite")


def look(address: str) -> dict[str, Check]:
    return {check.name: check for check in check_store(address, actors=None)}


def spoil(address: str, *statements: str) -> None:
    with sqlite3.connect(address) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_sound_store_is_called_sound_and_nothing_is_changed(engine: str, new_address: Callable[[str], str]) -> None:
    address = new_address(engine)
    with open_store(address) as store:
        fill(store)
        before = list(store.iter_dump(without=()))
        number = store.last_change() if hasattr(store, "last_change") else None
    found = look(address)
    assert {check.state for check in found.values()} <= {"ok", "note"} and {"schema", "pages", "log", "views", "search"} <= found.keys()
    with open_store(address) as store:
        assert list(store.iter_dump(without=())) == before
        assert number is None or store.last_change() == number


@pytest.mark.parametrize(
    ("name", "statement", "said"),
    [
        ("views", "UPDATE incidents SET admin1 = 'elsewhere' WHERE id = 'i-escape'", "incident i-escape was changed"),
        ("views", "DELETE FROM members WHERE incident = 'i-aid'", "was missing"),
        ("search", "INSERT INTO search_index(search_index) VALUES ('delete-all')", "word index does not hold"),
    ],
)
def test_what_is_computed_is_mended(kept: str, name: str, statement: str, said: str) -> None:
    with open_store(kept) as store:
        before = list(store.iter_dump(without=()))
    spoil(kept, statement)
    found = look(kept)[name]
    assert found.state == "wrong" and said in found.said and found.help and found.mend is not None
    assert "anew" in found.mend()
    assert look(kept)[name].state == "ok"
    with open_store(kept) as store:
        assert list(store.iter_dump(without=())) == before and {hit.report for hit in store.search("Qalat")} == {"daily", "herald", "wire"}


@pytest.mark.parametrize(
    "statement",
    ["DROP INDEX ix_search_words", "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_search_words'::regclass"],
    ids=["missing", "not finished"],
)
def test_the_word_index_of_postgresql_is_made_anew(statement: str, new_address: Callable[[str], str]) -> None:
    address = new_address("postgresql")
    with open_store(address) as store:
        fill(store)
        with store.committed(newest=True) as connection:
            before = connection.exec_driver_sql(INDEX).one()
        with store.writing() as connection:
            connection.exec_driver_sql(statement)
        found = look(address)["search"]
        assert found.state == "wrong" and "missing or was not finished" in found.said and found.mend is not None
        assert "anew" in found.mend()
        with store.committed(newest=True) as connection:
            assert connection.exec_driver_sql(INDEX).one() == before
        assert look(address)["search"].state == "ok" and {hit.report for hit in store.search("Qalat")} == {"daily", "herald", "wire"}


INDEX = "SELECT pg_get_indexdef(indexrelid), indisvalid FROM pg_index WHERE indexrelid = to_regclass('ix_search_words')"


@pytest.mark.parametrize("statement", ["UPDATE incidents SET admin1 = 'elsewhere' WHERE id = 'i-escape'", "DELETE FROM members WHERE incident = 'i-aid'"])
def test_a_sample_finds_what_is_stale_too(kept: str, statement: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.keeping.sampling.ALL_BELOW", 0)
    assert look(kept)["views"].state == "ok"
    spoil(kept, statement)
    assert look(kept)["views"].state == "wrong"


def test_a_changed_word_of_the_log_is_found_and_not_mended(kept: str) -> None:
    spoil(kept, "DROP TRIGGER log_payloads_no_update", "UPDATE log_payloads SET because = 'another word' WHERE entry = 3")
    found = look(kept)
    assert found["log"].state == "wrong" and "entry 3" in found["log"].said and found["log"].mend is None and "views" not in found


def test_a_damaged_page_and_a_row_that_points_nowhere_are_found(kept: str) -> None:
    spoil(kept, "PRAGMA foreign_keys = OFF", "DROP TRIGGER reports_no_delete", "DELETE FROM reports WHERE id = 'lake'")
    assert "points to a row of reports that is not there" in look(kept)["pages"].said
    spoil(kept, "PRAGMA wal_checkpoint(TRUNCATE)")
    with Path(kept).open("r+b") as file:
        file.seek(40 * 4096)
        file.write(os.urandom(4096 * 20))
    found = look(kept)
    assert any(check.state == "wrong" for check in found.values())


def test_an_older_store_is_told_and_brought_up_to_date(kept: str) -> None:
    with open_store(kept) as store, store._engine.begin() as connection:
        take_back_to(connection, "0015")
    plan = plan_upgrade(kept)
    assert plan.found == "0015" and plan.steps[0][0] == "0016" and plan.steps[-1][0] == HEAD
    found = look(kept)
    assert found["schema"].state == "wrong" and "schema 0015" in found["schema"].said and "views" not in found and plan_upgrade(kept) == plan
    states = []
    for check in check_store(kept, actors=None):
        states.append(check.name)
        if check.mend is not None:
            assert "up to date" in check.mend()
    assert "views" in states and plan_upgrade(kept).is_newest, "what was mended is looked at further"


def test_what_was_broken_off_is_found_and_removed(kept: str, tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True).stdout.strip()
    left = tmp_path / f"s.sqlite.waqai-copying-{gone}"
    left.write_text("words")
    found = look(kept)["leftovers"]
    assert found.state == "wrong" and found.mend is not None and left.name in found.mend()
    assert not left.exists() and "leftovers" not in look(kept)


def test_little_room_is_said(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10_000_000})())
    assert look(kept)["room"].state == "wrong"


def test_others_who_can_read_it_are_noted(kept: str, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Path(kept).chmod(0o644)
    assert look(kept)["rights"].state == "note"
    Path(kept).chmod(0o600)
    assert "nobody else" in look(kept)["rights"].said


@pytest.mark.parametrize(("content", "said"), [(b"words " * 1000, "no waqai store"), (b"", "is empty")])
def test_what_is_no_store_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "s.sqlite").write_bytes(content)
    found = look(str(tmp_path / "s.sqlite"))
    assert found["opens"].state == "wrong" and said in found["opens"].said
