"""Folders that are watched: files of every kind, and files that name pages."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from waqai.watching import Feed, list_items, retry_items
from waqai.watching.items import IS_LIST
from watched import START, World

PAGES = {f"https://news.example/{n}": f"{n} fled.".encode() for n in range(1, 5)}


@pytest.fixture
def feed(world: World, tmp_path: Path) -> Feed:
    (tmp_path / "inbox").mkdir()
    world.answers = dict(PAGES)
    return world.add(str(tmp_path / "inbox"))


def test_files_of_a_folder_are_read_once_and_again_when_they_change(world: World, feed: Feed) -> None:
    folder = Path(feed.address)
    (folder / "a.txt").write_text("One fled.")
    (folder / "b.txt.part").write_text("Half of")
    world.round(feed, is_forced=True)
    world.round(feed, is_forced=True)
    assert world.kept == ["One fled."]
    (folder / "a.txt").write_text("Two fled, all of them.")
    world.round(feed, is_forced=True)
    assert world.texts() == ["One fled.", "Two fled, all of them."]


def artlist(*numbers: int) -> bytes:
    return json.dumps({"articles": [{"url": f"https://news.example/{n}", "title": f"Title {n}", "seendate": "20261128T101500Z"} for n in numbers]}).encode()


def gkg(*numbers: int) -> bytes:
    lines = [[f"20261128101500-{n}", "20261128101500", "1", "news.example", f"https://news.example/{n}", *[""] * 22] for n in numbers]
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def sitemap(*numbers: int) -> bytes:
    return f"<?xml version='1.0'?><urlset>{''.join(f'<url><loc>https://news.example/{n}</loc></url>' for n in numbers)}</urlset>".encode()


def zipped(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, content)
    return made.getvalue()


LISTS = {
    "articles.json": artlist(1, 2),
    "20261128101500.gkg.csv": gkg(1, 2),
    "20261128101500.gkg.csv.zip": zipped("20261128101500.gkg.csv", gkg(1, 2)),
    "sitemap.xml": sitemap(1, 2),
    "sitemap.xml.gz": gzip.compress(sitemap(1, 2)),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_pages_that_a_file_names_are_fetched_each_once(world: World, feed: Feed, name: str) -> None:
    folder, content = Path(feed.address), LISTS[name]
    (folder / name).write_bytes(content)
    (folder / "note.txt").write_text("A note.")
    world.round(feed)
    assert world.texts() == ["1 fled.", "2 fled.", "A note."]
    (listed,) = list_items(feed.id, world.store, state="set_aside")
    assert (listed.address, listed.why) == (str(folder / name), IS_LIST)
    assert retry_items(feed.id, world.store, at=world.at) == 0
    (folder / f"later-{name}").write_bytes(content)
    (folder / "more.json").write_bytes(artlist(2, 3))
    world.round(feed, is_forced=True)
    assert world.texts() == ["1 fled.", "2 fled.", "3 fled.", "A note."]
    assert sorted(world.asked) == ["https://news.example/1", "https://news.example/2", "https://news.example/3"]


def test_what_a_list_saw_before_the_day_that_was_named_is_not_taken(world: World, feed: Feed, tmp_path: Path) -> None:
    (tmp_path / "later").mkdir()
    late = world.add(str(tmp_path / "later"), since=START.date())
    (tmp_path / "later" / "articles.json").write_bytes(artlist(1).replace(b"20261128", b"20261127"))
    (tmp_path / "later" / "new.json").write_bytes(artlist(2))
    dated = sitemap(3, 4).replace(b"/3</loc>", b"/3</loc><lastmod>2026-11-27</lastmod>").replace(b"/4</loc>", b"/4</loc><lastmod>2026-11-28</lastmod>")
    (tmp_path / "later" / "sitemap.xml").write_bytes(dated)
    world.round(late)
    assert world.texts() == ["2 fled.", "4 fled."]


def test_what_names_no_pages_is_read_as_a_file(world: World, feed: Feed) -> None:
    folder = Path(feed.address)
    index = b"<?xml version='1.0'?><sitemapindex><sitemap><loc>https://news.example/1</loc></sitemap></sitemapindex>"
    files = {"index.xml": index, "empty.json": b'{"articles": []}', "cut.gkg.csv": b"20261128101500-1\t20261128101500\t1\tnews.example\n"}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    world.round(feed)
    assert sorted(world.kept) == sorted(content.decode() for content in files.values()) and world.asked == []


@pytest.mark.parametrize("address", ["http://[x/a", "http://", "https://news.example:0/a"])
def test_an_address_that_is_none_ends_no_round(world: World, feed: Feed, address: str) -> None:
    (Path(feed.address) / "articles.json").write_bytes(artlist(1, 2).replace(b"https://news.example/1", address.encode()))
    (Path(feed.address) / "sitemap.xml").write_bytes(sitemap(1, 3).replace(b"https://news.example/1", address.encode()))
    world.round(feed)
    assert world.texts() == ["2 fled.", "3 fled."]


def test_waqais_own_files_are_no_reports(world: World, tmp_path: Path) -> None:
    settings = tmp_path / "waqai.toml"
    settings.write_text("[intake]")
    (tmp_path / "note.txt").write_text("A note.")
    (tmp_path / "store.sqlite.txt").write_text("A report.")
    world.own = (tmp_path / "store.sqlite", settings)
    assert (tmp_path / "store.sqlite-wal").exists()
    feed = world.add(str(tmp_path))
    for _ in range(3):
        world.round(feed, is_forced=True)
    assert sorted(world.kept) == ["A note.", "A report."]
    assert sorted(one.address for one in list_items(feed.id, world.store)) == [str(tmp_path / "note.txt"), str(tmp_path / "store.sqlite.txt")]
