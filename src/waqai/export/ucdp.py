"""Records in the columns of UCDP's Georeferenced Event Dataset (GED global 24.1, 49 columns), as far as they can be known.

home            lethal force by somebody organised: fighting, remote violence, violence on civilians, force in custody or on a crowd. A record without
                deaths has none, nor one whose type tells of no such force
sides           the government is side A; else who initiates. Civilians are side B only where the record's words say so: the violence is one-sided then
deaths          low, best and high by the rule `ucdp-like`. `high` is empty where it is open, `best` where only vague words are told. Civilians, and those
                named as of a side, are told apart where these parts fit into the best; all others are `deaths_unknown`
source_article  who printed it, `source_original` whose figure it is: two columns here as in GED
never known     what UCDP judges or numbers itself: relid, active_year, code_status, event_clarity, ids of conflicts, dyads and sides, region, gwno
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from waqai.bounds import Cleared, ClearedAccount
from waqai.codebook import UCDP_LIKE, ActorRegister, FigureRange
from waqai.core import AttrValue, Where
from waqai.export.crossing import NO_DAY, NO_PLACE, WHY, merge_attrs
from waqai.export.geography import UCDP_NAMES, country_name, find_cell
from waqai.export.parties import Party, Sides, find_sides, who_tells
from waqai.export.shapes import Column, Dropped, Kind, Making, Row, Value
from waqai.export.tolls import Toll, find_toll
from waqai.export.words import cite, publishers_of, reports_of

_IN_ORDER = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name "
    "side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date "
    "source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country "
    "country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
)
_NAMES = tuple(_IN_ORDER.split())
_TITLES: Mapping[str, tuple[Kind, str, str | None]] = {
    "id": ("text", "our id of the incident; UCDP's own are not made up", "#event+id"),
    "year": ("integer", "of the first day", "#date+year"),
    "type_of_violence": ("integer", "1 state-based, 2 non-state, 3 one-sided, where both sides are known", "#event+type"),
    "dyad_name": ("text", "both sides", None),
    "side_a": ("text", "the government, else who initiates", "#group+name+first"),
    "side_b": ("text", "the other side", "#group+name+second"),
    "number_of_sources": ("integer", "reports", "#meta+num"),
    "source_article": ("text", "publisher, day and title of each report", "#meta+source+article"),
    "source_office": ("text", "publishers", "#meta+source"),
    "source_date": ("text", "days of publication", "#meta+date"),
    "source_headline": ("text", "titles", "#meta+title"),
    "source_original": ("text", "whose figures count", "#meta+source+original"),
    "where_prec": ("integer", "1 point to 7 several countries", "#geo+precision"),
    "where_coordinates": ("text", "name of the place", "#loc+name"),
    "where_description": ("text", "the report's words for it", "#loc+description"),
    "adm_1": ("text", "first-level area", "#adm1+name"),
    "adm_2": ("text", "second-level area", "#adm2+name"),
    "latitude": ("number", "degrees", "#geo+lat"),
    "longitude": ("number", "degrees", "#geo+lon"),
    "geom_wkt": ("text", "the point as WKT", "#geo+wkt"),
    "priogrid_gid": ("integer", "cell of the PRIO-GRID, where the point is known", "#geo+grid"),
    "country": ("text", "name as UCDP writes it", "#country+name"),
    "date_prec": ("integer", "1 day to 5 longer than a month", "#date+precision"),
    "date_start": ("day", "first day", "#date+start"),
    "date_end": ("day", "last day", "#date+end"),
    "deaths_a": ("integer", "of side A", "#affected+killed+first"),
    "deaths_b": ("integer", "of side B", "#affected+killed+second"),
    "deaths_civilians": ("integer", "civilians", "#affected+killed+civilians"),
    "deaths_unknown": ("integer", "the others", "#affected+killed+unknown"),
    "best": ("integer", "best estimate", "#affected+killed"),
    "high": ("integer", "high estimate; empty: open", "#affected+killed+max"),
    "low": ("integer", "low estimate", "#affected+killed+min"),
}
VIOLENT_FAMILIES = frozenset({"combat", "remote_violence", "violence_on_civilians"})
VIOLENT_TYPES = frozenset({"jailbreak", "raid", "protest_repression", "prison_riot", "ill_treatment"})
GOVERNMENT = frozenset({"state", "state_force", "security_body"})
ARMED = frozenset({"armed_group", "criminal_group"})
STATUSES = frozenset({"occurred", "ongoing", "attempted", "foiled"})
NO_DEATHS, NO_FORCE = "no death is told", "no lethal force by anybody organised"
GRID_PRECISION = 3
"""Cells are given of points down to UCDP's precision 3 (second-level area): beyond it a point stands for an area larger than a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dyad:
    violence: int | None
    a: Party | None
    b: Party | None
    name_a: str | None
    name_b: str | None


class UcdpShape:
    """One row for each incident of lethal force with a day and a place."""

    name = "ucdp"
    columns = tuple(
        Column(name=n, kind=_TITLES[n][0], title=_TITLES[n][1], hxl=_TITLES[n][2]) if n in _TITLES else Column(name=n, kind="text", title="empty")
        for n in _NAMES
    )
    needs_accounts = True

    def __init__(self, making: Making) -> None:
        self._codebook, self._register = making.codebook, making.register
        self._combiner = replace(making.combiner, rule=UCDP_LIKE, codebook=making.codebook)

    def iter_rows(self, cleared: Cleared) -> Iterator[Row | Dropped]:
        incident, accounts = cleared.incident, who_tells(cleared)
        toll = find_toll(incident.figures, self._combiner)
        missing = self._find_missing(cleared, toll, merge_attrs(accounts))
        if missing is not None or toll is None:
            yield missing or Dropped(NO_DEATHS, "GED holds deaths only")
            return
        dyad = find_dyad(find_sides(accounts, type=incident.type, register=self._register), self._register)
        known = {"id": incident.id, **self._who(dyad), **_sources(cleared, toll), **self._where(incident.where, accounts), **self._days(cleared)}
        known |= _deaths(toll, dyad, self._register)
        yield tuple(known.get(name) for name in _NAMES)

    def _find_missing(self, cleared: Cleared, toll: Toll | None, attrs: Mapping[str, AttrValue]) -> Dropped | None:
        """Why the record has no home in GED; None: it has one."""
        incident = cleared.incident
        if toll is None or not any((toll.whole.low, toll.whole.best, toll.whole.high)):
            return Dropped(NO_DEATHS, "GED holds deaths only")
        if not is_lethal_force(incident.type, cleared.family, attrs):
            return Dropped(NO_FORCE, f"{incident.type} is outside GED")
        if incident.status not in STATUSES:
            return Dropped(WHY["status"], f"GED does not record what is {incident.status}")
        if incident.when is None:
            return Dropped(NO_DAY, "date_start cannot be empty in GED")
        return Dropped(NO_PLACE, "where_prec cannot be empty in GED") if incident.where is None else None

    def _who(self, dyad: _Dyad) -> dict[str, Value]:
        named = f"{dyad.name_a} - {dyad.name_b}" if dyad.name_a and dyad.name_b else None
        return {"type_of_violence": dyad.violence, "side_a": dyad.name_a, "side_b": dyad.name_b, "dyad_name": named}

    def _where(self, where: Where | None, accounts: Sequence[ClearedAccount]) -> dict[str, Value]:
        if where is None:
            return {}
        words = next((a.where_words for a in accounts if a.where is not None and a.where.place_id == where.place_id and a.where_words), None)
        precision = self._codebook.place_precision(where.precision).ucdp
        named = {"where_prec": precision, "where_coordinates": where.name or None, "where_description": words}
        areas = {"adm_1": where.admin1, "adm_2": where.admin2, "country": country_name(where.country, self._register, named=UCDP_NAMES)}
        return named | areas | _point(where, precision)

    def _days(self, cleared: Cleared) -> dict[str, Value]:
        when = cleared.incident.when
        if when is None:
            return {}
        precision = self._codebook.time_precision(when.earliest, when.latest).ucdp
        return {"year": when.earliest.year, "date_prec": precision, "date_start": when.earliest, "date_end": when.latest}


def is_lethal_force(type: str, family: str, attrs: Mapping[str, AttrValue]) -> bool:
    """Whether deaths of this type are brought about by force of somebody organised.

    >>> is_lethal_force("death_in_custody", "custody_inside", {"cause": "neglect"}), is_lethal_force("clash", "combat", {})
    (False, True)
    """
    if type == "death_in_custody":
        return attrs.get("cause") == "violence"
    if type == "execution":
        return attrs.get("judicial") is False
    return family in VIOLENT_FAMILIES or type in VIOLENT_TYPES


def find_dyad(sides: Sides, register: ActorRegister) -> _Dyad:
    """Both sides in GED's order, and the kind of violence where they tell it."""
    a, b = next(iter(sides.first), None), next(iter(sides.second), None)
    if a is not None and b is not None and b.kind in GOVERNMENT and a.kind not in GOVERNMENT:
        a, b = b, a
    names = [None if party is None else _name(party, register) for party in (a, b)]
    return _Dyad(violence=_violence(a, b), a=a, b=b, name_a=names[0], name_b=names[1])


def _violence(a: Party | None, b: Party | None) -> int | None:
    if a is None or b is None or a.kind not in GOVERNMENT | ARMED:
        return None
    if b.are_civilians:
        return 3
    if b.kind not in GOVERNMENT | ARMED:
        return None
    return 1 if a.kind in GOVERNMENT else 2


def _name(party: Party, register: ActorRegister) -> str:
    """UCDP calls a state and its forces the government of the country."""
    if party.are_civilians:
        return "Civilians"
    country = country_name(party.country, register, named=UCDP_NAMES) if party.kind in GOVERNMENT else None
    return f"Government of {country}" if country else party.name


def _sources(cleared: Cleared, toll: Toll) -> dict[str, Value]:
    reports = reports_of(cleared.accounts)
    told: dict[str, Value] = {"number_of_sources": len(reports), "source_office": publishers_of(reports)}
    lists = {
        "source_article": (f'"{cite(r)}"' for r in reports),
        "source_date": (r.published.isoformat() for r in reports if r.published),
        "source_headline": (r.title for r in reports if r.title),
        "source_original": dict.fromkeys(f.speaker for f in toll.whole.used),
    }
    return told | {name: ";".join(values) or None for name, values in lists.items()}


def _point(where: Where, precision: int | None) -> dict[str, Value]:
    if where.lat is None or where.lon is None:
        return {}
    within = 0.05 if where.rule == "coarsened" else 0.0
    cell = find_cell(where.lat, where.lon, within=within) if precision is not None and precision <= GRID_PRECISION else None
    return {"latitude": where.lat, "longitude": where.lon, "geom_wkt": f"POINT ({where.lon} {where.lat})", "priogrid_gid": cell}


def _deaths(toll: Toll, dyad: _Dyad, register: ActorRegister) -> dict[str, Value]:
    whole = toll.whole
    told: dict[str, Value] = {name: None if bound is None else int(bound) for name, bound in (("low", whole.low), ("best", whole.best), ("high", whole.high))}
    if whole.best is None:
        return told
    shares = {"deaths_a": _of_side(toll, dyad.a, register), "deaths_b": _of_side(toll, dyad.b, register), "deaths_civilians": _civilians(toll)}
    if dyad.b is not None and dyad.b.are_civilians:
        shares["deaths_b"] = 0
    known = sum(shares.values())
    fits = known <= whole.best
    return told | (shares if fits else dict.fromkeys(shares, 0)) | {"deaths_unknown": int(whole.best) - (known if fits else 0)}


def _of_side(toll: Toll, party: Party | None, register: ActorRegister) -> int:
    if party is None or party.actor_id is None:
        return 0
    return sum(_best(found) for of_whom, found in toll.groups.items() if register.find_actor(of_whom) == party.actor_id)


def _civilians(toll: Toll) -> int:
    return _best(toll.groups.get("civilian"))


def _best(found: FigureRange | None) -> int:
    return 0 if found is None or found.best is None else int(found.best)
