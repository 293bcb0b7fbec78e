"""Readings in gold format 1 (data/gold/CODING.md), the shape that coders write and scorers take, plus our probabilities, rules and ids.

A plain coder's file has no `p`, `rule`, `id` or `said_by`; everything else has the same names and meanings: `actors` are those involved, `min` and `max`
a count's low and high, spans are `[start, end)` code points of `text`.
"""

from __future__ import annotations

from typing import Any

from waqai.core import Account, Claim, Count, Involvement, Notice, Reading, Report, Span, When, Where, to_plain

FORMAT = "gold format 1"


def reading_as_gold(report: Report, reading: Reading) -> dict[str, Any]:
    """One report with what was read in it, as plain JSON values in a fixed order of keys."""
    keys = {a.id: a.key for a in reading.accounts}
    claims = {c.id: i for i, c in enumerate(reading.claims)}
    return {
        **_head(report),
        "reader": {"name": reading.reader.name, "version": reading.reader.version, "settings": reading.reader.settings_hash},
        "text": report.text,
        "accounts": [_account(a, keys, claims) for a in reading.accounts],
        "claims": [_claim(c, keys, claims) for c in reading.claims],
        "notices": [_notice(n) for n in reading.notices],
    }


def set_aside_as_gold(notice: Notice) -> dict[str, Any]:
    """A report that could not be read: no accounts, no claims, and why."""
    return {"id": notice.record, "text": None, "accounts": [], "claims": [], "notices": [_notice(notice)]}


def _head(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "url": report.url,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "text_origin": report.text_origin,
        "sha256": report.sha256,
    }


def _account(account: Account, keys: dict[str, str], claims: dict[str, int]) -> dict[str, Any]:
    return {
        "key": account.key,
        "id": account.id,
        "type": account.type,
        "status": account.status.value,
        "status_evidence": _span(account.status.phrase),
        "background": account.background,
        "evidence": _span(account.evidence),
        "attrs": dict(account.attrs),
        "date": _date(account.when, claims) if account.when else None,
        "place": _place(account.where, claims) if account.where else None,
        "actors": [_actor(i, claims) for i in account.involved],
        "counts": [_count(c, claims) for c in account.counts],
        "relations": [{"to": keys.get(r.to, r.to), "kind": r.kind, "p": r.p, "rule": r.rule} for r in account.relations],
        **_made(account, claims),
    }


def _date(when: When, claims: dict[str, int]) -> dict[str, Any]:
    return {
        "earliest": when.earliest.isoformat(),
        "latest": when.latest.isoformat(),
        "basis": when.basis,
        "evidence": _span(when.phrase),
        **_made(when, claims),
    }


def _place(where: Where, claims: dict[str, int]) -> dict[str, Any]:
    return {
        "name": where.name,
        "place_id": where.place_id,
        "country": where.country,
        "admin1": where.admin1,
        "admin2": where.admin2,
        "lat": where.lat,
        "lon": where.lon,
        "radius_km": where.radius_km,
        "precision": where.precision,
        "evidence": _span(where.phrase),
        **_made(where, claims),
        "no_match": where.is_no_match,
        "gazetteer": where.gazetteer,
        "candidates": to_plain(where.candidates),
    }


def _actor(involved: Involvement, claims: dict[str, int]) -> dict[str, Any]:
    value = {"role": involved.role, "name": involved.name, "actor_id": involved.actor_id, "modality": involved.modality, "evidence": _span(involved.phrase)}
    return {**value, **_made(involved, claims)}


def _count(count: Count, claims: dict[str, int]) -> dict[str, Any]:
    value = {
        "measure": count.measure,
        "of_whom": count.of_whom,
        "min": count.low,
        "max": count.high,
        "best": count.best,
        "kind": count.kind,
        "unit": count.unit,
        "evidence": _span(count.phrase),
    }
    return {**value, **_made(count, claims)}


def _claim(claim: Claim, keys: dict[str, str], claims: dict[str, int]) -> dict[str, Any]:
    return {
        "id": claim.id,
        "speaker": claim.speaker_name,
        "speaker_evidence": _span(claim.speaker) if claim.speaker else None,
        "cue": _span(claim.cue),
        "stance": claim.stance,
        "content": _span(claim.content),
        "about": [keys[a] for a in claim.accounts if a in keys],
        **_made(claim, claims),
    }


def _made(facet: Account | When | Where | Involvement | Count | Claim, claims: dict[str, int]) -> dict[str, Any]:
    """How sure we are, by which rule, and in which claim it stands (its index in `claims`, None: the report's own voice)."""
    return {"p": round(facet.p, 3), "rule": facet.rule, "said_by": claims.get(facet.said_by) if facet.said_by else None}


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _notice(notice: Notice) -> dict[str, str]:
    return {"record": notice.record, "stage": notice.stage, "reason": notice.reason}
