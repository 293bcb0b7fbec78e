"""An account laid out as rows: each field with its value, its words, who says it, by which rule, how sure. What the review page shows beside the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waqai.core import CORRECTED, Claim, Count, Involvement, PlaceCandidate, Span, Status, When, Where
from waqai.flow import Reviewed
from waqai.layout.marking import Mark
from waqai.wording import _, describe_bounds, describe_candidates, describe_was, describe_when, describe_where, iter_review_lines, name_author

KINDS = {"type": "what", "status": "what", "when": "when", "where": "where", "actor": "who", "count": "how"}
"""The kind of evidence of each facet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One field. `value` is for reading, `typed` is what stands in its form; `span` None: a person gave it without words.

    `key` is unique on the page; `role` (for a figure its measure) and `whom` are what the field is of; `by` corrected it, `was` is what the machine read;
    `at` is where it stands, "start-end"; `candidates` are the places that the name could mean; `nth` is which of the account's names or figures it is.
    """

    key: str
    facet: str
    label: str
    value: str
    typed: str
    span: Span | None
    words: str
    speaker: str
    stance: str
    rule: str
    p: float
    role: str = ""
    whom: str = ""
    more: str = ""
    was: str | None = None
    by: str | None = None
    at: str = ""
    candidates: tuple[PlaceCandidate, ...] = ()
    nth: int | None = None

    @property
    def kind(self) -> str:
        return KINDS[self.facet]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An account beside its text: its rows, where it sits, what persons said of it. `name` is short and unique on the page ("a1")."""

    name: str
    seen: Reviewed
    rows: tuple[Row, ...]
    incident: str | None
    said: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.seen.account.id

    @property
    def weakest(self) -> float:
        """The least sure of its fields, between 0 and 1."""
        return min([self.seen.account.p, *(row.p for row in self.rows)])


def make_record(name: str, seen: Reviewed, *, text: str, claims: Mapping[str, Claim], incident: str | None) -> Record:
    """The account's rows: type, status, day, place, those involved, figures."""
    return Record(name=name, seen=seen, rows=tuple(_iter_rows(name, seen, text, claims)), incident=incident, said=tuple(iter_review_lines(seen)))


def iter_marks(record: Record) -> Iterator[Mark]:
    """The words of each field in the text."""
    yield from (Mark(span=row.span, key=row.key, kind=row.kind) for row in record.rows if row.span is not None)


def iter_claim_marks(claims: Mapping[str, Claim]) -> Iterator[Mark]:
    """The words by which somebody is said to say something."""
    for n, claim in enumerate(claims.values(), start=1):
        yield Mark(span=claim.cue, key=f"c{n}", kind="says")
        if claim.speaker is not None:
            yield Mark(span=claim.speaker, key=f"c{n}", kind="says")


def _iter_rows(name: str, seen: Reviewed, text: str, claims: Mapping[str, Claim]) -> Iterator[Row]:
    account, told = seen.account, _Told(name, text, claims, seen)
    type_ = Status(value=account.type, phrase=account.evidence, p=account.p, rule=account.rule, said_by=account.said_by)
    yield told.row("type", _("what"), type_, account.type.replace("_", " "), account.type)
    yield told.row("status", _("status"), account.status, account.status.value.replace("_", " "), account.status.value)
    yield told.row("when", _("when"), account.when, describe_when(account.when), _typed_days(account.when))
    where = account.where
    yield told.row("where", _("where"), where, describe_where(where), (where.place_id or where.name) if where else "", more=describe_candidates(where))
    for n, one in enumerate(account.involved):
        yield told.row("actor", one.role.replace("_", " "), one, _party(one), one.name, n=n, role=one.role)
    for n, count in enumerate(account.counts):
        measure = count.measure.replace("_", " ")
        yield told.row("count", measure, count, _how_many(count), _typed_number(count), n=n, role=count.measure, whom=count.of_whom or "")


class _Told:
    """Lays out the fields of one account."""

    def __init__(self, name: str, text: str, claims: Mapping[str, Claim], seen: Reviewed) -> None:
        self._name, self._text, self._claims, self._seen = name, text, claims, seen
        spans = [one.entry.value.get("span") for one in seen.corrections]
        self._named = {(span[0], span[1]) for span in spans if isinstance(span, list | tuple)}

    def row(
        self,
        facet: str,
        label: str,
        told: Status | When | Where | Involvement | Count | None,
        value: str,
        typed: str,
        *,
        n: int | None = None,
        role: str = "",
        whom: str = "",
        more: str = "",
    ) -> Row:
        """One field; `n`: which of several of its facet."""
        by, was = self._corrected(facet, told, n)
        span = told.phrase if told is not None else None
        if span is not None and by is not None and facet != "type" and (span.start, span.end) not in self._named:
            span = None  # given without words of its own
        claim = self._claims.get(told.said_by or "") if told is not None else None
        return Row(
            key=f"{self._name}.{facet}{'' if n is None else n}",
            facet=facet,
            label=label,
            value=value,
            typed=typed,
            span=span,
            words=" ".join(span.of(self._text).split()) if span is not None else "",
            speaker=claim.speaker_name if claim else "",
            stance=claim.stance if claim else "",
            rule=told.rule if told is not None and by is None else "",
            p=1.0 if told is None or by is not None else told.p,
            role=role,
            whom=whom,
            more=more if by is None else "",
            was=was,
            by=by,
            at=f"{told.phrase.start}-{told.phrase.end}" if told is not None else "",
            candidates=told.candidates if isinstance(told, Where) and by is None else (),
            nth=n,
        )

    def _corrected(self, facet: str, told: Status | When | Where | Involvement | Count | None, n: int | None) -> tuple[str | None, str | None]:
        """(who corrected the field, what the machine read there)."""
        if n is not None:
            return (told.rule.removeprefix(CORRECTED), None) if told is not None and told.rule.startswith(CORRECTED) else (None, None)
        said = [one for one in self._seen.corrections if one.entry.value["facet"] == facet]
        return (name_author(said[-1].entry.by), describe_was(said[0].was)) if said else (None, None)


def _party(involved: Involvement) -> str:
    return involved.name + (f" ({involved.modality})" if involved.modality else "")


def _how_many(count: Count) -> str:
    """The figure without its measure, which stands beside it."""
    of = count.unit or count.of_whom
    return describe_bounds(count.low, count.high, count.best) + (f" {of}" if of else "")


def _typed_days(when: When | None) -> str:
    """The days as a person writes them into a form, and as `correct` takes them."""
    if when is None:
        return ""
    return when.earliest.isoformat() if when.earliest == when.latest else f"{when.earliest.isoformat()}..{when.latest.isoformat()}"


def _typed_number(count: Count) -> str:
    """The figure as a person writes it into a form, and as `correct` takes it."""
    low = f"{count.low:g}" if count.low < 1e6 else str(int(count.low))
    if count.high is None:
        return f"{low}+"
    return low if count.high == count.low else f"{low}-{int(count.high) if count.high == int(count.high) else count.high}"
