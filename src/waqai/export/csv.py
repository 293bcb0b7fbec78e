"""Incidents as rows: one for each incident and competing figure, or, by a rule, for each incident and what is counted. One without figures has one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from waqai.core import Incident
from waqai.export.figures import Combiner, figures_as_json, ranges_as_json
from waqai.export.guard import guard

INCIDENT = ("id", "type", "status", "grade", "earliest", "latest", "place", "admin1", "country", "lat", "lon", "precision", "reports")
FIGURE = ("measure", "of_whom", "unit", "low", "best", "high", "expr", "speaker", "stance", "report", "said_at", "standing", "corrected_by")
RANGE = ("measure", "of_whom", "unit", "low", "best", "high", "rule", "because", "figures", "counting")


def csv_columns(combiner: Combiner) -> tuple[str, ...]:
    """The names of the columns."""
    return (*INCIDENT, *(FIGURE if combiner.rule is None else RANGE))


def iter_csv_rows(incidents: Iterable[Incident], combiner: Combiner) -> Iterator[list[str]]:
    """The rows, cells as text. A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    names = FIGURE if combiner.rule is None else RANGE
    for incident in incidents:
        own = _incident(incident)
        counted = figures_as_json(incident.figures, combiner) if combiner.rule is None else ranges_as_json(incident.figures, combiner)
        for row in counted or [{}]:
            yield [_cell(value) for value in (*own, *(row.get(name) for name in names))]


def _incident(incident: Incident) -> tuple[Any, ...]:
    when, where = incident.when, incident.where
    days = (when.earliest.isoformat(), when.latest.isoformat()) if when else (None, None)
    place = (where.name, where.admin1, where.country, where.lat, where.lon, where.precision) if where else (None,) * 6
    return (incident.id, incident.type, incident.status, incident.grade, *days, *place, len({a.report for a in incident.accounts if a.review != "rejected"}))


def _cell(value: object) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return "" if value is None else guard(value) if isinstance(value, str) else str(value)
