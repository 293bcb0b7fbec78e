"""What is sent by itself: which news is due at which door, who is at it, and what became of it.

A delivery is made once for its news and tried until it is taken, with growing waits, or given up. While one waits at a door, what is new waits behind it and
goes together in the next. Two rounds at once never send one twice: who tries a delivery holds it in the database first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from waqai.alerts.alert import Alert, Door
from waqai.core import short_hash
from waqai.schema import alerts as tables
from waqai.store import Store

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 960))
"""Before each further try; after the last of them, a day and a quarter after the first, it is given up."""
MOST_IN_A_CALL = 100
"""News in one webhook call; the rest comes in the next."""
HOLD = timedelta(minutes=15)
"""So long a delivery is held by who tries it: far longer than a try takes, so that one whose program died is tried again."""
_D = tables.deliveries.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """News from number `first` to `last` of an alert on its way through a door; `id` is what a receiver knows it by when it comes twice."""

    id: str
    alert: str
    door: str
    first: int
    last: int
    made_at: datetime
    tries: int
    next_try: datetime | None
    sent_at: datetime | None
    given_up_at: datetime | None
    error: str | None


class NotDelivered(Exception):
    """A try that failed; `for_good`: another one would be of no use. `wait_s` is what the receiver asks to wait."""

    def __init__(self, message: str, *, for_good: bool = False, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.for_good, self.wait_s = for_good, wait_s


def make_deliveries(alert: Alert, store: Store, *, at: datetime) -> int:
    """A delivery for each door that has news to tell and is not to be silent now; how many."""
    if alert.paused_at is not None or (alert.wanted.quiet is not None and alert.wanted.quiet.until(at) is not None):
        return 0
    made = 0
    for door in alert.wanted.doors:
        with store.writing() as connection:
            news = _find_due(connection, alert, door, at=at)
            if news is not None:
                key = short_hash(alert.id, door.key, str(news[0]), at.isoformat(), length=24)
                row = {"id": f"msg_{key}", "alert": alert.id, "door": door.key, "first": news[0], "last": news[1]}
                connection.execute(tables.deliveries.insert(), row | {"made_at": at, "tries": 0, "next_try": at})
                made += 1
    return made


def find_to_try(alert: Alert, store: Store, *, at: datetime) -> tuple[Delivery, ...]:
    """The alert's deliveries whose time has come and that nobody holds, oldest first; none in quiet hours, nor while it is paused."""
    if alert.paused_at is not None or (alert.wanted.quiet is not None and alert.wanted.quiet.until(at) is not None):
        return ()
    with store.reading() as connection:
        chosen = sa.select(tables.deliveries).where(_D.alert == alert.id, _free(at)).order_by(_D.made_at, _D.id)
        return tuple(_delivery_of(row) for row in connection.execute(chosen))


def hold(delivery: Delivery, store: Store, *, at: datetime) -> bool:
    """Take a delivery to try it; False where somebody else did, or has sent it. It counts as a try from here on."""
    with store.writing() as connection:
        held = tables.deliveries.update().where(_D.id == delivery.id, _free(at)).values(held_until=at + HOLD, tries=_D.tries + 1)
        return connection.execute(held).rowcount == 1


def note_sent(delivery: Delivery, store: Store, *, at: datetime) -> None:
    """It was taken: it is not sent again."""
    _note(delivery, store, sent_at=at, next_try=None, error=None)


def note_failed(delivery: Delivery, error: NotDelivered, store: Store, *, at: datetime) -> datetime | None:
    """It was not taken; when the next try is due, None where it is given up. `delivery` is as it was before this try."""
    give_up = error.for_good or delivery.tries >= len(WAITS)
    if give_up:
        _note(delivery, store, given_up_at=at, next_try=None, error=str(error))
        return None
    wait = max(WAITS[delivery.tries], timedelta(seconds=error.wait_s or 0))
    _note(delivery, store, next_try=at + wait, error=str(error))
    return at + wait


def list_deliveries(alert: Alert, store: Store, *, most: int = 20) -> tuple[Delivery, ...]:
    """The alert's last deliveries, the newest first."""
    with store.reading() as connection:
        chosen = sa.select(tables.deliveries).where(_D.alert == alert.id).order_by(_D.made_at.desc(), _D.id).limit(most)
        return tuple(_delivery_of(row) for row in connection.execute(chosen))


# -- inside


def _find_due(connection: sa.Connection, alert: Alert, door: Door, *, at: datetime) -> tuple[int, int] | None:
    """The news that is to go through this door now, from number to number."""
    before = connection.execute(
        sa.select(sa.func.max(_D.last), sa.func.max(_D.made_at), sa.func.count(_D.next_try)).where(_D.alert == alert.id, _D.door == door.key)
    ).one()
    last, made_at, waiting = before[0] or 0, before[1], before[2]
    if waiting or alert.told <= last or (made_at is not None and made_at + timedelta(seconds=door.roll_up_s) > at):
        return None
    return last + 1, min(alert.told, last + MOST_IN_A_CALL) if door.kind == "webhook" else alert.told


def _free(at: datetime) -> sa.ColumnElement[bool]:
    """SQL: it is to be tried by now, and nobody is at it."""
    return sa.and_(_D.next_try <= at, sa.or_(_D.held_until.is_(None), _D.held_until <= at))


def _note(delivery: Delivery, store: Store, **values: Any) -> None:
    with store.writing() as connection:
        connection.execute(tables.deliveries.update().where(_D.id == delivery.id).values(held_until=None, **values))


def _delivery_of(row: Any) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in Delivery.__dataclass_fields__})


def iter_last(alert: Alert, store: Store) -> Iterator[Delivery]:
    """The last delivery of each door of the alert that had any."""
    seen: set[str] = set()
    for one in list_deliveries(alert, store, most=200):
        if one.door not in seen:
            seen.add(one.door)
            yield one
