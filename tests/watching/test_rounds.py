"""Rounds over a real store: what is brought is kept once, whatever fails and whenever it is broken off."""

from __future__ import annotations

import gc
import gzip
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from waqai.core import FetchFailed, Incoming, Notice, text_sha256
from waqai.fetching import Fetched
from waqai.store import Store
from waqai.watching import count_items, get_feed, list_items, pause_feed, retry_items, run_round
from waqai.watching.items import WAITS
from watched import FEED, START, World, rss


def test_what_is_said_of_a_report_when_it_is_kept_is_told_with_its_feed(world: World) -> None:
    world.answers = {FEED: rss(1, 2), "https://news.example/1": b"This ends its reader.", "https://news.example/2": b"Two fled."}
    other = "https://other.example/rss.xml"
    world.answers[other] = rss(3).replace(b"news.example", b"other.example")
    world.answers["https://other.example/3"] = b"Three fled."
    feeds = [world.add(), world.add(other)]
    done = {one.feed.id: one for one in run_round(feeds, world.store, world.means)}
    assert [one.reason for one in done[feeds[0].id].notices] == ["in quarantine"]
    assert done[feeds[0].id].kept == 2
    assert done[feeds[1].id].notices == []


def test_a_feed_that_moved_for_good_is_said_to_have_moved_and_is_read_meanwhile(world: World) -> None:
    world.answers = {FEED: rss(1), "https://news.example/1": b"One fled."}
    world.moved = {FEED: "https://news.example/new.xml"}
    (done,) = run_round([world.add()], world.store, world.means)
    assert (done.moved_to, done.kept) == ("https://news.example/new.xml", 1)


def test_what_a_feed_names_is_fetched_and_kept_once(world: World) -> None:
    world.answers = {FEED: rss(1, 2), "https://news.example/1": b"One fled.", "https://news.example/2": b"Two fled."}
    feed = world.add()
    world.round(feed)
    world.answers[FEED] = rss(1, 2, 3)
    world.answers["https://news.example/3"] = b"Three fled."
    world.round(feed, after=timedelta(hours=1))
    assert world.texts() == ["One fled.", "Three fled.", "Two fled."]
    assert sorted(world.asked) == sorted([FEED, FEED, *(f"https://news.example/{n}" for n in (1, 2, 3))])
    counts = count_items(world.store)[feed.id]
    assert (counts.kept, counts.waits, counts.set_aside) == (3, 0, 0)


def test_a_feed_that_did_not_change_is_not_read_again_and_is_asked_with_its_mark(world: World) -> None:
    world.answers, world.marks = {FEED: rss(1), "https://news.example/1": b"One fled."}, {FEED: '"a"'}
    feed = world.add()
    world.round(feed)
    world.answers[FEED] = b"would not be read"
    world.round(feed, after=timedelta(hours=1))
    found = get_feed(feed.id, world.store)
    assert (found.failures, found.answered_at, found.etag, found.kind) == (0, world.at, '"a"', "feed")


def test_nothing_is_asked_before_its_time_unless_it_is_named(world: World) -> None:
    world.answers = {FEED: rss()}
    feed = world.add()
    world.round(feed)
    world.round(feed, after=timedelta(minutes=29))
    assert world.asked == [FEED]
    world.round(feed, is_forced=True)
    assert world.asked == [FEED, FEED]


def test_a_paused_feed_is_left_alone(world: World) -> None:
    feed = world.add()
    pause_feed(feed.id, world.store, at=world.at)
    assert world.round(feed, is_forced=True) is None and world.asked == []


def test_a_feed_that_fails_is_asked_less_and_less_and_keeps_its_error_when_it_is_back(world: World) -> None:
    feed = world.add()
    world.answers = {FEED: FetchFailed("the server answered 503", outcome="answered 503", status=503, retry_after_s=7200.0)}
    world.round(feed)
    found = get_feed(feed.id, world.store)
    assert found.next_look == world.at + timedelta(hours=2) and found.failures == 1
    world.answers[FEED] = FetchFailed("it timed out after 30 s", outcome="timed out")
    waits = []
    for _ in range(7):
        found = get_feed(feed.id, world.store)
        world.round(feed, after=found.next_look - world.at)
        waits.append(get_feed(feed.id, world.store).next_look - world.at)
    assert waits[:3] == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=4)] and waits[-1] == timedelta(days=1)
    world.answers[FEED] = rss()
    world.round(feed, after=timedelta(days=1))
    found = get_feed(feed.id, world.store)
    assert found.failures == 0 and "timed out" in (found.error or "")


def test_a_page_that_fails_is_tried_again_and_set_aside_in_the_end(world: World) -> None:
    world.answers = {FEED: rss(1).replace(b"In short: 1 men fled.", b""), "https://news.example/1": FetchFailed("it timed out after 30 s", outcome="timed out")}
    feed = world.add()
    for _ in range(8):
        world.round(feed, after=timedelta(days=2))
    (item,) = list_items(feed.id, world.store)
    assert item.state == "set_aside" and item.tries == 6 and "timed out" in (item.why or "")
    assert world.asked.count("https://news.example/1") == 6
    world.answers["https://news.example/1"] = b"One fled."
    assert retry_items(feed.id, world.store, at=world.at) == 1
    world.round(feed)
    assert world.texts() == ["One fled."]


def test_where_a_page_is_not_to_be_had_what_the_feed_tells_of_it_is_kept(world: World) -> None:
    world.answers = {FEED: rss(1), "https://news.example/1": FetchFailed("its robots.txt asks to leave it alone", outcome="robots")}
    feed = world.add()
    world.round(feed)
    assert world.texts() == ["In short: 1 men fled."]


def test_a_page_that_cannot_be_read_is_set_aside_with_its_reason(world: World) -> None:
    world.answers = {FEED: rss(1, 2), "https://news.example/1": b" ", "https://news.example/2": b"Two fled."}
    feed = world.add()
    world.round(feed)
    assert world.texts() == ["Two fled."]
    (aside,) = list_items(feed.id, world.store, state="set_aside")
    assert aside.why == "the page is empty"


@pytest.mark.parametrize("breaking", range(12))
def test_a_round_that_is_broken_off_anywhere_is_made_up_by_the_next(world: World, breaking: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the n-th time that the store is written to, the program ends."""
    world.answers = {FEED: rss(1, 2, 3), **{f"https://news.example/{n}": f"{n} fled.".encode() for n in (1, 2, 3)}}
    feed = world.add()
    written = 0
    begin = type(world.store).writing

    def writing(store: Store) -> object:
        nonlocal written
        written += 1
        if written == breaking + 1:
            raise KeyboardInterrupt
        return begin(store)

    monkeypatch.setattr(type(world.store), "writing", writing)
    try:
        world.round(feed)
    except KeyboardInterrupt:
        assert written <= breaking + 2
    monkeypatch.undo()
    world.round(feed, after=timedelta(hours=1))
    world.round(feed, after=timedelta(hours=1))
    assert world.texts() == ["1 fled.", "2 fled.", "3 fled."]
    assert count_items(world.store)[feed.id].kept == 3


def test_a_feed_that_somebody_else_looks_at_is_left_to_them(world: World) -> None:
    world.answers = {FEED: rss(1), "https://news.example/1": b"One fled."}
    feed = world.add()
    inside: list[object] = []

    def look_meanwhile(address: str) -> None:
        world.breaks = lambda _: None
        inside.append(world.round(feed, is_forced=True))

    world.breaks = look_meanwhile
    world.round(feed)
    assert inside == [None] and world.kept == ["One fled."]


def test_two_feeds_that_name_one_page_have_it_fetched_once(world: World) -> None:
    other = "https://mirror.example/rss.xml"
    world.answers = {FEED: rss(1), other: rss(1), "https://news.example/1": b"One fled."}
    feeds = [world.add(), world.add(other)]
    for feed in feeds:
        world.round(feed)
    assert world.asked.count("https://news.example/1") == 1
    assert {feed: counts.kept for feed, counts in count_items(world.store).items()} == {feed.id: 1 for feed in feeds}


def test_a_page_that_is_watched_becomes_a_report_whenever_it_changes(world: World) -> None:
    page = "https://monitor.example/today"
    world.answers = {page: b"<html><body>One fled."}
    feed = world.add(page)
    for text in (b"<html><body>One fled.", b"<html><body>Two fled."):
        world.answers[page] = text
        world.round(feed, after=timedelta(hours=1))
    assert world.texts() == ["<html><body>One fled.", "<html><body>Two fled."]
    assert world.asked == [page, page]


def test_of_a_sitemap_the_last_week_is_taken_and_what_has_no_day_only_when_it_is_new(world: World) -> None:
    address = "https://site.example/sitemap.xml"
    days = {"old": "2026-10-01", "new": "2026-11-27", "undated": ""}
    entry = lambda name: f"<url><loc>https://site.example/{name}</loc>{f'<lastmod>{days[name]}</lastmod>' if days.get(name) else ''}</url>"  # noqa: E731
    wrap = lambda names: f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(map(entry, names))}</urlset>'.encode()  # noqa: E731
    world.answers = {address: wrap(days), **{f"https://site.example/{name}": name.encode() for name in (*days, "later")}}
    feed = world.add(address)
    world.round(feed)
    assert world.texts() == ["new"]
    world.answers[address] = wrap([*days, "later"])
    world.round(feed, after=timedelta(hours=1))
    assert world.texts() == ["later", "new"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_packed_feed_is_a_feed(world: World, pack: Callable[[bytes], bytes]) -> None:
    world.answers = {FEED: pack(rss(1, 2)), "https://news.example/1": b"One fled.", "https://news.example/2": b"Two fled."}
    feed = world.add()
    world.round(feed)
    assert world.texts() == ["One fled.", "Two fled."] and get_feed(feed.id, world.store).kind == "feed"
    world.answers[FEED], world.answers["https://news.example/3"] = pack(rss(1, 2, 3)), b"Three fled."
    world.round(feed, is_forced=True)
    assert "Three fled." in world.texts()


def test_a_packed_list_of_addresses_is_a_sitemap(world: World) -> None:
    address = "https://news.example/sitemap.txt.gz"
    world.answers = {address: gzip.compress(b"https://news.example/1\nhttps://news.example/2\n")}
    feed = world.add(address)
    world.round(feed)
    assert get_feed(feed.id, world.store).kind == "sitemap" and len(list_items(feed.id, world.store)) == 2


def test_nothing_older_than_the_day_that_was_named_is_taken(world: World) -> None:
    world.answers = {FEED: rss(1), "https://news.example/1": b"One fled."}
    feed = world.add(since=START.date() + timedelta(days=1))
    world.round(feed)
    assert world.texts() == [] and world.asked == [FEED]


def test_what_is_erased_is_not_fetched_again_and_leaves_no_address_or_title(world: World) -> None:
    world.answers = {FEED: rss(1), "https://news.example/1": b"One fled."}
    feed = world.add()
    world.round(feed)
    world.store.erase_report(text_sha256("One fled."), because="asked for", by="person", at=world.at)
    (item,) = list_items(feed.id, world.store)
    assert (item.address, item.title, item.text, item.state) == ("", None, None, "kept")
    world.round(feed, after=timedelta(hours=1))
    assert world.texts() == [] and world.asked.count("https://news.example/1") == 1


def test_a_feed_is_held_as_long_as_its_round_takes(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.watching.rounds._HELD_ANEW_S", 0.0)
    (notes := tmp_path / "notes").mkdir()
    for number in range(4):
        (notes / f"{number}.txt").write_text(f"Note {number}.", encoding="utf-8")
    feed, others = world.add(str(notes)), list[object]()

    def keep(items: Sequence[Incoming | Notice]) -> list[Notice]:
        said = world.keep(items)
        world.at += timedelta(minutes=7)  # a reader that takes its time
        others.extend(run_round([get_feed(feed.id, world.store)], world.store, world.means, is_forced=True))
        return said

    (done,) = run_round([feed], world.store, replace(world.means, keep=keep, batch=1))
    assert (done.kept, others) == (4, [])


def test_a_host_that_would_not_be_asked_yet_costs_an_item_no_try(world: World) -> None:
    page = "https://news.example/1"
    world.answers = {FEED: rss(1), page: FetchFailed("the next page may be asked for in 3600 seconds", outcome="asked to wait", retry_after_s=3600.0)}
    feed = world.add()
    for _ in range(len(WAITS) + 2):
        world.round(feed, after=timedelta(hours=1, minutes=1))
    (waits,) = list_items(feed.id, world.store)
    assert (waits.state, waits.tries) == ("waits", 0)
    world.answers[page] = b"One fled."
    world.round(feed, after=timedelta(hours=1, minutes=1))
    assert world.texts() == ["One fled."]


def test_a_fault_in_the_thread_that_fetches_ends_the_round_and_not_the_wait(world: World) -> None:
    world.answers = {FEED: rss(1), "https://news.example/1": b"One fled."}

    def breaks(address: str) -> None:
        if address != FEED:
            raise RuntimeError("no thread can be started")

    world.breaks, feed = breaks, world.add()
    with pytest.raises(RuntimeError, match="no thread"):
        world.round(feed)
    world.breaks = lambda _: None
    world.round(feed, is_forced=True)
    assert world.texts() == ["One fled."]


def test_the_parts_of_an_index_of_sitemaps_are_looked_at_though_the_index_is_as_it_was(world: World) -> None:
    index, part = "https://site.example/sitemap.xml", "https://site.example/part.xml"
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    page = lambda name: f"<url><loc>https://site.example/{name}</loc><lastmod>2026-11-28</lastmod></url>"  # noqa: E731
    world.answers = {index: f"<sitemapindex {space}><sitemap><loc>{part}</loc></sitemap></sitemapindex>".encode()}
    world.answers |= {f"https://site.example/{name}": name.encode() for name in ("a", "b")} | {part: f"<urlset {space}>{page('a')}</urlset>".encode()}
    world.marks[index] = '"v1"'
    feed = world.add(index)
    world.round(feed)
    world.answers[part] = f"<urlset {space}>{page('a')}{page('b')}</urlset>".encode()
    world.round(feed, after=timedelta(hours=1))
    assert world.texts() == ["a", "b"]


def test_of_what_a_round_fetched_nothing_is_left_in_circles(world: World) -> None:
    """An error that is kept holds frames, which hold answers: of a watch that goes on, Python would clear that away at some time, or not for an hour."""

    def fetch(address: str, **marks: str | None) -> Fetched:
        if address.endswith(("broken.xml", "/2")):
            raise FetchFailed("it timed out after 30 s", outcome="timed out")
        return world.fetch(address, **marks)

    world.answers = {FEED: rss(1, 2), "https://news.example/1": b"One fled."}
    feeds, means = [world.add(), world.add("https://news.example/broken.xml")], replace(world.means, fetch=fetch)
    gc.collect()
    gc.disable()
    try:
        done = run_round(feeds, world.store, means)
        left = [one for one in gc.get_objects() if isinstance(one, Fetched | FetchFailed)]
    finally:
        gc.enable()
    assert [(one.kept, one.failed, one.error) for one in done] == [(1, 1, None), (0, 0, "it timed out after 30 s")]
    assert left == []
