"""`waqai watch`: feeds, what they brought, and rounds."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from waqai.archives import Documents
from waqai.commands.common import unpacking
from waqai.commands.history import author
from waqai.commands.opening import open_named_store
from waqai.core import Incoming, Notice, NotPossible, Report, Retrieval, WaqaiError, text_sha256
from waqai.fetching import Fetched, Fetcher
from waqai.flow import (
    Chain,
    Settings,
    Store,
    add_reports,
    build_chain,
    find_settings_file,
    intake_limits,
    iter_incoming,
    load_settings,
    now,
    open_upload_reader,
)
from waqai.gathering import iter_fetched, make_fetcher
from waqai.operating.logs import begin_logs, tell
from waqai.operating.stopping import stops_in_order
from waqai.terminal.feeds import feed_as_json, print_feed, print_feeds, print_round
from waqai.terminal.printing import count_of, err, out, print_json, print_notices, progress_bar
from waqai.watching import (
    Counts,
    Feed,
    Item,
    Means,
    add_feed,
    count_items,
    get_feed,
    list_feeds,
    list_items,
    parse_every,
    pause_feed,
    remove_feed,
    retry_items,
    run_round,
)

NONE = Counts()


def add_feed_command(
    address: str, *, name: str | None, publisher: str | None, every: str, kind: Any, since: date | None, by: str | None, store: str | None
) -> int:
    """Exit status 0. Raises NotPossible."""
    period = parse_every(every)
    with open_named_store(store, must_exist=False) as opened:
        feed = add_feed(address, opened, name=name, kind=kind, publisher=publisher, every=period, since=since, by=author(by), at=now())
    err.print(f"watched: {feed.name} ({feed.id}). `waqai watch run` looks now; `waqai watch run --every 1m` goes on.", soft_wrap=True)
    return 0


def list_feeds_command(*, store: str | None, format: str) -> int:
    """Exit status 0, also when there is none."""
    with open_named_store(store, must_exist=True) as opened:
        counts = count_items(opened)
        feeds = [(one, counts.get(one.id, NONE)) for one in list_feeds(opened)]
    if format == "text":
        print_feeds(out, feeds)
    else:
        print_json([feed_as_json(feed, counted) for feed, counted in feeds], format)
    return 0


def show_feed_command(name: str, *, store: str | None, format: str) -> int:
    """Exit status 0. Raises UnknownId."""
    with open_named_store(store, must_exist=True) as opened:
        feed = get_feed(name, opened)
        counts, items = count_items(opened).get(feed.id, NONE), list_items(feed.id, opened)
    if format == "text":
        print_feed(out, feed, counts, items)
    else:
        print_json([feed_as_json(feed, counts, items)], format)
    return 0


def pause_feed_command(name: str, *, pause: bool, store: str | None) -> int:
    """Exit status 0. Raises UnknownId."""
    with open_named_store(store, must_exist=True) as opened:
        feed = pause_feed(name, opened, at=now() if pause else None)
    out.print(f"{feed.name} is paused" if pause else f"{feed.name} goes on with the next round", soft_wrap=True)
    return 0


def retry_feed_command(name: str, *, store: str | None) -> int:
    """Exit status 0. Raises UnknownId."""
    with open_named_store(store, must_exist=True) as opened:
        feed = get_feed(name, opened)
        again = retry_items(feed.id, opened, at=now())
    out.print(f"{feed.name}: {count_of(again, 'item')} to be tried again with the next round", soft_wrap=True)
    return 0


def remove_feed_command(name: str, *, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises UnknownId."""
    with open_named_store(store, must_exist=True) as opened:
        feed = remove_feed(name, opened, by=author(by), at=now())
    out.print(f"watched no longer: {feed.name}; the reports that it brought stay", soft_wrap=True)
    return 0


def run_feeds_command(names: Sequence[str], *, every: str | None, store: str | None, log: str | None = None) -> int:
    """Exit status 1 where a feed did not answer. Raises UnknownId, NotPossible, SettingsError before anything is asked."""
    period = parse_every(every).total_seconds() if every else 0.0
    is_logged = begin_logs(log)
    settings = load_settings(find_settings_file())
    fetcher = make_fetcher(settings)
    with stops_in_order(), open_named_store(store, must_exist=True) as opened, ready_means(opened, settings, fetcher) as means:
        if not list_feeds(opened):
            raise NotPossible("nothing is watched yet: `waqai watch add https://…` begins")
        named = [get_feed(name, opened).id for name in names]
        failed = _run(named, opened, means, is_logged=is_logged)
        while period:
            time.sleep(period)
            try:
                _run(named, opened, means, goes_on=True, is_logged=is_logged)
            except WaqaiError as error:  # the next round may go better, e.g. where somebody held the store for long
                if is_logged:
                    tell("round of feeds failed", level="error", error=error)
                else:
                    err.print(f"waqai: {error}", soft_wrap=True)
    return 1 if failed else 0


# -- inside


class _Keeper:
    """Puts what comes into the store; the chain is loaded when the first report comes, and kept. Mutable."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._chain: Chain | None = None

    def keep(self, items: Sequence[Incoming | Notice]) -> None:
        """Kept, read and linked."""
        if any(isinstance(one, Incoming) for one in items):
            if self._chain is None:
                with unpacking() as tell:
                    self._chain = build_chain(self._settings, store=self._store.address, progress=tell)
            add_reports(items, self._chain, self._store)


@contextmanager
def ready_means(store: Store, settings: Settings, fetcher: Fetcher) -> Iterator[Means]:
    """What rounds work with, as the settings say."""
    keeper = _Keeper(store, settings)

    def take(fetched: Fetched, item: Item, feed: Feed) -> Iterator[Incoming | Notice]:
        found = iter_fetched(fetched, read=lambda name, content: read(name, content, published=item.published, publisher=feed.publisher))
        return (_titled(one, item.title) if isinstance(one, Incoming) else one for one in found)

    def read_file(path: Path, feed: Feed) -> Iterator[Incoming | Notice]:
        return iter_incoming([path], settings=settings, publisher=feed.publisher)

    with open_upload_reader(settings) as read, Documents(limits=intake_limits(settings)) as documents:
        means = {"fetch": fetcher.fetch, "take": take, "read_file": read_file, "excerpt": _excerpt, "keep": keeper.keep}
        yield Means(**means, documents=documents, now=now)  # type: ignore[arg-type]


def _titled(came: Incoming, title: str | None) -> Incoming:
    """With the title that the feed gives, where the page has none."""
    return came if came.report.title or not title else replace(came, report=replace(came.report, title=title))


def _excerpt(item: Item, feed: Feed) -> Iterable[Incoming]:
    """What a feed itself tells of an item."""
    if item.text and item.text.strip():
        yield Incoming(
            report=Report(
                id=f"{feed.id}-{item.key[:8]}",
                text=item.text,
                sha256=text_sha256(item.text),
                url=item.address or None,
                title=item.title,
                published=item.published,
                publisher=feed.publisher,
                text_origin="excerpt",
            ),
            retrieval=Retrieval(how="feed", address=item.address or feed.address, at=item.found_at, within=feed.address),
            made_text="what the feed itself tells of it",
        )


def _run(names: Sequence[str], store: Store, means: Means, *, goes_on: bool = False, is_logged: bool = False) -> bool:
    """A round, said on the screen or logged; whether a feed did not answer."""
    began = time.monotonic()
    feeds = [one for one in list_feeds(store) if not names or one.id in names]
    with progress_bar() as progress:
        task = progress.add_task("looking", total=None)
        rounds = run_round(
            feeds, store, means, tell=lambda one: progress.update(task, advance=1, description=one.feed.name), is_forced=bool(names) and not goes_on
        )
    if is_logged:
        done = {name: sum(getattr(one, name) for one in rounds) for name in ("found", "kept", "set_aside")}
        failed = sum(one.error is not None for one in rounds)
        tell("round of feeds", feeds=len(rounds), failed=failed, ms=round((time.monotonic() - began) * 1000, 1), **done)
        return failed > 0
    for one in rounds:
        print_round(out, one)
        print_notices(one.notices, most=5)
    if not goes_on and err.is_terminal and not any(one.found or one.kept or one.error for one in rounds):
        err.print("nothing is new" if rounds else "no feed's time has come: name one to look at it now")
    return any(one.error for one in rounds)
