"""One-time start tokens: the desk prints an address that lets the owner of the machine in, once, without name and password."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from waqai.core import WrongLogin
from waqai.people.names import check_name
from waqai.people.roles import Visitor
from waqai.people.secrets import hash_secret, mint_secret
from waqai.people.sessions import LONGEST, NewSession, open_session
from waqai.schema.people import start_tokens
from waqai.store import Store

VALID = timedelta(hours=24)
_C = start_tokens.c


def mint_start_token(store: Store, *, at: datetime, owner_name: str | None = None, valid: timedelta = VALID) -> str:
    """A new token; who takes it is the owner, and signs with this name. Those that are over go. Raises NotPossible for what is no name."""
    name, value = None if owner_name is None else check_name(owner_name), mint_secret()
    with store.writing() as connection:
        connection.execute(start_tokens.delete().where(_C.expires_at <= at))
        connection.execute(start_tokens.insert(), {"hash": hash_secret(value), "owner_name": name, "created_at": at, "expires_at": at + valid})
    return value


def take_start_token(value: str, store: Store, *, at: datetime, longest: timedelta = LONGEST) -> NewSession:
    """The owner's session. Raises WrongLogin for a token that is unknown, over or taken: of two who take it at once, one gets it."""
    this = _C.hash == hash_secret(value)
    with store.writing() as connection:
        taken = connection.execute(start_tokens.update().where(this, _C.taken_at.is_(None), _C.expires_at > at).values(taken_at=at)).rowcount
        if not taken:
            raise WrongLogin("this start address was used before, is over, or never was one; start the desk again, which prints a new one")
        owner_name = connection.scalar(sa.select(_C.owner_name).where(this))
        return open_session(Visitor(name=owner_name, role="admin"), connection, at=at, longest=longest)
