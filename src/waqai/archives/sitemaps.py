"""Sitemaps and indexes of sitemaps (sitemaps.org/protocol.html, 0.9; news sitemaps 0.9): their addresses, parsed in a child process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waqai.archives.documents import Documents
from waqai.archives.exports import is_address
from waqai.archives.feeds import day_or_none
from waqai.archives.nouns import Sitemap, SitemapEntry
from waqai.archives.unpacking import unpack
from waqai.core import Notice, UnreadableReport
from waqai.intake import STAGE_ASSUMED
from waqai.intake.guard import has_bad_character

_MAX_LINES = 50_000


def read_sitemap(body: bytes, *, address: str, documents: Documents | None = None) -> Sitemap:
    """The sitemap in these bytes, which may be gzip, or a text file of an address a line. What is no http or https address is left out and counted.

    Raises UnreadableReport where it is no sitemap, is too large, or was built to exhaust its reader. `documents` are the children to use; None: one for this.
    """
    if documents is None:
        with Documents() as own:
            return read_sitemap(body, address=address, documents=own)
    body = unpack(body, limit=documents.limits.max_bytes)
    if len(body) > documents.limits.max_bytes:
        raise UnreadableReport(f"the sitemap has {len(body)} bytes; at most {documents.limits.max_bytes} are read")
    found = _lines_of(body) if _is_list(body) else documents.sitemaps.ask(body or b" ")
    entries = tuple(_entry_of(one) for one in found["entries"] if _is_address(one["address"]))
    notices = tuple(Notice(record=address, stage=STAGE_ASSUMED, reason=reason) for reason in _reasons(found, len(found["entries"]) - len(entries)))
    return Sitemap(is_index=found["is_index"], entries=entries, notices=notices)


def _is_list(body: bytes) -> bool:
    """Whether it is the protocol's other form: a text file with an address on each line."""
    return body[:2_000].removeprefix(b"\xef\xbb\xbf").lstrip()[:8].lower().startswith((b"http://", b"https://"))


def _lines_of(body: bytes) -> dict[str, Any]:
    lines = [line.strip() for line in body.decode("utf-8-sig", "replace").split("\n") if line.strip()]
    return {"is_index": False, "entries": [{"address": line} for line in lines[:_MAX_LINES]], "left_out": max(0, len(lines) - _MAX_LINES), "broken": None}


def _is_address(said: str) -> bool:
    return is_address(said) and len(said) <= 2_048


def _entry_of(found: dict[str, str]) -> SitemapEntry:
    words = {name: said for name in ("title", "publisher", "language") if (said := found.get(name)) and not has_bad_character(said)}
    return SitemapEntry(address=found["address"], changed=day_or_none(found.get("changed")), published=day_or_none(found.get("published")), **words)


def _reasons(found: dict[str, Any], wrong: int) -> Iterator[str]:
    if found["left_out"]:
        yield f"the sitemap has {found['left_out'] + len(found['entries'])} addresses: the first {len(found['entries'])} were read, as many as one may have"
    if found["broken"]:
        yield f"the sitemap is not well-formed ({found['broken']}); what stands before that was read"
    if wrong:
        yield f"{wrong} of the sitemap's addresses are no http or https addresses and were left out"
