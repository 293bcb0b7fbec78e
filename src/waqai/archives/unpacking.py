"""Gzip as a stream that never gives more than it is asked for, and notices when it was built to exhaust its reader.

zlib gives at most 1,032 times what goes in (zlib.net/zlib_tech.html); texts of the web come to 3 to 20. RFC 1952 allows several members one after another.
"""

from __future__ import annotations

import io
import zlib
from typing import IO

from waqai.core import UnreadableReport

_CHUNK = 65_536
_FREE = 20_000_000  # bytes that may come out whatever the ratio is
_MAX_RATIO = 150
MAGIC = b"\x1f\x8b"


class Unpacked(io.RawIOBase):
    """A gzip stream's content. Reading raises UnreadableReport where it is damaged, ends early, or unpacks to over 150 times its size (beyond 20 MB)."""

    def __init__(self, raw: IO[bytes]) -> None:
        super().__init__()
        self._raw = raw
        self._member = zlib.decompressobj(31)
        self._waiting = b""
        self._taken = self._given = 0
        self._is_inside = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        piece = self._next(len(view))
        view[: len(piece)] = piece
        return len(piece)

    def _next(self, size: int) -> bytes:
        while size:
            if self._member.eof:
                self._start_member()
            if not self._waiting and not self._fetch():
                if self._is_inside:
                    raise UnreadableReport("the gzip data ends in the middle: the file is cut short")
                return b""
            piece = self._inflate(size)
            if piece:
                self._given += len(piece)
                if self._given > _FREE and self._given > _MAX_RATIO * self._taken:
                    raise UnreadableReport(f"it unpacks to over {_MAX_RATIO} times its size: it was built to exhaust its reader")
                return piece
        return b""

    def _fetch(self) -> bool:
        self._waiting = self._raw.read(_CHUNK)
        self._taken += len(self._waiting)
        return bool(self._waiting)

    def _inflate(self, size: int) -> bytes:
        self._is_inside = True
        try:
            piece = self._member.decompress(self._waiting, size)
        except zlib.error as error:
            raise UnreadableReport(f"the gzip data is damaged ({error})") from error
        self._waiting = self._member.unconsumed_tail
        if self._member.eof:
            self._is_inside = False
            self._waiting = self._member.unused_data
        return piece

    def _start_member(self) -> None:
        """The next member; zeros after the last one are padding."""
        self._waiting = self._waiting.lstrip(b"\0")
        while not self._waiting and self._fetch():
            self._waiting = self._waiting.lstrip(b"\0")
        self._member = zlib.decompressobj(31)


def open_unpacked(raw: IO[bytes]) -> IO[bytes]:
    """The stream, unpacked where it begins as gzip does; buffered. The raw stream must not be used beside it."""
    buffered = io.BufferedReader(raw) if isinstance(raw, io.RawIOBase) else raw
    head = buffered.read(2)
    joined = io.BufferedReader(_Rejoined(head, buffered), _CHUNK)
    return io.BufferedReader(Unpacked(joined), _CHUNK) if head == MAGIC else joined


def unpack(content: bytes, *, limit: int) -> bytes:
    """Bytes that may be gzip, unpacked. Raises UnreadableReport for damaged ones, and where more than `limit` bytes come out.

    >>> import gzip
    >>> unpack(gzip.compress(b"words"), limit=100), unpack(b"words", limit=100)
    (b'words', b'words')
    """
    if not content.startswith(MAGIC):
        return content
    return read_bounded(open_unpacked(io.BytesIO(content)), limit=limit)


def read_bounded(stream: IO[bytes], *, limit: int) -> bytes:
    """All that is left of a stream. Raises UnreadableReport where that is more than `limit` bytes."""
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise UnreadableReport(f"it unpacks to more than {limit} bytes, which is more than is read of one document")
    return content


class _Rejoined(io.RawIOBase):
    """A stream with the bytes in front that were taken to look at it."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        piece = self._head[: len(view)] or self._rest.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(piece)] = piece
        return len(piece)
