"""Publishers and speakers, each with how often it was first, alone, contradicted, later revised: sums over all incidents, by name.

There is no order but that of names, and no way to ask for one: counts are shown with what they are counted in, and nobody is ranked (docs/safety.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import sqlalchemy as sa

from waqai.codebook.actors import ActorRegister
from waqai.core import BadQuestion
from waqai.schema import tables

Kind: TypeAlias = Literal["publisher", "speaker"]
_T = tables.tellers.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """A publisher or speaker with numbers of incidents. `first` is counted among those `ordered`, `contradicted` among those `compared`, `revised` among those
    with `figures`, `alone` among all `incidents`: see `folding.tellers`. `name` is how it is called, `spelled` how a report spells it."""

    key: str
    name: str
    spelled: str
    incidents: int
    alone: int
    ordered: int
    first: int
    figures: int
    compared: int
    contradicted: int
    revised: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellers:
    """All of one kind, by name; `left_out` speakers whom we may not name speak in `left_out_in` incidents (one who speaks in two counts twice)."""

    listed: tuple[Teller, ...]
    left_out: int = 0
    left_out_in: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TellersPage:
    """Some of those whose name holds the words, by name: `total` are all of these, `after` is the cursor of the next page (None: this is the last)."""

    listed: tuple[Teller, ...]
    total: int
    after: str | None
    left_out: int
    left_out_in: int


def sum_tellers(connection: sa.Connection, kind: Kind, *, actors: ActorRegister) -> Tellers:
    """The sums over all incidents of the store; a body of the register goes by its name there."""
    sums = [sa.func.count().filter(_T[name]).label(name) for name in ("alone", "ordered", "first", "figures", "compared", "contradicted", "revised")]
    chosen = (
        sa.select(_T.key, sa.func.min(_T.name).label("name"), sa.func.min(_T.name).label("spelled"), sa.func.count().label("incidents"), *sums)
        .where(_T.kind == kind)
        .group_by(_T.key)
    )
    found = [Teller(**row) for row in connection.execute(chosen).mappings()]
    listed = sorted((_as_registered(one, actors) if kind == "speaker" else one for one in found), key=_place)
    if kind == "publisher":
        return Tellers(listed=tuple(listed))
    left = connection.execute(sa.select(sa.func.sum(_T.many), sa.func.count()).where(_T.kind == "left_out")).one()
    return Tellers(listed=tuple(listed), left_out=left[0] or 0, left_out_in=left[1])


def cut_tellers(tellers: Tellers, *, words: str = "", after: str | None = None, size: int = 50) -> TellersPage:
    """Those whose name holds the words, whatever their case, behind the cursor. Raises BadQuestion for a size below 1."""
    if size < 1:
        raise BadQuestion(f"a page holds 1 or more, not {size}")
    wanted = words.casefold().strip()
    passing = [one for one in tellers.listed if wanted in one.name.casefold()]
    behind = [one for one in passing if after is None or _place(one) > _read(after)]
    more = len(behind) > size
    left = {"left_out": tellers.left_out, "left_out_in": tellers.left_out_in}
    return TellersPage(listed=tuple(behind[:size]), total=len(passing), after=_cursor(behind[size - 1]) if more else None, **left)


def _as_registered(teller: Teller, actors: ActorRegister) -> Teller:
    body = actors.actors.get(teller.key)
    return teller if body is None else replace(teller, name=body.name)


def _place(teller: Teller) -> tuple[str, str]:
    return teller.name.casefold(), teller.key


def _cursor(teller: Teller) -> str:
    return "\x1f".join(_place(teller))


def _read(after: str) -> tuple[str, str]:
    name, _, key = after.partition("\x1f")
    return name, key
