"""A process that is killed (SIGKILL) before its k-th write, for each k: what is left is whole, and doing the same again completes it.

A write is a statement that SQLite or PostgreSQL is about to be told, other than a question, and a file that is about to be opened for writing, linked, renamed
or removed. Salts and the clock are fixed, so that what a killed run leaves can be held against what an undisturbed one does, row by row. What the kernel took
is kept by it: a power cut, which loses that, too, is SQLite's and PostgreSQL's own promise and is not tried here.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from factories import family_of
from full_store import filled_bytes
from older import take_back_to
from scenes import AT, join, open_by, reading_of, report_of
from waqai.core import NotPossible, NotWritten, StoreError
from waqai.flow import erase_report, now
from waqai.keeping import copying
from waqai.keeping.backups import backup_store
from waqai.keeping.moving import move_store
from waqai.keeping.restoring import Means, restore_store
from waqai.schema.migrations import HEAD, find_revision
from waqai.store import Store, open_store

STORE, BACKUP, MOVED = "s.sqlite", "b.sqlite", "moved.sqlite"
_QUESTIONS = ("SELECT", "PRAGMA TABLE", "PRAGMA FOREIGN_KEY_", "PRAGMA INDEX", "PRAGMA INTEGRITY", "SHOW", "WITH", "EXPLAIN", "PRAGMA MAIN", "PRAGMA TEMP")
_FILE_EVENTS = ("os.link", "os.rename", "os.remove", "os.truncate")


@dataclass(frozen=True)
class Step:
    """`prepare` makes the folder that the step finds, `do` does it in parts (each whole or absent), which may be done again where they are `repeatable`."""

    prepare: Callable[[Path], None]
    do: Sequence[Callable[[Path], None]]
    repeatable: bool = False


def in_store(work: Callable[[Store], object]) -> Callable[[Path], None]:
    """What is done to the open store of a folder."""

    def do(folder: Path) -> None:
        with open_store(address_of(folder)) as store:
            work(store)

    return do


def address_of(folder: Path) -> str:
    """The folder's store: its file, or the address that stands in a file there."""
    named = folder / "address"
    return named.read_text() if named.exists() else str(folder / STORE)


def _full(folder: Path) -> None:
    (folder / STORE).write_bytes(filled_bytes())


def _part(folder: Path) -> None:
    with open_store(folder / STORE) as store:
        add_report("daily", store)


def add_report(name: str, store: Store) -> None:
    """As `waqai add` keeps a report: its text, its reading and its links, in one transaction."""
    with store.transaction():
        store.add_report(report_of(name), at=AT)
        if store.add_reading(reading_of(name), family_of=family_of, at=AT):
            for number, card in enumerate(store.iter_unlinked_cards(report=name)):
                open_by(store, card, f"i-{name}-{number}")


def _judge(store: Store) -> None:
    (card,) = store.iter_cards(report="wire")
    join(store, card, "i-escape")


def _correct(store: Store) -> None:
    (card,) = store.iter_cards(report="wire")
    value = {"facet": "type", "at": None, "value": "arrest", "anchor": card.anchor}
    store.append(kind="corrected", subject=card.account.id, value=value, because="as it says", by="person:ana", at=AT)


def _undo(store: Store) -> None:
    store.append(kind="undone", subject="2", value={"entry": 2}, because="no", by="person:ana", at=AT)


def _erase(store: Store) -> None:
    erase_report("wire", store, because="asked for", by="person:ana")


def _old(folder: Path) -> None:
    _full(folder)
    with open_store(folder / STORE) as store, store._engine.begin() as connection:
        take_back_to(connection, "0013")


def _migrate(folder: Path) -> None:
    open_store(folder / STORE).close()


def _backed_up(folder: Path) -> None:
    _full(folder)
    with open_store(folder / STORE) as store:
        backup_store(store, folder / BACKUP)
        erase_report("lake", store, because="asked for", by="person:ana")


def _restore(folder: Path) -> None:
    restore_store(str(folder / BACKUP), address_of(folder), agree=lambda _: True, means=Means(now=now))


def _backup(folder: Path) -> None:
    with open_store(address_of(folder)) as store:
        backup_store(store, folder / BACKUP)


def _move(folder: Path) -> None:
    named = folder / "target"
    with open_store(folder / STORE) as store:
        move_store(store, named.read_text() if named.exists() else str(folder / MOVED))


STEPS = {
    "add": Step(_part, [in_store(lambda store, name=name: add_report(name, store)) for name in ("herald", "wire")], repeatable=True),  # type: ignore[misc]
    "judge": Step(_full, [in_store(_judge)]),
    "correct": Step(_full, [in_store(_correct)]),
    "undo": Step(_full, [in_store(_undo)]),
    "erase": Step(_full, [in_store(_erase)], repeatable=True),
    "migrate": Step(_old, [_migrate], repeatable=True),
    "backup": Step(_full, [_backup], repeatable=True),
    "move": Step(_full, [_move], repeatable=True),
    "restore": Step(_backed_up, [_restore], repeatable=True),
}


@dataclass(frozen=True)
class Course:
    """An undisturbed run: the folder it began with, how many writes it took, and all that was there before it and after each of its parts."""

    folder: Path
    writes: int
    states: tuple[tuple[str, ...], ...]


def run_undisturbed(step: Step, home: Path) -> Course:
    """Prepare the step and do it once."""
    begins, work = home / "begins", home / "undisturbed"
    begins.mkdir(parents=True)
    step.prepare(begins)
    shutil.copytree(begins, work)
    shutil.copytree(begins, home / "looked-at")  # opening a store may change it
    states, writes = [look(home / "looked-at")], 0
    for part in step.do:
        writes += in_child(lambda part=part: part(work), kill_at=None)  # type: ignore[misc]
        states.append(look(work))
    return Course(begins, writes, tuple(states))


def run_killed(step: Step, course: Course, home: Path, *, kill_at: int) -> list[str]:
    """Do the step in a process that is killed before so many writes; what is wrong with what is left, and with doing it again."""
    work = home / f"killed-{kill_at}"
    shutil.copytree(course.folder, work)

    def do_all() -> None:
        for part in step.do:
            part(work)

    if in_child(do_all, kill_at=kill_at) >= 0:
        return [f"it was not killed before write {kill_at} of {course.writes}"]
    faults = list(find_faults(work, course, step))
    shutil.rmtree(work)
    return faults


def find_faults(work: Path, course: Course, step: Step) -> Iterator[str]:
    """What is left is one of the states of the undisturbed run, with a chain that holds and views that follow; doing it again ends where that did."""
    if step.do == [_migrate]:
        revision = _revision(work / STORE)
        if revision not in ("0013", HEAD):
            yield f"half migrated: {revision}"
    left = look(work)
    if left not in course.states and step.do != [_migrate]:
        yield f"half a step is left: {sorted(set(left) ^ set(course.states[0]))[:4]}"
    with open_store(address_of(work)) as store:
        if not store.verify().holds:
            yield "the chain is broken"
        if not store.rebuild().is_equal:
            yield "the views are not what the facts say"
    if left != course.states[-1] or step.repeatable:
        for part in step.do if step.repeatable else step.do[course.states.index(left) if left in course.states else 0 :]:
            again(part, work)
    if look(work) != course.states[-1]:
        yield f"doing it again did not complete it: {sorted(set(look(work)) ^ set(course.states[-1]))[:4]}"
    if lies := [file.name for file in work.iterdir() if ".waqai-" in file.name]:
        yield f"left lying about: {lies}"


def again(part: Callable[[Path], None], work: Path) -> None:
    """Do it once more; that it is done already is an answer."""
    with fixed():
        try:
            part(work)
        except (NotPossible, NotWritten) as error:
            if "already" not in str(error):
                raise


def look(folder: Path) -> tuple[str, ...]:
    """Every row of the store, and of the copies that are there under their names."""
    found = []
    for place in (address_of(folder), *(str(folder / name) for name in (BACKUP, MOVED) if (folder / name).exists()), *_target_of(folder)):
        try:
            with open_store(place) as store:
                found += [f"{Path(place).name}: {line}" for line in store.iter_dump(without=())]
        except StoreError as error:
            found.append(f"{Path(place).name}: {error}")
    return tuple(found)


def _target_of(folder: Path) -> list[str]:
    return [(folder / "target").read_text()] if (folder / "target").exists() else []


def _revision(file: Path) -> str | None:
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        found = find_revision(connection)
    engine.dispose()
    return found


def in_child(work: Callable[[], None], *, kill_at: int | None) -> int:
    """Do it in a process of its own: how many writes it took, or minus the signal that ended it. Raises AssertionError where it failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_killed(work, kill_at, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return -os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) == 0, said
    return int(said)


def _be_killed(work: Callable[[], None], kill_at: int | None, writing: int) -> None:
    """In the child: count writes, die before the one of this number, else say how many there were."""
    try:
        counter = _Counter(kill_at)
        with fixed():
            counter.listen()
            work()
        os.write(writing, str(counter.writes).encode())
        os._exit(0)
    except BaseException as error:  # whatever it was is told to the parent, and no test goes on in the child
        os.write(writing, f"{type(error).__name__}: {error}".encode())
        os._exit(1)


class fixed:  # noqa: N801 - read as a phrase
    """Salts and the clock stand still."""

    def __enter__(self) -> None:
        from waqai.logbook import log

        self._before = log.secrets, os.environ.get("WAQAI_NOW")
        log.secrets = type("Salts", (), {"token_hex": staticmethod(lambda size: "ab" * size)})  # type: ignore[assignment]
        os.environ["WAQAI_NOW"] = "2024-01-01T00:00:00+00:00"

    def __exit__(self, *_: object) -> None:
        from waqai.logbook import log

        log.secrets = self._before[0]
        if self._before[1] is None:
            del os.environ["WAQAI_NOW"]
        else:
            os.environ["WAQAI_NOW"] = self._before[1]


class _Counter:
    """Counts writes and ends the process before one of them."""

    def __init__(self, kill_at: int | None) -> None:
        self.writes, self._kill_at = 0, kill_at

    def listen(self) -> None:
        connect = sqlite3.connect

        def traced(*given: Any, **named: Any) -> sqlite3.Connection:
            made = connect(*given, **named)
            made.set_trace_callback(self.hear)
            return made

        sqlite3.connect = traced
        sa.event.listen(sa.pool.Pool, "connect", self._on_connect)
        sa.event.listen(sa.Engine, "before_cursor_execute", self._on_statement)
        sa.event.listen(sa.Engine, "commit", lambda connection: self._on_commit(connection))
        sys.addaudithook(self._on_event)
        self._write = copying._write
        copying._write = self._on_copy  # PostgreSQL's COPY is told past SQLAlchemy

    def hear(self, statement: str) -> None:
        if not statement.lstrip("- ").upper().startswith(_QUESTIONS):
            self._count()

    def _count(self) -> None:
        self.writes += 1
        if self.writes == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _on_connect(self, connection: Any, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.set_trace_callback(self.hear)

    def _on_statement(self, connection: sa.Connection, _: object, statement: str, *__: object) -> None:
        if connection.dialect.name == "postgresql":
            self.hear(statement)

    def _on_copy(self, target: sa.Connection, *given: Any) -> None:
        if target.dialect.name == "postgresql":
            self._count()
        self._write(target, *given)

    def _on_commit(self, connection: sa.Connection) -> None:
        if connection.dialect.name == "postgresql":
            self._count()

    def _on_event(self, event: str, given: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
        if event in _FILE_EVENTS or writes:
            self._count()


def as_nobody(work: Callable[[], object]) -> str:
    """What a process says that is not root's: root may write everywhere."""

    def do() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        work()

    try:
        in_child(do, kill_at=None)
    except AssertionError as error:
        return str(error)
    return "no error"
