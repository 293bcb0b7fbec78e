"""Bounded reading: whole content up to a size, lines up to a length, and a look at the beginning that loses nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO

from waqai.core import UnreadableReport
from waqai.intake.decode import UTF8_MARK, decode_strictly, find_mark

_HEAD = 65_536
_MAX_SKIPPED = 200_000_000


class Stream:
    """A byte stream whose beginning has been looked at. `head` is everything up to the end of the first line that is not blank, at most 64 KB.

    `before` are the bytes as they came, where these are the same words in another encoding.
    """

    def __init__(self, raw: IO[bytes], *, before: bytes | None = None) -> None:
        self._raw, self.before = raw, before
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
        """As `iter_every_line`, without the blank ones."""
        return ((number, line) for number, line in self.iter_every_line(limit) if line is None or line.strip())

    def iter_every_line(self, limit: int) -> Iterator[tuple[int, bytes | None]]:
        """The lines with their numbers from 1, ended by LF; None stands for a line of more than `limit` bytes. Raises UnreadableReport at 200 MB."""
        number = 0
        while line := self._next_line(limit + 1):
            number += 1
            is_long = len(line) > limit
            if is_long:
                self._skip_to_end(line)
            yield number, None if is_long else line

    def _next_line(self, size: int) -> bytes:
        """The next line, or `size` bytes of it."""
        end = self._unread.find(b"\n") + 1 or len(self._unread)
        line, self._unread = self._unread[:end], self._unread[end:]
        return line if line.endswith(b"\n") else line + self._raw.readline(max(0, size - len(line)))

    def _skip_to_end(self, line: bytes) -> None:
        """Pass over the rest of a line. Raises UnreadableReport after 200 MB: no line goes on like that, so there is none."""
        passed = 0
        while line and not line.endswith(b"\n"):
            line = self._raw.readline(_HEAD)
            passed += len(line)
            if passed > _MAX_SKIPPED:
                raise UnreadableReport(f"a line has more than {_MAX_SKIPPED} bytes: this is no text in lines")


def as_utf8(stream: Stream, limit: int) -> Stream:
    """The stream itself, or one of the same words in UTF-8 when its mark says UTF-16 or UTF-32, whose lines cannot be told apart as bytes.

    Raises UnreadableReport when such a one has more than `limit` bytes.
    """
    mark = find_mark(stream.head)
    if mark is None or mark[0] == UTF8_MARK:
        return stream
    came = stream.read_all(limit)
    return Stream(io.BytesIO(UTF8_MARK + decode_strictly(came).encode("utf-8")), before=came)
