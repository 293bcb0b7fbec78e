"""What feeds brought, in the store: found once, tried until it is kept, or set aside with a reason. Nothing is lost when a program ends in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from waqai.core import short_hash
from waqai.schema import feeds as tables
from waqai.store import Store
from waqai.watching.feed import Found, Item

WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 480, 1440))
"""Before each further try; after the last of them, a day and a half after the first, it is set aside."""
IS_LIST = "a list of addresses: each of them is an item of its own"
"""Why a file that names pages is itself not taken, nor tried again."""
_I = tables.items.c
_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many items of a feed wait, were kept, and were set aside."""

    waits: int = 0
    kept: int = 0
    set_aside: int = 0


def note_found(feed: str, found: Sequence[Found], store: Store, *, at: datetime, why: str | None = None) -> int:
    """Note what a feed names and was not known to name; how many. What it names again under another address or title is no other item.

    With a reason `why`, it is set aside at once.
    """
    new = list({one.key: one for one in reversed(found)}.values())[::-1]
    added = 0
    with store.writing() as connection:
        for start in range(0, len(new), _CHUNK):
            part = new[start : start + _CHUNK]
            known = set(connection.scalars(sa.select(_I.key).where(_I.feed == feed, _I.key.in_([one.key for one in part]))))
            rows = [_row_of(feed, one, at, why) for one in part if one.key not in known]
            if rows:
                connection.execute(tables.items.insert(), rows)
            added += len(rows)
    return added


def find_due(feeds: Iterable[str], store: Store, *, at: datetime, most: int) -> tuple[Item, ...]:
    """The items of these feeds whose time has come, what waits longest first, at most so many."""
    with store.reading() as connection:
        due = sa.and_(_I.feed.in_(list(feeds)), _I.next_try <= at)
        chosen = sa.select(tables.items).where(due).order_by(_I.next_try, _I.found_at, _I.feed, _I.key).limit(most)
        return tuple(item_of(row) for row in connection.execute(chosen))


def find_kept(address: str, store: Store, *, beside: str) -> str | None:
    """The hash of the report that another feed's item of this address became; None where none did."""
    with store.reading() as connection:
        chosen = sa.select(_I.report_sha256).where(_I.address == address, _I.feed != beside, _I.state == "kept", _I.report_sha256.is_not(None))
        found: str | None = connection.scalar(chosen.limit(1))
        return found


def note_kept(item: Item, report_sha256: str, store: Store, *, at: datetime) -> None:
    """It became this report."""
    _note(item, store, state="kept", report_sha256=report_sha256, next_try=None, ended_at=at, why=None, text=None)


def note_failed(item: Item, why: str, store: Store, *, for_good: bool, wait_s: float | None = None, at: datetime) -> datetime | None:
    """It could not be fetched or read; when the next try is due, None where it is set aside. `item` is as it was before this try."""
    if for_good or item.tries >= len(WAITS):
        _note(item, store, state="set_aside", tries=item.tries + 1, next_try=None, ended_at=at, why=why)
        return None
    again = at + max(WAITS[item.tries], timedelta(seconds=wait_s or 0))
    _note(item, store, tries=item.tries + 1, next_try=again, why=why)
    return again


def put_off(item: Item, why: str, store: Store, *, wait_s: float, at: datetime) -> datetime:
    """Its host would not be asked yet, so that this was no try; when it is tried."""
    again = at + timedelta(seconds=wait_s)
    _note(item, store, next_try=again, why=why)
    return again


def retry_items(feed: str, store: Store, *, at: datetime) -> int:
    """Try again what was set aside, and at once what waits for its next try; how many."""
    with store.writing() as connection:
        again = tables.items.update().where(_I.feed == feed, _I.state != "kept", sa.func.coalesce(_I.why, "") != IS_LIST)
        return connection.execute(again.values(state="waits", tries=0, next_try=at, ended_at=None)).rowcount


def count_items(store: Store) -> dict[str, Counts]:
    """By feed."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(_I.feed, _I.state, sa.func.count()).group_by(_I.feed, _I.state)).all()
    told: dict[str, dict[str, int]] = {}
    for feed, state, count in rows:
        told.setdefault(feed, {})[state] = count
    return {feed: Counts(**counts) for feed, counts in told.items()}


def list_items(feed: str, store: Store, *, state: str | None = None, most: int = 20) -> tuple[Item, ...]:
    """What a feed brought last, the newest first."""
    with store.reading() as connection:
        chosen = sa.select(tables.items).where(_I.feed == feed, *([] if state is None else [_I.state == state]))
        return tuple(item_of(row) for row in connection.execute(chosen.order_by(_I.found_at.desc(), _I.key).limit(most)))


def known_keys(feed: str, store: Store) -> frozenset[str]:
    """The keys of all that a feed has named."""
    with store.reading() as connection:
        return frozenset(connection.scalars(sa.select(_I.key).where(_I.feed == feed)))


def key_of(*parts: str) -> str:
    """The key of an item, from what its feed knows it by."""
    return short_hash(*parts, length=24)


def item_of(row: Any) -> Item:
    """A row of the table."""
    return Item(**{name: getattr(row, name) for name in Item.__dataclass_fields__})


# -- inside


def _row_of(feed: str, found: Found, at: datetime, why: str | None) -> dict[str, Any]:
    said = {"key": found.key, "address": found.address, "title": found.title, "published": found.published, "text": found.text}
    state = {"state": "waits", "next_try": at, "ended_at": None} if why is None else {"state": "set_aside", "next_try": None, "ended_at": at}
    return {"feed": feed, **said, **state, "tries": 0, "found_at": at, "why": why}


def _note(item: Item, store: Store, **values: Any) -> None:
    with store.writing() as connection:
        connection.execute(tables.items.update().where(_I.feed == item.feed, _I.key == item.key).values(**values))
