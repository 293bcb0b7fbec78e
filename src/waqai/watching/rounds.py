"""One round: look at the feeds whose time has come, fetch what they brought, keep it. Broken off at any moment, nothing is lost or doubled.

Several threads wait for servers, each host in one of them; all that is read and written is done by the thread that runs the round. An item is noted before it
is fetched, and noted as kept after its report is in the store: a round that ends in between is made up by the next, which finds the report known.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from queue import Empty, Queue
from threading import Event
from typing import Protocol, TypeAlias
from urllib.parse import urlsplit

from waqai.archives import Documents
from waqai.core import FetchFailed, Incoming, IntakeError, Notice
from waqai.fetching import Fetched
from waqai.store import Store
from waqai.watching.feed import Feed, Item
from waqai.watching.items import WAITS, find_due, find_kept, known_keys, note_failed, note_found, note_kept, put_off
from waqai.watching.keeping import hold_feed, hold_longer, let_go, note_answer, note_failure
from waqai.watching.looking import Look, list_folder, look_at

AT_ONCE = 8
"""Hosts that are asked at the same time."""
MOST_ITEMS = 1_000
"""Items that are fetched in one round; the rest comes with the next, which begins at once."""
BATCH, PATIENCE_S = 32, 10.0
"""So many reports are read together unless a run says otherwise, or as many as came in this time."""
UNASKED = "asked to wait"
"""The outcome of a fetch whose host was not asked, since it wants a longer pause."""
_HELD_ANEW_S = 60.0
_AHEAD = 16  # answers that wait to be read: bounds the memory
Came: TypeAlias = Incoming | Notice


class Fetch(Protocol):
    """Fetches an address. Raises FetchFailed. Called by several threads at once."""

    def __call__(self, address: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a round works with. `take` makes reports of an answer, `read_file` of a file, `excerpt` of what a feed itself tells; `keep` puts
    them into the store, `batch` of them in one go where so many are there, and gives what is to be said of them; `documents` are the children that look into
    feeds; `own` are files that may lie in a folder and are no reports: the store, the settings.

    The first three raise IntakeError, or give notices, for what cannot become a report.
    """

    fetch: Fetch
    take: Callable[[Fetched, Item, Feed], Iterable[Came]]
    read_file: Callable[[Path, Feed], Iterable[Came]]
    excerpt: Callable[[Item, Feed], Iterable[Came]]
    keep: Callable[[Sequence[Came]], Sequence[Notice]]
    documents: Documents
    now: Callable[[], datetime]
    batch: int = BATCH
    own: tuple[Path, ...] = ()


@dataclass(slots=True, kw_only=True)
class Round:
    """What a round did for one feed. Mutable while it goes on. `error` is why it did not answer, `again` when it is looked at next then; `moved_to` is where
    its server says that it is from now on."""

    feed: Feed
    found: int = 0
    kept: int = 0
    failed: int = 0
    set_aside: int = 0
    error: str | None = None
    again: datetime | None = None
    declares: str | None = None
    moved_to: str | None = None
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came for an item: an answer, or why there is none."""

    item: Item
    fetched: Fetched | None = None
    failed: FetchFailed | None = None


def run_round(feeds: Sequence[Feed], store: Store, means: Means, *, tell: Callable[[Round], None] = lambda _: None, is_forced: bool = False) -> list[Round]:
    """A round of those of these feeds whose time has come (`is_forced`: of all that are not paused). `tell` hears of each step; the rounds of feeds that
    somebody else is at are left out."""
    at = means.now()
    due = [one for one in feeds if one.paused_at is None]
    held = {one.id: Round(feed=one) for one in due if (is_forced or one.next_look <= at or _has_due(one, store, at)) and hold_feed(one.id, store, at=at)}
    try:
        pages = _look_at_all([one for one in held.values() if is_forced or one.feed.next_look <= at], store, means, tell)
        _Fetching(held, store, means, tell).run(pages)
    finally:
        for feed in held:
            let_go(feed, store)
    return list(held.values())


# -- looking


def _has_due(feed: Feed, store: Store, at: datetime) -> bool:
    return bool(find_due([feed.id], store, at=at, most=1))


def _look_at_all(rounds: Sequence[Round], store: Store, means: Means, tell: Callable[[Round], None]) -> dict[tuple[str, str], Fetched]:
    """Look at each, and note what is new; the answers of single pages by feed and key of their item, so that they are not asked for twice."""
    pages: dict[tuple[str, str], Fetched] = {}
    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="waqai-look") as pool:
        asked = {one.feed.id: pool.submit(_ask, one.feed, means) for one in rounds if one.feed.kind != "folder"}
        for one in rounds:
            try:
                found = asked.pop(one.feed.id).result() if one.feed.id in asked else None  # kept, an error would hold this frame, and with it all answers
                look = _look(one.feed, found, store, means)
            except IntakeError as error:
                wait = error.retry_after_s if isinstance(error, FetchFailed) else None
                one.error, one.again = str(error), note_failure(one.feed, str(error), store, wait_s=wait, at=means.now())
            else:
                _note_look(one, look, store, means)
                one.moved_to = found.moved_to if found else None
                if look.page is not None:
                    pages |= {(one.feed.id, item.key): look.page for item in look.found}
            tell(one)
    return pages


def _look(feed: Feed, answer: Fetched | None, store: Store, means: Means) -> Look:
    """Raises IntakeError."""
    if answer is None:
        return list_folder(feed, known_keys(feed.id, store), documents=means.documents, own=means.own)
    return look_at(feed, answer, fetch=means.fetch, documents=means.documents)


def _ask(feed: Feed, means: Means) -> Fetched:
    return means.fetch(feed.address, etag=feed.etag, last_modified=feed.last_modified)


def _note_look(one: Round, look: Look, store: Store, means: Means) -> None:
    """What it names is noted in the transaction that takes its answer as seen: broken off in between, the same answer comes again."""
    at = means.now()
    with store.transaction():
        one.found = note_found(one.feed.id, look.found, store, at=at)
        note_found(one.feed.id, look.known, store, at=at, why=look.why)
        note_answer(one.feed, store, kind=look.kind, etag=look.etag, last_modified=look.last_modified, at=at)
    one.declares = look.declares


# -- fetching and keeping


class _Fetching:
    """The items of the feeds that are held: fetched by threads, read and kept here in batches."""

    def __init__(self, rounds: dict[str, Round], store: Store, means: Means, tell: Callable[[Round], None]) -> None:
        self._rounds, self._store, self._means, self._tell = rounds, store, means, tell
        self._batch: list[tuple[Item, list[Came]]] = []
        self._began = self._held = time.monotonic()

    def run(self, pages: dict[tuple[str, str], Fetched]) -> None:
        """Until nothing is due, or MOST_ITEMS were tried."""
        items = find_due(self._rounds, self._store, at=self._means.now(), most=MOST_ITEMS)
        here = [one for one in items if not self._is_to_fetch(one, pages)]
        for item in here:
            self._take(_Answer(item, fetched=pages.get((item.feed, item.key))))
        self._flush()
        for answer in self._fetch_all([one for one in items if one not in here]):
            if answer is not None:
                self._take(answer)
            self._flush_when_due()
        self._flush()

    def _is_to_fetch(self, item: Item, pages: dict[tuple[str, str], Fetched]) -> bool:
        is_here = not item.address or _is_file(item, self._rounds[item.feed].feed) or (item.feed, item.key) in pages
        return not is_here and find_kept(item.address, self._store, beside=item.feed) is None

    def _fetch_all(self, items: Sequence[Item]) -> Iterator[_Answer | None]:
        """What came for each, in the order in which it came; None whenever nothing came for a second. A thread's own fault is raised here."""
        hosts: dict[str, list[Item]] = {}
        for item in items:
            hosts.setdefault(_host_of(item.address), []).append(item)
        came: Queue[_Answer] = Queue(maxsize=_AHEAD)
        stop = Event()
        with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="waqai-fetch") as pool:
            asking = [pool.submit(_fetch_in_turn, ones, self._means, came, stop) for ones in hosts.values()]
            try:
                left = len(items)
                while left:
                    try:
                        yield came.get(timeout=1.0)
                        left -= 1
                    except Empty:
                        for ended in (one for one in asking if one.done()):
                            ended.result()
                        yield None
            finally:
                stop.set()
                _empty(came)

    def _take(self, answer: _Answer) -> None:
        """Make reports of what came, or note why there are none."""
        item, one = answer.item, self._rounds[answer.item.feed]
        try:
            came = list(self._reports_of(answer, one.feed))
        except FetchFailed as error:
            self._note_failed(item, error.with_traceback(None))
            return
        except IntakeError as error:
            came = [Notice(record=item.address or item.title or item.key, stage="intake", reason=str(error))]
        if came:
            self._batch.append((item, came))
        else:
            self._note_known(item, one)
        if sum(len(few) for _, few in self._batch) >= self._means.batch:
            self._flush()

    def _reports_of(self, answer: _Answer, feed: Feed) -> Iterable[Came]:
        item = answer.item
        if answer.failed is not None:
            is_tried = answer.failed.outcome != UNASKED
            is_over = answer.failed.permanent or answer.failed.outcome == "robots" or (is_tried and item.tries >= len(WAITS))
            if not (is_over and item.text):
                raise answer.failed
            return self._means.excerpt(item, feed)  # the page is not to be had: what the feed itself tells of it is
        if answer.fetched is not None:
            return self._means.take(answer.fetched, item, feed)
        if _is_file(item, feed):
            return self._means.read_file(Path(item.address), feed)
        return self._means.excerpt(item, feed) if not item.address else ()

    def _note_known(self, item: Item, one: Round) -> None:
        """Another feed brought this address, and its report is in the store."""
        kept = find_kept(item.address, self._store, beside=item.feed) if item.address else None
        if kept is not None:
            note_kept(item, kept, self._store, at=self._means.now())
            one.kept += 1
        else:
            note_failed(item, "nothing in it can become a report", self._store, for_good=True, at=self._means.now())
            one.set_aside += 1
        self._tell(one)

    def _note_failed(self, item: Item, error: FetchFailed) -> None:
        one, at = self._rounds[item.feed], self._means.now()
        if error.outcome == UNASKED:
            again: datetime | None = put_off(item, str(error), self._store, wait_s=error.retry_after_s or 0.0, at=at)
        else:
            again = note_failed(item, str(error), self._store, for_good=error.permanent, wait_s=error.retry_after_s, at=at)
        if again is None:
            one.set_aside += 1
        else:
            one.failed += 1
        self._tell(one)

    def _flush_when_due(self) -> None:
        if self._batch and time.monotonic() - self._began >= PATIENCE_S:
            self._flush()
        self._go_on_holding()

    def _go_on_holding(self) -> None:
        now = time.monotonic()
        if now - self._held >= _HELD_ANEW_S:
            hold_longer(set(self._rounds), self._store, at=self._means.now())
            self._held = now

    def _flush(self) -> None:
        """Keep what waits, then note what became of each item."""
        self._go_on_holding()
        batch, self._batch, self._began = self._batch, [], time.monotonic()
        if not batch:
            return
        said = self._means.keep([came for _, few in batch for came in few])
        for item, few in batch:
            self._note_outcome(item, few, said)

    def _note_outcome(self, item: Item, came: Sequence[Came], said: Sequence[Notice]) -> None:
        one, at = self._rounds[item.feed], self._means.now()
        reports = {each.report.id: each.report.sha256 for each in came if isinstance(each, Incoming)}
        kept = next((sha256 for sha256 in reports.values() if self._store.find_report(sha256)), None)
        one.notices += [*(each for each in came if isinstance(each, Notice)), *(each for each in said if each.record in reports)]
        if kept is not None:
            note_kept(item, kept, self._store, at=at)
            one.kept += 1
        else:
            reasons = [each.reason for each in came if isinstance(each, Notice)]
            note_failed(item, "; ".join(reasons[:3]) or "its text was erased from this store", self._store, for_good=True, at=at)
            one.set_aside += 1
        self._tell(one)


def _host_of(address: str) -> str:
    """The host that is asked; "" where there is none: fetching says so."""
    try:
        return urlsplit(address).netloc.casefold()
    except ValueError:
        return ""


def _is_file(item: Item, feed: Feed) -> bool:
    """Whether it is a file of a folder, and no page that such a file names."""
    return feed.kind == "folder" and "://" not in item.address


def _fetch_in_turn(items: Sequence[Item], means: Means, came: Queue[_Answer], stop: Event) -> None:
    """The items of one host, one after the other."""
    for item in items:
        if stop.is_set():
            return
        try:
            answer = _Answer(item, fetched=means.fetch(item.address))
        except FetchFailed as error:
            answer = _Answer(item, failed=error.with_traceback(None))  # which holds what was fetched before, until Python looks for circles
        came.put(answer)


def _empty(came: Queue[_Answer]) -> None:
    """Let threads that wait to hand over an answer go on to see that they are to stop."""
    while True:
        try:
            came.get(timeout=0.2)
        except Empty:
            return
