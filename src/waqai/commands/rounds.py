"""`waqai watch run`: rounds of the feeds that are watched. What they bring is read by worker processes: a page that ends its reader costs itself only."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from waqai.archives import Documents
from waqai.commands.common import unpacking
from waqai.commands.opening import open_named_store
from waqai.core import Incoming, Notice, NotPossible, NoWorkers, Report, Retrieval, WaqaiError, text_sha256
from waqai.engines import QUARANTINE, Engine, LocalEngine, add_many, make_order
from waqai.fetching import Fetched, Fetcher
from waqai.flow import (
    Chain,
    Settings,
    Store,
    Summary,
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
from waqai.terminal.feeds import print_round
from waqai.terminal.printing import err, out, print_notices, progress_bar
from waqai.watching import Feed, Item, Means, get_feed, list_feeds, parse_every, run_round

AT_ONCE = 8
"""Batches for each worker that are kept in one go where so much waits: what a run does at its end is done once for them."""


def run_feeds_command(names: Sequence[str], *, every: str | None, store: str | None, workers: int = 1, log: str | None = None) -> int:
    """Exit status 1 where a feed did not answer. Raises UnknownId, NotPossible, SettingsError before anything is asked."""
    period = parse_every(every).total_seconds() if every else 0.0
    is_logged = begin_logs(log)
    settings = load_settings(find_settings_file())
    fetcher = make_fetcher(settings)
    with stops_in_order(), open_named_store(store, must_exist=True) as opened, ready_means(opened, settings, fetcher, workers=workers) as means:
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


@contextmanager
def ready_means(store: Store, settings: Settings, fetcher: Fetcher, *, workers: int = 1) -> Iterator[Means]:
    """What rounds work with, as the settings say; so many processes read."""

    def take(fetched: Fetched, item: Item, feed: Feed) -> Iterator[Incoming | Notice]:
        found = iter_fetched(fetched, read=lambda name, content: read(name, content, published=item.published, publisher=feed.publisher))
        return (_titled(one, item.title) if isinstance(one, Incoming) else one for one in found)

    def read_file(path: Path, feed: Feed) -> Iterator[Incoming | Notice]:
        return iter_incoming([path], settings=settings, publisher=feed.publisher)

    with open_upload_reader(settings) as read, Documents(limits=intake_limits(settings)) as documents, _Keeper(store, settings, workers) as keeper:
        means = {"fetch": fetcher.fetch, "take": take, "read_file": read_file, "excerpt": _excerpt, "keep": keeper.keep, "batch": keeper.batch}
        own = tuple(Path(one).absolute() for one in (store.address, find_settings_file()) if one and "://" not in str(one))
        yield Means(**means, documents=documents, now=now, own=own)  # type: ignore[arg-type]


# -- inside


class _Keeper:
    """Puts what comes into the store. The chain is loaded and the workers are started when the first report comes, and stay. Mutable.

    A reader that waits for a model's server reads in this process, as workers do not make that faster.
    """

    def __init__(self, store: Store, settings: Settings, workers: int) -> None:
        self._store, self._settings, self._workers = store, settings, workers
        self._chain: Chain | None = None
        self._engine: Engine | None = None
        self._open = ExitStack()

    def __enter__(self) -> _Keeper:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def batch(self) -> int:
        """So many reports are kept in one go where they are there. A model's server may take minutes for one, and the feeds are held no longer."""
        return 1 if self._is_model else 32 * AT_ONCE * self._workers

    @property
    def _is_model(self) -> bool:
        return self._settings.reader.name == "llm"

    def keep(self, items: Sequence[Incoming | Notice]) -> list[Notice]:
        """Kept, read and linked; what is to be said of it."""
        if not any(isinstance(one, Incoming) for one in items):
            return []
        try:
            summary = self._add(items)
        except NoWorkers:
            self._open.close()  # the next round starts others
            self._engine = None
            raise
        return [notice for notice in summary.notices if notice.stage == QUARANTINE]

    def _add(self, items: Sequence[Incoming | Notice]) -> Summary:
        if self._chain is None:
            with unpacking() as progress:
                self._chain = build_chain(self._settings, store=self._store.opened_by, progress=progress)
        if self._is_model:
            return add_reports(items, self._chain, self._store)
        if self._engine is None:
            self._engine = self._open.enter_context(LocalEngine(make_order(self._chain), workers=self._workers))
        return add_many(items, self._chain, self._store, self._engine)


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
