"""Cleared records for tests, made by hand: what a profile has let through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from factories import make_when, make_where
from waqai.bounds import Cleared, ClearedAccount, ClearedClaim, ClearedCount, ClearedIncident, ClearedInvolvement, ClearedReport
from waqai.core import Figure, Incident, LinkedAccount

DAY = date(2021, 3, 5)


def report(id: str = "r1", **fields: Any) -> ClearedReport:
    given: dict[str, Any] = {"publisher": "The Daily", "published": date(2021, 3, 8), "title": "Fight at Tel Salam", "url": "https://daily.example/1"}
    given |= {"language": "en", "terms": None, "text_origin": "original"} | fields
    return ClearedReport(id=id, **given)


def involved(role: str, name: str, **fields: Any) -> ClearedInvolvement:
    given: dict[str, Any] = {"actor_id": None, "modality": None, "words": name, "said_by": None} | fields
    return ClearedInvolvement(role=role, name=name, **given)


def count(low: float, measure: str = "killed", of_whom: str | None = "people", **fields: Any) -> ClearedCount:
    given: dict[str, Any] = {"unit": None, "best": low, "high": low, "kind": "exact", "words": f"{low:g}", "few": False, "said_by": None} | fields
    return ClearedCount(measure=measure, of_whom=of_whom, low=low, **given)


def figure(low: float, measure: str = "killed", of_whom: str | None = "people", **fields: Any) -> Figure:
    given: dict[str, Any] = {"high": low, "best": low, "kind": "exact", "expr": f"{low:g}", "speaker": "police", "report": "r1", "said_at": date(2021, 3, 8)}
    return Figure(measure=measure, of_whom=of_whom, low=low, **given | fields)


def account(id: str = "a1", **fields: Any) -> ClearedAccount:
    given: dict[str, Any] = {"report": report(), "role": "main", "review": None, "corrected": False, "type": "clash", "family": "combat", "status": "occurred"}
    given |= {"attrs": {}, "background": False, "evidence": "fought", "start": 0, "end": 6, "p": 0.9, "when": make_when(DAY), "when_words": "on Friday"}
    given |= {"where": make_where(), "where_words": "Tel Salam", "involved": (), "counts": (), "said_by": None} | fields
    return ClearedAccount(id=id, **given)


def claim(words: str, *, accounts: Sequence[str] = ("a1",), **fields: Any) -> ClearedClaim:
    given: dict[str, Any] = {"id": "c1", "report": "r1", "speaker": "police", "stance": "reports", "cue": "said", "said_by": None} | fields
    return ClearedClaim(words=words, accounts=tuple(accounts), **given)


def cleared(
    *accounts: ClearedAccount, type: str = "clash", family: str = "combat", figures: Sequence[Figure] = (), claims: Sequence[ClearedClaim] = (), **fields: Any
) -> Cleared:
    """A record of these accounts (one, of this type, where none is given)."""
    told = accounts or (account(type=type, family=family),)
    given: dict[str, Any] = {"id": "i1", "grade": "weak", "grade_because": "one speaker", "status": "occurred", "when": make_when(DAY), "where": make_where()}
    linked = tuple(LinkedAccount(report=one.report.id, account=one.id, role=one.role, review=one.review) for one in told)
    incident = Incident(type=type, accounts=linked, figures=tuple(figures), **given | fields)
    return Cleared(incident=ClearedIncident(incident), family=family, accounts=told, claims=tuple(claims))
