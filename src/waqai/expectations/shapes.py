"""What an expectation is: the question that a claim puts to later incidents, frozen with a hash, and the band of probability that its words stand for.

Draft    what the machine makes of a claim; nothing is kept of it
Frozen   what a person registered, never changed: the claim by its words, the rule, the band
Rule     the question: an event ("is there an incident of these types there, in these days?"), or a question about many incidents, which is routed on
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, TypeAlias, get_args

from waqai.codebook.strength import Band
from waqai.core import Span, to_plain

Route: TypeAlias = Literal["event", "rate", "event_study"]
Direction: TypeAlias = Literal["occurs", "does_not", "more", "fewer"]
Absence: TypeAlias = Literal["no", "unresolvable"]
Outcome: TypeAlias = Literal["yes", "no", "unresolvable", "void", "too_early"]
ROUTES: tuple[Route, ...] = get_args(Route)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
HAPPENED = ("attempted", "foiled", "occurred", "ongoing")
"""Statuses of incidents that count as having come about: an attempt that failed is an attempt that was made."""
RULES_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Which incidents are meant: of one of these types or families; with this actor, in this country or province.

    `precision` is "admin1" or "country", never finer; `place_basis` and `type_basis` say where they were taken from: the claim's "words", its "account",
    the report's own incident ("context"), or a "person".
    """

    types: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    actor: str | None = None
    country: str | None = None
    admin1: str | None = None
    type_basis: str = "words"
    place_basis: str = "words"

    @property
    def precision(self) -> str:
        return "admin1" if self.admin1 else "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the record must hold of the window before silence is a "no": reports that tell of the country, so many of them of the family, from so many
    publishers, published until `lag_days` after the window."""

    reports: int
    of_family: int
    publishers: int
    lag_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The question, as a machine asks it. `first` and `last` are the days that count, both included.

    With a `condition`, these are the days in which an incident of that pattern must come about, and the expectation counts for `days` days after the first.
    `same_people`: it is about people of an earlier happening ("the fugitives"): what is found may tell of others, so that a person has to say. Of the routes
    "rate" and "event_study" the condition is what is counted from, and `days` how long after it is looked.
    """

    route: Route
    pattern: Pattern
    direction: Direction
    first: date
    last: date
    days: int
    absence: Absence
    coverage: Coverage
    condition: Pattern | None = None
    statuses: tuple[str, ...] = HAPPENED
    speakers: int = 1
    same_people: bool = False
    version: str = RULES_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a claim comes to. `rule` None: it cannot be held against incidents as it was said, and `why_not` says why. `issued`: the report's day.

    `horizon` is "explicit" (the words name it: `horizon_words`), "imputed" (the class default, named in `horizon_words`) or "person". `speaker_kind` is
    "public" for bodies and offices, which may be listed by name, else "private". `route` is what the claim asks for, also where no rule could be made.
    """

    report: str
    report_sha256: str
    span: Span
    words: str
    speaker: str
    speaker_kind: str
    stance: str
    claim: str | None
    issued: date | None
    band: Band
    route: Route = "event"
    rule: Rule | None = None
    horizon: str = "imputed"
    horizon_words: str = ""
    condition_words: str | None = None
    notes: tuple[str, ...] = ()
    why_not: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What was registered. It never changes; `sha256_of` holds it to what the log says."""

    report: str
    span: Span
    words: str
    speaker: str
    speaker_kind: str
    stance: str
    claim: str | None
    issued: date
    band: Band
    rule: Rule
    horizon: str
    horizon_words: str
    condition_words: str | None
    late: bool


def sha256_of(frozen: Frozen) -> str:
    """SHA-256 of the canonical JSON (keys in order, no blanks, UTF-8) of what was registered, hex."""
    return hashlib.sha256(canonical_json(frozen).encode("utf-8", "surrogatepass")).hexdigest()


def canonical_json(value: object) -> str:
    """
    >>> canonical_json(Coverage(reports=10, of_family=2, publishers=2, lag_days=7))
    '{"lag_days":7,"of_family":2,"publishers":2,"reports":10}'
    """
    return json.dumps(to_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def is_late(rule: Rule, *, today: date) -> bool:
    """Whether the days that count had begun: who registers then may know the answer, so that the entry is marked and left out of scores."""
    return today >= rule.first


def settles_on(rule: Rule) -> date:
    """The last day on which reports of the window are waited for; from the next day on silence can be told from a window that was not looked at."""
    longest = rule.last + timedelta(days=rule.days if rule.condition is not None else 0)
    return longest + timedelta(days=rule.coverage.lag_days)


def with_pattern(rule: Rule, **changed: object) -> Rule:
    """The rule with these fields of its pattern changed."""
    return replace(rule, pattern=replace(rule.pattern, **changed))  # type: ignore[arg-type]
