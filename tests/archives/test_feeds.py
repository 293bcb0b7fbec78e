"""Feeds give their entries; hostile and broken ones end as a sentence."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bundled import ATOM, WORDS, item, rss
from waqai.archives import Documents, iter_feed_reports, read_feed
from waqai.core import Incoming, Notice, UnreadableReport

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    with Documents() as shared:
        yield shared


def test_an_rss_feed_gives_address_title_day_as_written_words_and_bytes_of_each_entry(documents: Documents) -> None:
    body = rss(item(1), item(2))
    feed = read_feed(body, address="https://monitor.example/feed", media_type="application/rss+xml", documents=documents)
    assert (feed.title, len(feed.entries), feed.notices) == ("Prison Monitor", 2, ())
    first = feed.entries[0]
    assert (first.address, first.id, first.title, first.text) == ("https://monitor.example/1", "g1", "Break 1", WORDS)
    assert first.published == date(2023, 6, 18)  # 20:30 in UTC is the same day; see the next test for one that is not
    assert first.content == item(1).encode()


def test_a_nul_in_the_name_of_the_encoding_does_no_harm(documents: Documents) -> None:
    (entry,) = read_feed(rss(item(1)).replace(b"utf-8", b"\0tf-8"), address="a", documents=documents).entries  # found by hypothesis
    assert entry.text == WORDS


def test_a_feed_in_utf16_is_read(documents: Documents) -> None:
    (entry,) = read_feed(rss(item(1)).decode().replace("utf-8", "utf-16").encode("utf-16"), address="a", documents=documents).entries
    assert (entry.text, entry.content) == (WORDS, None)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Mon, 19 Jun 2023 01:30:00 +0300", date(2023, 6, 19)),  # the 18th in UTC
        ("2023-06-19T01:30:00+03:00", date(2023, 6, 19)),
        ("20230619T013000Z", date(2023, 6, 19)),
        ("2023/6/19 01:30", date(2023, 6, 19)),
        ("2023\ub144 6\uc6d4 19\uc77c", date(2023, 6, 19)),
        ("2023\u5e746\u670819\u65e5", date(2023, 6, 19)),
        ("\u0394\u03b5\u03c5, 19 \u0399\u03bf\u03cd\u03bd 2023 01:30:00 EST", date(2023, 6, 19)),
        *((odd, None) for odd in ("2023", "2023-06", "2023-170", "2023-W25-1", "1687138200", "12:30 2023", "19/06/2023", "2023-13-45")),  # no day is made up
        ("no day at all", None),
        ("", None),
    ],
)
def test_the_day_of_an_entry_is_the_one_that_is_written(documents: Documents, written: str, day: date | None) -> None:
    assert read_feed(rss(item(1, day=written)), address="", documents=documents).entries[0].published == day


def test_an_atom_feed_gives_whole_contents_and_completes_addresses(documents: Documents) -> None:
    (entry,) = read_feed(ATOM, address="https://desk.example/feed", documents=documents).entries
    assert (entry.address, entry.title, entry.is_whole) == ("https://desk.example/a/1", "Break & search", True)
    assert entry.text == f"{WORDS}\nA search began."
    assert entry.published == date(2023, 6, 18)


def test_a_saved_feed_comes_in_as_excerpts_of_its_entries(documents: Documents) -> None:
    items = list(iter_feed_reports(rss(item(1), item(2, words="")), name="feed.xml", at=AT, documents=documents))
    (came,) = [one for one in items if isinstance(one, Incoming)]
    (notice,) = [one for one in items if isinstance(one, Notice)]
    assert (came.report.text, came.report.text_origin, came.report.publisher) == (WORDS, "excerpt", "Prison Monitor")
    assert came.original is not None and came.original.content == item(1).encode()
    assert came.retrieval is not None and (came.retrieval.how, came.retrieval.within) == ("feed", "feed.xml#g1")
    assert "1 entry holds no words" in notice.reason


def test_a_broken_feed_gives_what_stands_before_the_break_and_says_so(documents: Documents) -> None:
    feed = read_feed(rss(item(1), item(2))[:-60], address="a", documents=documents)
    assert feed.entries[0].address == "https://monitor.example/1"
    assert "not well-formed" in feed.notices[0].reason


LAUGHS = b"<!DOCTYPE rss [<!ENTITY a 'ha'>" + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)) + b"]>"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (LAUGHS + b"<rss><channel><title>&m;</title><item><title>x</title></item></channel></rss>", "entities of its own"),
        (b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>', "entities of its own"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY x "y">]><rss/>'.encode("utf-16"), "entities of its own"),
        (b"<html><body>A page</body></html>", "no feed"),
        (b"", "no feed"),
        (b"\0" * 1_000_000, "no feed"),
        (b"x" * 20_000_001, "at most 20000000"),
    ],
)
def test_what_is_no_feed_or_a_trap_is_refused(documents: Documents, body: bytes, message: str) -> None:
    with pytest.raises(UnreadableReport, match=message):
        read_feed(body, address="a", documents=documents)


def test_a_feed_of_a_million_entries_gives_the_first_and_counts_the_others(documents: Documents) -> None:
    feed = read_feed(rss(item(1), "<item/>" * 1_000_000), address="a", documents=documents)
    assert feed.entries[0].id == "g1"
    assert "1000001 entries: the first 5000 were read" in feed.notices[0].reason


def test_an_entry_that_cannot_be_told_apart_is_not_kept_with_the_words_of_the_others(documents: Documents) -> None:
    """Who erases one of them would find its words in the original of the next."""
    feed = rss("<!-- <item> -->", item(1), item(2, words="Two fled."))
    came = [one for one in iter_feed_reports(feed, name="feed.xml", at=AT, documents=documents) if isinstance(one, Incoming)]
    assert [one.report.text for one in came] == [WORDS, "Two fled."]
    assert [one.original for one in came] == [None, None]
    sha256 = hashlib.sha256(feed).hexdigest()
    assert [one.retrieval and one.retrieval.within for one in came] == [f"feed.xml#g{n} of the file with SHA-256 {sha256}" for n in (1, 2)]
