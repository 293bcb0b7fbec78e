"""Logging in by name and password."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from waqai.core import WeakPassword, WrongLogin
from waqai.people.names import fold_name
from waqai.people.passwords import check_password, hash_password, is_outdated, is_password, waste_time
from waqai.people.persons import get_person, set_password
from waqai.people.roles import Visitor, signature_of
from waqai.people.sessions import LONGEST, NewSession, open_session
from waqai.people.throttle import count_try, take_back
from waqai.schema.people import people
from waqai.store import Store

_WRONG = "name and password do not go together"


def log_in(name: str, store: Store, *, password: str, address: str, at: datetime, longest: timedelta = LONGEST) -> NewSession:
    """A session for whoever knows the password. Raises WrongLogin, which does not say what was wrong, and TooManyTries, which says how long to wait.

    `address`: where the request came from. A name that nobody has takes as long as one that somebody has.
    """
    stored = _prove(name, store, password=password, address=address, at=at)
    renewed = hash_password(password) if is_outdated(stored) else stored
    with store.writing() as connection:
        row = _find(name, connection)
        if row is None or row.password != stored:  # changed or disabled while it was being looked at
            raise WrongLogin(_WRONG)
        take_back(connection, name, address, at=at)
        if renewed != stored:
            connection.execute(people.update().where(people.c.key == row.key).values(password=renewed))
        visitor = Visitor(name=row.name, role=row.role, person=row.key, must_change=row.must_change)
        return open_session(visitor, connection, at=at, longest=longest)


def change_password(name: str, store: Store, *, old: str, new: str, address: str, at: datetime) -> None:
    """Change one's own password; all sessions end, the one it was asked in, too. Raises as `log_in`, and WeakPassword: for the old one again, too."""
    check_password(new, name=name)
    if new == old:
        raise WeakPassword("the new password is the old one: take another one")
    _prove(name, store, password=old, address=address, at=at)
    with store.writing() as connection:
        take_back(connection, name, address, at=at)
    set_password(name, store, password=new, by=signature_of(get_person(name, store).name), at=at)


def _prove(name: str, store: Store, *, password: str, address: str, at: datetime) -> str:
    """The stored password, which this one is. Raises WrongLogin, TooManyTries."""
    with store.writing() as connection:
        count_try(connection, name, address, at=at)
        row = _find(name, connection)
    if row is None:
        waste_time(password)
        raise WrongLogin(_WRONG)
    stored: str = row.password
    if not is_password(password, stored):
        raise WrongLogin(_WRONG)
    return stored


def _find(name: str, connection: sa.Connection) -> Any:
    """The row of the person of that name who is not disabled, or None."""
    return connection.execute(sa.select(people).where(people.c.key == fold_name(name), people.c.disabled_at.is_(None))).one_or_none()
