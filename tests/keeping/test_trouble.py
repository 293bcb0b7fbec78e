"""Full disks, damaged files, places that cannot be written, a clock that goes back, a database that goes away: clear words, and nothing is lost."""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from crashes import as_nobody, in_child
from engines import ENGINES
from factories import make_report
from full_store import filled_bytes
from scenes import AT, fill
from waqai.core import NotPossible, NotWritten, StoreError, WaqaiError
from waqai.flow import now
from waqai.keeping import copying, files, moving, paging, restoring
from waqai.keeping.backups import backup_store
from waqai.keeping.files import put_in_place, remove_leftovers
from waqai.keeping.moving import move_store
from waqai.keeping.restoring import Means, restore_store
from waqai.keeping.sealing import Recipients
from waqai.store import Store, open_store


def kept(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "s.sqlite").write_bytes(filled_bytes())
    return folder / "s.sqlite"


def dump(place: Path | str) -> list[str]:
    with open_store(place) as store:
        return list(store.iter_dump(without=()))


def said_in_child(work: Callable[[], object]) -> str:
    """What a process says that may not write files of more than 64 kB and does this: its error, or that there was none."""
    try:
        in_child(lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536)), work()), kill_at=None)  # type: ignore[arg-type, return-value]
    except AssertionError as error:
        return str(error)
    return "no error"


# -- a full disk


def big(store: Store) -> None:
    store.add_report(make_report("A long text of a prison. " * 40_000, id="big"))


def test_a_store_on_a_full_disk_says_so_and_keeps_what_it_had(tmp_path: Path) -> None:
    path = kept(tmp_path)
    before = dump(path)
    with open_store(path) as store:
        with store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

        @sa.event.listens_for(store._engine, "checkout")
        def limit(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages}")

        with pytest.raises(StoreError, match="the disk is full; make room, nothing of this step was kept"):
            big(store)
    assert dump(path) == before
    with open_store(path) as store:
        big(store)


def test_a_file_system_that_takes_no_more_says_so_and_keeps_what_it_had(tmp_path: Path) -> None:
    """The write-ahead log may not grow: the limit of a process is what a test can do without a disk of its own."""
    path = kept(tmp_path)
    before = dump(path)

    def write() -> None:
        with open_store(path) as store:
            big(store)

    said = said_in_child(write)
    assert "StoreError" in said and ("nothing of this step was kept" in said), said
    assert dump(path) == before


@pytest.mark.parametrize(
    "work",
    [
        lambda store, folder: backup_store(store, folder / "new.sqlite"),
        lambda store, folder: move_store(store, str(folder / "new.sqlite")),
        lambda store, folder: backup_store(store, folder / "new.age", seal=Recipients(keys=(KEY,))),
    ],
    ids=["backup", "move", "sealed backup"],
)
def test_a_copy_that_does_not_fit_is_not_there_and_leaves_nothing(work: Callable[[Store, Path], object], tmp_path: Path) -> None:
    path = kept(tmp_path / "home")
    (tmp_path / "stick").mkdir()

    def copy() -> None:
        with open_store(path) as store:
            work(store, tmp_path / "stick")

    said = said_in_child(copy)
    assert ("StoreError" in said or "NotWritten" in said) and "nothing of this step was kept" in said.lower(), said
    assert list((tmp_path / "stick").iterdir()) == [] and not list(path.parent.glob("*.waqai-*"))


KEY = "age1m953fx3zpu9ky77kj60w679ap3f9wl5zfe47gjj69evgwnlvaansf2ktek"


def test_a_restore_that_does_not_fit_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = kept(tmp_path)
    with open_store(path) as store:
        backup_store(store, tmp_path / "b.sqlite")
        big(store)
    before = dump(path)
    said = said_in_child(lambda: restore_store(str(tmp_path / "b.sqlite"), str(path), agree=lambda _: True, means=Means(now=now)))
    assert "nothing of this step was kept" in said, said
    assert dump(path) == before


# -- places that cannot be written


@pytest.fixture
def open_to_all(tmp_path: Path) -> Path:
    """A folder that others can reach."""
    for folder in (tmp_path, *tmp_path.parents[:3]):  # pytest's own, and that of a process of its own
        folder.chmod(folder.stat().st_mode | 0o055)
    return tmp_path


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o777), (0o444, 0o555)], ids=["file", "file and folder"])
def test_a_store_that_cannot_be_written_says_so(file: int, folder: int, open_to_all: Path) -> None:
    path = kept(open_to_all / "home")
    before = dump(path)
    path.chmod(file)
    path.parent.chmod(folder)

    def write() -> None:
        with open_store(path) as store:
            big(store)

    said = as_nobody(write)
    path.parent.chmod(0o755)
    assert "StoreError" in said and "permissions" in said and str(path) in said, said
    for beside in path.parent.glob("s.sqlite-*"):
        beside.unlink()
    path.chmod(0o644)
    assert dump(path) == before


def test_a_folder_that_cannot_be_written_takes_no_backup_and_says_so(open_to_all: Path) -> None:
    path = kept(open_to_all / "home")
    path.parent.chmod(0o777)
    for file in path.parent.iterdir():
        file.chmod(0o666)
    (open_to_all / "stick").mkdir(mode=0o555)

    def copy() -> None:
        with open_store(path) as store:
            backup_store(store, open_to_all / "stick" / "b.sqlite")

    said = as_nobody(copy)
    assert "NotWritten" in said and "you may not write there" in said, said
    said = as_nobody(lambda: os.access(open_to_all, os.X_OK) or 1 / 0)
    assert said == "no error"


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_file_that_came_first_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool) -> None:
    if not in_one_step:
        monkeypatch.setattr(files, "_renamed", lambda *_: False)
    for name in ("work", "there"):
        (tmp_path / name).write_text(name)
    with pytest.raises(NotWritten, match="there already"):
        put_in_place(tmp_path / "work", tmp_path / "there")
    assert (tmp_path / "there").read_text() == "there"


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is Linux's")
def test_a_file_gets_its_name_in_one_step_that_leaves_no_second_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", lambda *_: pytest.fail("two steps"))
    (tmp_path / "work").write_text("work")
    put_in_place(tmp_path / "work", tmp_path / "new ü")
    assert [file.name for file in tmp_path.iterdir()] == ["new ü"]


def test_a_memory_stick_without_links_gets_its_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(files, "_renamed", lambda *_: False)
    for name in ("work", "other"):
        (tmp_path / name).write_text(name)
    put_in_place(tmp_path / "work", tmp_path / "new")
    assert (tmp_path / "new").read_text() == "work" and not (tmp_path / "work").exists()
    with pytest.raises(NotWritten, match="there already"):
        put_in_place(tmp_path / "other", tmp_path / "new")


def test_what_a_store_that_is_gone_left_is_not_played_into_a_new_file(tmp_path: Path) -> None:
    """SQLite would: a write-ahead log tells nothing of the file that it belongs to."""
    path = kept(tmp_path / "home")
    before = dump(path)
    gone = kept(tmp_path / "gone")
    with sqlite3.connect(gone) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE incidents SET admin1 = 'elsewhere'")
        connection.commit()
        left = Path(f"{gone}-wal").read_bytes()
    assert left
    gone.unlink()
    Path(f"{gone}-wal").write_bytes(left)
    with open_store(path) as store:
        for work in (lambda: backup_store(store, gone), lambda: move_store(store, str(gone))):
            with pytest.raises(NotPossible, match=r"s\.sqlite-wal' lies there, left by a store of that name that is gone"):
                work()
        backup_store(store, tmp_path / "b.sqlite")
    restore_store(str(tmp_path / "b.sqlite"), str(gone), agree=lambda _: True, means=Means(now=now))  # into what SQLite itself makes, which clears it
    assert dump(gone) == before


def test_a_backup_that_may_not_be_read_is_said_so(open_to_all: Path) -> None:
    path = kept(open_to_all / "home")
    path.parent.chmod(0o777)
    with open_store(path) as store:
        backup_store(store, open_to_all / "b.sqlite")
    said = as_nobody(lambda: restore_store(str(open_to_all / "b.sqlite"), str(path), agree=lambda _: True, means=Means(now=now)))
    assert "cannot read" in said and "b.sqlite': Permission denied; nothing was changed" in said, said


def test_what_another_user_left_in_the_folder_for_temporary_files_is_in_nobody_s_way(open_to_all: Path) -> None:
    (open_to_all / "tmp").mkdir()
    (open_to_all / "tmp").chmod(0o1777)
    theirs = open_to_all / "tmp" / "waqai.waqai-copying-999999999"
    theirs.write_text("x")
    assert as_nobody(lambda: remove_leftovers(open_to_all / "tmp" / "waqai")) == ("no error")
    assert theirs.exists()
    remove_leftovers(open_to_all / "tmp" / "waqai")
    assert not theirs.exists()


def test_a_new_place_that_cannot_be_filled_is_empty_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(kept(tmp_path)) as store:
        backup_store(store, tmp_path / "b.sqlite")
    real = restoring.copy_pages

    def fail(source: Path, target: Path) -> None:
        real(source, target)
        if target.name == "new.sqlite":
            raise StoreError("the disk is full")

    monkeypatch.setattr(restoring, "copy_pages", fail)
    with pytest.raises(StoreError, match="full"):
        restore_store(str(tmp_path / "b.sqlite"), str(tmp_path / "new.sqlite"), agree=lambda _: True, means=Means(now=now))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.sqlite", "s.sqlite"]


def test_a_restore_does_not_wait_for_ever_for_who_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "WAIT_SECONDS", 0.3)
    path = kept(tmp_path)
    before = dump(path)
    with open_store(path) as store:
        backup_store(store, tmp_path / "b.sqlite")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"s\.sqlite: another program"):
        restore_store(str(tmp_path / "b.sqlite"), str(path), agree=lambda _: True, means=Means(now=now))
    writer.close()
    assert dump(path) == before
    restore_store(str(tmp_path / "b.sqlite"), str(path), agree=lambda _: True, means=Means(now=now))


# -- damaged files


@pytest.mark.parametrize("size", [100, 8_000, 200_000])
def test_a_store_that_was_cut_off_is_said_to_be_damaged(size: int, tmp_path: Path) -> None:
    path = kept(tmp_path)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(WaqaiError, match=r"damaged|not a database|malformed|no waqai store") as refused, open_store(path) as store:
        list(store.iter_dump(without=()))
        store.rebuild()
    assert "s.sqlite" in str(refused.value)


# -- the clock


@pytest.mark.parametrize("engine", ENGINES)
def test_a_clock_that_goes_back_changes_no_order_and_no_chain(engine: str, new_address: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(new_address(engine)) as store:
        fill(store)
        for hours in (0, -48, 24):
            monkeypatch.setenv("WAQAI_NOW", (AT + timedelta(hours=hours)).isoformat())
            store.append(kind="noted", subject="i-aid", value={"incident": "i-aid", "words": str(hours)}, because="", by="p", at=now())
        noted = [entry for entry in store.iter_log() if entry.kind == "noted"]
        assert [entry.value["words"] for entry in noted] == ["0", "-48", "24"] and [entry.id for entry in noted] == [7, 8, 9]
        assert noted[1].at < noted[0].at and store.verify().holds and store.rebuild().is_equal


# -- PostgreSQL goes away


def cut_off(store: Store) -> None:
    """Send everybody out of the store's database, from another connection."""
    with store._engine.connect() as connection:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")


def test_a_database_that_goes_away_in_the_middle_is_said_and_the_next_command_goes_on(new_address: Callable[[str], str]) -> None:
    with open_store(new_address("postgresql")) as store:
        with pytest.raises(StoreError, match="database server does not answer"), store.transaction():
            fill(store)
            cut_off(store)
            fill(store)
        assert store.counts().reports == 0, "the half is not there"
        fill(store)
        assert store.counts().reports == 4 and store.verify().holds


@pytest.mark.parametrize("end", ["source", "target"])
def test_a_move_whose_database_goes_away_leaves_nothing(end: str, new_address: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = new_address("postgresql")
    path = kept(tmp_path)
    if end == "source":
        with open_store(path) as store:
            move_store(store, base)
    real = copying._copy_table

    def lose(source: sa.Connection, target: sa.Connection, shape: copying.Shape, told: object) -> None:
        if shape.name == "claims":
            with open_store(base) as other:
                cut_off(other)
        real(source, target, shape, None)

    monkeypatch.setattr(copying, "_copy_table", lose)
    place = str(tmp_path / "moved.sqlite") if end == "source" else base
    with open_store(base if end == "source" else path) as store, pytest.raises(StoreError, match="database server does not answer"):
        moving.move_store(store, place)
    assert list(tmp_path.glob("moved*")) == []
    with open_store(base) as store:
        assert store.counts().reports == (4 if end == "source" else 0)
