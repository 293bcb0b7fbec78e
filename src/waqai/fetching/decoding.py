"""A body unpacked as it comes, piece by piece, so that a small one that unpacks to a gigabyte costs no more than its bounds."""

from __future__ import annotations

import zlib

from waqai.core import FetchFailed
from waqai.fetching.fetched import FetchLimits

CODINGS = "gzip, deflate"
"""What is asked for. Both come with Python; no server has to send anything else to a client that does not ask for it (RFC 9110, § 12.5.3)."""
_NO_PACKING = frozenset({"", "identity", "none", "binary", "7bit", "8bit", "utf-8", "utf8", "iso-8859-1", "us-ascii"})
_PIECE = 65_536
_GZIP_OR_ZLIB, _RAW = 47, -15
_MAGIC = b"\x1f\x8b"


class Body:
    """What came so far, unpacked. Mutable. Raises FetchFailed as soon as a bound is passed."""

    def __init__(self, coding: str | None, *, limits: FetchLimits, cuts: bool = False) -> None:
        """`cuts`: what is beyond the most bytes is left out instead, and `is_full` says so."""
        self._coding, self._limits, self._cuts = _check_coding(coding), limits, cuts
        self._kept = bytearray()  # one, since a page of 20 MB can come in ten million pieces
        self._unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._held, self._ended = b"", False
        self.received = self.unpacked = 0
        self.is_full = False

    def take(self, data: bytes) -> None:
        """The next piece as it was sent."""
        self.received += len(data)
        if self._coding is None:
            self._keep(data)
        elif self.received < 2:
            self._held = data  # two bytes tell how "deflate" is meant
        else:
            self._unpack(self._held + data)
            self._held = b""

    def close(self) -> bytes:
        """All of it. Raises FetchFailed where what was packed breaks off."""
        if self._coding and self.received and not (self._ended or self._unpacker.eof or self.is_full):
            raise FetchFailed("the packed page breaks off before its end", outcome="broken off")
        return bytes(self._kept)

    def _unpack(self, data: bytes) -> None:
        """At most a piece at a time. Behind the end another gzip member may follow (RFC 1952, § 2.2); anything else there is left out, as browsers do."""
        more = bool(data)
        while more and not self.is_full and not self._ended:
            if self._unpacker.eof:
                self._ended = self._coding != "gzip" or not _MAGIC.startswith(data[:2])
                if self._ended:
                    return
                self._unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
            piece = self._decompress(data)
            self._keep(piece)
            data = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
            more = bool(data) or (len(piece) == _PIECE and not self._unpacker.eof)

    def _decompress(self, data: bytes) -> bytes:
        """ "deflate" comes with zlib's header or, from some servers, without it."""
        try:
            return self._unpacker.decompress(data, _PIECE)
        except zlib.error as error:
            if self._coding == "deflate" and not self.unpacked:
                self._unpacker, self._coding = zlib.decompressobj(_RAW), "raw"
                return self._decompress(data)
            raise FetchFailed(f"the packed page is damaged ({error})", outcome="broken off") from error

    def _keep(self, piece: bytes) -> None:
        limits = self._limits
        self.unpacked += len(piece)
        if self.unpacked > limits.most_bytes:
            if not self._cuts:
                raise FetchFailed(f"the page has more than {limits.most_bytes:,} bytes", outcome="too large", permanent=True)
            piece = piece[: len(piece) - (self.unpacked - limits.most_bytes)]
            self.is_full = True
        elif self._coding and self.unpacked > limits.free_bytes + limits.most_ratio * self.received:
            said = f"{self.received:,} bytes unpack to more than {self.unpacked:,}: no page is like that"
            raise FetchFailed(said, outcome="packed too densely", permanent=True)
        self._kept += piece


def _check_coding(coding: str | None) -> str | None:
    """The one coding, "gzip" or "deflate"; None for none, and where a server names there how its characters are written, as some do and browsers pass over.

    Raises FetchFailed for any other, and for one within another.
    """
    named = [one.strip().lower() for one in (coding or "").split(",")]
    named = [one for one in named if one not in _NO_PACKING]
    if not named:
        return None
    if len(named) > 1:
        raise FetchFailed(f"the page is packed {len(named)} times, one within the other", outcome="packed too densely", permanent=True)
    if named[0] not in ("gzip", "x-gzip", "deflate"):
        raise FetchFailed(f"the page is packed as {named[0][:40]!r}, which was not asked for; {CODINGS} are read", outcome="unknown encoding", permanent=True)
    return named[0].removeprefix("x-")
