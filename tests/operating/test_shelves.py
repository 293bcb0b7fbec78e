"""Runs and uploads that several processes tell of: here two objects over one folder stand for two processes."""

from __future__ import annotations

import os
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from factories import make_report
from waqai.core import Notice, NotPossible, Report, UnknownId
from waqai.flow import Run, Summary
from waqai.flow import running as running_module
from waqai.flow.running import MOST_HELD
from waqai.operating import shelves
from waqai.operating.shelves import SharedRuns, SharedWaiting, fail_runs_of
from waqai.operating.uploads import MOST_WAITING, Upload
from waqai.store import Store, open_store

UPLOAD = Upload(name="../t\u00e4ble.csv", content=b"a,b\r\n\x00\xff", publisher="SOHR", published=date(2021, 5, 8), named=(("text", ("a", "b")),))


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[SharedRuns, SharedRuns]]:
    """Two processes' runs; reading a report is calling `on_report`."""

    def add(items: Any, _chain: object, _store: Store, *, on_report: Any, on_turn: Any) -> Summary:
        summary = Summary()
        for item in items:
            on_report(item)
            summary.reports_new += 1
        summary.notices.append(Notice(record="r", stage="intake", reason="why"))
        summary.near_copies.append(("r", "s", 0.93))
        return summary

    monkeypatch.setattr(running_module, "add_reports", add)
    with open_store(tmp_path / "store.sqlite") as store:
        one, other = (SharedRuns(store, lambda: None, folder=tmp_path) for _ in range(2))  # type: ignore[arg-type,return-value]
        yield one, other
        one.close()
        other.close()


def ended(runs: SharedRuns) -> None:
    runs._pool.submit(lambda: None).result(30)


def test_a_run_is_told_whole_by_the_process_that_does_not_read_it(made: tuple[SharedRuns, SharedRuns]) -> None:
    one, other = made
    run = one.start(lambda ignored: iter([make_report("A.", id="r-1"), make_report("B.", id="r-2")]), name="näme", by="person:ana", of=2, holds=7)
    ended(one)
    told = other.find(run.id)
    assert told is not run and told == run and told.reports == ["r-1", "r-2"] and told.summary is not None
    assert told.summary.near_copies == [("r", "s", 0.93)] or told.summary.near_copies == [["r", "s", 0.93]]
    assert [found.id for found in other.newest()] == [run.id]


def test_of_all_processes_one_reads_at_a_time(made: tuple[SharedRuns, SharedRuns], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "BETWEEN_S", 0.02)
    one, other = made
    goes, begun = threading.Event(), threading.Event()

    def waits(_ignored: Counter[str]) -> Iterator[Report]:
        begun.set()
        assert goes.wait(20)
        yield make_report("A.", id="r-1")

    first = one.start(waits, name="first", by="ana")
    assert begun.wait(20)
    second = other.start(lambda _ignored: iter([make_report("B.", id="r-2")]), name="second", by="ana")
    threading.Event().wait(0.2)
    assert (first.stage, second.stage) == ("reads", "waits") and [run.name for run in one.newest()] == ["second", "first"]
    goes.set()
    ended(one)
    ended(other)
    assert (first.stage, second.stage) == ("done", "done")


def test_what_all_hold_counts_together(made: tuple[SharedRuns, SharedRuns]) -> None:
    one, other = made
    goes = threading.Event()
    one.start(lambda _ignored: goes.wait(20) and iter(()), name="large", by="ana", holds=MOST_HELD)  # type: ignore[arg-type,return-value]
    with pytest.raises(NotPossible, match="wait to be read"):
        other.start(lambda _ignored: iter(()), name="one more", by="ana", holds=1)
    goes.set()


def test_a_run_whose_process_ended_is_failed_and_one_that_was_done_is_not(made: tuple[SharedRuns, SharedRuns], tmp_path: Path) -> None:
    one, other = made
    done = one.start(lambda _ignored: iter(()), name="done", by="ana")
    ended(one)
    broken = replace(done, id="0123456789abcdef", name="broken", stage="reads", read=3, reports=["a", "b", "c"], summary=None)
    shelves._write(broken, tmp_path / "runs", 4_000_000)
    assert other.find(broken.id) == broken
    assert fail_runs_of(4_000_000, tmp_path) == 1 and fail_runs_of(4_000_000, tmp_path) == 0 and fail_runs_of(os.getpid(), tmp_path) == 0
    told = other.find(broken.id)
    assert told is not None and told.stage == "failed" and "ended when 3 reports were read, which are kept" in told.error
    assert other.find(done.id) is not None and other.find(done.id).stage == "done"  # type: ignore[union-attr]


@pytest.mark.parametrize("id", ["../store", "*", "0123456789abcde?", "", "0" * 15, "0123456789ABCDEF"])
def test_what_is_no_id_of_a_run_finds_no_file(made: tuple[SharedRuns, SharedRuns], tmp_path: Path, id: str) -> None:
    shelves._write(Run(id="0123456789abcdef", name="n", by="b", began=make_report("A.").published and running_module.now()), tmp_path / "runs", 1)
    assert made[0].find(id) is None and made[0].find("0123456789abcdef") is not None


def test_the_oldest_runs_that_are_over_are_forgotten(made: tuple[SharedRuns, SharedRuns], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "MOST_NOTED", 3)
    one, other = made
    for n in range(6):
        one.start(lambda _ignored: iter(()), name=f"run {n}", by="ana")
        ended(one)
    assert [run.name for run in other.newest()] == ["run 5", "run 4", "run 3"]


def test_a_run_goes_on_where_its_notes_were_taken_away_or_cannot_be_written(made: tuple[SharedRuns, SharedRuns], tmp_path: Path) -> None:
    """What tidies /tmp up took the folder; then a file stands in its place, as a disk that is full would be."""
    one, _other = made
    shutil.rmtree(tmp_path / "runs")
    first = one.start(lambda _ignored: iter([make_report("A.", id="r-1")]), name="first", by="ana")
    ended(one)
    assert first.stage == "done" and one.find(first.id) == first
    shelves._write(first, tmp_path / "runs", 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelves, "_write", lambda *_: (tmp_path / "runs" / "nowhere" / "x").touch())
        second = one.start(lambda _ignored: iter([make_report("B.", id="r-2")]), name="second", by="ana")
        ended(one)
    assert second.stage == "done" and [run.name for run in one.newest()][:1] == ["second"]


def test_uploads_that_another_process_takes_away_at_this_moment_are_not_waiting_any_more(tmp_path: Path) -> None:
    waiting = SharedWaiting(tmp_path)
    key = waiting.keep([UPLOAD])
    (tmp_path / "waiting" / key / "0.bytes").unlink()
    with pytest.raises(UnknownId):
        waiting.get(key)
    (tmp_path / "waiting" / ("x" * 22)).symlink_to(tmp_path / "gone")
    assert waiting.get(waiting.keep([UPLOAD])) == [UPLOAD]


def test_uploads_wait_as_they_came_for_whichever_process_is_asked(tmp_path: Path) -> None:
    one, other = SharedWaiting(tmp_path), SharedWaiting(tmp_path)
    many = [replace(UPLOAD, name=f"{n}.csv", content=bytes([n])) for n in range(12)]
    first, second = one.keep([UPLOAD]), one.keep(many)
    assert other.get(first) == [UPLOAD] and other.get(second) == many
    other.drop(first)
    with pytest.raises(UnknownId, match="add them again"):
        one.get(first)
    assert one.get(second) == many


@pytest.mark.parametrize("key", ["..", ".", "", "../runs", "a" * 21 + "/", "ä" * 22, "." + "a" * 21])
def test_what_is_no_key_finds_and_drops_nothing(tmp_path: Path, key: str) -> None:
    waiting = SharedWaiting(tmp_path)
    kept = waiting.keep([UPLOAD])
    waiting.drop(key)
    with pytest.raises(UnknownId):
        waiting.get(key)
    assert waiting.get(kept) == [UPLOAD]


def test_the_oldest_uploads_go_when_there_are_too_many(tmp_path: Path) -> None:
    waiting = SharedWaiting(tmp_path)
    keys = [waiting.keep([UPLOAD]) for _ in range(MOST_WAITING + 2)]
    with pytest.raises(UnknownId):
        waiting.get(keys[0])
    assert waiting.get(keys[2]) == [UPLOAD] and len(list((tmp_path / "waiting").iterdir())) == MOST_WAITING


def test_the_oldest_uploads_go_when_they_are_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "MOST_WAITING_BYTES", 2_000)
    waiting = SharedWaiting(tmp_path)
    large = replace(UPLOAD, content=b"x" * 1_500)
    first, second = waiting.keep([large]), waiting.keep([large])
    with pytest.raises(UnknownId):
        waiting.get(first)
    assert waiting.get(second) == [large]
