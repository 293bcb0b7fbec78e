"""A process that reads is waited for within bounds, whatever it does to its pipes."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from engines_help import make_reports
from waqai.core import NoWorkers
from waqai.engines import apart, make_order
from waqai.engines.apart import ReaderProcess
from waqai.flow import Chain


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("forks", "longer than 1 s to read"),  # what it started holds the pipe: the end of the reader is no end of its answers
        ("deaf", "hung up and did not end"),
    ],
)
def test_a_process_that_leaves_its_pipes_in_disorder_is_given_up_in_time(poison: Chain, deed: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_END_S", 0.3)
    with ReaderProcess(make_order(poison)) as process:
        process.start()
        began, group = time.monotonic(), process.pid
        made, why = process.read(make_reports(1, {0: deed}))
        assert made == [] and said in str(why) and time.monotonic() - began < 10
        assert process.pid is None and _is_gone(group, within_s=5)


def test_a_process_that_takes_no_batch_is_given_up_in_time(poison: Chain) -> None:
    """Stopped by somebody, or swapped out: more than a pipe holds waits to be taken."""
    long = replace(make_reports(1)[0], text="x" * 300_000)
    with ReaderProcess(make_order(poison)) as process:
        process.start()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGSTOP)
        began = time.monotonic()
        assert process.read([long]) == ([], "it took longer than 1 s to read") and time.monotonic() - began < 10


LEADER = """
import pickle, sys
from waqai.engines.apart import ReaderProcess
order, reports = pickle.load(sys.stdin.buffer)
with ReaderProcess(order) as process:
    process.start()
    print(process.pid, flush=True)
    process.read(reports)
"""


def test_a_process_that_never_comes_back_ends_by_itself_when_its_leader_was_killed(poison: Chain) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(way for way in sys.path if way)}
    with subprocess.Popen([sys.executable, "-c", LEADER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as leader:
        assert leader.stdin is not None and leader.stdout is not None
        pickle.dump((make_order(poison), make_reports(1, {0: "spins"})), leader.stdin)
        leader.stdin.close()
        group = int(leader.stdout.readline())
        time.sleep(0.5)
        leader.kill()
    try:
        assert _is_gone(group, within_s=15)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


def test_a_machine_that_starts_no_process_is_said_so(poison: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    with pytest.raises(NoWorkers, match="no worker process can be started"):
        ReaderProcess(make_order(poison)).start()


def test_a_process_that_is_never_ready_is_said_not_to_start(poison: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_START_S", 0.01)
    with pytest.raises(NoWorkers, match=r"does not start: it took longer than 0.01 s to start"):
        ReaderProcess(make_order(poison)).start()


def _is_gone(group: int | None, *, within_s: float) -> bool:
    until = time.monotonic() + within_s
    while _lives(group):
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)
    return True


def _lives(group: int | None) -> bool:
    """Whether a process of this group is there. The dead who wait for their parent are not."""
    assert group is not None
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_group) == group and state != "Z":
            return True
    return False
