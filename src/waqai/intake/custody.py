"""What came in beside the report made of it: the bytes where one file is one report; the file's hash and the place in it where a file holds many.

A table's cell and a field of JSON are kept code point for code point as the report's text, so that who has the file can check text against it: its hash
tells that it is the same file. Keeping its bytes too would hold every word twice. See docs/decisions/0065-originals.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.metadata import version

from waqai.core import Incoming, Notice, Original, Report, Retrieval
from waqai.intake.sources import TABLES, Kind, Source

Clock = Callable[[], datetime]
_MADE_BY: dict[Kind, tuple[str, str]] = {
    "html": ("article text by", "trafilatura"),
    "pdf": ("the pages' text by", "pypdf"),
    "docx": ("the paragraphs' text by", "python-docx"),
}
_MADE_OF = {
    "message/rfc822": "the words of the mail's own body",
    "application/xml": "what the feed itself tells of it",
    "application/json": "the record's text as it is",
}
MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(slots=True)
class Custody:
    """How the reports of one source came. Without a clock nothing is noted: the report goes on alone. Remembers the source's hash, once it was asked for."""

    source: Source
    clock: Clock | None
    _hash: str | None = field(default=None, init=False)

    def whole(self, report: Report, content: bytes, kind: Kind, *, made: str | None) -> Incoming:
        """A report that was made of all of these bytes; `made` says how where it was not made as texts of this kind usually are."""
        if self.clock is None:
            return Incoming(report=report)
        original = Original(sha256=hashlib.sha256(content).hexdigest(), media_type=MEDIA_TYPES.get(kind, ""), content=content)
        return Incoming(report=report, original=original, retrieval=self._retrieval(self.clock), made_text=made or made_text(kind))

    def part(self, report: Report, place: str) -> Incoming:
        """A report that stands at this place, "line 17", of a source that holds many."""
        if self.clock is None:
            return Incoming(report=report)
        return Incoming(report=report, retrieval=self._retrieval(self.clock, within=f"{place} of {self._holder()}"), made_text=made_text(self.source.kind))

    def _retrieval(self, clock: Clock, *, within: str = "") -> Retrieval:
        return Retrieval(how="file" if self.source.content is None else "upload", address=self.source.name, at=clock(), within=within)

    def _holder(self) -> str:
        if self._hash is None:
            self._hash = _hash_of(self.source)
        return f"the file with SHA-256 {self._hash}" if self._hash else f"{self.source.name}, which could be read only once"


@cache
def made_text(kind: Kind) -> str:
    """How a text is made of a file of this kind, in words.

    >>> made_text("text"), made_text("csv")
    ("the file's characters as they are", "the row's text as it is")
    """
    if kind in _MADE_BY:
        words, library = _MADE_BY[kind]
        return f"{words} {library} {version(library)}"
    return "the row's text as it is" if kind in TABLES else "the file's characters as they are" if kind == "text" else "the record's text as it is"


def made_of(media_type: str) -> str:
    """How a text is made of bytes of this media type, in words; "" for a type of which nothing is known here.

    >>> made_of("text/plain; charset=utf-8"), made_of("image/png")
    ("the file's characters as they are", '')
    """
    bare = media_type.split(";")[0].strip().lower()
    kind = next((kind for kind, named in MEDIA_TYPES.items() if named == ("text/html" if bare == "application/xhtml+xml" else bare)), None)
    return made_text(kind) if kind is not None else _MADE_OF.get(bare, "")


def as_reports(items: Iterable[Incoming | Notice]) -> Iterator[Report | Notice]:
    """The reports alone."""
    return (item.report if isinstance(item, Incoming) else item for item in items)


def _hash_of(source: Source) -> str:
    """ "" for standard input and pipes, which are gone once they are read."""
    if source.content is None and (source.path is None or not source.path.is_file()):
        return ""
    digest = hashlib.sha256()
    with source.open() as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
