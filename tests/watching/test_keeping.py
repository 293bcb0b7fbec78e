"""Feeds in the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from waqai.core import NotPossible, UnknownId
from waqai.store import Store, open_store
from waqai.watching import Feed, add_feed, get_feed, list_feeds, parse_every, remove_feed

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
ADDRESS = "https://news.example/rss.xml?key=secret"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.sqlite") as opened:
        yield opened


def add(store: Store, address: str = ADDRESS, **said: object) -> Feed:
    return add_feed(address, store, every=timedelta(minutes=30), by="person:ana", at=AT, **said)  # type: ignore[arg-type]


def test_a_feed_is_found_by_its_name_address_and_id(store: Store) -> None:
    made = add(store, name="Daily News")
    assert [get_feed(named, store) for named in ("daily  NEWS", ADDRESS, made.id)] == [made] * 3
    with pytest.raises(UnknownId, match="waqai watch list"):
        get_feed("other", store)


def test_the_log_tells_who_watches_what_and_holds_no_address(store: Store) -> None:
    made = add(store)
    remove_feed(made.id, store, by="person:bo", at=AT)
    added, removed = list(store.iter_log())
    assert (added.kind, added.by, removed.kind, removed.by) == ("feed_added", "person:ana", "feed_removed", "person:bo")
    assert "secret" not in str((added.value, removed.value)) and list_feeds(store) == ()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://news.example/feed", "no address that can be watched"),
        ("news.example/feed", "neither an address"),
        ("https://", "no address that can be watched"),
        ("https://ana:secret@news.example/feed", "a name or a password"),
        ("https://news.example/a b", "no address that can be watched"),
        ("https://news.example:port/", "no address that can be watched"),
        ("https://news.example/" + "a" * 2000, "no address that can be watched"),
    ],
)
def test_what_is_no_address_is_refused_with_a_reason(store: Store, address: str, why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        add(store, address)


def test_an_address_is_watched_once_and_a_name_given_once(store: Store) -> None:
    add(store, name="News")
    with pytest.raises(NotPossible, match="watched already"):
        add(store, name="Other")
    with pytest.raises(NotPossible, match="the name of another feed"):
        add(store, "https://other.example/", name="NEWS")


@pytest.mark.parametrize("words", ["0m", "30s", "32d", "often", "", "5 weeks"])
def test_a_time_between_two_looks_is_from_a_minute_to_a_month(words: str) -> None:
    with pytest.raises(NotPossible, match="from 1 minute to 31 days"):
        parse_every(words)
