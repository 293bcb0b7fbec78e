"""Records in the columns of ACLED (codebook of 2024, 31 columns), as far as they can be known.

type            the codebook's crosswalk; what has no sub-event type is dropped
actors          actor1 initiates, actor2 is its target or victim; the crowd of a protest or riot is actor1. "Civilians (Country)" only where the record's words
                say civilians. `inter` of state forces, crowds and civilians; of armed groups it is empty, as rebel or militia is ACLED's judgement
day             where it is not known to the day, the middle of the span, with time_precision 2 or 3
fatalities      the lowest number reported; 0 where nobody reports any, which is ACLED's way; empty where the number is told as fewer than three
never known     source_scale, timestamp, region, and ACLED's own ids: event_id_cnty is our id
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from waqai.bounds import Cleared, ClearedIncident
from waqai.bounds.counts import FEW
from waqai.codebook import ACLED_LIKE, Code
from waqai.core import Day, Figure, When
from waqai.export.crossing import NO_DAY, NO_PLACE, code_of_incident
from waqai.export.geography import ACLED_NAMES, country_name, iso_number
from waqai.export.parties import Party, Sides, find_sides, who_tells
from waqai.export.shapes import Column, Dropped, Kind, Making, Row, Value
from waqai.export.tolls import find_toll
from waqai.export.words import compose_notes, publishers_of, reports_of

_COLUMNS: tuple[tuple[str, Kind, str, str | None], ...] = (
    ("event_id_cnty", "text", "our id of the incident; ACLED's own are not made up", "#event+id"),
    ("event_date", "day", "the day, or the middle of the span", "#date+occurred"),
    ("year", "integer", "its year", "#date+year"),
    ("time_precision", "integer", "1 day, 2 week, 3 month or more", "#date+precision"),
    ("disorder_type", "text", "of the sub-event type", "#event+disorder"),
    ("event_type", "text", "of the sub-event type", "#event+type"),
    ("sub_event_type", "text", "by the crosswalk", "#event+type+sub"),
    ("actor1", "text", "who initiates", "#group+name+first"),
    ("assoc_actor_1", "text", "others on that side", "#group+name+first+assoc"),
    ("inter1", "text", "its kind, where the register tells it", "#group+type+first"),
    ("actor2", "text", "target or victim", "#group+name+second"),
    ("assoc_actor_2", "text", "others on that side", "#group+name+second+assoc"),
    ("inter2", "text", "its kind, where the register tells it", "#group+type+second"),
    ("interaction", "text", "both kinds", "#event+interaction"),
    ("civilian_targeting", "text", "where the sub-event type or actor2 says so", "#event+civilian"),
    ("iso", "integer", "numeric code of the country", "#country+code+num"),
    ("region", "text", "empty", None),
    ("country", "text", "its name", "#country+name"),
    ("admin1", "text", "first-level area", "#adm1+name"),
    ("admin2", "text", "second-level area", "#adm2+name"),
    ("admin3", "text", "empty", "#adm3+name"),
    ("location", "text", "name of the place", "#loc+name"),
    ("latitude", "number", "degrees", "#geo+lat"),
    ("longitude", "number", "degrees", "#geo+lon"),
    ("geo_precision", "integer", "1 town, 2 near it or district, 3 province", "#geo+precision"),
    ("source", "text", "who printed it", "#meta+source"),
    ("source_scale", "text", "empty", None),
    ("notes", "text", "the reports' own words", "#description"),
    ("fatalities", "integer", "the lowest number reported", "#affected+killed"),
    ("tags", "text", "size of a crowd", "#event+tags"),
    ("timestamp", "integer", "empty", None),
)
CROWDS = {"Protests": "Protesters", "Riots": "Rioters"}
INTER = ("State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians", "External/Other forces")
"""In the order of ACLED's numbers 1 to 8: of two, the lower stands first in `interaction`."""
CIVILIANS, TARGETED, EXCESSIVE = "Civilians", "Civilian targeting", "Excessive force against protesters"
_FORCES = frozenset({"state", "state_force", "security_body"})
_OUTSIDE = frozenset({"coalition", "un_body", "intergovernmental"})


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands in actor, assoc_actor and inter of one side."""

    actor: str | None = None
    beside: str | None = None
    inter: str | None = None


class AcledShape:
    """One row for each incident that ACLED has a sub-event type, a day and a place for."""

    name = "acled"
    columns = tuple(Column(name=name, kind=kind, title=title, hxl=hxl) for name, kind, title, hxl in _COLUMNS)
    needs_accounts = True

    def __init__(self, making: Making) -> None:
        self._codebook, self._register = making.codebook, making.register
        self._combiner = replace(making.combiner, rule=ACLED_LIKE, codebook=making.codebook)

    def iter_rows(self, cleared: Cleared) -> Iterator[Row | Dropped]:
        incident, accounts = cleared.incident, who_tells(cleared)
        code = code_of_incident("acled", incident, accounts, self._codebook)
        if isinstance(code, Dropped):
            yield code
        elif incident.when is None:
            yield Dropped(NO_DAY, "event_date cannot be empty in ACLED")
        elif incident.where is None or self._codebook.place_precision(incident.where.precision).acled is None:
            yield Dropped(NO_PLACE, "ACLED's codes end at the first-level area")
        else:
            sides = find_sides(accounts, type=incident.type, register=self._register)
            yield (*self._head(incident, incident.when, code), *self._actors(code, sides, incident), *self._place(incident), *self._rest(cleared, code))

    def _head(self, incident: ClearedIncident, when: When, code: Code) -> tuple[Value, ...]:
        day = middle_of(when)
        return (incident.id, day, day.year, self._codebook.time_precision(when.earliest, when.latest).acled, code.disorder, code.event, code.code)

    def _actors(self, code: Code, sides: Sides, incident: ClearedIncident) -> tuple[Value, ...]:
        country = incident.where.country if incident.where else None
        name = country_name(country, self._register, named=ACLED_NAMES)
        crowd = CROWDS.get(code.event or "")
        if incident.type == "protest_repression" and code.code != EXCESSIVE:  # who steps in stands second, the crowd first
            sides = Sides(first=sides.second, second=sides.first)
        first = _crowd(crowd, name, sides.first) if crowd else _side(sides.first, country, name)
        second = _crowd("Protesters", name, sides.second) if code.code == EXCESSIVE else _side(sides.second, country, name)
        if code.code == EXCESSIVE:
            first = _side(sides.first, country, name)
        targeted = code.event == "Violence against civilians" or code.code == EXCESSIVE
        targeted = targeted or (code.event == "Explosions/Remote violence" and second.inter == CIVILIANS)
        both = (first.actor, first.beside, first.inter, second.actor, second.beside, second.inter)
        return (*both, interaction_of(first.inter, second.inter, alone=second.actor is None), TARGETED if targeted else None)

    def _place(self, incident: ClearedIncident) -> tuple[Value, ...]:
        where = incident.where
        if where is None:
            return (None,) * 10
        name = country_name(where.country, self._register, named=ACLED_NAMES)
        point = (where.lat, where.lon, self._codebook.place_precision(where.precision).acled)
        return (iso_number(where.country), None, name, where.admin1, where.admin2, None, where.name or None, *point)

    def _rest(self, cleared: Cleared, code: Code) -> tuple[Value, ...]:
        reports = reports_of(cleared.accounts)
        toll = find_toll(cleared.incident.figures, self._combiner)
        fatalities = 0 if toll is None else None if toll.masked else toll.whole.low
        told = (publishers_of(reports), None, compose_notes(cleared, reports))
        return (*told, None if fatalities is None else int(fatalities), _tags(cleared.incident.figures, code), None)


def middle_of(when: When) -> Day:
    """The middle of the span, the earlier of two; ACLED dates by it what is known to the week or month."""
    return when.earliest + (when.latest - when.earliest) // 2


def interaction_of(first: str | None, second: str | None, *, alone: bool) -> str | None:
    """Both kinds, the lower number first; None where one of them is not known.

    >>> interaction_of("Civilians", "State forces", alone=False), interaction_of("Protesters", None, alone=True)
    ('State forces-Civilians', 'Protesters only')
    """
    if first is None or (second is None and not alone):
        return None
    return f"{first} only" if second is None else "-".join(sorted((first, second), key=INTER.index))


def _side(parties: Sequence[Party], country: str | None, name: str | None) -> _Side:
    if not parties:
        return _Side()
    return _Side(_actor(parties[0], name), "; ".join(party.name for party in parties[1:]) or None, _inter(parties[0], country))


def _crowd(crowd: str, name: str | None, parties: Sequence[Party]) -> _Side:
    return _Side(f"{crowd} ({name})" if name else crowd, "; ".join(party.name for party in parties) or None, crowd)


def _actor(party: Party, country: str | None) -> str:
    return f"{CIVILIANS} ({country})" if party.are_civilians and country else party.name


def _inter(party: Party, country: str | None) -> str | None:
    if party.are_civilians:
        return CIVILIANS
    if party.kind in _OUTSIDE:
        return INTER[7]
    if party.kind not in _FORCES or party.country is None or country is None:
        return None
    return INTER[0] if party.country == country else INTER[7]


def _tags(figures: Sequence[Figure], code: Code) -> str | None:
    sizes = dict.fromkeys(f.expr for f in figures if f.measure == "participants" and code.event in CROWDS and FEW not in f.expr)
    return "; ".join(f"crowd size={words}" for words in sizes) or None
