"""Incidents as plain JSON: one object, its keys in a fixed order, every competing figure with who gave it."""

from __future__ import annotations

from typing import Any

from waqai.core import Figure, Incident, When, Where, to_plain


def incident_as_json(incident: Incident) -> dict[str, Any]:
    """The incident with its accounts and figures. `best` of a figure is the number as printed, null for vague words."""
    return {
        "id": incident.id,
        "type": incident.type,
        "status": incident.status,
        "grade": incident.grade,
        "grade_because": incident.grade_because,
        "when": _when(incident.when) if incident.when else None,
        "where": _where(incident.where) if incident.where else None,
        "accounts": [{"report": a.report, "account": a.account, "role": a.role} for a in incident.accounts],
        "figures": [_figure(f) for f in incident.figures],
    }


def _when(when: When) -> dict[str, Any]:
    return {"earliest": when.earliest.isoformat(), "latest": when.latest.isoformat(), "basis": when.basis, "p": round(when.p, 3), "rule": when.rule}


def _where(where: Where) -> dict[str, Any]:
    named = {"name": where.name, "place_id": where.place_id, "country": where.country, "admin1": where.admin1, "admin2": where.admin2}
    point = {"lat": where.lat, "lon": where.lon, "radius_km": where.radius_km, "precision": where.precision}
    looked_up = {"no_match": where.is_no_match, "gazetteer": where.gazetteer, "candidates": to_plain(where.candidates)}
    return {**named, **point, "p": round(where.p, 3), "rule": where.rule, **looked_up}


def _figure(figure: Figure) -> dict[str, Any]:
    bounds = {"low": figure.low, "high": figure.high, "best": figure.best, "kind": figure.kind, "unit": figure.unit}
    origin = {"speaker": figure.speaker, "report": figure.report, "said_at": figure.said_at.isoformat() if figure.said_at else None}
    return {"measure": figure.measure, "of_whom": figure.of_whom, **bounds, "expr": figure.expr, **origin}
