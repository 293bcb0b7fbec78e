"""The feed of a site and, where its address on the web is known, the list of its pages for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from waqai.export.atom import FeedEntry, make_feed
from waqai.sites.data import sums_text
from waqai.sites.listing import Listed
from waqai.sites.rows import Row

NEWEST = 50


def make_site_feed(listed: Sequence[Listed], touched: Mapping[str, str], *, title: str, author: str, address: str, version: str, dated: str) -> bytes:
    """The incidents of which the log spoke last, as Atom. Without an address of the site, links lead to files beside the feed.

    `touched`: the last day on which the log spoke of each.
    """
    newest = sorted(listed, key=lambda one: touched.get(one.id, ""), reverse=True)[:NEWEST]  # of one day, in the order of the list
    made_at = instant(dated)
    entries = [
        FeedEntry(
            id=f"urn:waqai:{one.id}",
            title=f"{one.what}, {one.where}",
            summary="; ".join(part for part in (one.when, sums_text(one), f"{one.grade}: {one.because}") if part),
            address=address + one.page,
            changed=instant(touched.get(one.id, dated)),
        )
        for one in newest
    ]
    return make_feed(
        entries,
        id=f"{address}feed.atom" if address else f"urn:waqai:release:{version}",
        title=title,
        address=f"{address}feed.atom",
        author=author,
        changed=made_at,
    )


def instant(text: str) -> datetime:
    """The instant of a day or a moment as releases write it; 1970 where they say none."""
    if not text:
        return datetime(1970, 1, 1, tzinfo=UTC)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def last_days(entries: Iterable[Row]) -> dict[str, str]:
    """The last day on which the log spoke of each incident."""
    return {row["incident"]: row["day"] for row in entries if row["incident"]}


def make_sitemap(pages: Iterable[str], *, address: str) -> str:
    """By the protocol of sitemaps.org, at most 50,000 pages."""
    listed = "".join(f"<url><loc>{escape(address + page)}</loc></url>\n" for page in list(pages)[:50_000])
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</urlset>\n'
