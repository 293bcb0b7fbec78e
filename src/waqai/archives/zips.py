"""Zip files: what is looked at before one is opened, its members within bounds; a zip of documents as reports.

The table of contents is held as a whole by Python's zipfile, so its size is checked in the file's last bytes first (APPNOTE.TXT 6.3.10, 4.3.14-4.3.16).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from waqai.archives.documents import SUFFIXES, Documents, aside, incoming_of
from waqai.archives.unpacking import read_bounded
from waqai.core import Incoming, IntakeError, Notice, Retrieval, UnreadableReport
from waqai.intake.sources import printable

MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED = 20_000, 200, 2_000_000_000
_MAX_TABLE = 20_000_000
_FREE = 1_000_000  # bytes: what a member may unpack to whatever its ratio is
_TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "text": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@contextmanager
def open_zip(raw: IO[bytes]) -> Iterator[ZipFile]:
    """The zip, when it may be opened. Raises UnreadableReport where it is damaged or was built to exhaust its reader."""
    _check_table(raw)
    try:
        opened = ZipFile(raw)
    except (BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, UnicodeDecodeError) as error:
        raise UnreadableReport(f"the zip is damaged ({error})") from error
    with opened:
        _check_members(opened.infolist(), raw.seek(0, 2))
        yield opened


def read_member(opened: ZipFile, member: ZipInfo, *, limit: int) -> bytes:
    """A member's bytes. Raises UnreadableReport where it is encrypted, damaged, or has more than `limit` bytes."""
    with open_member(opened, member) as stream:
        return read_bounded(stream, limit=limit)


@contextmanager
def open_member(opened: ZipFile, member: ZipInfo) -> Iterator[IO[bytes]]:
    """A member as a stream, whose errors come out as UnreadableReport."""
    if member.flag_bits & 1:
        raise UnreadableReport("it is encrypted: unpack it with its password, and name what comes out")
    try:
        with opened.open(member) as stream:
            yield stream
    except UnreadableReport:
        raise
    except _damage() as error:
        raise UnreadableReport(f"it is damaged, or packed in a way that is not read ({error})") from error


def iter_zip_reports(raw: IO[bytes], *, name: str, at: datetime, documents: Documents) -> Iterator[Incoming | Notice]:
    """The documents of a zip (pages, PDFs, .docx, texts), in its order; what it holds beside them is counted in one notice. Raises UnreadableReport."""
    skipped: Counter[str] = Counter()
    with open_zip(raw) as opened:
        for member in opened.infolist():
            path = PurePosixPath(_name_of(member))
            kind = SUFFIXES.get(path.suffix.lower())
            if member.is_dir() or path.name.startswith(".") or "__MACOSX" in path.parts:
                continue
            if kind is None:
                skipped[path.suffix.lower()[:20] or "no suffix"] += 1
                continue
            yield from _reports_of(opened, member, kind, f"{name}#{printable(str(path))}", at, documents)
    if skipped:
        shown = ", ".join(f"{times} {suffix}" for suffix, times in skipped.most_common(10))
        yield aside(name, f"{sum(skipped.values())} files of the zip are of kinds that are not read out of one ({shown}): unpack it, and name the folder")


def _reports_of(opened: ZipFile, member: ZipInfo, kind: str, record: str, at: datetime, documents: Documents) -> Iterator[Incoming | Notice]:
    try:
        content = read_member(opened, member, limit=documents.limits.max_bytes if kind in {"html", "text"} else documents.limits.max_file_bytes)
        article = documents.read(content, kind)
    except IntakeError as error:
        yield aside(record, error)
        return
    retrieval = Retrieval(how="file", address=record, at=at, within=record)
    yield from incoming_of(article, content, retrieval, id=printable(PurePosixPath(_name_of(member)).stem)[:150], media_type=_TYPES[kind])


def _name_of(member: ZipInfo) -> str:
    """Its name; macOS writes UTF-8 and does not say so, and is then taken for code page 437 by the standard (APPNOTE.TXT 6.3.10, appendix D)."""
    try:
        return member.filename if member.flag_bits & 0x800 else member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _check_table(raw: IO[bytes]) -> None:
    """Pass when the table of contents is of a size that may be held."""
    size = raw.seek(0, 2)
    raw.seek(max(0, size - 65_557 - 20))
    tail = raw.read(65_557 + 20)
    raw.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise UnreadableReport("it is no zip, or one that is cut short")
    count, length = struct.unpack_from("<HL", tail, at + 10)
    if length == 0xFFFFFFFF or count == 0xFFFF:
        count, length = _large_table(raw, tail, at)
        raw.seek(0)
    if length > _MAX_TABLE:
        raise UnreadableReport(f"the zip's table of contents has {length} bytes; at most {_MAX_TABLE} are read")


def _large_table(raw: IO[bytes], tail: bytes, at: int) -> tuple[int, int]:
    """Number of members and length of the table where they stand in the record of large zips."""
    if at < 20 or tail[at - 20 : at - 16] != b"PK\x06\x07":
        return struct.unpack_from("<HL", tail, at + 10)
    place = struct.unpack_from("<Q", tail, at - 12)[0]
    raw.seek(min(place, raw.seek(0, 2)))
    record = raw.read(56)
    if len(record) < 56 or record[:4] != b"PK\x06\x06":
        raise UnreadableReport("the zip is damaged: its record of large sizes is missing")
    return struct.unpack_from("<QQ", record, 32)


def _check_members(members: list[ZipInfo], size: int) -> None:
    if len(members) > MAX_MEMBERS:
        raise UnreadableReport(f"the zip has {len(members)} members; at most {MAX_MEMBERS} are opened")
    if sum(member.file_size for member in members if member.compress_type) > MAX_UNPACKED:
        raise UnreadableReport(f"the zip unpacks to more than {MAX_UNPACKED} bytes; unpack it, and name the folder")
    if sum(member.compress_size for member in members) > size:
        raise UnreadableReport("the zip's members lie over each other: it was built to exhaust its reader")
    for member in members:
        if member.file_size > _FREE and member.file_size > MAX_RATIO * max(1, member.compress_size):
            part = printable(member.filename)[:80]
            raise UnreadableReport(f"a part of the zip, {part!r}, unpacks to over {MAX_RATIO} times its size: it was built to exhaust its reader")


def _damage() -> tuple[type[Exception], ...]:
    """What reading a member raises that is damaged, or packed in another way than Python knows."""
    import lzma
    import zlib

    return BadZipFile, NotImplementedError, ValueError, EOFError, OSError, RuntimeError, struct.error, zlib.error, lzma.LZMAError
