"""A made-up world in which feeds are watched: servers that answer what they are told, over a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from waqai.archives import Documents
from waqai.core import EmptyReport, FetchFailed, Incoming, Notice, Report, text_sha256
from waqai.fetching import Fetched
from waqai.store import Store
from waqai.watching import Feed, Item, Means, add_feed, get_feed, run_round

START = datetime(2026, 11, 28, 12, tzinfo=UTC)
FEED = "https://news.example/rss.xml"


def rss(*numbers: int) -> bytes:
    entries = "".join(
        f"<item><guid>g{n}</guid><title>Title {n}</title><link>https://news.example/{n}</link><description>In short: {n} men fled.</description>"
        f"<pubDate>Sat, 28 Nov 2026 0{n % 10}:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'.encode()


@dataclass
class World:
    """A clock that stands, servers that answer what they are told, and a reader that takes every page for its text."""

    store: Store
    documents: Documents
    at: datetime = START
    answers: dict[str, bytes | FetchFailed] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    own: tuple[Path, ...] = ()
    breaks: Callable[[str], None] = lambda _: None

    def fetch(self, address: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        self.asked.append(address)
        self.breaks(address)
        answer = self.answers.get(address, FetchFailed("the server answered 404", outcome="answered 404", status=404, permanent=True))
        if isinstance(answer, FetchFailed):
            raise answer
        mark = self.marks.get(address)
        unchanged = mark is not None and mark == etag
        return Fetched(
            address=address,
            final_address=address,
            status=304 if unchanged else 200,
            headers=(),
            body=b"" if unchanged else answer,
            media_type="text/html",
            charset="utf-8",
            server="192.0.2.7",
            at=self.at,
            not_modified=unchanged,
            etag=mark,
            last_modified=None,
            moved_to=self.moved.get(address),
        )

    def take(self, fetched: Fetched, item: Item, feed: Feed) -> Iterable[Incoming | Notice]:
        if not fetched.body.strip():
            raise EmptyReport("the page is empty")
        yield incoming(fetched.body.decode(), url=fetched.final_address)

    def excerpt(self, item: Item, feed: Feed) -> Iterable[Incoming]:
        yield incoming(item.text or "", url=item.address)

    def read_file(self, path: Path, feed: Feed) -> Iterable[Incoming]:
        yield incoming(path.read_text("utf-8"), url=None)

    def keep(self, items: Sequence[Incoming | Notice]) -> list[Notice]:
        for one in items:
            if isinstance(one, Incoming):
                self.kept.append(one.report.text)
                self.store.add_report(one.report, at=self.at)
        ends_its_reader = [one.report.id for one in items if isinstance(one, Incoming) and "ends its reader" in one.report.text]
        return [Notice(record=name, stage="quarantine", reason="in quarantine") for name in ends_its_reader]

    @property
    def means(self) -> Means:
        return Means(
            fetch=self.fetch,
            take=self.take,
            read_file=self.read_file,
            excerpt=self.excerpt,
            keep=self.keep,
            documents=self.documents,
            now=lambda: self.at,
            own=self.own,
        )

    def add(self, address: str = FEED, **said: object) -> Feed:
        return add_feed(address, self.store, every=timedelta(minutes=30), by="person", at=self.at, **said)  # type: ignore[arg-type]

    def round(self, feed: Feed, *, after: timedelta = timedelta(0), is_forced: bool = False) -> object:
        self.at += after
        done = run_round([get_feed(feed.id, self.store)], self.store, self.means, is_forced=is_forced)
        return done[0] if done else None

    def texts(self) -> list[str]:
        return sorted(report.text for report in self.store.iter_reports())


def incoming(text: str, *, url: str | None) -> Incoming:
    return Incoming(report=Report(id=f"r-{text_sha256(text)[:8]}", text=text, sha256=text_sha256(text), url=url))
