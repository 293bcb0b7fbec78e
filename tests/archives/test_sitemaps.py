"""Sitemaps give addresses, titles and days."""

import gzip
from collections.abc import Iterator
from datetime import date

import pytest

from bundled import INDEX, SITEMAP
from waqai.archives import Documents, SitemapEntry, read_sitemap
from waqai.core import UnreadableReport


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    with Documents() as shared:
        yield shared


@pytest.mark.parametrize("body", [SITEMAP, gzip.compress(SITEMAP)], ids=["plain", "gzip"])
def test_a_news_sitemap_gives_address_title_and_days_and_leaves_out_what_is_no_address(documents: Documents, body: bytes) -> None:
    sitemap = read_sitemap(body, address="s", documents=documents)
    entry = SitemapEntry(
        address="https://monitor.example/1",
        changed=date(2023, 6, 19),
        title="Break & search",
        published=date(2023, 6, 18),
        publisher="Monitor",
        language="en",
    )
    assert (sitemap.is_index, sitemap.entries) == (False, (entry,))
    assert "1 of the sitemap's addresses are no http" in sitemap.notices[0].reason


def test_an_index_and_a_list_of_lines_are_sitemaps_too(documents: Documents) -> None:
    index = read_sitemap(INDEX, address="s", documents=documents)
    assert (index.is_index, [one.address for one in index.entries]) == (True, ["https://monitor.example/s1.xml"])
    lines = read_sitemap(b"\xef\xbb\xbfhttps://a.example/1\r\nhttps://a.example/2\n", address="s", documents=documents)
    assert [one.address for one in lines.entries] == ["https://a.example/1", "https://a.example/2"]


def test_a_sitemap_cut_short_gives_what_stands_before(documents: Documents) -> None:
    sitemap = read_sitemap(b"<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a", address="s", documents=documents)
    assert [one.address for one in sitemap.entries] == ["https://a.example/1"]
    assert "not well-formed" in sitemap.notices[0].reason


def test_only_as_many_addresses_are_read_as_a_sitemap_may_have(documents: Documents) -> None:
    body = b"<urlset>" + b"<url><loc>https://a.example/1</loc></url>" * 50_010 + b"</urlset>"
    sitemap = read_sitemap(body, address="s", documents=documents)
    assert len(sitemap.entries) == 50_000
    assert "50010 addresses" in sitemap.notices[0].reason


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<!DOCTYPE urlset [<!ENTITY a 'b'>]><urlset><url><loc>https://a.example/&a;</loc></url></urlset>", "entities of its own"),
        (b"<rss/>", "its root is 'rss'"),
        (b"", "no sitemap"),
        (gzip.compress(b"\0" * 60_000_000), "unpacks to over 150 times|more than 20000000"),
        (gzip.compress(SITEMAP)[:-12], "cut short"),
    ],
)
def test_what_is_no_sitemap_or_a_trap_is_refused(documents: Documents, body: bytes, message: str) -> None:
    with pytest.raises(UnreadableReport, match=message):
        read_sitemap(body, address="s", documents=documents)
