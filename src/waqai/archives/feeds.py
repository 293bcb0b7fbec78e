"""RSS and Atom feeds: their entries, parsed in a child process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from waqai.archives.documents import Documents, aside, incoming_of
from waqai.archives.nouns import Feed, FeedEntry
from waqai.archives.unpacking import unpack
from waqai.core import Day, Incoming, IntakeError, Notice, Retrieval, UnreadableReport
from waqai.intake import STAGE_ASSUMED, Article
from waqai.intake.guard import check_text, has_bad_character


def read_feed(body: bytes, *, address: str, media_type: str = "", documents: Documents | None = None) -> Feed:
    """The feed in these bytes, which came from `address`; relative addresses are completed by it. A broken feed gives what can be read, and a notice.

    Raises UnreadableReport where it is no feed, is too large, or was built to exhaust its reader. `documents` are the children to use; None: one for this feed.
    """
    if documents is None:
        with Documents() as own:
            return read_feed(body, address=address, media_type=media_type, documents=own)
    body = unpack(body, limit=documents.limits.max_bytes)
    if len(body) > documents.limits.max_bytes:
        raise UnreadableReport(f"the feed has {len(body)} bytes; at most {documents.limits.max_bytes} are read")
    head = json.dumps({"address": address, "media_type": media_type})
    found = documents.feeds.ask(head.encode("ascii") + b"\n" + body)
    spans = found["spans"] or [None] * len(found["entries"])
    entries = tuple(_entry_of(entry, body[span[0] : span[1]] if span else None) for entry, span in zip(found["entries"], spans, strict=True))
    notices = tuple(Notice(record=address, stage=STAGE_ASSUMED, reason=reason) for reason in _reasons(found))
    return Feed(title=_words(found["title"]), language=_language(found["language"]), entries=entries, notices=notices)


def iter_feed_reports(body: bytes, *, name: str, at: datetime, documents: Documents) -> Iterator[Incoming | Notice]:
    """What the entries of a saved feed hold themselves, each as a report whose text is an excerpt. Raises UnreadableReport.

    Where the entries' bytes cannot be told apart none are kept, but the hash of the whole: in it the words of one would outlive their erasure.
    """
    feed = read_feed(body, address="", documents=documents)
    yield from (Notice(record=name, stage=one.stage, reason=one.reason) for one in feed.notices)
    bare, whole = 0, hashlib.sha256(body).hexdigest()
    for number, entry in enumerate(feed.entries, start=1):
        if not entry.text.strip():
            bare += 1
            continue
        record = f"{name}#{entry.id or number}"
        yield from _reports_of(entry, feed, record, record if entry.content else f"{record} of the file with SHA-256 {whole}", at)
    held = "1 entry holds" if bare == 1 else f"{bare} entries hold"
    if bare or not feed.entries:
        yield aside(name, f"{held} no words, only an address; `waqai watch add` the feed's own address to read the pages" if bare else "the feed has no entry")


def _reports_of(entry: FeedEntry, feed: Feed, record: str, within: str, at: datetime) -> Iterator[Incoming | Notice]:
    try:
        check_text(entry.text)
    except IntakeError as error:
        yield aside(record, error)
        return
    article = Article(
        text=entry.text, title=entry.title, published=entry.published, publisher=feed.title, language=entry.language or feed.language, url=entry.address or None
    )
    retrieval = Retrieval(how="feed", address=entry.address or record, at=at, within=within)
    yield from incoming_of(article, entry.content, retrieval, id="", media_type="application/xml", text_origin="excerpt")


def _entry_of(found: dict[str, Any], content: bytes | None) -> FeedEntry:
    address = found["address"] if str(found["address"]).lower().startswith(("http://", "https://")) and not has_bad_character(found["address"]) else ""
    return FeedEntry(
        address=address,
        id=_words(found["id"]) or address,
        title=_words(found["title"]),
        published=day_or_none(found["published"]),
        text=found["text"],
        is_whole=found["whole"],
        language=_language(found["language"]),
        content=content,
    )


def _reasons(found: dict[str, Any]) -> Iterator[str]:
    if found["left_out"]:
        yield f"the feed has {found['left_out'] + len(found['entries'])} entries: the first {len(found['entries'])} were read"
    if found["broken"]:
        yield f"the feed is not well-formed ({found['broken']}); what could be read of it was read"


def day_or_none(written: str | None) -> Day | None:
    """The day of the first ten characters, None where they are no ISO day.

    >>> day_or_none("2023-06-18T10:00:00Z"), day_or_none("soon")
    (datetime.date(2023, 6, 18), None)
    """
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def _words(said: str | None) -> str | None:
    return said if said and said.strip() and not has_bad_character(said) else None


def _language(said: str | None) -> str | None:
    words = _words(said)
    return words.replace("_", "-").split("-")[0].strip().lower() or None if words else None
