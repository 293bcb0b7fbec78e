"""Sessions: what a cookie stands for. The cookie holds a random value, the store its hash."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from waqai.core import StoreError
from waqai.people.roles import Visitor
from waqai.people.secrets import hash_secret, mint_secret
from waqai.schema.people import PASSING, people, sessions
from waqai.schema.prepared import ask
from waqai.store import Store

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)
"""A request writes that the session was seen no more often than this."""
_C = sessions.c
_WHOSE = (
    sa.select(_C.seen_at, _C.expires_at, _C.person, _C.owner_name, people.c.name, people.c.role, people.c.disabled_at, people.c.must_change)
    .select_from(sessions.outerjoin(people))
    .where(_C.hash == sa.bindparam("hash"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSession:
    """A session that was just opened: `value` is for the cookie and is kept nowhere else."""

    value: str
    visitor: Visitor
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session as its owner sees it: since when, when it was last seen (to some minutes), whether it is the one that asks."""

    created_at: datetime
    seen_at: datetime
    is_this: bool


def open_session(visitor: Visitor, connection: sa.Connection, *, at: datetime, longest: timedelta = LONGEST) -> NewSession:
    """A session of somebody who has just proved who they are, in the transaction in which that was proved. Sessions that are over go."""
    value, expires_at = mint_secret(), at + longest
    connection.execute(sessions.delete().where(_C.expires_at <= at))
    owner_name = visitor.name if visitor.person is None else None
    row = {"hash": hash_secret(value), "person": visitor.person, "owner_name": owner_name, "created_at": at, "seen_at": at, "expires_at": expires_at}
    connection.execute(sessions.insert(), row)
    return NewSession(value=value, visitor=visitor, expires_at=expires_at)


def find_visitor(value: str, store: Store, *, at: datetime, idle: timedelta = IDLE) -> Visitor | None:
    """Whose session the cookie's value is, with the role of today; None for one that is unknown, over, unused for `idle`, or of a disabled person."""
    key = hash_secret(value)
    with store.reading() as connection:
        rows = ask(connection, _WHOSE, {"hash": key})
    if not rows or rows[0].expires_at <= at or at - rows[0].seen_at > idle:
        return None
    visitor = _visitor_of(rows[0])
    if visitor is not None and at - rows[0].seen_at >= SEEN_EVERY:
        with suppress(StoreError), store.writing() as writing:  # somebody writes for long: that is no reason not to answer, the next request notes it
            writing.execute(sessions.update().where(_C.hash == key).values(seen_at=at))
    return visitor


def end_session(value: str, store: Store) -> None:
    """Log out; a value that is unknown changes nothing."""
    with store.writing() as connection:
        connection.execute(sessions.delete().where(_C.hash == hash_secret(value)))


def list_own_sessions(value: str, store: Store, *, at: datetime, idle: timedelta = IDLE) -> tuple[OpenSession, ...]:
    """The open sessions of whoever's this is, newest first; none for a value that is unknown."""
    key = hash_secret(value)
    with store.reading() as connection:
        mine = sa.select(sessions).where(_of_the_same(key, connection), _C.expires_at > at, _C.seen_at >= at - idle)
        rows = connection.execute(mine.order_by(_C.created_at.desc(), _C.hash)).all()
    return tuple(OpenSession(created_at=row.created_at, seen_at=row.seen_at, is_this=row.hash == key) for row in rows)


def end_others(value: str, store: Store) -> int:
    """End all sessions of whoever's this is, but this one; how many there were. A value that is unknown ends none."""
    key = hash_secret(value)
    with store.writing() as connection:
        return int(connection.execute(sessions.delete().where(_of_the_same(key, connection), _C.hash != key)).rowcount)


def end_sessions_of(person: str, connection: sa.Connection) -> None:
    """End all sessions of the person of this key."""
    connection.execute(sessions.delete().where(_C.person == person))


def end_all(store: Store) -> None:
    """End all sessions and start tokens, and forget failed logins: what was of the moment when a copy was made."""
    with store.writing() as connection:
        for table in PASSING:
            connection.execute(table.delete())


def _of_the_same(key: str, connection: sa.Connection) -> sa.ColumnElement[bool]:
    """What the sessions have in common that are of the person of this one. All of the owner's are one owner's, whatever name they sign with."""
    row = connection.execute(sa.select(_C.person).where(_C.hash == key)).one_or_none()
    if row is None:
        return sa.false()
    return _C.person.is_(None) if row.person is None else _C.person == row.person


def _visitor_of(row: Any) -> Visitor | None:
    if row.person is None:
        return Visitor(name=row.owner_name, role="admin")
    return None if row.disabled_at is not None else Visitor(name=row.name, role=row.role, person=row.person, must_change=row.must_change)
