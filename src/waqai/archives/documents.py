"""One document out of a collection: its bytes into an article, whatever kind it is, by the children that look into such files."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Self

from waqai.core import Day, EmptyReport, Incoming, Notice, Original, Report, Retrieval, UnreadableReport, text_sha256
from waqai.intake import STAGE, STAGE_ASSUMED, Article, ArticleExtractor, Layout, Limits, made_of
from waqai.intake.child import Extractor
from waqai.intake.decode import WEB_ENCODINGS, decode_text
from waqai.intake.documents import read_docx, read_pdf
from waqai.intake.guard import check_bytes, check_text

KINDS: Mapping[str, str] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/plain": "text",
}
"""By media type, the kinds of documents that are read."""
SUFFIXES: Mapping[str, str] = {".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx", ".txt": "text", ".md": "text"}


class Documents:
    """The children that look into pages, documents, feeds and mails, each started when it is first needed. Not for use by several threads at once."""

    def __init__(self, *, limits: Limits | None = None, layouts: Sequence[Layout] | None = None) -> None:
        self.limits = limits or Limits()
        self._pages = ArticleExtractor(limits=self.limits, layouts=layouts)
        self._pdfs, self._words = Extractor("pdf", limits=self.limits), Extractor("word", limits=self.limits)
        self.feeds, self.sitemaps = Extractor("feeds", limits=self.limits), Extractor("sitemaps", limits=self.limits)
        self.mails, self._fragments = Extractor("mail", limits=self.limits), Extractor("fragments", limits=self.limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the children; the next document starts others."""
        with ExitStack() as stack:
            for one in (self._pages, self._pdfs, self._words, self.feeds, self.sitemaps, self.mails, self._fragments):
                stack.callback(one.close)

    def read(self, raw: bytes, kind: str, *, address: str | None = None, captured: Day | None = None, charset: str | None = None) -> Article:
        """The article of a document of kind "html", "pdf", "docx" or "text"; `charset` is what was said of it outside.

        Raises UnreadableReport or EmptyReport.
        """
        if not raw:
            raise EmptyReport("it is empty")
        if kind == "pdf":
            return read_pdf(raw, self._pdfs)
        if kind == "docx":
            return read_docx(raw, self._words)
        if len(raw) > self.limits.max_bytes:
            raise UnreadableReport(f"it has {len(raw)} bytes; at most {self.limits.max_bytes} are read of one document")
        known = as_utf8(raw, charset)
        if kind == "html":
            return self._pages.extract(known, address=address, captured=captured)
        check_bytes(known)
        decoded = decode_text(known)
        check_text(decoded.text)
        return Article(text=decoded.text, title=None, published=None, publisher=None, language=None, url=None, note=decoded.note)

    def words_of(self, fragment: str) -> str:
        """The words of a piece of HTML, a line for each paragraph. Raises UnreadableReport."""
        found: list[str] = self._fragments.ask(json.dumps([fragment]).encode("ascii"))
        return found[0]


def as_utf8(raw: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8 when they are not, and a known charset was said of them: a server's word counts before the page's own (WHATWG HTML, 13.2.3.2).

    >>> as_utf8("Kaçak".encode("cp1254"), "windows-1254").decode()
    'Kaçak'
    """
    try:
        raw.decode("utf-8")
        return raw
    except UnicodeDecodeError:
        pass
    try:
        known = codecs.lookup(WEB_ENCODINGS.get((charset or "").strip().lower(), charset or ""))
    except (LookupError, ValueError):
        return raw
    fits = known._is_text_encoding and known.name not in ("utf-8", "ascii")  # which it is not, whatever the server says: the page may know better
    return raw.decode(known.name, "replace").encode("utf-8", "replace") if fits else raw


def incoming_of(article: Article, raw: bytes | None, retrieval: Retrieval, *, id: str, media_type: str, **said: Any) -> Iterator[Incoming | Notice]:
    """The report of an article with its bytes (None: not of its own), after a notice where something had to be assumed.

    What is `said` of it outside fills in what it does not say.
    """
    if article.note is not None:
        yield Notice(record=retrieval.within or retrieval.address, stage=STAGE_ASSUMED, reason=article.note)
    named: dict[str, Any] = {name: getattr(article, name) or said.get(name) for name in ("title", "published", "publisher", "language", "url")}
    report = Report(
        id=id,
        text=article.text,
        sha256=text_sha256(article.text),
        text_origin=said.get("text_origin", "original"),
        fetched_at=said.get("fetched_at"),
        **{**named, "publisher": named["publisher"] or article.host},
    )
    yield Incoming(
        report=report, original=None if raw is None else original_of(raw, media_type), retrieval=retrieval, made_text=article.made_text or made_of(media_type)
    )


def original_of(raw: bytes, media_type: str) -> Original:
    """The bytes with their hash."""
    return Original(sha256=hashlib.sha256(raw).hexdigest(), media_type=media_type, content=raw)


def aside(record: str, reason: object) -> Notice:
    """What was set aside, and why."""
    return Notice(record=record, stage=STAGE, reason=str(reason))
