"""`waqai watch`: feeds, and what they brought; `rounds` looks at them."""

from __future__ import annotations

from datetime import date
from typing import Any

from waqai.commands.history import author
from waqai.commands.opening import open_named_store
from waqai.flow import now
from waqai.terminal.feeds import feed_as_json, print_feed, print_feeds
from waqai.terminal.printing import count_of, err, out, print_json
from waqai.watching import (
    Counts,
    add_feed,
    count_items,
    get_feed,
    list_feeds,
    list_items,
    parse_every,
    pause_feed,
    remove_feed,
    retry_items,
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
        print_feeds(out, feeds, at=now())
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
