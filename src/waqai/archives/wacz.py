"""WACZ: a zip of web archives with a list of the pages that were meant (specs.webrecorder.net/wacz/1.1.1)."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from waqai.archives.documents import Documents, aside
from waqai.archives.web_archives import Tally, iter_warc_reports, page_key
from waqai.archives.zips import open_member, open_zip, read_member
from waqai.core import Incoming, IntakeError, Notice, UnreadableReport

_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
_MAX_PAGES, _MAX_LIST = 200_000, 100_000_000


def iter_wacz_reports(raw: IO[bytes], *, name: str, at: datetime, documents: Documents) -> Iterator[Incoming | Notice]:
    """The reports of a WACZ file: of its pages, where it lists any, and of PDFs. Raises UnreadableReport where it is no such file."""
    with open_zip(raw) as opened:
        members = [one for one in opened.infolist() if one.filename.startswith("archive/") and one.filename.endswith((".warc", ".warc.gz"))]
        if not members:
            raise UnreadableReport("the file holds no folder archive/ with web archives: it is no WACZ")
        titles, notices = _find_pages(opened, name)
        yield from notices
        declared, tally = _find_digests(opened), Tally()
        for member in members:
            yield from _reports_of(opened, member, declared.get(member.filename, ""), name, at, documents, titles, tally)
        notice = tally.notice(name)
        if notice is not None:
            yield notice


def _reports_of(
    opened: ZipFile, member: ZipInfo, declared: str, name: str, at: datetime, documents: Documents, titles: dict[str, str] | None, tally: Tally
) -> Iterator[Incoming | Notice]:
    record = f"{name}#{member.filename}"
    try:
        with open_member(opened, member) as stream:
            counted = _Hashed(stream)
            buffered = io.BufferedReader(counted)
            yield from iter_warc_reports(buffered, name=record, at=at, documents=documents, titles=titles, tally=tally)
            while buffered.read(1 << 20):
                pass
            if declared.startswith("sha256:") and declared.removeprefix("sha256:").lower() != counted.digest.hexdigest():
                yield aside(record, "its bytes are not those that the WACZ names: it was damaged or changed since it was made; what was read of it came in")
    except IntakeError as error:
        yield aside(record, error)


class _Hashed(io.RawIOBase):
    """A stream that takes the SHA-256 of what is read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream, self.digest = stream, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        piece = self._stream.read(len(view))
        self.digest.update(piece)
        view[: len(piece)] = piece
        return len(piece)


def _find_pages(opened: ZipFile, name: str) -> tuple[dict[str, str] | None, list[Notice]]:
    """Titles by the key of the pages that are listed, "" for none; None where no list names one."""
    found: dict[str, str] = {}
    notices: list[Notice] = []
    for member in (one for one in opened.infolist() if one.filename in _LISTS):
        try:
            content = read_member(opened, member, limit=_MAX_LIST)
        except UnreadableReport as error:
            notices.append(aside(f"{name}#{member.filename}", error))
            continue
        for line in content.splitlines():
            page = _json_of(line)
            if isinstance(page.get("url"), str) and len(found) < _MAX_PAGES:
                found[page_key(page["url"])] = page["title"] if isinstance(page.get("title"), str) and page["title"].isprintable() else ""
    return found or None, notices


def _find_digests(opened: ZipFile) -> dict[str, str]:
    """The hashes of members as datapackage.json names them; {} where it does not."""
    try:
        package = _json_of(read_member(opened, opened.getinfo("datapackage.json"), limit=_MAX_LIST))
    except (KeyError, UnreadableReport):
        return {}
    listed = package.get("resources")
    resources = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {str(one.get("path")): str(one.get("hash", "")) for one in resources}


def _json_of(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
