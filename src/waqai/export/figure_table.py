"""The tables of figures: every competing figure of an incident, or, by a rule, low, best and high of each group of them."""

from __future__ import annotations

from collections.abc import Iterator

from waqai.bounds import Cleared
from waqai.codebook import group_figures
from waqai.core import Figure
from waqai.export.figures import Combiner
from waqai.export.incident_table import WHEN, WHERE, Precisions, count_reports
from waqai.export.shapes import Column, Making, Row, Value

_INCIDENT = (
    Column(name="id", kind="text", title="id of the incident", hxl="#event+id"),
    Column(name="type", kind="text", title="type of happening, by our codebook", hxl="#event+type"),
    Column(name="status", kind="text", title="what the world did", hxl="#status"),
    Column(name="grade", kind="text", title="how well the incident is supported", hxl="#event+grade"),
    *WHEN,
    *WHERE,
    Column(name="reports", kind="integer", title="reports that tell of the incident", hxl="#meta+report+num"),
)
_COUNTED = (
    Column(name="measure", kind="text", title="what is counted: killed, escaped …", hxl="#indicator+name"),
    Column(name="of_whom", kind="text", title="whom it counts", hxl="#affected+name"),
    Column(name="unit", kind="text", title="what is counted where that is not persons", hxl="#indicator+unit"),
    Column(name="low", kind="number", title="at least so many", hxl="#indicator+value+low"),
    Column(name="best", kind="number", title="the number as printed, or the best estimate", hxl="#indicator+value"),
    Column(name="high", kind="number", title="at most so many; empty: no bound is told", hxl="#indicator+value+high"),
)
_SAID = (
    Column(name="expr", kind="text", title="the words of the figure", hxl="#description+quote"),
    Column(name="speaker", kind="text", title="who gives it", hxl="#meta+source+name"),
    Column(name="stance", kind="text", title="what the speaker commits to", hxl="#meta+stance"),
    Column(name="report", kind="text", title="id of the report that it stands in", hxl="#meta+report+id"),
    Column(name="said_at", kind="day", title="day of publication", hxl="#date+reported"),
    Column(name="standing", kind="text", title="whether it counts: counts, revised, part, denied, left_out", hxl="#meta+standing"),
    Column(name="corrected_by", kind="text", title="who gave it in place of what the machine read", hxl="#meta+reviewer"),
)
_COMBINED = (
    Column(name="rule", kind="text", title="rule that made low, best and high", hxl="#meta+rule"),
    Column(name="because", kind="text", title="why the rule gives these", hxl="#description+rule"),
    Column(name="figures", kind="integer", title="figures in the group", hxl="#meta+figure+num"),
    Column(name="counting", kind="integer", title="figures of it that count", hxl="#meta+figure+num+used"),
)


class FigureShape:
    """A row for each incident and competing figure; where a rule was named, for each incident and what is counted. One without figures has one row."""

    name = "figures"
    needs_accounts = False

    def __init__(self, making: Making) -> None:
        self._combiner, self._precisions = making.combiner, Precisions(making)
        self.columns = (*_INCIDENT, *_COUNTED, *(_SAID if self._combiner.rule is None else _COMBINED))

    def iter_rows(self, cleared: Cleared) -> Iterator[Row]:
        incident = cleared.incident
        head = (incident.id, incident.type, incident.status, incident.grade)
        own = (*head, *self._precisions.when(incident.when), *self._precisions.where(incident.where), count_reports(incident))
        rows = _iter_ranges(incident.figures, self._combiner) if self._combiner.rule is not None else _iter_figures(incident.figures, self._combiner)
        told = [(*own, *row) for row in rows]
        yield from told or [(*own, *(None,) * (len(self.columns) - len(own)))]


def _iter_figures(figures: tuple[Figure, ...], combiner: Combiner) -> Iterator[tuple[Value, ...]]:
    standing = {figure: found for group in group_figures(figures).values() for figure, found in combiner.sort_out(group).items()}
    for one in figures:
        counted = (one.measure, one.of_whom, one.unit, one.low, one.best, one.high)
        yield (*counted, one.expr, one.speaker, one.stance, one.report, one.said_at, standing[one], one.corrected_by)


def _iter_ranges(figures: tuple[Figure, ...], combiner: Combiner) -> Iterator[tuple[Value, ...]]:
    for key, group in group_figures(figures).items():
        found = combiner.combine(group)
        counted = (key.measure, key.of_whom, key.unit or None, found.low, found.best, found.high)
        yield (*counted, found.rule, found.because, len(group), len(found.used))
