"""Child processes that look into files with limits on processor time, memory and wall time: one hostile file can burn minutes and gigabytes.

A child is kept for the next file, since starting it takes half a second, and replaced when it dies, hangs or has served its share. The same bytes give the
same answer: the hash seed is fixed, no file leaves a trace for the next, and one that fails for want of memory is tried once more in a new child.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Literal, Self, TypeAlias

from waqai.core import MissingPart, UnreadableReport
from waqai.intake.guard import Limits

Looking: TypeAlias = Literal["pages", "pdf", "word", "sheets", "feeds", "sitemaps", "mail", "fragments"]
"""The modules of `children`, each for a kind of file."""
_NOUNS: dict[Looking, str] = {
    "pages": "page",
    "pdf": "PDF",
    "word": "document",
    "sheets": "table",
    "feeds": "feed",
    "sitemaps": "sitemap",
    "mail": "mail",
    "fragments": "markup",
}
_LENGTH = struct.Struct(">Q")
_START_S = 60.0  # seconds a child may take to start: 0.5 on an idle machine
_FILES_PER_CHILD = 500  # bounds what slow leaks in the parser can add up to
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")


class Extractor:
    """Asks a child process of one kind, started at the first file and kept until `close`. Not for use by several threads at once."""

    def __init__(self, looking: Looking, *, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._looking = looking
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the next file starts another."""
        if self._child is not None:
            self._child.close()
            self._child = None

    def ask(self, file: bytes) -> Any:
        """What the child found in the file. Raises UnreadableReport with a sentence that says why there is nothing."""
        child = self._ready_child()
        was_fresh = child.served == 0
        answer = child.ask(file)
        if answer is None:
            self.close()
            if was_fresh or child.ran_out_of_time:
                raise UnreadableReport(child.tell_why())
            return self.ask(file)
        return _found(answer)

    def ask_more(self) -> Any:
        """What else the child finds in the file that it was asked about last. Raises as `ask`."""
        child = self._child
        assert child is not None, "a file is asked about first"
        answer = child.ask(b"")
        if answer is None:
            self.close()
            raise UnreadableReport(child.tell_why())
        return _found(answer)

    def _ready_child(self) -> _Child:
        if self._child is not None and self._child.served >= _FILES_PER_CHILD:
            self.close()
        if self._child is None:
            self._child = _Child(self._looking, self.limits)
        return self._child


class _Child:
    """One child process and the pipes to it."""

    def __init__(self, looking: Looking, limits: Limits) -> None:
        self._noun, self._memory_mb = _NOUNS[looking], limits.memory_mb
        self._cpu_s, self._wall_s = limits.times_of(looking)
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-P", "-W", "ignore", "-m", "children.main", looking, json.dumps(asdict(limits) | {"cpu_s": self._cpu_s})],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=_child_environment(),
            start_new_session=True,  # Ctrl-C ends the run, and with it the child; it need not print a traceback of its own
        )
        self.served = 0
        self._hung = False
        self._last_words = ""
        if self._wait_for_answer(_START_S) != b"ready":
            self.close()
            raise MissingPart(f"the extractor of text does not start: {self.tell_why()}; `waqai doctor` shows what is installed")

    def ask(self, file: bytes) -> bytes | None:
        """The child's answer, or None when it died or took too long; it is of no use after that."""
        self.served += 1
        stdin = _pipe(self._process.stdin)
        try:
            stdin.write(_LENGTH.pack(len(file)) + file)
            stdin.flush()
        except BrokenPipeError:
            return None
        return self._wait_for_answer(self._wall_s)

    @property
    def ran_out_of_time(self) -> bool:
        return self._hung or self._process.returncode == -getattr(signal, "SIGXCPU", 0)

    def tell_why(self) -> str:
        """Why the child ended, as a sentence's end. For use after `close`."""
        if self._hung:
            return f"the {self._noun} took longer than {self._wall_s:g} s to read"
        if self.ran_out_of_time:
            return f"the {self._noun} took more than {self._cpu_s} s of processor time to read"
        if "MemoryError" in self._last_words:
            return f"the {self._noun} took more than {self._memory_mb} MB of memory to read"
        why = f"exit status {self._process.returncode}; {self._last_words or 'it left no message'}"
        return f"reading the {self._noun} ended the extractor ({why}): it may be damaged; open it and save it anew"

    def close(self) -> None:
        """End the process and keep its last words."""
        stdin, stdout = _pipe(self._process.stdin), _pipe(self._process.stdout)
        try:
            stdin.close()
        except BrokenPipeError:
            self._process.kill()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        stdout.close()
        self._complaints.seek(0)
        lines = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
        self._last_words = lines[-1][:200] if lines else ""
        self._complaints.close()

    def _wait_for_answer(self, seconds: float) -> bytes | None:
        watch = threading.Timer(seconds, self._give_up)
        watch.start()
        stdout = _pipe(self._process.stdout)
        try:
            head = stdout.read(_LENGTH.size)
            answer = stdout.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
        finally:  # Ctrl-C, too: Python ends when its threads have
            watch.cancel()
            watch.join()
        return None if self._hung else answer or None

    def _give_up(self) -> None:
        self._hung = True
        self._process.kill()


def _found(answer: bytes) -> Any:
    told: dict[str, Any] = json.loads(answer)
    if "refused" in told:
        raise UnreadableReport(told["refused"])
    return told["found"]


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "the child is started with pipes"
    return stream


def _child_environment() -> dict[str, str]:
    """Only what the child needs: no proxy, no secret, a fixed hash seed and time zone, this process's way to its packages, and last of all our `children`."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    ways = [way for way in sys.path if way] + [str(Path(__file__).parent)]
    return {**kept, "PYTHONPATH": os.pathsep.join(ways), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC"}
