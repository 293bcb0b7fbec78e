"""The article in a web page.

The extraction runs in a child process with limits on processor time, memory and wall time, because one hostile page can burn minutes and gigabytes. The
child is kept for the next page, since starting it takes half a second, and replaced when it dies, hangs or has served its share. The same bytes give the
same article: the hash seed is fixed, no page leaves a trace for the next, and a page that fails for want of memory is tried once more in a new child.
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
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from waqai.core import Day, MissingPart, UnreadableReport
from waqai.intake.decode import decode_html
from waqai.intake.guard import Limits, check_bytes, check_markup, check_text, has_bad_character

_CHILD = Path(__file__).with_name("page_child.py")
_LENGTH = struct.Struct(">Q")
_START_S = 60.0  # seconds a child may take to start: 0.5 on an idle machine
_PAGES_PER_CHILD = 500  # bounds what slow leaks in the parser can add up to
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page holds: the text as the extractor gave it, and what the page says of itself.

    `host` is that of its address: who published it, where the page names no publisher. `note` tells of an assumed encoding.
    """

    text: str
    title: str | None
    published: Day | None
    publisher: str | None
    language: str | None
    url: str | None
    host: str | None = None
    note: str | None = None


def extract_article(html: bytes, *, limits: Limits | None = None) -> Article:
    """The article of one page, in a child process of its own; for many pages keep an `ArticleExtractor`.

    Raises UnreadableReport for a page too large, too dense, too slow, or without an article.
    """
    with ArticleExtractor(limits=limits) as extractor:
        return extractor.extract(html)


class ArticleExtractor:
    """Extracts articles in a child process that is started at the first page and kept until `close`. Not for use by several threads at once."""

    def __init__(self, *, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: _Child | None = None

    def __enter__(self) -> ArticleExtractor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the next page starts another."""
        if self._child is not None:
            self._child.close()
            self._child = None

    def extract(self, html: bytes) -> Article:
        """The article of one page. Raises UnreadableReport with a sentence that says why there is none."""
        if len(html) > self.limits.max_bytes:
            raise UnreadableReport(f"the page has {len(html)} bytes; at most {self.limits.max_bytes} are read")
        check_bytes(html)
        check_markup(html, limits=self.limits)
        source = decode_html(html)
        found = self._ask(source.text.encode("utf-8"))
        if found is None:
            raise UnreadableReport("no article text was found in the page; save the article as plain text")
        check_text(found["text"])
        return _article(found, note=source.note)

    def _ask(self, page: bytes) -> dict[str, Any] | None:
        child = self._ready_child()
        was_fresh = child.served == 0
        answer = child.ask(page)
        if answer is None:
            self.close()
            if was_fresh or child.ran_out_of_time:
                raise UnreadableReport(child.tell_why())
            return self._ask(page)
        found: dict[str, Any] | None = json.loads(answer)
        return found

    def _ready_child(self) -> _Child:
        if self._child is not None and self._child.served >= _PAGES_PER_CHILD:
            self.close()
        if self._child is None:
            self._child = _Child(self.limits)
        return self._child


class _Child:
    """One child process and the pipes to it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-P", "-W", "ignore", str(_CHILD), json.dumps({"cpu_s": limits.cpu_s, "memory_mb": limits.memory_mb})],
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
            raise MissingPart(f"the article extractor does not start: {self.tell_why()}; `waqai doctor` shows what is installed")

    def ask(self, page: bytes) -> bytes | None:
        """The child's answer, or None when it died or took too long; it is of no use after that."""
        self.served += 1
        stdin = _pipe(self._process.stdin)
        try:
            stdin.write(_LENGTH.pack(len(page)) + page)
            stdin.flush()
        except BrokenPipeError:
            return None
        return self._wait_for_answer(self._limits.wall_s)

    @property
    def ran_out_of_time(self) -> bool:
        return self._hung or self._process.returncode == -getattr(signal, "SIGXCPU", 0)

    def tell_why(self) -> str:
        """Why the child ended, as a sentence's end. For use after `close`."""
        if self._hung:
            return f"the page took longer than {self._limits.wall_s:g} s to read"
        if self.ran_out_of_time:
            return f"the page took more than {self._limits.cpu_s} s of processor time to read"
        if "MemoryError" in self._last_words:
            return f"the page took more than {self._limits.memory_mb} MB of memory to read"
        return f"reading the page ended the extractor (exit status {self._process.returncode}; {self._last_words or 'it left no message'})"

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
        head = stdout.read(_LENGTH.size)
        answer = stdout.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
        watch.cancel()
        watch.join()
        return None if self._hung else answer or None

    def _give_up(self) -> None:
        self._hung = True
        self._process.kill()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "the child is started with pipes"
    return stream


def _child_environment() -> dict[str, str]:
    """Only what the child needs: no proxy, no secret, a fixed hash seed and time zone, and this process's way to its packages."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC"}


def _article(found: dict[str, Any], *, note: str | None) -> Article:
    language = found["language"]
    return Article(
        text=found["text"],
        title=_find_words(found["title"]),
        published=date.fromisoformat(found["published"]) if found["published"] else None,
        publisher=_find_words(found["publisher"]),
        language=language.replace("_", "-").split("-")[0].strip().lower() or None if language else None,
        url=_find_words(found["url"]),
        host=_find_words(found["host"]),
        note=note,
    )


def _find_words(said: str | None) -> str | None:
    """What the page says of itself, or None when it says nothing that can be kept: its JSON may hold NUL and half characters."""
    return said if said and said.strip() and not has_bad_character(said) else None
