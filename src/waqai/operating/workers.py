"""One desk served by several processes: they accept from one socket, a first one starts them anew where they end, and stops them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

from waqai.core import SettingsError
from waqai.operating.logs import tell
from waqai.operating.metrics import SHARED_FOLDER, forget_process
from waqai.operating.shelves import fail_runs_of
from waqai.operating.stopping import WITHIN_S, stops_in_order

MOST = 64
LOOK_S = 0.5
SOON_S = 60.0
"""A process that ended so soon after its start is started anew after a pause, which doubles up to the longest."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
MOST_FAILURES = 3
"""So many ends in a row, each before the process was ready, and the desk gives up: what is wrong will not mend itself."""
READY = "ready-"
Work = Callable[[socket.socket, Path], None]
"""What a process does until it is stopped: serve on the socket, with the folder that all share. A function of a module, with arguments that can be pickled."""


@dataclass(slots=True, kw_only=True)
class _Place:
    """One of the processes, and when it may be started anew. Mutable."""

    number: int
    process: BaseProcess | None = None
    began: float = 0.0
    pause_s: float = FIRST_PAUSE_S
    not_before: float = 0.0
    failures: int = 0


def check_workers(workers: int) -> None:
    """Raises SettingsError for what cannot be."""
    if not 1 <= workers <= MOST:
        raise SettingsError(f"--workers {workers}: a desk is served by 1 to {MOST} processes; about as many as the machine has cores are of use")
    if workers > 1 and sys.platform == "win32":
        raise SettingsError(f"--workers {workers}: on Windows a desk is served by one process")


def serve_by_many(listening: socket.socket, work: Work, *, workers: int) -> int:
    """Serve until this process is told to stop. Exit status 0; 1 where the processes end again and again before they are ready."""
    folder = Path(tempfile.mkdtemp(prefix="waqai-desk-"))
    (folder / "metrics").mkdir()
    before = os.environ.get(SHARED_FOLDER)
    os.environ[SHARED_FOLDER] = str(folder / "metrics")  # the processes that are started inherit it
    places = [_Place(number=number) for number in range(1, workers + 1)]
    try:
        with _held(folder), stops_in_order(signals=(signal.SIGTERM, signal.SIGINT), within_s=WITHIN_S + 10):
            try:
                return _keep_up(places, listening, work, folder)
            finally:
                _stop(places)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if before is None:
            del os.environ[SHARED_FOLDER]
        else:
            os.environ[SHARED_FOLDER] = before


def note_ready(folder: Path) -> None:
    """To be called in a process when it serves; from here on it ends in order with the one that started it, should that be gone."""
    (folder / f"{READY}{os.getpid()}").touch()
    parent = parent_process()
    if parent is not None:
        Thread(target=_follow, args=[parent.sentinel], daemon=True).start()


# -- inside


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Inside, what tidies temporary folders up leaves this one alone, however long the desk goes on and nothing in it changes.

    SOURCE: systemd, "Using /tmp/ and /var/tmp/ Safely", automatic clean-up: a lock of flock(2) on the folder.
    """
    import fcntl  # no Windows has it, where a desk is one process

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def _keep_up(places: list[_Place], listening: socket.socket, work: Work, folder: Path) -> int:
    while True:
        for place in places:
            if place.process is None and time.monotonic() >= place.not_before:
                _start(place, listening, work, folder)
        running = {place.process.sentinel: place for place in places if place.process is not None}
        for sentinel in connection.wait(list(running), timeout=LOOK_S) if running else ():
            _note_end(running[sentinel], folder)  # type: ignore[index]
        if not running:
            time.sleep(LOOK_S)
        if all(place.failures >= MOST_FAILURES for place in places):
            tell("no process could be started", level="error", exit=1)
            return 1


def _start(place: _Place, listening: socket.socket, work: Work, folder: Path) -> None:
    process = get_context("spawn").Process(target=work, args=(listening, folder), name=f"waqai-desk-{place.number}")
    process.start()
    place.process, place.began = process, time.monotonic()


def _note_end(place: _Place, folder: Path) -> None:
    process = place.process
    assert process is not None and process.pid is not None
    process.join()
    ready = folder / f"{READY}{process.pid}"
    place.failures = 0 if ready.exists() else place.failures + 1
    ready.unlink(missing_ok=True)
    lasted = time.monotonic() - place.began
    place.pause_s = FIRST_PAUSE_S if lasted > SOON_S else min(place.pause_s * 2, LONGEST_PAUSE_S)
    place.process, place.not_before = None, time.monotonic() + place.pause_s
    forget_process(process.pid)
    tell("a worker ended and is started anew", level="warning", worker=place.number, exit=process.exitcode or 0, runs=fail_runs_of(process.pid, folder))


def _stop(places: list[_Place]) -> None:
    """All at once, each as it ends in order; what does not is killed."""
    running = [place.process for place in places if place.process is not None]
    for process in running:
        process.terminate()
    until = time.monotonic() + WITHIN_S + 5
    for process in running:
        process.join(max(0.0, until - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()


def _follow(sentinel: int) -> None:
    connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
