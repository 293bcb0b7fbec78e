"""Reports read in a process of their own: what ends it costs itself only.

A process that dies, hangs or outgrows its bounds is replaced. Of the batch in which that happened, what was read stands. If results had begun to come, the
report after the last one is tried alone, and the rest goes on; else the batch is halved. A report that ended a process while it was alone there, and was
handed out as often as the bounds say, is given up.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any, Self

from waqai.core import NoWorkers, Report
from waqai.engines.child import OUT_OF_MEMORY, receive, send
from waqai.engines.orders import Order, Read, Result, find_misfit

_START_S = 300.0  # a worker loads models and a gazetteer: 4 s on an idle machine
_ALARM = getattr(signal, "SIGALRM", 0)  # by which a process ends itself that is far too late
_END_S = 5.0  # a process that hung up has so long to end by itself


class ReaderProcess:
    """One process that reads by an order, started when first asked and again whenever it ended. Not for several threads at once."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._process: subprocess.Popen[bytes] | None = None
        self._hung = self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Have a process that is ready. Raises NoWorkers when it does not start or does not fit the order."""
        if self._process is not None:
            return
        self._process = _started()
        if self._stopped:
            self.close()
            raise NoWorkers("the run was ended")
        said = self._answer(_START_S, to=self.order)
        if not isinstance(said, tuple):
            why = said if isinstance(said, str) else self._why(_START_S, doing="start")
            self.close()
            raise NoWorkers(f"a worker process does not start: {why}")
        if (misfit := find_misfit(self.order, waqai=said[0], stamp=said[1])) is not None:
            self.close()
            raise NoWorkers(f"a worker process cannot read for this run: {misfit}")

    def read(self, reports: Sequence[Report]) -> tuple[list[Result], str | None]:
        """The results of the first reports, in order, and None; or, where the process ended, why: there is then none for the next report."""
        self.start()
        made: list[Result] = []
        bounds = self.order.bounds
        for _ in reports:
            result = self._answer(bounds.seconds) if made else self._answer(bounds.first_s(len(reports)), to=list(reports))
            if result is None:
                why = self._why(bounds.seconds)
                self.close()
                return made, why
            made.append(result)
        return made, None

    def stop(self) -> None:
        """End the process from another thread, and let none be started any more."""
        self._stopped = True
        if (process := self._process) is not None:
            _kill(process)

    def close(self) -> None:
        """End the process, and what it started itself."""
        process, self._process, self._hung = self._process, None, False
        if process is None:
            return
        _kill(process)
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(BrokenPipeError):
                _pipe(stream).close()

    def _answer(self, seconds: float, *, to: object = None) -> Any:
        """What the process says within so many seconds (`to` what it is sent, if anything: it may not take it); None where it ended or was ended."""
        process = self._process
        assert process is not None, "it is started first"
        watch = threading.Timer(seconds, self._give_up, args=(process,))
        watch.start()
        try:
            if to is not None:
                send(_pipe(process.stdin), to)
            return receive(_pipe(process.stdout))
        except (EOFError, OSError, ValueError):
            return None
        finally:
            watch.cancel()

    def _give_up(self, process: subprocess.Popen[bytes]) -> None:
        self._hung = True
        _kill(process)

    def _why(self, within: float, *, doing: str = "read") -> str:
        """Why the process is gone, or will be at once: one that hung up and does not end is no more of use."""
        assert self._process is not None, "it is started first"
        try:
            status = self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            return "the process that read it hung up and did not end"
        if self._hung or status == -_ALARM:
            return f"it took longer than {within:g} s to {doing}"
        if status == OUT_OF_MEMORY:
            return f"it took more than {self.order.bounds.megabytes} MB of memory to read"
        if status == -signal.SIGKILL:
            return "the process that read it was killed (SIGKILL), perhaps for want of memory"
        return f"it crashed the reader ({signal.Signals(-status).name})" if status < 0 else f"it ended the reader (exit status {status})"


def _started() -> subprocess.Popen[bytes]:
    """A process that waits for an order. Raises NoWorkers where the system gives none."""
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "waqai.engines.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(way for way in sys.path if way)},
            start_new_session=True,  # Ctrl-C is for the run, which ends its workers itself
        )
    except OSError as error:
        raise NoWorkers(f"no worker process can be started ({error}): take fewer, or look at what else runs here") from error


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started: one of these would hold the pipe open, and whoever reads from it would wait for it."""
    if process.returncode is None and hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def read_apart(reports: Sequence[Report], process: ReaderProcess, *, attempts: Sequence[int]) -> list[Read]:
    """What became of each report, in order. `attempts` says how often each was handed out, this time included. Raises NoWorkers."""
    tried, found = list(attempts), dict[int, Read]()
    most = process.order.bounds.attempts
    waiting = deque([list(range(len(reports)))])
    while waiting:
        some = waiting.popleft()
        made, why = process.read([reports[i] for i in some])
        for i, result in zip(some, made, strict=False):
            found[i] = Read(result=result, attempts=tried[i])
        rest = some[len(made) :]
        if why is None:
            continue
        if len(some) == 1 and tried[some[0]] >= most:
            found[some[0]] = Read(result=None, attempts=tried[some[0]], why=why)
            continue
        waiting.extendleft(reversed(_parted(rest, began=bool(made))))
        for i in rest:
            tried[i] += 1
    return [found[i] for i in range(len(reports))]


def _parted(rest: list[int], *, began: bool) -> list[list[int]]:
    """What is tried next of those that have no result: the first one alone where results had begun, else the halves.

    >>> _parted([3, 4, 5, 6], began=True), _parted([3, 4, 5, 6], began=False), _parted([3], began=False)
    ([[3], [4, 5, 6]], [[3, 4], [5, 6]], [[3]])
    """
    cut = 1 if began else (len(rest) + 1) // 2
    return [part for part in (rest[:cut], rest[cut:]) if part]


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "the process is started with pipes"
    return stream
