"""A store moved between engines says the same in every table, and what goes wrong on the way leaves nothing that could be taken for a store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from engines import ENGINES
from full_store import fill_every_table
from scenes import AT, BY, fill
from waqai.core import NotPossible, NotWritten, StoreError
from waqai.keeping import moving
from waqai.keeping.contents import PASSING, find_tables
from waqai.keeping.digests import digest_all, digest_tables, find_differing
from waqai.keeping.files import find_leftovers
from waqai.keeping.moving import move_store
from waqai.store import Store, open_store


def place_for(engine: str, new_address: Callable[[str], str], tmp_path: Path) -> str:
    """Where a store can be moved to: a file that is not there, a database with an empty store."""
    return str(tmp_path / "moved.sqlite") if engine == "sqlite" else new_address(engine)


def held(connection: sa.Connection) -> dict[str, int]:
    """How many rows each of the tables of the moment has."""
    return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() or 0 for name in PASSING}


def test_every_row_is_moved_to_postgresql_and_back_and_the_store_goes_on_as_before(new_address: Callable[[str], str], tmp_path: Path) -> None:
    base, back = new_address("postgresql"), str(tmp_path / "back.sqlite")
    with open_store(new_address("sqlite")) as store:
        fill_every_table(store)
        with store.committed() as connection:
            before = {table.name for table in find_tables(connection)}
            assert len(PASSING) == 4 and all(held(connection).values()), "or the test says nothing of them"
        moved, expected = move_store(store, base), list(store.iter_dump(without=()))
        assert before == moved.digests.keys() and all(one.rows for one in moved.digests.values())
    with open_store(base) as store:
        assert move_store(store, back).digests == moved.digests
    for address in (base, back):
        with open_store(address) as store:
            assert list(store.iter_dump(without=())) == expected
            with store.committed() as connection:
                assert digest_all(digest_tables(connection)) == digest_all(moved.digests)
                assert not any(held(connection).values())
            assert {hit.report for hit in store.search("Qalat")} == {"daily", "herald", "wire"}
            store.append(kind="noted", subject="i-escape", value={"incident": "i-escape", "words": "a word"}, because="", by=BY, at=AT)
            assert store.verify().holds


@pytest.mark.parametrize("engine", ENGINES)
def test_a_store_is_moved_onto_nothing_that_holds_something(engine: str, new_address: Callable[[str], str], tmp_path: Path) -> None:
    target, source = new_address(engine), new_address("sqlite")
    with open_store(target) as other:
        fill(other)
        before = list(other.iter_dump(without=()))
    with open_store(source) as store:
        fill(store)
        with pytest.raises(NotPossible, match=r"there already|holds a store"):
            move_store(store, target)
        with pytest.raises(NotPossible, match="the store itself"):
            move_store(store, source)
    with open_store(target) as other:
        assert list(other.iter_dump(without=())) == before
        if engine == "postgresql":
            with pytest.raises(NotPossible, match="the store itself"):
                move_store(other, target)


def test_a_store_is_not_moved_into_another_programs_database(bare_address: str, store: Store, tmp_path: Path) -> None:
    if "://" not in bare_address or "://" in store.address:
        pytest.skip("once is enough")
    engine = sa.create_engine(bare_address.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE theirs (x int)")
    engine.dispose()
    with pytest.raises(StoreError, match=r"no waqai store: it holds other tables \(theirs\)"):
        move_store(store, bare_address)


@pytest.mark.parametrize("into", ENGINES)
def test_what_was_broken_off_is_no_store_and_is_begun_again(
    into: str, new_address: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = place_for(into, new_address, tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with open_store(new_address("sqlite")) as store:
        fill(store)
        with monkeypatch.context() as patched:
            patched.setattr(moving, "check_same" if into == "postgresql" else "check_copy", fail)
            with pytest.raises(KeyboardInterrupt):
                move_store(store, target)
        assert list(tmp_path.glob("moved*")) == []
        if into == "postgresql":
            with open_store(target) as other:
                assert other.counts().reports == 0
        move_store(store, target)
    with open_store(target) as other:
        assert other.counts().reports == 4


def test_a_change_meanwhile_is_not_half_in_the_copy(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody writes after the checksums were taken and before the rows are: the copy is of the moment of the checksums."""
    real = moving.fill_file
    with open_store(address) as store, open_store(address) as other:
        fill(store)

        def meanwhile(*given: object, **named: object) -> None:
            other.append(kind="noted", subject="i-escape", value={"incident": "i-escape", "words": "meanwhile"}, because="", by=BY, at=AT)
            real(*given, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(moving, "fill_file", meanwhile)
        last = store.last_entry()
        move_store(store, str(tmp_path / "moved.sqlite"))
        assert store.last_entry() == last + 1
    with open_store(tmp_path / "moved.sqlite") as moved:
        assert moved.last_entry() == last and moved.verify().holds


def test_a_row_that_differs_is_found_by_its_table(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        fill(store)
        with store.committed(newest=True) as connection:
            before = digest_tables(connection)
        with store.writing() as connection:
            connection.exec_driver_sql("UPDATE incidents SET admin1 = 'elsewhere' WHERE id = 'i-escape'")
        with store.committed(newest=True) as connection:
            assert find_differing(before, digest_tables(connection)) == ("incidents",)


def test_leftovers_are_those_whose_process_is_gone(tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True).stdout.strip()
    for name in (f"a.waqai-moving-{os.getpid()}", f"a.waqai-moving-{gone}", f"a.waqai-moving-{gone}-wal", "a.waqai-moving-x", "a"):
        (tmp_path / name).touch()
    assert [file.name for file in find_leftovers(tmp_path)] == [f"a.waqai-moving-{gone}", f"a.waqai-moving-{gone}-wal"]


def test_a_folder_that_cannot_be_made_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises((StoreError, NotWritten), match="file"):
        move_store(store, str(tmp_path / "file" / "moved.sqlite"))
