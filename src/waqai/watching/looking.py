"""One look at a feed: what it answers, what that is, and what it names.

What is a feed, a sitemap or a page is told by its first element, whatever media type it was sent with: many servers call feeds text/html.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from waqai.archives import Documents, Mark, Pointer, Sitemap, SitemapEntry, iter_new_files, read_feed, read_list, read_sitemap, unpack
from waqai.core import Day, IntakeError, UnreadableReport
from waqai.fetching import Fetched
from waqai.watching.feed import Feed, Found, Kind
from waqai.watching.items import IS_LIST, key_of

MOST_SITEMAPS = 20
"""Sitemaps of one index that are read in one look, the newest first."""
SITEMAP_REACH = timedelta(days=7)
"""A sitemap names all that a site ever had: without a day of its own, what is older than this when it is added is not taken."""
WAS_THERE = "it was there, without a day, when the watching began"
_ADDRESSES = re.compile(rb"(?:\xef\xbb\xbf)?\s*https?://", re.IGNORECASE)
_NAME = re.compile(rb"[a-zA-Z][\w:.-]*")
_FEEDS, _SITEMAPS = frozenset({b"rss", b"feed", b"rdf:rdf"}), frozenset({b"urlset", b"sitemapindex"})
_LINK = re.compile(rb"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_OF_FEED = re.compile(rb"\btype=[\"']?application/(?:rss|atom)\+xml", re.IGNORECASE)
_HREF = re.compile(rb"\bhref=[\"']?([^\"'>\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at a feed gave. `known` are items that are noted and not taken, for the reason `why`; `page` is the answer itself where the feed is one
    page."""

    kind: Kind
    found: tuple[Found, ...] = ()
    known: tuple[Found, ...] = ()
    why: str = WAS_THERE
    etag: str | None = None
    last_modified: str | None = None
    page: Fetched | None = None
    declares: str | None = None


def tell_kind(body: bytes) -> Kind:
    """What an answer is.

    >>> tell_kind(b'<?xml version="1.0"?><!-- by X --><rss version="2.0">'), tell_kind(b"<urlset>"), tell_kind(b"<!doctype html><html>")
    ('feed', 'sitemap', 'page')
    """
    name = _first_element(body[:65_536])
    return "feed" if name in _FEEDS else "sitemap" if name in _SITEMAPS else "page"


def look_at(feed: Feed, answer: Fetched, *, fetch: Callable[[str], Fetched], documents: Documents) -> Look:
    """What an answer to a feed's address names. `fetch` gets the sitemaps of an index. Raises IntakeError for what cannot be read or fetched."""
    if answer.not_modified:
        return Look(kind=feed.kind, etag=answer.etag or feed.etag, last_modified=answer.last_modified or feed.last_modified)
    body = answer.body if feed.kind == "page" else unpack(answer.body, limit=documents.limits.max_bytes)
    kind = tell_kind(body) if feed.kind == "auto" else feed.kind
    if kind == "page" and body is not answer.body and _ADDRESSES.match(body):
        kind = "sitemap"  # in its other form, packed: an address on each line
    if kind == "feed":
        return Look(kind=kind, found=tuple(_of_feed(feed, replace(answer, body=body), documents)), etag=answer.etag, last_modified=answer.last_modified)
    if kind == "sitemap":
        sitemap = read_sitemap(body, address=answer.final_address, documents=documents)
        dated, undated = _of_sitemap(feed, sitemap, fetch, documents)
        taken, known = ((*dated, *undated), ()) if feed.answered_at else (dated, undated)
        if sitemap.is_index:  # that it is as it was does not say that its parts are
            return Look(kind=kind, found=taken, known=known)
        return Look(kind=kind, found=taken, known=known, etag=answer.etag, last_modified=answer.last_modified)
    found = (Found(key=key_of(answer.final_address, _digest(answer)), address=answer.final_address),)
    return Look(kind="page", found=found, page=answer, declares=find_declared(answer.body), etag=answer.etag, last_modified=answer.last_modified)


def list_folder(feed: Feed, known: Container[str], *, documents: Documents, own: Iterable[Path] = ()) -> Look:
    """The files of a folder that were not there, or were otherwise, but `own` ones and what lies beside these; of files that hold addresses and no words, the
    pages there. Raises UnreadableReport where it cannot be opened.
    """
    folder = Path(feed.address)
    if not folder.is_dir():
        raise UnreadableReport(f"there is no folder {feed.address!r} now: is a disk not mounted, or was it moved?")
    files: list[Found] = []
    pages: list[Found] = []
    lists: list[Found] = []
    for path, mark in iter_new_files(folder, _Seen(known)):
        if not any(path.name in _beside(one) and path.parent.samefile(one.parent) for one in own):
            file = Found(key=key_of(*map(str, mark)), address=str(path))
            named = _read_list(path, documents)
            (lists if named else files).append(file)
            pages += [Found(key=key_of(one.address), address=one.address, title=one.title) for one in named if not _is_too_old(feed, one.seen)]
    return Look(kind="folder", found=(*files, *pages), known=tuple(lists), why=IS_LIST)


def find_declared(body: bytes) -> str | None:
    """The address of the feed that a page declares.

    >>> find_declared(b'<link rel="alternate" type="application/rss+xml" href="/rss.xml">')
    '/rss.xml'
    """
    links = (link[0] for link in _LINK.finditer(body[:200_000]) if _OF_FEED.search(link[0]))
    href = next(filter(None, map(_HREF.search, links)), None)
    return href[1].decode("utf-8", "replace") if href else None


# -- inside


def _first_element(head: bytes) -> bytes:
    """The name of the first element, in small letters; what stands in comments is none. Step by step: each sign is looked at once or twice."""
    at = 0
    while (at := head.find(b"<", at)) >= 0:
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at + 4)
            if end < 0:
                return b""
            at = end + 3
        elif name := _NAME.match(head, at + 1):
            return name[0].lower()
        else:
            at += 1
    return b""


@dataclass(frozen=True, slots=True)
class _Seen(Container[Mark]):
    """The marks of which the keys are known."""

    keys: Container[str]

    def __contains__(self, mark: object) -> bool:
        return isinstance(mark, tuple) and key_of(*map(str, mark)) in self.keys


def _beside(own: Path) -> tuple[str, ...]:
    """The names of a file and of what SQLite keeps beside it."""
    return own.name, f"{own.name}-wal", f"{own.name}-shm", f"{own.name}-journal"


def _read_list(path: Path, documents: Documents) -> tuple[Pointer, ...]:
    """The pages that a file names; none where it is damaged: that is told when it is read."""
    try:
        return read_list(path, documents)
    except (IntakeError, OSError):
        return ()


def _of_feed(feed: Feed, answer: Fetched, documents: Documents) -> Iterable[Found]:
    for entry in read_feed(answer.body, address=answer.final_address, media_type=answer.media_type, documents=documents).entries:
        if not _is_too_old(feed, entry.published):
            key = key_of(entry.id or entry.title or entry.text)
            yield Found(key=key, address=entry.address, title=entry.title, published=entry.published, text=entry.text or None)


def _of_sitemap(feed: Feed, sitemap: Sitemap, fetch: Callable[[str], Fetched], documents: Documents) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """Its pages that are new enough, and those of which it gives no day."""
    since = feed.since or (feed.made_at - SITEMAP_REACH).date()
    dated: list[Found] = []
    undated: list[Found] = []
    for page in _pages_of(sitemap, since, fetch, documents):
        day = page.published or page.changed
        if day is None or day >= since:
            named = Found(key=key_of(page.address), address=page.address, title=page.title, published=page.published)
            (undated if day is None else dated).append(named)
    return tuple(dated), tuple(undated)


def _pages_of(sitemap: Sitemap, since: Day, fetch: Callable[[str], Fetched], documents: Documents) -> Iterator[SitemapEntry]:
    if not sitemap.is_index:
        yield from sitemap.entries
        return
    fresh = [one for one in sitemap.entries if one.changed is None or one.changed >= since]
    for part in sorted(fresh, key=lambda one: one.changed or Day.min, reverse=True)[:MOST_SITEMAPS]:
        inner = fetch(part.address)
        yield from read_sitemap(inner.body, address=inner.final_address, documents=documents).entries


def _is_too_old(feed: Feed, published: Day | None) -> bool:
    return feed.since is not None and published is not None and published < feed.since


def _digest(answer: Fetched) -> str:
    return hashlib.sha256(answer.body).hexdigest()
