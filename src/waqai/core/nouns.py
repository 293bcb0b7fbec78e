"""The nouns that every room shares.

A report comes in; a reader makes a `Reading` of it: claims (who says what, how firmly) and accounts (one report's telling of one happening). Judgements
say which accounts tell of one happening, and an `Incident` is the view that follows from them. Every value in between is a facet: it carries the words
that said it, a probability, the name of the rule that made it, and the claim it was said in (None: the report's own voice).

Offsets are code points of `Report.text`, half-open. Days are `datetime.date` in the local time of the event; instants are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

Day: TypeAlias = date
AttrValue: TypeAlias = str | bool
TextOrigin: TypeAlias = Literal["original", "restated", "translated", "excerpt", "composed"]
Verdict: TypeAlias = Literal["same", "different", "unsure"]
LinkRole: TypeAlias = Literal["main", "part", "follow_up", "background"]
Review: TypeAlias = Literal["accepted", "rejected"]
NO_MATCH = "not in gazetteer"
"""What the rule of a `Where` begins with when its name was looked up and no place was taken."""
ADDED = "added by "
CORRECTED = "corrected by "
"""What the rule of a facet begins with when a person gave it; the person's name follows."""
IMPORTED = "imported from "
"""What the rule of an account and its facets begins with when a row of another's dataset says them; the dataset's short name follows."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open [start, end) code points of a report's text. Raises ValueError when empty or negative.

    >>> Span(4, 8).of("The SOHR said")
    'SOHR'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not [{self.start!r}, {self.end!r})")

    def of(self, text: str) -> str:
        """The words: `text[start:end]`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A text as it was handed in, code point for code point, and where it came from.

    `id` is the one it came in with; its identity is `sha256`, the hex digest of the text as UTF-8.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: Day | None = None
    language: str | None = None
    fetched_at: datetime | None = None
    terms: str | None = None
    text_origin: TextOrigin = "original"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What the world did: occurred, ongoing, attempted, foiled, planned, pledged, threatened or denied_only."""

    value: str
    phrase: Span
    p: float
    rule: str
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The days on which a happening can have taken place, both ends included. `basis` is one of the codebook's time bases."""

    earliest: Day
    latest: Day
    basis: str
    phrase: Span
    p: float
    rule: str
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a report as a parser sees it: its offset, part of speech (Universal Dependencies) and label as part of a name ("" for none).

    `inside`: the label began with an earlier word; `begins`: a sentence begins here; `run`: the number of the run of capitalised words that it belongs to.
    """

    text: str
    start: int
    part: str
    label: str
    inside: bool
    begins: bool
    run: int | None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """Words that name a place, and the part that place plays for the account that holds the mention.

    `name` is bare ("Hasakah", not "the countryside of Hasakah"). `relation` says how the words stand to the named place: "in", "near", "countryside",
    "north", "between" ...; `kind` is what the words call it ("governorate", "city", "prison", "crossing") or None.
    """

    name: str
    phrase: Span
    role: Literal["event_place", "containing_area", "origin", "destination", "actor_affiliation", "speaker", "dateline", "background"]
    relation: str = "in"
    kind: str | None = None
    p: float = 1.0
    rule: str = ""
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCandidate:
    """A place that a name could mean, with the probability that it does, given that the name is meant to say where; 0 for one that was ruled out."""

    place_id: str
    name: str
    country: str | None
    admin1: str | None
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place on the map, or the honest absence of one.

    `place_id` is the gazetteer's ("geonames:165509", "waqai:ghweran-prison"); None with `precision` P1..P5 means: named, but found in no gazetteer.
    `country` is ISO 3166-1 alpha-2, None when several or unknown. `radius_km` bounds the uncertainty around (`lat`, `lon`), degrees WGS84.
    `gazetteer` is the stamp of the one that was looked into ("2026-10 1a2b3c4d": month of its newest data, hash of its content), None where nothing was
    looked up. `candidates` are at most three places that the name could mean, the one taken first.
    """

    name: str
    place_id: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str
    admin1: str | None
    admin2: str | None
    country: str | None
    phrase: Span
    p: float
    rule: str
    said_by: str | None = None
    gazetteer: str | None = None
    candidates: tuple[PlaceCandidate, ...] = ()

    @property
    def is_no_match(self) -> bool:
        """True when the name was looked up and no place was taken; what is known of the country or point then comes from the words around it."""
        return self.place_id is None and self.rule.startswith(NO_MATCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """Somebody or something that takes part, in a role. `modality` is set where the part itself is not a fact ("expected", "suspected")."""

    role: str
    name: str
    phrase: Span
    p: float
    rule: str
    actor_id: str | None = None
    modality: str | None = None
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A figure: how many, of whom. `high` None means "at least"; `best` is the number as printed, None for vague words.

    `kind` is one of the codebook's count kinds; `unit` names what is counted when it is not people ("USD", "families").
    """

    measure: str
    of_whom: str | None
    low: float
    high: float | None
    best: float | None
    kind: str
    phrase: Span
    p: float
    rule: str
    unit: str | None = None
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How an account stands to another account of the same report. `to` is that account's id."""

    to: str
    kind: str
    p: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who says what, how firmly. `speaker` is the mention beside the cue (None: nobody named), `speaker_name` the fullest form in the report.

    `said_by` is the id of the claim that this one is nested in. `accounts` are the ids of the accounts that the content tells of.
    """

    id: str
    report: str
    speaker: Span | None
    speaker_name: str
    cue: Span
    stance: str
    content: Span
    accounts: tuple[str, ...]
    p: float
    rule: str
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One report's telling of one happening. `key` is short and unique in the report, `id` is unique everywhere.

    `where` stays None until the gazetteer has looked at `place_mentions`. `said_by` is the claim that the telling stands in.
    """

    id: str
    key: str
    report: str
    type: str
    status: Status
    evidence: Span
    p: float
    rule: str
    when: When | None = None
    where: Where | None = None
    attrs: Mapping[str, AttrValue] = field(default_factory=dict)
    place_mentions: tuple[PlaceMention, ...] = ()
    involved: tuple[Involvement, ...] = ()
    counts: tuple[Count, ...] = ()
    relations: tuple[Relation, ...] = ()
    background: bool = False
    said_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderStamp:
    """Which reader made a reading: its name, version and a hash of the settings and data that it ran with."""

    name: str
    version: str
    settings_hash: str

    def __str__(self) -> str:
        return f"{self.name} {self.version} ({self.settings_hash[:8]})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a run set aside, and why: `record` names the report, line or account, `stage` the room, `reason` is a sentence for a person."""

    record: str
    stage: str
    reason: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reader made of one report. A fact: appended, never updated."""

    report: str
    report_sha256: str
    reader: ReaderStamp
    claims: tuple[Claim, ...] = ()
    accounts: tuple[Account, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """An account by its words, so that a judgement outlives a change of reader: the report's hash, the evidence, the type's family."""

    report_sha256: str
    evidence: Span
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether two accounts tell of one happening, with a score in [0, 1] and a reason that a person can read."""

    left: str
    right: str
    verdict: Verdict
    score: float
    because: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A link of the append-only log. `value` is plain JSON; `previous_hash` chains it to the entry before."""

    id: int
    kind: str
    subject: str
    value: Mapping[str, object]
    because: str
    by: str
    at: datetime
    previous_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A report in which nothing was coded, beside the incident whose story it tells. It vouches for nothing there. `entry`: of the log, where it was said."""

    report: str
    incident: str
    score: float
    because: str
    by: str
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAccount:
    """An account as a member of an incident. `review`: what a person who looked at it said; a rejected one is listed and counts for nothing."""

    report: str
    account: str
    role: LinkRole
    review: Review | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One competing figure of an incident: a `Count` with its speaker, its report and its day of publication.

    `stance` is that of the claim it was said in (the report's own voice reports). `unreliable`: its speaker or publisher is marked so by a person.
    `corrected_by` names the person who gave it in place of what the machine read.
    """

    measure: str
    of_whom: str | None
    low: float
    high: float | None
    best: float | None
    kind: str
    expr: str
    speaker: str
    report: str
    said_at: Day | None
    unit: str | None = None
    stance: str = "reports"
    unreliable: bool = False
    corrected_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Our view of one happening, computed from accounts and judgements: never a stored truth.

    `when` and `where` are those of the account that best supports them; the others stay in the accounts. `grade_because` is the derivation of `grade`,
    `speakers` how many independent speakers vouch.
    """

    id: str
    type: str
    grade: str
    grade_because: str
    status: str
    when: When | None
    where: Where | None
    accounts: tuple[LinkedAccount, ...]
    figures: tuple[Figure, ...]
    speakers: int = 0
