"""Feeds on the screen: what each answered last, what it brought, what a round did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table

from waqai.terminal.printing import count_of
from waqai.terminal.screen import tame
from waqai.watching import Counts, Feed, Item, Round


def print_feeds(console: Console, feeds: Sequence[tuple[Feed, Counts]], *, at: datetime) -> None:
    """A line for each, and below them what failed last, where it still does. `at` is now."""
    if not feeds:
        console.print("no feeds; `waqai watch add https://…` makes one")
        return
    counted = (Column(said, no_wrap=True, justify="right") for said in ("kept", "waits", "set aside"))
    plain = (Column(said, no_wrap=True) for said in ("kind", "answered", "next look"))
    table = Table(
        Column("name", overflow="fold"), *plain, *counted, box=SIMPLE_HEAD, header_style="dim", pad_edge=False, caption="times in UTC", caption_justify="left"
    )
    for feed, counts in feeds:
        answered = _near(feed.answered_at, at) if feed.answered_at else "not yet"
        following = "paused" if feed.paused_at else _near(feed.next_look, at)
        table.add_row(tame(feed.name), feed.kind, answered, following, str(counts.kept), str(counts.waits), str(counts.set_aside))
    console.print(table)
    for feed, _ in feeds:
        if feed.failures and not feed.paused_at:
            console.print(f"{tame(feed.name)}: {failure_of(feed)}", soft_wrap=True)


def print_feed(console: Console, feed: Feed, counts: Counts, items: Sequence[Item]) -> None:
    """All that is known of one."""
    rows = [
        ("name", f"{tame(feed.name)} ({feed.id})"),
        ("address", tame(feed.address)),
        ("kind", "not known yet: its first answer tells" if feed.kind == "auto" else feed.kind),
        *([("publisher", tame(feed.publisher))] if feed.publisher else []),
        ("every", _every(feed.every_s)),
        *([("since", feed.since.isoformat())] if feed.since else []),
        ("made", f"{_at(feed.made_at)} by {tame(feed.made_by)}"),
        ("answered", _at(feed.answered_at) if feed.answered_at else "not yet: `waqai watch run` looks"),
        ("paused", f"since {_at(feed.paused_at)}") if feed.paused_at else ("next look", _at(feed.next_look)),
        *([("failed", failure_of(feed))] if feed.error else []),
        ("brought", f"{counts.kept} kept, {counts.waits} waiting, {counts.set_aside} set aside"),
    ]
    for name, value in rows:
        console.print(f"{name:<10} {value}", soft_wrap=True)
    for one in items:
        console.print(f"  {_at(one.found_at)}  {tame(one.title or one.address)}: {state_of(one)}", soft_wrap=True)


def print_round(console: Console, done: Round) -> None:
    """What a round did for a feed; nothing where there was nothing to do."""
    parts = [
        *([f"{done.found} new"] if done.found else []),
        *([f"{done.kept} kept"] if done.kept else []),
        *([f"{done.failed} to be tried again"] if done.failed else []),
        *([f"{done.set_aside} set aside"] if done.set_aside else []),
    ]
    if done.error is not None:
        again = f", next look {_at(done.again)}" if done.again else ""
        parts.append(f"failed{again} ({tame(done.error)})")
    if parts:
        console.print(f"{tame(done.feed.name)}: {', '.join(parts)}", soft_wrap=True)
    if done.moved_to:
        moved = f"  its server says that it moved for good, to {tame(done.moved_to)!r}: add that, and remove this one"
        console.print(moved, soft_wrap=True)
    if done.declares and done.feed.answered_at is None:
        console.print(f"  this page names a feed of its own, {tame(done.declares)!r}: watch that to get its articles", soft_wrap=True)


def failure_of(feed: Feed) -> str:
    """The last failure, and whether it still fails."""
    when = f" {_at(feed.failed_at)}" if feed.failed_at else ""
    how = f"{count_of(feed.failures, 'time')} in a row, last" if feed.failures else "last"
    return f"{how}{when}: {tame(feed.error or '')}"


def state_of(item: Item) -> str:
    """What became of an item, in words."""
    if item.state == "kept":
        return "kept"
    why = f": {tame(item.why)}" if item.why else ""
    if item.state == "set_aside":
        return f"set aside{why}"
    return f"waits for {_at(item.next_try) if item.next_try else 'its turn'}{why}"


def feed_as_json(feed: Feed, counts: Counts, items: Sequence[Item] = ()) -> dict[str, Any]:
    """A feed as a program reads it."""
    plain = {name: _plain(getattr(feed, name)) for name in Feed.__dataclass_fields__ if name not in ("etag", "last_modified")}
    told = {"waits": counts.waits, "kept": counts.kept, "set_aside": counts.set_aside}
    shown = [{name: _plain(getattr(one, name)) for name in Item.__dataclass_fields__ if name not in ("feed", "text")} for one in items]
    return plain | {"items": told} | ({"last": shown} if items else {})


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _every(seconds: int) -> str:
    amount, unit = next((seconds // size, unit) for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")) if seconds % size == 0)
    return count_of(amount, unit)


def _at(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC") if at else "–"


def _near(at: datetime, now: datetime) -> str:
    """The time where it is today, else the day.

    >>> _near(datetime(2023, 6, 18, 9, 5), datetime(2023, 6, 18, 12)), _near(datetime(2023, 6, 17, 9, 5), datetime(2023, 6, 18, 12))
    ('09:05', '2023-06-17')
    """
    return at.strftime("%H:%M" if at.date() == now.date() else "%Y-%m-%d")
