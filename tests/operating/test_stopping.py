"""SIGTERM to a real desk in the midst of a run: the report that is read is kept, the rest is not begun, and it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from factories import make_report
from waqai.core import Incoming
from waqai.flow import Runs
from waqai.operating.stopping import OVERDUE
from waqai.store import Store, open_store

PROGRAM = """
import sys, time
from waqai.operating.logs import set_up_logs
from waqai.operating.stopping import stops_in_order
set_up_logs("json")
with stops_in_order(within_s=float(sys.argv[2])):
    try:
        print("begun", flush=True)
        time.sleep(60)
    finally:
        time.sleep(float(sys.argv[1]))
        print("tidied", flush=True)
"""


@pytest.mark.parametrize(("takes", "within", "status", "said"), [("0.5", "20", 0, "tidied\n"), ("20", "0.3", OVERDUE, "")])
def test_what_tidies_up_has_its_time_and_no_more(takes: str, within: str, status: int, said: str) -> None:
    called = [sys.executable, "-c", PROGRAM, takes, within]
    with subprocess.Popen(called, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": ":".join(sys.path)}) as running:
        assert running.stdout is not None and running.stderr is not None
        assert running.stdout.readline() == "begun\n"
        running.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        running.send_signal(signal.SIGTERM)  # asked twice, it is as if once
        assert (running.wait(30), running.stdout.read()) == (status, said)
        assert ("stopped before all was done" in running.stderr.read()) == (status == OVERDUE)


@pytest.fixture
def slow_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Store, Runs, Callable[[], None]]:
    """A run of 40 reports of which each takes a moment, and what waits until two are kept."""
    from waqai.flow import add as adding

    store = open_store(tmp_path / "store.sqlite")
    runs = Runs(store, lambda: type("Chain", (), {"batch": 8})())  # type: ignore[arg-type,return-value]
    kept: list[str] = []

    def keep(came: Incoming, *_: object) -> None:
        time.sleep(0.05)
        store.add_report(came.report)
        kept.append("one")

    monkeypatch.setattr(adding, "add_one", keep)
    monkeypatch.setattr(adding, "_read_fresh", lambda reports, *_: {})
    monkeypatch.setattr(adding, "close_run", lambda *_: kept.append("settled"))

    def wait() -> None:
        until = time.monotonic() + 30
        while len(kept) < 2:
            assert time.monotonic() < until
            time.sleep(0.01)

    return store, runs, wait


def test_a_desk_that_is_closed_ends_its_run_after_the_report_at_work(slow_run: tuple[Store, Runs, Callable[[], None]]) -> None:
    store, runs, wait = slow_run
    run = runs.start(lambda _ignored: (make_report(f"Report {n}.", id=f"r-{n}") for n in range(40)), name="many", by="ana")
    waits = runs.start(lambda _ignored: iter(()), name="next", by="ana")
    wait()
    began = time.monotonic()
    runs.close()
    assert time.monotonic() - began < 5
    assert run.stage == "failed" and 2 <= run.read < 8 and f"when {run.read} reports were read, which are kept" in run.error
    assert store.counts().reports == run.read and waits.stage == "waits"
    store.close()
