"""Who may do what: the one table of acts, each with the lowest role that may.

    viewer < coder < reviewer < admin        a role may all that a lower one may

`waqai person` and `waqai token` on the machine of the store ask for no role: who can write its file or knows its address can do all of this anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from waqai.core import NotAllowed, NotPossible

Role: TypeAlias = Literal["viewer", "coder", "reviewer", "admin"]
Act: TypeAlias = Literal["read", "internal", "note", "code", "judge", "export", "manage", "metrics"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the lowest to the highest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """The lowest role that may do an act, and what the act is, in words."""

    lowest: Role
    what: str


RIGHTS: Mapping[Act, Right] = {
    "read": Right(
        lowest="viewer", what="see the list of incidents as anybody may and of alerts the feeds (.json, .csv, .geojson, .atom in the public profile)"
    ),
    "internal": Right(lowest="viewer", what="see every page, and lists as they are: texts, names, exact places, fresh happenings"),
    "note": Right(lowest="coder", what="write notes and tags, ask a colleague"),
    "code": Right(lowest="coder", what="add reports; accept, correct, reject, add and split accounts; code a report blind; undo one's own entries"),
    "export": Right(lowest="coder", what="make files that leave the house: datasets, releases, dossiers"),
    "judge": Right(lowest="reviewer", what="merge, split and lock incidents, mark speakers, compare codings, undo the entries of others and of the machine"),
    "manage": Right(lowest="admin", what="add and disable persons, give roles, make and revoke anybody's tokens, erase reports"),
    "metrics": Right(lowest="viewer", what="see at /metrics how the desk runs: numbers of requests, reports and runs, and no words of any"),
}
ACTS: tuple[Act, ...] = tuple(RIGHTS)


def may(role: Role, act: Act) -> bool:
    """Whether the role reaches.

    >>> may("coder", "code"), may("coder", "judge"), may("admin", "judge")
    (True, False, True)
    """
    return ROLES.index(role) >= ROLES.index(RIGHTS[act].lowest)


def act_to_undo(authors: Iterable[str], *, by: str) -> Act:
    """What somebody who signs as `by` must be allowed to undo entries of these authors together.

    >>> act_to_undo(["person:ana"], by="person:ana"), act_to_undo(["person:ana", "linker:rules 0.5.0"], by="person:ana")
    ('code', 'judge')
    """
    return "code" if all(author == by for author in authors) else "judge"


def check_role(role: str) -> Role:
    """The role of that name. Raises NotPossible, naming all."""
    for known in ROLES:
        if role == known:
            return known
    raise NotPossible(f"there is no role {role!r}; there are {', '.join(ROLES)}")


def check_act(act: str) -> Act:
    """The act of that name. Raises NotPossible, naming all."""
    for known in ACTS:
        if act == known:
            return known
    raise NotPossible(f"there is no act {act!r}; there are {', '.join(ACTS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who is at the desk: a person (`person` is the key), or the owner of a desk on one's own machine (`person` None; `name` None: signs as "person").

    `scopes`: what the API token allows of what the role may; None: all of it. `must_change`: who came in by a password that somebody else made may do nothing
    before choosing one.
    """

    name: str | None
    role: Role
    person: str | None = None
    scopes: frozenset[Act] | None = None
    must_change: bool = False

    @property
    def signature(self) -> str:
        """How the log shows it."""
        return signature_of(self.name)

    def may(self, act: Act) -> bool:
        return may(self.role, act) and (self.scopes is None or act in self.scopes) and not self.must_change

    def check(self, act: Act) -> None:
        """Raises NotAllowed, saying what would be needed."""
        if self.must_change:
            raise NotAllowed("this password was made by somebody else: choose one of your own at /me first")
        if not may(self.role, act):
            raise NotAllowed(f"a {self.role} may not {act}: it takes a {RIGHTS[act].lowest} to {RIGHTS[act].what}")
        if not self.may(act):
            raise NotAllowed(f"this token may not {act}: it has the scopes {', '.join(sorted(self.scopes or ()))}; `waqai token add` makes another one")


def signature_of(name: str | None) -> str:
    """
    >>> signature_of("ana"), signature_of(None)
    ('person:ana', 'person')
    """
    return "person" if name is None else f"person:{name}"
