"""Incidents by who takes part in them: the id of an actor, or words of a name.

Words find bodies, offices and facilities: no page, filter or search key gathers records about a private person (docs/safety.md), and in doubt a name is left
out. Whoever was only held is found by no name at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from waqai.codebook.naming import may_be_gathered
from waqai.core import Account, from_plain
from waqai.folding.words import fold_name, fold_words
from waqai.schema import tables
from waqai.store.tellings import CHUNK, chunks

_N, _A, _M = tables.account_names.c, tables.accounts.c, tables.members.c


def select_of_actor(connection: sa.Connection, actor: str) -> sa.Select[Any]:
    """SQL: the incidents (some twice) in which the actor of this id takes part; where none has such an id, those of bodies, offices and facilities whose
    name holds these words."""
    traits = tables.traits.c
    by_id = sa.select(traits.incident).where(traits.kind == "actor", traits.value == actor)
    if connection.execute(by_id.limit(1)).first() is not None:
        return by_id
    words = fold_name(actor) or fold_words(actor)
    held = (" " + _N.name + " ").like(f"% {words} %") if words else sa.false()
    public = _N.name.in_(sorted(_iter_public(connection, held)))
    joined = sa.select(_M.incident).join(tables.account_names, _N.account == _M.account)
    return joined.where(_N.role.not_in(("place", "person_held")), held, sa.or_(_N.role == "facility", public))


def _iter_public(connection: sa.Connection, held: sa.ColumnElement[bool]) -> Iterator[str]:
    """The folded names, as such names are kept, that a register knows or that are built like a body or a public office."""
    chosen = sa.select(_N.name, sa.func.max(_N.actor_id).label("actor_id"), sa.func.min(_N.account).label("account"))
    unknown: dict[str, str] = {}
    for row in connection.execute(chosen.where(_N.role.not_in(("place", "person_held", "facility")), held).group_by(_N.name)):
        if row.actor_id is not None:
            yield row.name
        else:
            unknown[row.name] = row.account
    printed = _load_names(connection, sorted(set(unknown.values())))
    yield from (name for name, account in unknown.items() if may_be_gathered(printed[account].get(name, "")))


def _load_names(connection: sa.Connection, accounts: Sequence[str]) -> dict[str, dict[str, str]]:
    """The names in each account as its report prints them, by the folded ones: whether a word begins with a capital tells a person from a body."""
    found: dict[str, dict[str, str]] = {}
    for some in chunks(accounts, CHUNK):
        for row in connection.execute(sa.select(_A.id, _A.plain).where(_A.id.in_(some))):
            found[row.id] = {fold_name(one.name) or "": one.name for one in from_plain(Account, row.plain).involved if one.name}
    return found
