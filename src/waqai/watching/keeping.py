"""Feeds in the store: made, listed, paused, removed. Who makes and removes one is in the log."""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from waqai.core import Day, NotPossible, UnknownId
from waqai.schema import feeds as tables
from waqai.store import Store
from waqai.watching.feed import KINDS, Feed, Kind

LONGEST_NAME, LONGEST_ADDRESS = 80, 2_000
HOLD = timedelta(minutes=10)
"""So long a feed is held by who looks at it, and again with each batch that is kept: one whose program died is looked at by the next."""
MOST_WAIT = timedelta(days=1)
_F = tables.feeds.c


def add_feed(
    address: str,
    store: Store,
    *,
    name: str | None = None,
    kind: Kind = "auto",
    publisher: str | None = None,
    every: timedelta,
    since: Day | None = None,
    by: str,
    at: datetime,
) -> Feed:
    """A new feed, to be looked at with the next round. Raises NotPossible for an address that is none or watched already, and for a name that is taken."""
    where, kind = check_address(address, kind)
    said = check_name(name or _name_of(where))
    row: dict[str, Any] = {"id": f"fd-{secrets.token_hex(5)}", "key": _fold(said), "name": said, "address": where, "kind": kind, "publisher": publisher or None}
    row |= {"every_s": int(every.total_seconds()), "since": since, "made_by": by, "made_at": at, "next_look": at, "failures": 0}
    with store.writing() as connection:
        for column, value, what in ((_F.address, where, "is watched already"), (_F.key, row["key"], "is the name of another feed: choose one by --name")):
            taken = connection.scalar(sa.select(_F.name).where(column == value))
            if taken is not None:
                raise NotPossible(f"{value!r} {what} (feed {taken!r})")
        connection.execute(tables.feeds.insert(), row)
        store.append(kind="feed_added", subject=row["id"], value={"feed": row["id"], "name": said}, because="", by=by, at=at)
    return get_feed(row["id"], store)


def list_feeds(store: Store) -> tuple[Feed, ...]:
    """All feeds, by name."""
    with store.reading() as connection:
        return tuple(feed_of(row) for row in connection.execute(sa.select(tables.feeds).order_by(_F.key)))


def get_feed(named: str, store: Store) -> Feed:
    """The feed of this id, name or address. Raises UnknownId."""
    with store.reading() as connection:
        row = connection.execute(sa.select(tables.feeds).where(sa.or_(_F.id == named, _F.key == _fold(named), _F.address == named))).first()
    if row is None:
        raise UnknownId(f"no feed {named!r} in store {store.address}; `waqai watch list` lists them")
    return feed_of(row)


def pause_feed(named: str, store: Store, *, at: datetime | None) -> Feed:
    """Look at nothing until it goes on (`at` None: go on). Raises UnknownId."""
    feed = get_feed(named, store)
    with store.writing() as connection:
        connection.execute(tables.feeds.update().where(_F.id == feed.id).values(paused_at=at))
    return get_feed(feed.id, store)


def remove_feed(named: str, store: Store, *, by: str, at: datetime) -> Feed:
    """Take it away with the list of what it brought; the reports stay. Raises UnknownId."""
    feed = get_feed(named, store)
    with store.writing() as connection:
        connection.execute(tables.items.delete().where(tables.items.c.feed == feed.id))
        connection.execute(tables.feeds.delete().where(_F.id == feed.id))
        store.append(kind="feed_removed", subject=feed.id, value={"feed": feed.id, "name": feed.name}, because="", by=by, at=at)
    return feed


def hold_feed(feed: str, store: Store, *, at: datetime) -> bool:
    """Take a feed to look at it; False where somebody else is at it, or it is gone."""
    with store.writing() as connection:
        free = sa.or_(_F.held_until.is_(None), _F.held_until <= at)
        return connection.execute(tables.feeds.update().where(_F.id == feed, free).values(held_until=at + HOLD)).rowcount == 1


def hold_longer(feeds: set[str], store: Store, *, at: datetime) -> None:
    """Go on holding them."""
    with store.writing() as connection:
        connection.execute(tables.feeds.update().where(_F.id.in_(feeds)).values(held_until=at + HOLD))


def let_go(feed: str, store: Store) -> None:
    """Others may look at it again."""
    with store.writing() as connection:
        connection.execute(tables.feeds.update().where(_F.id == feed).values(held_until=None))


def note_answer(feed: Feed, store: Store, *, kind: Kind, etag: str | None, last_modified: str | None, at: datetime) -> None:
    """It answered as it should, and is of this kind. To stand in the transaction in which what it named is noted."""
    said = {"kind": kind, "etag": etag, "last_modified": last_modified, "looked_at": at, "answered_at": at, "failures": 0}
    with store.writing() as connection:
        connection.execute(tables.feeds.update().where(_F.id == feed.id).values(**said, next_look=at + timedelta(seconds=feed.every_s)))


def note_failure(feed: Feed, why: str, store: Store, *, wait_s: float | None, at: datetime) -> datetime:
    """It did not answer as it should; when it is looked at again: after twice the time with each failure, up to a day, or what it asks to wait."""
    every = timedelta(seconds=feed.every_s)
    wait = min(every * (1 << min(feed.failures, 12)), max(MOST_WAIT, every))
    again = at + max(wait, timedelta(seconds=wait_s or 0))
    said = {"looked_at": at, "failures": feed.failures + 1, "error": why, "failed_at": at, "next_look": again}
    with store.writing() as connection:
        connection.execute(tables.feeds.update().where(_F.id == feed.id).values(**said))
    return again


def check_address(address: str, kind: Kind) -> tuple[str, Kind]:
    """The address as it is kept, and its kind. Raises NotPossible for what is neither http(s) nor a folder.

    >>> check_address("https://example.org/feed.xml", "auto")
    ('https://example.org/feed.xml', 'auto')
    """
    said = address.strip()
    if kind not in KINDS:
        raise NotPossible(f"there is no kind of feed {kind!r}; there are {', '.join(KINDS)}")
    if "://" in said or kind not in ("auto", "folder"):
        return _check_http(said), kind
    folder = Path(said).expanduser()
    if not said or not folder.is_dir():
        raise NotPossible(f"{said!r} is neither an address, which begins with https://, nor a folder of this machine")
    return str(folder.absolute()), "folder"


def check_name(name: str) -> str:
    """The name as one line (NFC). Raises NotPossible."""
    said = " ".join(unicodedata.normalize("NFC", name).split())
    if not said or len(said) > LONGEST_NAME or any(unicodedata.category(sign)[0] == "C" for sign in said):
        raise NotPossible(f"{name!r} is no name for a feed: one line of 1 to {LONGEST_NAME} letters is")
    return said


def feed_of(row: Any) -> Feed:
    """A row of the table."""
    return Feed(**{name: getattr(row, name) for name in Feed.__dataclass_fields__})


# -- inside


def _check_http(address: str) -> str:
    try:
        parts = urlsplit(address)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_one, parts = False, urlsplit("")
    if not is_one or len(address) > LONGEST_ADDRESS or not address.isprintable() or " " in address:
        raise NotPossible(f"{address[:80]!r} is no address that can be watched: http:// or https://, and a host")
    if parts.username or parts.password:
        raise NotPossible("an address with a name or a password in it would be kept and shown: leave them out")
    return address


def _name_of(address: str) -> str:
    """What a feed is called where nobody says: its host and its path, without what follows a "?", where keys may stand.

    >>> _name_of("https://www.example.org/world/rss.xml?key=1"), _name_of("/srv/inbox")
    ('example.org/world/rss.xml', '/srv/inbox')
    """
    shown = re.split(r"[?#]", address.split("://", 1)[-1])[0].removeprefix("www.").rstrip("/") if "://" in address else address
    return shown if len(shown) <= LONGEST_NAME else f"{shown[:38]}…{shown[-39:]}"


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
