"""What lists of addresses hold: feeds, sitemaps, exports of services that point to pages and do not hold their words."""

from __future__ import annotations

from dataclasses import dataclass

from waqai.core import Day, Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """An address that a list names, and what it says of the page there. `seen` is the day on which the list's maker saw or dated it."""

    address: str
    title: str | None = None
    seen: Day | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An entry of a feed. `address` is "" where it names none, `id` its guid or the address; `text` are the words that the entry itself holds, "" for none.

    `is_whole`: the feed gives them as the content, not as a summary. `content` are the bytes of this entry, None where they cannot be told apart.
    """

    address: str
    id: str
    title: str | None
    published: Day | None
    text: str
    is_whole: bool
    language: str | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's entries as they stand in it, usually the newest first. `notices` tell what of it could not be read."""

    title: str | None
    language: str | None
    entries: tuple[FeedEntry, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """A page of a sitemap, or a further sitemap of an index. `changed` is its lastmod.

    `title`, `published`, `publisher` and `language` are those of a news sitemap.
    """

    address: str
    changed: Day | None = None
    title: str | None = None
    published: Day | None = None
    publisher: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """The addresses of a sitemap. `is_index`: they lead to sitemaps, not to pages."""

    is_index: bool
    entries: tuple[SitemapEntry, ...]
    notices: tuple[Notice, ...]
