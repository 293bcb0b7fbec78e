"""Incidents as GeoJSON features (RFC 7946): the point with its radius and precision; an incident without a point has no geometry and is still there."""

from __future__ import annotations

from typing import Any

from waqai.core import Incident


def incident_as_feature(incident: Incident) -> dict[str, Any]:
    """One feature. Its properties say what, when, where, how well it is supported and by how many reports."""
    when, where = incident.when, incident.where
    pointed = where is not None and where.lat is not None and where.lon is not None
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": {"type": "Point", "coordinates": [where.lon, where.lat]} if where is not None and pointed else None,
        "properties": {
            "id": incident.id,
            "type": incident.type,
            "status": incident.status,
            "grade": incident.grade,
            "earliest": when.earliest.isoformat() if when else None,
            "latest": when.latest.isoformat() if when else None,
            "place": where.name if where else None,
            "admin1": where.admin1 if where else None,
            "country": where.country if where else None,
            "precision": where.precision if where else None,
            "radius_km": where.radius_km if where else None,
            "reports": len({account.report for account in incident.accounts if account.review != "rejected"}),
        },
    }
