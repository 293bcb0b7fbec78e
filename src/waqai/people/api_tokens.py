"""API tokens: what a program shows instead of a password. Each is somebody's, may no more than its scopes and never more than that person, and ends."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from waqai.core import NotAllowed, NotPossible, StoreError, UnknownId, short_hash
from waqai.people.names import check_label, check_name, fold_name
from waqai.people.persons import get_person
from waqai.people.roles import ACTS, Act, Visitor, check_act, signature_of
from waqai.people.secrets import hash_secret, mint_secret
from waqai.schema.people import api_tokens, people
from waqai.schema.prepared import ask
from waqai.store import Store

PREFIX = "waqai_"
DAYS, MOST_DAYS = 90, 366
_C = api_tokens.c
_WITH_PERSON = sa.select(api_tokens, people.c.name.label("person_name"), people.c.role, people.c.disabled_at).select_from(api_tokens.outerjoin(people))
_SHOWN = _WITH_PERSON.where(_C.hash == sa.bindparam("hash"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A token as it is listed; its secret is not. `owner` signs what is done with it: "person:ana". `last_used` is a day in UTC."""

    id: str
    name: str
    owner: str
    scopes: tuple[Act, ...]
    created_at: datetime
    expires_at: datetime
    last_used: date | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token that was just made: `secret` is shown once and is kept nowhere."""

    secret: str
    token: ApiToken


def add_token(
    name: str, store: Store, *, scopes: Iterable[str], by: str, at: datetime, person: str | None = None, owner_name: str | None = None, days: int = DAYS
) -> NewToken:
    """A new token, named for what it is for: a person's, else that of the owner, who signs with `owner_name`.

    Raises NotPossible for no scope or an unknown one, and for more than 366 days or none; NotAllowed for a scope that the person's role does not reach.
    """
    acts, secret = _check_scopes(scopes), mint_secret(PREFIX)
    if not 1 <= days <= MOST_DAYS:
        raise NotPossible(f"a token is valid for 1 to {MOST_DAYS} days, not {days}: one that never ends is forgotten, and found by others")
    with store.writing() as connection:
        visitor = _owner_of(person, owner_name, store)
        for act in acts:
            visitor.check(act)
        given = {"name": check_label(name, of="token"), "scopes": acts, "created_at": at, "expires_at": at + timedelta(days=days)}
        token = ApiToken(id=f"t-{short_hash(secret, length=10)}", owner=visitor.signature, **given)  # type: ignore[arg-type]
        owner = {"person": visitor.person, "owner_name": visitor.name if visitor.person is None else None}
        connection.execute(api_tokens.insert(), {"id": token.id, "hash": hash_secret(secret), **owner, **given})
        _log("token_added", token, store, by=by, at=at, scopes=list(acts), expires=token.expires_at.date().isoformat())
    return NewToken(secret=secret, token=token)


def find_bearer(secret: str, store: Store, *, at: datetime) -> Visitor | None:
    """Who shows this secret, with the role of today; None for one that is unknown, over, revoked, or of a disabled person."""
    with store.reading() as connection:
        rows = ask(connection, _SHOWN, {"hash": hash_secret(secret)})
    if not rows or rows[0].expires_at <= at or rows[0].revoked_at is not None or rows[0].disabled_at is not None:
        return None
    row = rows[0]
    if row.last_used != at.date():
        with suppress(StoreError), store.writing() as writing:  # somebody writes for long: that is no reason not to answer, the next request notes it
            writing.execute(api_tokens.update().where(_C.id == row.id).values(last_used=at.date()))
    return Visitor(name=_name_of(row), role="admin" if row.person is None else row.role, person=row.person, scopes=frozenset(row.scopes))


def list_tokens(store: Store, *, person: str | None = None) -> tuple[ApiToken, ...]:
    """All tokens, or one person's, oldest first; also those that are over or revoked."""
    mine = () if person is None else (_C.person == fold_name(person),)
    with store.reading() as connection:
        return tuple(_token_of(row) for row in connection.execute(_WITH_PERSON.where(*mine).order_by(_C.created_at, _C.id)))


def list_own_tokens(visitor: Visitor, store: Store) -> tuple[ApiToken, ...]:
    """Those of a visitor, oldest first. A person's are not the owner's, though both may sign with one name."""
    mine = (_C.person == visitor.person,) if visitor.person is not None else (_C.person.is_(None), _C.owner_name.is_not_distinct_from(visitor.name))
    with store.reading() as connection:
        return tuple(_token_of(row) for row in connection.execute(_WITH_PERSON.where(*mine).order_by(_C.created_at, _C.id)))


def revoke_token(id: str, store: Store, *, by: str, at: datetime) -> ApiToken:
    """End a token for good. Raises UnknownId, NotPossible for one that is revoked already."""
    with store.writing() as connection:
        row = connection.execute(_WITH_PERSON.where(_C.id == id)).one_or_none()
        if row is None:
            raise UnknownId(f"no token {id!r} in store {store.address}; `waqai token list` lists them")
        token = _token_of(row)
        if token.revoked_at is not None:
            raise NotPossible(f"token {id} is revoked already, since {token.revoked_at.date().isoformat()}")
        connection.execute(api_tokens.update().where(_C.id == id).values(revoked_at=at))
        _log("token_revoked", token, store, by=by, at=at)
        return _token_of(connection.execute(_WITH_PERSON.where(_C.id == id)).one())


def revoke_own_token(id: str, visitor: Visitor, store: Store, *, at: datetime) -> ApiToken:
    """End one of a visitor's own tokens for good. Raises NotAllowed for one of somebody else or of nobody, NotPossible for one that is revoked already."""
    if all(token.id != id for token in list_own_tokens(visitor, store)):
        raise NotAllowed(f"{visitor.name or 'the owner'} has no token {id!r}; only an admin revokes those of others")
    return revoke_token(id, store, by=visitor.signature, at=at)


def _check_scopes(scopes: Iterable[str]) -> tuple[Act, ...]:
    """In the order of the table of acts."""
    wanted = {check_act(scope) for scope in scopes}
    if not wanted:
        raise NotPossible(f"a token without a scope may nothing: name one or more of {', '.join(ACTS)}")
    return tuple(act for act in ACTS if act in wanted)


def _owner_of(person: str | None, owner_name: str | None, store: Store) -> Visitor:
    if person is None:
        return Visitor(name=None if owner_name is None else check_name(owner_name), role="admin")
    found = get_person(person, store)
    if found.disabled_at is not None:
        raise NotAllowed(f"{found.name} is disabled: `waqai person enable {found.name}` lets them in again")
    return found.visitor


def _log(kind: str, token: ApiToken, store: Store, *, by: str, at: datetime, **value: Any) -> None:
    told = {"token": token.id, "name": token.name, "owner": token.owner, **value}
    store.append(kind=kind, subject=token.id, value=told, because="", by=by, at=at)


def _name_of(row: Any) -> str | None:
    name: str | None = row.owner_name if row.person is None else row.person_name
    return name


def _token_of(row: Any) -> ApiToken:
    named = {name: getattr(row, name) for name in ("id", "name", "created_at", "expires_at", "last_used", "revoked_at")}
    return ApiToken(owner=signature_of(_name_of(row)), scopes=tuple(row.scopes), **named)
