"""Whole records as nested objects: the incident with its figures, accounts and claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from waqai.bounds import Cleared, ClearedAccount, ClearedReport
from waqai.codebook import UCDP_LIKE
from waqai.core import When, Where, to_plain
from waqai.export.figures import figures_as_json, ranges_as_json
from waqai.export.incident_table import Precisions, count_reports
from waqai.export.shapes import Making


class RecordLines:
    """One object for each incident. Its keys come in a fixed order."""

    name = "records"
    needs_accounts = True

    def __init__(self, making: Making) -> None:
        self._combiner = replace(making.combiner, rule=making.combiner.rule or UCDP_LIKE, codebook=making.codebook)
        self._precisions = Precisions(making)

    def iter_objects(self, cleared: Cleared) -> Iterator[Mapping[str, Any]]:
        incident = cleared.incident
        yield {
            "id": incident.id,
            "type": incident.type,
            "family": cleared.family,
            "status": incident.status,
            "grade": incident.grade,
            "grade_because": incident.grade_because,
            "speakers": incident.speakers,
            "reports": count_reports(incident),
            "when": self._when(incident.when),
            "where": self._where(incident.where),
            "ranges": ranges_as_json(incident.figures, self._combiner),
            "figures": figures_as_json(incident.figures, self._combiner),
            "accounts": [self._account(one) for one in cleared.accounts],
            "claims": [to_plain(one) for one in cleared.claims],
        }

    def _when(self, when: When | None) -> dict[str, Any] | None:
        if when is None:
            return None
        _, _, code, ucdp, acled = self._precisions.when(when)
        days = {"earliest": when.earliest.isoformat(), "latest": when.latest.isoformat(), "basis": when.basis, "p": round(when.p, 3)}
        return {**days, "precision": code, "date_prec": ucdp, "acled_time_precision": acled}

    def _where(self, where: Where | None) -> dict[str, Any] | None:
        if where is None:
            return None
        *_, code, ucdp, acled = self._precisions.where(where)
        named = {"name": where.name, "place_id": where.place_id, "admin2": where.admin2, "admin1": where.admin1, "country": where.country}
        point = {"lat": where.lat, "lon": where.lon, "radius_km": where.radius_km, "p": round(where.p, 3)}
        return {**named, **point, "precision": code, "where_prec": ucdp, "acled_geo_precision": acled}

    def _account(self, one: ClearedAccount) -> dict[str, Any]:
        """In the fields of the noun; `when` and `where` as an incident's."""
        fields = {name: getattr(one, name) for name in ClearedAccount.__dataclass_fields__ if name not in ("report", "when", "where", "p")}
        return {
            "report": _report(one.report),
            **{name: to_plain(value) for name, value in fields.items()},
            "p": round(one.p, 3),
            "when": self._when(one.when),
            "where": self._where(one.where),
        }


def _report(report: ClearedReport) -> Any:
    return to_plain(report)
