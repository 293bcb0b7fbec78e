"""Incidents as plain JSON: one object, its keys in a fixed order, every competing figure with who gave it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from waqai.core import Incident, LinkedAccount, When, Where, to_plain
from waqai.export.figures import Combiner, figures_as_json, ranges_as_json


def incident_as_json(incident: Incident, *, combiner: Combiner | None = None, notices: Sequence[str] | None = None) -> dict[str, Any]:
    """The incident with its accounts and figures. `best` of a figure is the number as printed, null for vague words.

    `ranges` stands there where the combiner has a rule, `notices` where they are given: what does not add up, as sentences.
    """
    how = combiner or Combiner()
    more: dict[str, Any] = {} if how.rule is None else {"ranges": ranges_as_json(incident.figures, how)}
    more |= {} if notices is None else {"notices": list(notices)}
    return {
        "id": incident.id,
        "type": incident.type,
        "status": incident.status,
        "grade": incident.grade,
        "grade_because": incident.grade_because,
        "when": _when(incident.when) if incident.when else None,
        "where": _where(incident.where) if incident.where else None,
        "accounts": [_account(a) for a in incident.accounts],
        "figures": figures_as_json(incident.figures, how),
        **more,
    }


def _account(account: LinkedAccount) -> dict[str, Any]:
    return {"report": account.report, "account": account.account, "role": account.role, "review": account.review}


def _when(when: When) -> dict[str, Any]:
    return {"earliest": when.earliest.isoformat(), "latest": when.latest.isoformat(), "basis": when.basis, "p": round(when.p, 3), "rule": when.rule}


def _where(where: Where) -> dict[str, Any]:
    named = {"name": where.name, "place_id": where.place_id, "country": where.country, "admin1": where.admin1, "admin2": where.admin2}
    point = {"lat": where.lat, "lon": where.lon, "radius_km": where.radius_km, "precision": where.precision}
    looked_up = {"no_match": where.is_no_match, "gazetteer": where.gazetteer, "candidates": to_plain(where.candidates)}
    return {**named, **point, "p": round(where.p, 3), "rule": where.rule, **looked_up}
