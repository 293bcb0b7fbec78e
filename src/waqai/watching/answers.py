"""The report of an answer: what a fetched page, document or text says, with its bytes and how they came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from waqai.archives import Documents
from waqai.archives.documents import KINDS, SUFFIXES, incoming_of
from waqai.core import Day, Incoming, Notice, UnreadableReport
from waqai.fetching import Fetched, retrieval_of
from waqai.intake.sources import recognise

_VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain", "application/xml", "text/xml"})
"""Media types that servers give to whatever they do not know."""
LONGEST_ID = 80


def reports_of(fetched: Fetched, documents: Documents, *, title: str | None, published: Day | None, publisher: str | None) -> Iterator[Incoming | Notice]:
    """The report of an answer; `title`, `published` and `publisher` stand in for what it does not say itself. Raises IntakeError for what cannot be read."""
    kind = kind_of(fetched)
    article = documents.read(fetched.body, kind, address=fetched.final_address, captured=fetched.at.date(), charset=fetched.charset)
    said = {"title": title, "published": published, "publisher": publisher, "url": fetched.final_address, "fetched_at": fetched.at}
    yield from incoming_of(article, fetched.body, retrieval_of(fetched), id=id_of(fetched.final_address), media_type=fetched.media_type, **said)


def kind_of(fetched: Fetched) -> str:
    """How an answer is read: by its media type, else by what it holds. Raises UnreadableReport for what is read by nothing."""
    named = KINDS.get(fetched.media_type)
    if named is not None and fetched.media_type not in _VAGUE:
        return named
    if fetched.media_type not in _VAGUE:
        raise UnreadableReport(f"it was sent as {fetched.media_type!r}; read are pages, PDFs, Word documents (.docx) and plain texts")
    seen = recognise(fetched.body[:4096])
    suffix = SUFFIXES.get(PurePosixPath(urlsplit(fetched.final_address).path).suffix.lower())
    return seen if seen in ("html", "pdf") else suffix or "text"


def id_of(address: str) -> str:
    """A report's id from its address: the host and the end of the path.

    >>> id_of("https://www.example.org/2026/11/28/jail-break.html?x=1")
    'example.org-jail-break'
    """
    parts = urlsplit(address)
    host = (parts.hostname or "page").removeprefix("www.")
    stem = PurePosixPath(unquote(parts.path)).stem
    said = re.sub(r"[^\w.-]+", "-", f"{host}-{stem}" if stem else host).strip("-")
    return said[:LONGEST_ID]
