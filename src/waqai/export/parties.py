"""Who takes part in a record, as two sides: the initiator first, the target or victim second, as ACLED's, UCDP's and PLOVER's codebooks have it.

A side is made from the words of the record and the register of actors. Of whom the register says nothing no kind is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from waqai.bounds import WITHHELD, Cleared, ClearedAccount, ClearedInvolvement
from waqai.bounds.counts import FEW
from waqai.bounds.places import is_facility_name
from waqai.codebook import ActorRegister, normalise_of_whom

FIRST, SECOND = ("initiator", "donor"), ("target", "victim", "person_held", "beneficiary", "responder")
EQUAL = ("participant",)
"""Roles of those who do it together: the first named is on the first side, the next on the second."""
OWN_ACT = frozenset({"escape", "prison_riot"})
"""Types whose held persons act themselves; whom they act against is their custodian."""
FREEING = ("target", "custodian", "responder", "victim")
"""Whom a jailbreak is directed at: those who hold, not those who are held."""
_SITE = re.compile(r"\bfacilit(?:y|ies)\b", re.IGNORECASE)
_CIVILIANS = re.compile(r"\bcivilians?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody on a side: the register's name, else the record's words. `kind` and `country` (alpha-2) are the register's; None: it does not know them."""

    name: str
    words: str
    actor_id: str | None
    kind: str | None
    country: str | None

    @property
    def are_civilians(self) -> bool:
        """Whether the record itself says that they are."""
        return self.actor_id is None and _CIVILIANS.search(self.name) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Both sides, most often told first; empty where nobody says who."""

    first: tuple[Party, ...]
    second: tuple[Party, ...]


def who_tells(cleared: Cleared) -> tuple[ClearedAccount, ...]:
    """The accounts that the record's view rests on: of its type, not rejected, of the weightiest role that is there."""
    kept = [a for a in cleared.accounts if a.review != "rejected"] or list(cleared.accounts)
    typed = [a for a in kept if a.type == cleared.incident.type] or kept
    roles = [role for role in ("main", "part", "follow_up", "background") if any(a.role == role for a in typed)]
    return tuple(a for a in typed if a.role == roles[0]) if roles else ()


def find_sides(accounts: Sequence[ClearedAccount], *, type: str, register: ActorRegister) -> Sides:
    """The sides of a happening of this type, from all who tell of it. Masked names, sites, bare "people" and who is only suspected are left out."""
    told = [one for account in accounts for one in account.involved if one.modality is None]
    first, second = (("person_held",), ("custodian",)) if type in OWN_ACT else (FIRST, FREEING if type == "jailbreak" else SECOND)
    equals = _parties(told, EQUAL, register)
    ones = _parties(told, first, register) or equals[:1]
    others = tuple(party for party in (_parties(told, second, register) or equals[1:]) if party not in ones)
    return Sides(first=ones, second=others)


def _parties(told: Iterable[ClearedInvolvement], roles: Sequence[str], register: ActorRegister) -> tuple[Party, ...]:
    """Those in these roles, the first role first, in each the most often told; of equals those whom the register knows."""
    listed = [(roles.index(one.role), _party(one, register)) for one in told if one.role in roles and _is_told(one.name)]
    seen: dict[str, tuple[int, int, Party]] = {}
    for at, party in listed:
        key = party.actor_id or party.name.casefold()
        rank, often, kept = seen.get(key, (at, 0, party))
        seen[key] = (min(rank, at), often + 1, kept)
    return tuple(party for _, _, party in sorted(seen.values(), key=lambda one: (one[0], -one[1], one[2].actor_id is None)))


@lru_cache(maxsize=20_000)
def _is_told(name: str) -> bool:
    """Whether the name says who: not where it is masked, names a site, or says "people" and no more."""
    hidden = WITHHELD in name or FEW in name or _SITE.search(name) is not None
    return bool(name.strip()) and not hidden and not is_facility_name(name) and normalise_of_whom(name, measure="killed") != "people"


def _party(one: ClearedInvolvement, register: ActorRegister) -> Party:
    actor = register.actors.get(one.actor_id or "")
    words = one.name if FEW in one.words or WITHHELD in one.words else one.words
    if actor is None:
        return Party(name=one.name, words=words, actor_id=None, kind=None, country=None)
    return Party(name=actor.name, words=words, actor_id=actor.id, kind=actor.kind, country=actor.country)
