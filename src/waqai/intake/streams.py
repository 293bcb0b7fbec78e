"""Bounded reading: whole content up to a size, lines up to a length, and a look at the beginning that loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from waqai.core import UnreadableReport

_HEAD = 65_536


class Stream:
    """A byte stream whose beginning has been looked at. `head` is everything up to the end of the first line that is not blank, at most 64 KB."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self.head = b""
        while len(self.head) < _HEAD and not self.head.strip():
            chunk = raw.readline(_HEAD - len(self.head))
            if not chunk:
                break
            self.head += chunk
        self._unread = self.head

    def read_all(self, limit: int) -> bytes:
        """The whole content. Raises UnreadableReport when it is longer than `limit` bytes."""
        chunks, size = [self._unread], len(self._unread)
        while size <= limit and (chunk := self._raw.read(limit + 1 - size)):
            chunks.append(chunk)
            size += len(chunk)
        if size > limit:
            raise UnreadableReport(f"it has more than {limit} bytes, which is more than one report may have")
        return b"".join(chunks)

    def iter_lines(self, limit: int) -> Iterator[tuple[int, bytes | None]]:
        """The lines that are not blank, with their numbers from 1, ended by LF; None stands for a line of more than `limit` bytes."""
        number = 0
        while line := self._next_line(limit + 1):
            number += 1
            is_long = len(line) > limit
            if is_long:
                self._skip_to_end(line)
            if is_long or line.strip():
                yield number, None if is_long else line

    def _next_line(self, size: int) -> bytes:
        """The next line, or `size` bytes of it."""
        end = self._unread.find(b"\n") + 1 or len(self._unread)
        line, self._unread = self._unread[:end], self._unread[end:]
        return line if line.endswith(b"\n") else line + self._raw.readline(max(0, size - len(line)))

    def _skip_to_end(self, line: bytes) -> None:
        while line and not line.endswith(b"\n"):
            line = self._raw.readline(_HEAD)
