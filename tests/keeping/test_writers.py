"""Eight processes at one store: no row is lost or doubled, on either engine, and who has to wait too long is told so."""

from __future__ import annotations

import multiprocessing
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engines import ENGINES
from factories import family_of, make_account, make_reading, make_report
from scenes import AT, BY, fill
from waqai.core import StoreError
from waqai.schema.engine import begin_writing, make_engine
from waqai.store import Store, open_store

WRITERS, REPORTS, EACH = 8, 24, 12
FORK = multiprocessing.get_context("fork")


def report_number(number: int) -> object:
    return make_report(f"Number {number}: twelve men fled Qalat prison.", id=f"r{number}", publisher=f"Paper {number % 3}")


def add_some(address: str, writer: int) -> None:
    """Half of all reports, each of which three others add, too, and a word that only this writer says."""
    with open_store(address, wait_seconds=60) as store:
        for step in range(EACH):
            add_number((writer * 3 + step) % REPORTS, store)
        store.append(kind="noted", subject="i-0", value={"incident": "i-0", "words": f"writer {writer}"}, because="", by=f"person:{writer}", at=AT)


def add_number(number: int, store: Store) -> None:
    report = report_number(number)
    account = make_account(report)  # type: ignore[arg-type]
    with store.transaction():
        store.add_report(report)  # type: ignore[arg-type]
        if store.add_reading(make_reading(report, accounts=[account]), family_of=family_of):  # type: ignore[arg-type]
            (card,) = store.iter_cards(report=f"r{number}")
            store.open_incident(f"i-{number}", account=account.id, anchor=card.anchor, role="main", because="", by=BY, at=AT)


def run_all(target: Callable[..., None], *given: tuple[object, ...]) -> list[int | None]:
    """The exit status of a process for each of these."""
    started = [FORK.Process(target=target, args=one) for one in given]
    for process in started:
        process.start()
    for process in started:
        process.join(120)
    return [process.exitcode for process in started]


@pytest.mark.parametrize("engine", ENGINES)
def test_eight_writers_lose_and_double_nothing(engine: str, new_address: Callable[[str], str]) -> None:
    address = new_address(engine)
    with open_store(address) as store:
        add_number(0, store)
    assert run_all(add_some, *((address, writer) for writer in range(WRITERS))) == [0] * WRITERS
    with open_store(address) as store:
        counts = store.counts()
        assert (counts.reports, counts.accounts, counts.incidents) == (REPORTS, REPORTS, REPORTS)
        assert sorted(entry.by for entry in store.iter_log() if entry.kind == "noted") == [f"person:{writer}" for writer in range(WRITERS)]
        assert store.last_entry() == REPORTS + WRITERS and [entry.id for entry in store.iter_log()] == list(range(1, REPORTS + WRITERS + 1))
        assert store.verify().holds and store.rebuild().is_equal


def open_new(address: str) -> None:
    with open_store(address, wait_seconds=60) as store:
        store.add_run(at=AT, settings={}, versions={}, counts={})


def test_processes_that_open_a_new_store_at_once_make_one(bare_address: str) -> None:
    assert run_all(open_new, *((bare_address,) for _ in range(3))) == [0] * 3
    with open_store(bare_address) as store:
        assert sum('"table":"runs"' in line for line in store.iter_dump(without=())) == 3


@pytest.mark.parametrize("engine", ENGINES)
def test_who_waits_too_long_is_told_that_another_program_writes_and_nothing_is_lost(engine: str, new_address: Callable[[str], str]) -> None:
    address = new_address(engine)
    other = make_engine(address, wait_seconds=5)
    with open_store(address, wait_seconds=0.2) as store, other.connect() as held:
        begin_writing(held)
        started = time.monotonic()
        with pytest.raises(StoreError, match="another program is writing to it; wait until it is done"):
            fill(store)
        assert time.monotonic() - started < 30
        held.rollback()
        fill(store)
        assert store.counts().reports == 4
    other.dispose()


def test_a_reader_waits_for_nobody(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite") as store:
        fill(store)
        with sqlite3.connect(tmp_path / "s.sqlite", isolation_level=None) as held:
            held.execute("BEGIN IMMEDIATE")
            assert store.counts().reports == 4 and store.verify().holds
            held.execute("ROLLBACK")
