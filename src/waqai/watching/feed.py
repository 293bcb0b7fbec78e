"""What is watched: a feed of whatever kind, and an item that it brought."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from waqai.core import Day, NotPossible

Kind: TypeAlias = Literal["auto", "feed", "sitemap", "page", "folder"]
"""`auto`: an address of which the first answer tells what it is; `feed`: RSS, Atom; `page`: one page, read again whenever it changes; `folder`: files."""
KINDS: tuple[Kind, ...] = ("auto", "feed", "sitemap", "page", "folder")
State: TypeAlias = Literal["waits", "kept", "set_aside"]
SHORTEST = timedelta(minutes=1)
"""Nothing is asked more often."""
_PERIOD = re.compile(r"(\d{1,4})\s*(m|h|d)", re.IGNORECASE)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_LONGEST = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Something that brings reports. `address` is an http(s) address, or a folder's path; `every_s` seconds lie between two looks; what is older than
    the day `since` is not taken.

    `answered_at` is when it last answered as it should, `failures` how often it has not since, `error` the last failure, which stays to be seen.
    """

    id: str
    name: str
    address: str
    kind: Kind
    publisher: str | None
    every_s: int
    since: Day | None
    made_by: str
    made_at: datetime
    paused_at: datetime | None
    looked_at: datetime | None
    answered_at: datetime | None
    next_look: datetime
    failures: int
    error: str | None
    failed_at: datetime | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that a feed names: `key` is what the feed knows it by, hashed; `text` what the feed itself tells of it."""

    key: str
    address: str
    title: str | None = None
    published: Day | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a feed brought and what became of it. `report_sha256` is the first report that it became; `why` it waits for another try, or was set aside."""

    feed: str
    key: str
    address: str
    title: str | None
    published: Day | None
    text: str | None
    state: State
    tries: int
    next_try: datetime | None
    found_at: datetime
    ended_at: datetime | None
    report_sha256: str | None
    why: str | None


def parse_every(words: str) -> timedelta:
    """How often a feed is looked at, as a person writes it. Raises NotPossible.

    >>> parse_every("30m"), parse_every("1d")
    (datetime.timedelta(seconds=1800), datetime.timedelta(days=1))
    """
    found = _PERIOD.fullmatch(words.strip())
    period = int(found[1]) * _UNITS[found[2].lower()] if found else None
    if period is None or not SHORTEST <= period <= _LONGEST:
        raise NotPossible(f"{words!r} is no time between two looks, from 1 minute to 31 days; write it as 15m, 6h or 1d")
    return period
