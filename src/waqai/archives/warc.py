"""The records of a WARC file (ISO 28500:2017, WARC/1.1), one after another, within bounds.

Our own and not a library's, since the lengths that a hostile file declares must not be believed: a header is read up to 64 KB, a block only up to what one
document may have (the rest is passed over), and after a wrong length the next record is looked for. Held to warcio's reading in the tests.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from waqai.core import UnreadableReport

_MAX_LINE, _MAX_HEADER, _MAX_HEADERS = 16_384, 65_536, 500
_VERSION = re.compile(rb"WARC/\d\.\d\s*$")
_STEP = 1 << 20
_MAX_PASSED = 2_000_000_000  # bytes of one record that are read through without being kept
_MAX_SEARCHED = 200_000_000  # bytes in which the next record is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """One record. `kind` is its WARC-Type, `headers` by name in small letters, `captured_at` its WARC-Date (UTC), `block` what it holds.

    `block` is None where it is longer than may be kept; `damage` says what is wrong with the record, None for nothing.
    """

    kind: str
    id: str
    address: str
    captured_at: datetime | None
    headers: dict[str, str]
    block: bytes | None
    damage: str | None = None


def iter_warc(stream: IO[bytes], *, limit: int) -> Iterator[WarcRecord]:
    """The records of an unpacked stream; blocks of more than `limit` bytes are passed over. Raises UnreadableReport where nothing more can be read."""
    line = _next_start(stream, is_first=True)
    while line is not None:
        headers = _read_headers(stream)
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            yield _record(headers, None, f"its length is given as {length[:40]!r}")
        else:
            yield from _read_block(stream, headers, int(length), limit)
        line = _next_start(stream, is_first=False)


def check_digest(declared: str, content: bytes) -> bool | None:
    """Whether a digest as WARC writes them ("sha1:" and Base32, or hex) is that of the content; None where the method is not known.

    >>> check_digest("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b""), check_digest("sha1:AAAA", b""), check_digest("odd:1", b"")
    (True, False, None)
    """
    method, _, written = declared.strip().partition(":")
    name = method.lower().replace("-", "")
    if name not in {"sha1", "sha256", "sha512", "md5"} or not written:
        return None
    digest = hashlib.new(name, content, usedforsecurity=False)
    base32 = base64.b32encode(digest.digest()).decode("ascii").rstrip("=")
    return written.strip().rstrip("=").upper() in {base32, digest.hexdigest().upper()}


def _read_block(stream: IO[bytes], headers: dict[str, str], length: int, limit: int) -> Iterator[WarcRecord]:
    if length > limit:
        passed = _pass_over(stream, length)
        yield _record(headers, None, None if passed else "it ends in the middle, or is too long to be passed over")
        return
    block = stream.read(length)
    damage = f"it declares {length} bytes and holds {len(block)}" if len(block) < length else None
    if damage is None and headers.get("warc-block-digest") and check_digest(headers["warc-block-digest"], block) is False:
        damage = "its bytes are not those of its digest: it was damaged or changed"
    yield _record(headers, block, damage)


def _record(headers: dict[str, str], block: bytes | None, damage: str | None) -> WarcRecord:
    return WarcRecord(
        kind=headers.get("warc-type", "").lower(),
        id=headers.get("warc-record-id", "").strip("<>"),
        address=headers.get("warc-target-uri", "").strip("<>"),
        captured_at=_instant(headers.get("warc-date", "")),
        headers=headers,
        block=block,
        damage=damage,
    )


def _next_start(stream: IO[bytes], *, is_first: bool) -> bytes | None:
    """The line with which the next record begins, None at the end. Raises UnreadableReport where the file is no WARC."""
    searched = 0
    while line := stream.readline(_MAX_LINE):
        if _VERSION.match(line):
            return line
        if is_first and line.strip():
            raise UnreadableReport("it is no WARC file: it does not begin with WARC/1.0 or WARC/1.1")
        searched += len(line)
        if searched > _MAX_SEARCHED:
            raise UnreadableReport(f"after a record of the wrong length no other was found in {_MAX_SEARCHED} bytes")
    if is_first:
        raise UnreadableReport("the file is empty")
    return None


def _read_headers(stream: IO[bytes]) -> dict[str, str]:
    """The named fields up to the empty line. Raises UnreadableReport where they have no end."""
    headers: dict[str, str] = {}
    size, last = 0, ""
    while line := stream.readline(_MAX_LINE):
        size += len(line)
        if size > _MAX_HEADER or len(headers) > _MAX_HEADERS:
            raise UnreadableReport(f"a record's header has no end within {_MAX_HEADER} bytes")
        if not line.strip():
            return headers
        words = line.decode("utf-8", "replace").replace("\0", "\ufffd").rstrip("\r\n")
        if words[:1] in " \t" and last:
            headers[last] += " " + words.strip()
            continue
        name, _, value = words.partition(":")
        last = name.strip().lower()
        headers.setdefault(last, value.strip())
    return headers


def _pass_over(stream: IO[bytes], length: int) -> bool:
    left = min(length, _MAX_PASSED)
    while left and (piece := stream.read(min(left, _STEP))):
        left -= len(piece)
    return not left and length <= _MAX_PASSED


def _instant(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:
        return None
