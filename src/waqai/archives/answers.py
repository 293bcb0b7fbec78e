"""A web server's answer as an archive keeps it: status, headers, and the body without what the transfer put round it (RFC 9110, 9112)."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass

from waqai.archives.unpacking import open_unpacked, read_bounded
from waqai.core import UnreadableReport

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})(?:\s[^\n]*)?\r?\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]{0,1000})?\r?\n")
_END = re.compile(rb"\r?\n\r?\n")
_MAX_HEAD, _MAX_HEADERS = 131_072, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`body` is as the archive holds it, `content` the same without chunks and compression. `media_type` in small letters, `charset` as declared, or None."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    content: bytes
    media_type: str
    charset: str | None


def parse_answer(block: bytes, *, limit: int) -> Answer:
    """The answer in a response record's block. Raises UnreadableReport where it is none, and for a body of more than `limit` bytes or in a coding we lack.

    >>> answer = parse_answer(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html; charset=utf-8\\r\\n\\r\\n<p>x", limit=100)
    >>> answer.status, answer.media_type, answer.charset, answer.content
    (200, 'text/html', 'utf-8', b'<p>x')
    """
    first = _STATUS.match(block)
    if first is None:
        raise UnreadableReport("it holds no answer of a web server")
    end = _END.search(block, max(0, first.end() - 2), _MAX_HEAD)
    head, body = (block[first.end() : end.start()], block[end.end() :]) if end else (block[first.end() :][:_MAX_HEAD], b"")
    headers = _headers_of(head)
    named = {name.lower(): value for name, value in headers}
    media_type, charset = split_type(named.get("content-type", ""))
    content = _unchunked(body) if "chunked" in named.get("transfer-encoding", "").lower() else body
    return Answer(
        status=int(first[1]),
        headers=headers,
        body=body,
        content=_decoded(content, named.get("content-encoding", ""), limit),
        media_type=media_type,
        charset=charset,
    )


def split_type(written: str) -> tuple[str, str | None]:
    """A media type and its charset.

    >>> split_type('Text/HTML; Charset="UTF-8"'), split_type("")
    (('text/html', 'UTF-8'), ('', None))
    """
    kind, *parameters = written.split(";")
    named = [one.partition("=") for one in parameters]
    charset = next((value.strip().strip("\"'") for name, _, value in named if name.strip().lower() == "charset"), None)
    return kind.strip().lower(), charset or None


def _headers_of(head: bytes) -> tuple[tuple[str, str], ...]:
    lines = head.decode("utf-8", "replace").replace("\0", "\ufffd").splitlines()
    pairs = (line.partition(":") for line in lines[:_MAX_HEADERS] if ":" in line)
    return tuple((name.strip(), value.strip()) for name, _, value in pairs if name.strip())


def _unchunked(body: bytes) -> bytes:
    """The body without its chunks' sizes; as it is where it has none, since some archivers leave the header and take the chunks away."""
    pieces: list[bytes] = []
    at = 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return b"".join(pieces) if pieces else body


def _decoded(content: bytes, coding: str, limit: int) -> bytes:
    """The content without its compression; as it is where an archiver took that away and left the header."""
    name = coding.strip().lower()
    if name in {"gzip", "x-gzip"}:
        content = read_bounded(open_unpacked(io.BytesIO(content)), limit=limit)
    elif name == "deflate":
        content = _inflated(content, limit)
    elif name in {"br", "zstd"} and not _looks_plain(content):
        raise UnreadableReport(f"it is compressed as {name!r}, which is not read")
    elif "," in name:
        raise UnreadableReport(f"it is compressed more than once ({name[:40]!r}), which is not read")
    if len(content) > limit:
        raise UnreadableReport(f"it has {len(content)} bytes; at most {limit} are read of one document")
    return content


def _inflated(content: bytes, limit: int) -> bytes:
    """ "deflate" is zlib by the standard and raw by the habit of some servers. Raises UnreadableReport where it ends in the middle."""
    is_cut = False
    for bits in (15, -15):
        try:
            inflater = zlib.decompressobj(bits)
            found = inflater.decompress(content, limit + 1)
        except zlib.error:
            continue
        if inflater.eof or len(found) > limit:
            return found
        is_cut = True
    if is_cut and not _looks_plain(content):
        raise UnreadableReport("its compressed body ends in the middle: it was cut short")
    return content


def _looks_plain(content: bytes) -> bool:
    return content[:1_000].lstrip()[:1] in (b"<", b"{") or content.startswith(b"%PDF-")
