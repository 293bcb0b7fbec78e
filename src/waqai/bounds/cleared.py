"""What is left of a record when the bounds have been applied: plain values with the words that said them, and no text behind them to look the rest up in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NewType, TypeAlias

from waqai.core import AttrValue, Day, Incident, LinkRole, Review, TextOrigin, When, Where

ClearedIncident = NewType("ClearedIncident", Incident)
"""An incident as a profile lets it be seen. Only `Bounds` makes one."""
Reason: TypeAlias = Literal["fresh", "terms"]
WHY: Mapping[Reason, str] = {
    "fresh": "custody, security operations and combat of the last 72 hours",
    "terms": "told only by reports whose terms forbid that they are passed on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An incident that does not leave, and why. For counting: what it tells of is not in it."""

    incident: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words of a report as they may be seen, the report's id likewise, and what makes a speaker's `name` so."""

    report: str
    words: str
    name: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedReport:
    """A report without its text. Outside the internal profile `id` is made from the one it came in with, and an address that may hold a masked name is cut."""

    id: str
    publisher: str | None
    published: Day | None
    title: str | None
    url: str | None
    language: str | None
    terms: str | None
    text_origin: TextOrigin


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedInvolvement:
    """Who takes part, in which role, and the words that say so."""

    role: str
    name: str
    actor_id: str | None
    modality: str | None
    words: str
    said_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedCount:
    """How many, of whom, and the words that say so. `few`: one or two persons, told as fewer than three."""

    measure: str
    of_whom: str | None
    unit: str | None
    low: float
    best: float | None
    high: float | None
    kind: str
    words: str
    few: bool
    said_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedAccount:
    """One report's telling, with its words. `start`, `end`: where the evidence stands in the report's text; None where that would tell what is masked."""

    id: str
    report: ClearedReport
    role: LinkRole
    review: Review | None
    corrected: bool
    type: str
    family: str
    status: str
    attrs: Mapping[str, AttrValue]
    background: bool
    evidence: str
    start: int | None
    end: int | None
    p: float
    when: When | None
    when_words: str | None
    where: Where | None
    where_words: str | None
    involved: tuple[ClearedInvolvement, ...]
    counts: tuple[ClearedCount, ...]
    said_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedClaim:
    """Who says what, how firmly, in which words, of which accounts. `said_by`: the claim that it is nested in."""

    id: str
    report: str
    speaker: str
    stance: str
    cue: str
    words: str
    accounts: tuple[str, ...]
    said_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A record as a profile lets it be seen: the incident, and its accounts and claims where they were asked for."""

    incident: ClearedIncident
    family: str
    accounts: tuple[ClearedAccount, ...] = ()
    claims: tuple[ClearedClaim, ...] = ()
