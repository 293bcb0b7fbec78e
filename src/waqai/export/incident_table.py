"""The table of incidents: one row for each, with low, best and high of whoever was killed, wounded, held … by a rule.

An incident often counts several groups under one measure ("12 killed, three of them guards"). They may overlap, so they are never added: the row gives the
group with the largest figure, as a whole is no smaller than its parts, and `figures_of` says which it is. The table of figures has them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from waqai.bounds import Cleared
from waqai.bounds.counts import NOT_PERSONS
from waqai.codebook import UCDP_LIKE, FigureRange, group_figures
from waqai.core import Figure, Incident, When, Where
from waqai.export.figures import Combiner
from waqai.export.shapes import Column, Making, Row, Value

WHEN = (
    Column(name="earliest", kind="day", title="first day on which it can have taken place", hxl="#date+start"),
    Column(name="latest", kind="day", title="last day on which it can have taken place", hxl="#date+end"),
    Column(name="time_precision", kind="text", title="how exact the days are, by our codebook", hxl="#date+precision"),
    Column(name="date_prec", kind="integer", title="the same as UCDP's date_prec", hxl="#date+precision+code+v_ucdp"),
    Column(name="acled_time_precision", kind="integer", title="the same as ACLED's time_precision", hxl="#date+precision+code+v_acled"),
)
WHERE = (
    Column(name="place", kind="text", title="name of the place", hxl="#loc+name"),
    Column(name="admin2", kind="text", title="second-level area", hxl="#adm2+name"),
    Column(name="admin1", kind="text", title="province or state", hxl="#adm1+name"),
    Column(name="country", kind="text", title="country, two letters by ISO 3166-1", hxl="#country+code+v_iso2"),
    Column(name="lat", kind="number", title="latitude, degrees WGS84", hxl="#geo+lat"),
    Column(name="lon", kind="number", title="longitude, degrees WGS84", hxl="#geo+lon"),
    Column(name="radius_km", kind="number", title="how far from the point it can have been, km", hxl="#geo+radius+km"),
    Column(name="precision", kind="text", title="how exact the place is, by our codebook", hxl="#geo+precision"),
    Column(name="where_prec", kind="integer", title="the same as UCDP's where_prec", hxl="#geo+precision+code+v_ucdp"),
    Column(name="acled_geo_precision", kind="integer", title="the same as ACLED's geo_precision", hxl="#geo+precision+code+v_acled"),
)
_HEAD = (
    Column(name="id", kind="text", title="id of the incident, never used again", hxl="#event+id"),
    Column(name="type", kind="text", title="type of happening, by our codebook", hxl="#event+type"),
    Column(name="family", kind="text", title="family that the type belongs to", hxl="#event+type+family"),
    Column(name="status", kind="text", title="what the world did: occurred, attempted, planned …", hxl="#status"),
    Column(name="grade", kind="text", title="how well it is supported", hxl="#event+grade"),
    Column(name="grade_because", kind="text", title="why it has this grade", hxl="#description+grade"),
    Column(name="speakers", kind="integer", title="independent speakers who vouch for it", hxl="#meta+source+num"),
    Column(name="reports", kind="integer", title="reports that tell of it", hxl="#meta+report+num"),
)
_TAIL = (
    Column(name="figures_of", kind="text", title="whom the figures count, where that is not everybody", hxl="#description+affected"),
    Column(name="figures_rule", kind="text", title="rule that made low, best and high of competing figures", hxl="#meta+rule"),
)
_BOUNDS = {"low": "at least so many", "best": "best estimate; empty: the rule leaves it open", "high": "at most so many; empty beside a low: no bound is told"}
_TAGS = {"wounded": "injured", "held": "detained"}
"""Attributes that HXL has another word for."""


class Precisions:
    """Codes of precision of days and places as cells, looked up once."""

    def __init__(self, making: Making) -> None:
        self._codebook = making.codebook
        self._places = {one.id: (one.id, one.ucdp, one.acled) for one in making.codebook.place_precisions.values()}

    def when(self, when: When | None) -> tuple[Value, ...]:
        """The cells of WHEN."""
        found = self._codebook.time_precision(when.earliest, when.latest) if when else self._codebook.time_precision(None, None)
        return (when.earliest if when else None, when.latest if when else None, found.id, found.ucdp, found.acled)

    def where(self, where: Where | None) -> tuple[Value, ...]:
        """The cells of WHERE."""
        if where is None:
            return (None,) * len(WHERE)
        named = (where.name, where.admin2, where.admin1, where.country, where.lat, where.lon, where.radius_km)
        return (*named, *(self._places.get(where.precision) or (where.precision, None, None)))


class IncidentShape:
    """One row for each incident. Without a rule in the making, figures are combined as UCDP does."""

    name = "incidents"
    needs_accounts = False

    def __init__(self, making: Making) -> None:
        self._combiner = replace(making.combiner, rule=making.combiner.rule or UCDP_LIKE, codebook=making.codebook)
        self._precisions = Precisions(making)
        self.measures = tuple(one for one in making.codebook.measures if one not in NOT_PERSONS)
        self._places = {measure: 3 * number for number, measure in enumerate(self.measures)}
        self._no_figures: tuple[Value, ...] = (None,) * (3 * len(self.measures) + len(_TAIL))
        self.columns = (*_HEAD, *WHEN, *WHERE, *(column for one in self.measures for column in _measure_columns(one)), *_TAIL)

    def iter_rows(self, cleared: Cleared) -> Iterator[Row]:
        incident = cleared.incident
        head = (incident.id, incident.type, cleared.family, incident.status, incident.grade, incident.grade_because, incident.speakers, count_reports(incident))
        yield (*head, *self._precisions.when(incident.when), *self._precisions.where(incident.where), *self._figures(incident.figures))

    def _figures(self, figures: Sequence[Figure]) -> Sequence[Value]:
        if not figures:
            return self._no_figures
        found, cells = find_largest(figures, self._combiner), list(self._no_figures)
        for measure, (_, made) in found.items():
            at = self._places[measure]
            cells[at : at + 3] = (made.low, made.best, made.high)
        named = [f"{measure}: {found[measure][0]}" for measure in self.measures if measure in found and found[measure][0] != "people"]
        cells[-2:] = ("; ".join(named) or None, str(self._combiner.rule) if found else None)
        return cells


def find_largest(figures: Sequence[Figure], combiner: Combiner) -> dict[str, tuple[str, FigureRange]]:
    """By measure of persons, the group with the largest figure, and whom it counts; of equals everybody, then by name. Needs a combiner with a rule."""
    found: dict[str, tuple[str, FigureRange]] = {}
    groups = group_figures(figures) if figures else {}
    for key in sorted(groups, key=lambda one: (one.of_whom != "people", one.of_whom)):
        made = combiner.combine(groups[key]) if not key.unit and key.measure not in NOT_PERSONS else None
        if made is not None and made.low is not None and (key.measure not in found or _size(made) > _size(found[key.measure][1])):
            found[key.measure] = (key.of_whom, made)
    return found


def count_reports(incident: Incident) -> int:
    """How many reports tell of it, without those whose account a person rejected."""
    return len({one.report for one in incident.accounts if one.review != "rejected"})


def _size(found: FigureRange) -> tuple[float, float]:
    """By the best estimate, else by the low."""
    low = found.low or 0.0
    return (low if found.best is None else found.best, low)


def _measure_columns(measure: str) -> Iterator[Column]:
    tag = f"#affected+{_TAGS.get(measure, measure.replace('_', ''))}"
    for bound, said in _BOUNDS.items():
        yield Column(name=f"{measure}_{bound}", kind="number", title=f"{measure.replace('_', ' ')}: {said}", hxl=tag if bound == "best" else f"{tag}+{bound}")
