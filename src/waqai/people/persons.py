"""The persons who work with a store. Each change is an entry of its log; nobody is deleted, as entries go on pointing to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from waqai.core import NotPossible, UnknownId
from waqai.people.names import check_name, fold_name
from waqai.people.passwords import check_password, hash_password
from waqai.people.roles import Role, Visitor, check_role, signature_of
from waqai.people.sessions import end_sessions_of
from waqai.people.throttle import forget_name
from waqai.schema.people import people
from waqai.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may work with the store. `disabled_at`: since when they may not; `must_change`: not before they chose a password of their own."""

    name: str
    role: Role
    created_at: datetime
    password_at: datetime
    disabled_at: datetime | None = None
    must_change: bool = False

    @property
    def visitor(self) -> Visitor:
        """The person at the desk."""
        return Visitor(name=self.name, role=self.role, person=fold_name(self.name))


def add_person(name: str, store: Store, *, role: str, password: str, by: str, at: datetime, must_change: bool = False) -> Person:
    """A new person. `must_change`: the password is good for choosing another one, and for nothing else.

    Raises NotPossible for what is no name or role and for a name that is taken in whatever case, WeakPassword.
    """
    said, given = check_name(name), check_role(role)
    check_password(password, name=said)
    stored = hash_password(password)  # takes a while: before anything is locked
    with store.writing() as connection:
        _check_free(said, store)
        row = {"name": said, "role": given, "created_at": at, "password_at": at, "must_change": must_change}
        connection.execute(people.insert(), {"key": fold_name(said), "password": stored, **row})
        _log("person_added", said, store, by=by, at=at, role=given)
    return Person(**row)  # type: ignore[arg-type]


def list_persons(store: Store) -> tuple[Person, ...]:
    """All of them, by name."""
    with store.reading() as connection:
        return tuple(_person_of(row) for row in connection.execute(sa.select(people).order_by(people.c.key)))


def find_person(name: str, store: Store) -> Person | None:
    """The person of that name, in whatever case."""
    with store.reading() as connection:
        row = connection.execute(sa.select(people).where(people.c.key == fold_name(name))).one_or_none()
        return None if row is None else _person_of(row)


def get_person(name: str, store: Store) -> Person:
    """As `find_person`. Raises UnknownId, naming who is there."""
    found = find_person(name, store)
    if found is None:
        names = ", ".join(person.name for person in list_persons(store)) or "nobody"
        raise UnknownId(f"nobody is called {name!r} in store {store.address}; there is {names}")
    return found


def has_persons(store: Store) -> bool:
    """Whether somebody can log in: before that, a desk is for its own machine only."""
    with store.reading() as connection:
        return connection.execute(sa.select(people.c.key).where(people.c.disabled_at.is_(None)).limit(1)).first() is not None


def give_role(name: str, store: Store, *, role: str, by: str, at: datetime) -> Person:
    """The person with another role, from the next thing they do. Raises UnknownId, NotPossible: for the last admin, too."""
    given = check_role(role)
    with store.writing() as connection:
        person = get_person(name, store)
        if person.role == given:
            raise NotPossible(f"{person.name} has the role {given} already")
        _check_not_last_admin(person, store, instead=f"give {person.name} the role {given}")
        _update(connection, person, role=given)
        _log("person_role", person.name, store, by=by, at=at, role=given, was=person.role)
        return get_person(name, store)


def set_password(name: str, store: Store, *, password: str, by: str, at: datetime, must_change: bool = False) -> Person:
    """The person with another password, `must_change` as with `add_person`; all their sessions end, and failed logins are forgotten.

    Raises UnknownId, WeakPassword.
    """
    person = get_person(name, store)
    check_password(password, name=person.name)
    stored = hash_password(password)
    with store.writing() as connection:
        _update(connection, person, password=stored, password_at=at, must_change=must_change)
        end_sessions_of(fold_name(person.name), connection)
        forget_name(person.name, connection)
        _log("person_password", person.name, store, by=by, at=at)
        return get_person(name, store)


def disable_person(name: str, store: Store, *, by: str, at: datetime) -> Person:
    """Keep a person out: their sessions end, their tokens open nothing. Raises UnknownId, NotPossible: for the last admin, too."""
    with store.writing() as connection:
        person = get_person(name, store)
        if person.disabled_at is not None:
            raise NotPossible(f"{person.name} is disabled already, since {person.disabled_at.date().isoformat()}")
        _check_not_last_admin(person, store, instead=f"disable {person.name}")
        _update(connection, person, disabled_at=at)
        end_sessions_of(fold_name(person.name), connection)
        _log("person_disabled", person.name, store, by=by, at=at)
        return get_person(name, store)


def enable_person(name: str, store: Store, *, by: str, at: datetime) -> Person:
    """Let a person in again, with password, role and tokens of before. Raises UnknownId, NotPossible."""
    with store.writing() as connection:
        person = get_person(name, store)
        if person.disabled_at is None:
            raise NotPossible(f"{person.name} is not disabled")
        _update(connection, person, disabled_at=None)
        _log("person_enabled", person.name, store, by=by, at=at)
        return get_person(name, store)


def _check_free(name: str, store: Store) -> None:
    taken = find_person(name, store)
    if taken is not None:
        state = f"; that person is disabled, and `waqai person enable {taken.name}` lets them in again" if taken.disabled_at else ""
        raise NotPossible(f"there is a person called {taken.name!r} already{state}: take another name")


def _check_not_last_admin(person: Person, store: Store, *, instead: str) -> None:
    """Raises NotPossible where nobody else could manage the store. Called where the store is being written: no other writer can disable the other one."""
    others = [other for other in list_persons(store) if other.role == "admin" and other.disabled_at is None and other.name != person.name]
    if person.role == "admin" and person.disabled_at is None and not others:
        raise NotPossible(f"{person.name} is the only admin: make somebody else one first, then {instead}")


def _update(connection: sa.Connection, person: Person, **values: Any) -> None:
    connection.execute(people.update().where(people.c.key == fold_name(person.name)).values(**values))


def _log(kind: str, name: str, store: Store, *, by: str, at: datetime, **value: str) -> None:
    store.append(kind=kind, subject=signature_of(name), value={"name": name, **value}, because="", by=by, at=at)


def _person_of(row: sa.Row[Any]) -> Person:
    named = ("name", "role", "created_at", "password_at", "disabled_at", "must_change")
    return Person(**{name: getattr(row, name) for name in named})
