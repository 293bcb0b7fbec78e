"""What persons said of single accounts: accepted, rejected, a facet corrected. The machine's reading stays; the view is folded over what they said.

An entry `corrected` holds a `facet` and its `value`, None for "the report does not tell it"; beside it, where the person named words that say it, their `span`
and `words`:

    type      the type; `family` is its family
    status    the status
    when      {"earliest", "latest"}
    where     a `Where` without what its words give
    actor     {"name", "actor_id"}, with `role` beside it; `at` is the span of the one that is replaced (None: one more)
    count     {"low", "high", "best", "kind"}, with `measure` and `of_whom` beside it; `at` is the span of the figure that it replaces (None: any of that group)

An actor or count may hold `instead`: {"kind": role or measure, "of_whom"} of the one at `at` that it replaces where that is another's, and `adds`: it replaces
nothing. The words hold in every reading of the text; an entry passes to the account of a newer reading like a judgement does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from waqai.codebook import normalise_of_whom
from waqai.core import CORRECTED, Account, Count, Entry, Involvement, Review, Span, Status, When, Where, from_plain

REVIEWS = ("accepted", "rejected", "corrected")
"""Kinds of entries by which a person says how well an account was read."""
REVIEWER = "reviewer"
"""The codebook's basis of a day that a person gave."""
Facet: TypeAlias = str | Status | When | Where | tuple[Count, ...] | tuple[Involvement, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An entry that corrects a facet, and what stood there before: what the machine read, or an earlier correction gave."""

    entry: Entry
    was: Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """An account as it stands after what persons said of it, beside what the machine read. `verdict` is the entry that accepted or rejected it, if one did."""

    account: Account
    machine: Account
    family: str
    count_words: tuple[str, ...]
    verdict: Entry | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def review(self) -> Review | None:
        return None if self.verdict is None else "accepted" if self.verdict.kind == "accepted" else "rejected"


def review_account(account: Account, *, family: str, count_words: Sequence[str], entries: Sequence[Entry]) -> Reviewed:
    """The account with these entries (not undone, in order) applied: of two on one facet the later stands."""
    seen = Reviewed(account=account, machine=account, family=family, count_words=tuple(count_words))
    for entry in entries:
        seen = replace(seen, verdict=entry) if entry.kind != "corrected" else _correct(seen, entry)
    return seen


def _correct(seen: Reviewed, entry: Entry) -> Reviewed:
    account, was = _FACETS[str(entry.value["facet"])](seen.account, entry)
    words = _count_words(seen, account, entry)
    family = str(entry.value.get("family") or seen.family)
    return replace(seen, account=account, family=family, count_words=words, corrections=(*seen.corrections, Correction(entry=entry, was=was)))


def _type(account: Account, entry: Entry) -> tuple[Account, Facet]:
    return replace(account, type=str(entry.value["value"]), p=1.0), account.type


def _status(account: Account, entry: Entry) -> tuple[Account, Facet]:
    old = account.status
    return replace(account, status=Status(value=str(entry.value["value"]), said_by=old.said_by, **_said(entry, old.phrase))), old


def _when(account: Account, entry: Entry) -> tuple[Account, Facet]:
    old, value = account.when, entry.value["value"]
    said = _said(entry, old.phrase if old else account.evidence) | {"said_by": old.said_by if old else None, "basis": REVIEWER}
    return replace(account, when=None if value is None else from_plain(When, _plain(value, said))), old


def _where(account: Account, entry: Entry) -> tuple[Account, Facet]:
    old, value = account.where, entry.value["value"]
    said = _said(entry, old.phrase if old else account.evidence) | {"said_by": old.said_by if old else None}
    return replace(account, where=None if value is None else from_plain(Where, _plain(value, said))), old


def _count(account: Account, entry: Entry) -> tuple[Account, Facet]:
    value: Any = entry.value
    replaced = tuple(c for c in account.counts if _is_meant(c, value))
    kept = tuple(c for c in account.counts if c not in replaced)
    if value["value"] is None:
        return replace(account, counts=kept), replaced
    at = Span(*value["at"]) if value.get("at") else replaced[0].phrase if replaced else account.evidence
    given = {"measure": value["measure"], "of_whom": value["of_whom"], "said_by": replaced[0].said_by if replaced else None}
    new = from_plain(Count, _plain(value["value"], given | _said(entry, at)))
    return replace(account, counts=(*kept, new)), replaced


def _actor(account: Account, entry: Entry) -> tuple[Account, Facet]:
    value: Any = entry.value
    at = Span(*value["at"]) if value.get("at") else None
    role = value["role"] if not value.get("instead") else value["instead"]["kind"]
    replaced = tuple(i for i in account.involved if at is not None and not value.get("adds") and i.role == role and i.phrase.overlaps(at))
    kept = tuple(i for i in account.involved if i not in replaced)
    if value["value"] is None:
        return replace(account, involved=kept), replaced
    said = _said(entry, replaced[0].phrase if replaced else at or account.evidence) | {"said_by": replaced[0].said_by if replaced else None}
    return replace(account, involved=(*kept, from_plain(Involvement, _plain(value["value"], said | {"role": value["role"]})))), replaced


def _is_meant(count: Count, value: Mapping[str, Any]) -> bool:
    """Whether a correction of a count replaces this one: the same group, at the same words where it names some."""
    if value.get("adds"):
        return False
    instead = value.get("instead") or {"kind": value["measure"], "of_whom": value["of_whom"]}
    measure = instead["kind"]
    if count.measure != measure or normalise_of_whom(count.of_whom, measure=measure) != normalise_of_whom(instead["of_whom"], measure=measure):
        return False
    return not value.get("at") or Span(*value["at"]).overlaps(count.phrase)


def _count_words(seen: Reviewed, account: Account, entry: Entry) -> tuple[str, ...]:
    """The words of each count of the corrected account: a new count has those that the person named, or none."""
    known = dict(zip(seen.account.counts, seen.count_words, strict=True))
    return tuple(known.get(count, str(entry.value.get("words") or "")) for count in account.counts)


def _said(entry: Entry, phrase: Span) -> dict[str, Any]:
    who = "a person" if entry.by == "person" else entry.by.removeprefix("person:")
    span: Any = entry.value.get("span")
    return {"phrase": Span(*span) if span else phrase, "p": 1.0, "rule": f"{CORRECTED}{who}"}


def _plain(value: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    phrase = said.get("phrase")
    return dict(value) | dict(said) | ({"phrase": [phrase.start, phrase.end]} if phrase else {})


_FACETS: dict[str, Callable[[Account, Entry], tuple[Account, Facet]]] = {
    "type": _type,
    "status": _status,
    "when": _when,
    "where": _where,
    "actor": _actor,
    "count": _count,
}
FACETS = tuple(_FACETS)
