"""What an answer is, and what it declares, is told in a time that grows with its length, whatever it holds."""

from __future__ import annotations

import time

import pytest

from waqai.watching.looking import find_declared, tell_kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!-- <rss> --><html>", "page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><RSS>", "feed"),
        (b"<?xml version='1.0'?><!-- one --><!-- two --><urlset>", "sitemap"),
        (b"1 < 2 and <3 <sitemapindex>", "sitemap"),
        (b"<!-- <rss>", "page"),
        (b"no tags", "page"),
    ],
)
def test_what_an_answer_is_is_told_by_its_first_element(body: bytes, kind: str) -> None:
    assert tell_kind(body) == kind


def test_the_first_feed_that_a_page_declares_is_found_among_its_links() -> None:
    links = b'<link rel="stylesheet" href="a.css"><link type="application/rss+xml"><LINK href=/rss.xml rel=alternate type=application/rss+xml>'
    assert find_declared(links) == "/rss.xml"
    assert find_declared(b'<link rel="icon" href="a.ico">') is None


@pytest.mark.parametrize("unit", [b"<!--", b"<!---->", b"<", b"<a" * 2, b"<link ", b"<link type=application/rss+xml ", b"<link <"])
def test_hostile_answers_cost_no_more_than_their_length(unit: bytes) -> None:
    body, began = unit * (200_000 // len(unit)), time.process_time()
    tell_kind(body)
    find_declared(body)
    assert time.process_time() - began < 0.5
