"""The shapes of lists as data, for the description of the interface: what stays the same from version to version."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class _Shape(BaseModel):
    model_config = ConfigDict(extra="allow")


class ListedIncident(_Shape):
    """As `waqai incidents --format jsonl` gives it."""

    id: str
    type: str
    status: str
    grade: str
    grade_because: str
    when: dict[str, Any] | None
    where: dict[str, Any] | None
    accounts: list[dict[str, Any]]
    figures: list[dict[str, Any]]


class Incidents(_Shape):
    """`next` is the address of the next page, null on the last; `total` is null outside the internal profile."""

    incidents: list[ListedIncident]
    next: str | None
    total: int | None


class ListedWaiting(_Shape):
    account: str
    incident: str
    report: str
    doubt: float
    stake: float
    rank: float
    because: str


class Queue(_Shape):
    waiting: list[ListedWaiting]
    next: str | None


class PatternAnswer(_Shape):
    """`figures` are those of the test, null where there are none."""

    title: str
    asked: str
    testable: bool
    says: list[str]
    notes: list[str]
    figures: dict[str, Any]


class ListedTeller(_Shape):
    name: str
    incidents: int
    alone: int
    ordered: int
    first: int
    compared: int
    contradicted: int
    figures: int
    revised: int
    unreliable: bool


class Tellers(_Shape):
    """One of `publishers` and `speakers` is there, as it was asked."""

    publishers: list[ListedTeller] | None = None
    speakers: list[ListedTeller] | None = None
    next: str | None
    total: int
    left_out: int
    left_out_in: int


class ListedExpectation(_Shape):
    published: str | None
    speaker: str | None
    stance: str
    words: str
    report: str
    publisher: str | None
    incidents: list[str]
    resolution: str
    entry: str | None
    question: str | None
    not_resolvable: str | None


class Scored(_Shape):
    """Scores of the register; `summary` over all, `words` by strength word, `speakers` by body or public office. What is null wants more than there is."""

    registered: int
    states: dict[str, int]
    late: int
    scored: list[dict[str, Any]]
    summary: dict[str, Any]
    words: list[dict[str, Any]]
    speakers: list[dict[str, Any]]
    verdict: str


class Expectations(_Shape):
    expectations: list[ListedExpectation]
    next: str | None


class Feed(_Shape):
    """A JSON Feed 1.1 (https://jsonfeed.org); an item's `_waqai` says of which kinds it is, what changed, which filter found it, and what the record says."""

    version: str
    title: str
    items: list[dict[str, Any]]


class Measured(_Shape):
    """The page of quality as data; `agreement` is null for who may not compare codings."""

    verdicts: dict[str, int]
    fields: list[dict[str, Any]]
    effort: list[dict[str, Any]]
    runs: list[dict[str, Any]]
    homeless: int
    agreement: dict[str, Any] | None


class Agreed(_Shape):
    """How far coders agree; `compared` are the reports that two or more of them coded."""

    reports: int
    happenings: int
    coders: int
    fields: list[dict[str, Any]]
    compared: list[dict[str, Any]]


class Mark(_Shape):
    lat: float
    lon: float
    count: int
    family: str
    incident: str | None


class Marks(_Shape):
    marks: list[Mark]
    outside: int
    without_point: int


class Counted(_Shape):
    unit: str
    starts: list[str]
    counts: dict[str, list[int]]
    undated: int


def json_of(shape: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """What a route says of its answer in JSON."""
    return {200: {"model": shape}}


def file_of(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """What a route says of its answer as a file of one of these media types."""
    return {200: {"content": {kind: {} for kind in kinds}}}


SHOWN_ONCE: dict[int | str, dict[str, Any]] = {200: {"description": "Done: a secret is on this page and on no later one.", "content": {"text/html": {}}}}
"""What an act says of its answer that makes a password or a token."""
