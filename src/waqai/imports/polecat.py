"""Rows in the columns of POLECAT's weekly files (our own `plover` export in them too) as what they say happened.

type            of event type and mode, through the crosswalk backwards; whether an assault is on civilians or on fighters follows from the recipient's sector,
                else from the register of actors
day             the event's day, to the day: the files have no code for how exact it is
"""

from __future__ import annotations

from collections.abc import Iterator

from waqai.codebook.countries import find_by_alpha3
from waqai.codebook.homes import Against
from waqai.imports.cells import BadCell, Cells
from waqai.imports.rows import ForeignRow, RowParty, RowPlace
from waqai.imports.terms import RADIUS_KM, Terms, find_type, first_role, is_civilians, second_role

REQUIRED = ("Event ID", "Event Date", "Event Type", "Event Mode")
_CIVILIANS = frozenset({"CVL", "CIV", "EDU", "MED", "HLH", "REF", "LAB", "REL", "JRN", "NGO", "WOM", "STU"})
_ARMED = frozenset({"MIL", "REB", "PAR", "COP", "SPY", "UAF", "INS", "SEP", "CRM"})
_FIGHTING = frozenset({"state_force", "armed_group", "security_body", "criminal_group"})


def parse_polecat(cells: Cells, line: int, terms: Terms) -> ForeignRow:
    """The row. Raises BadCell."""
    home = _type(cells, terms)
    day = cells.need_day("Event Date", terms.days)
    sources = cells.listed("Source")
    return ForeignRow(
        dataset="polecat",
        id=cells.need("Event ID"),
        line=line,
        type=home[0],
        status="occurred",
        attrs=home[1],
        earliest=day,
        latest=day,
        place=_place(cells),
        parties=tuple(_parties(cells, home[0], terms)),
        publishers=sources,
        speaker=sources[0] if len(sources) == 1 else None,
        speaker_columns=cells.named("Source") if len(sources) == 1 else (),
        published=cells.day("Publication Date", terms.days),
        language=cells.text("Language"),
        type_columns=cells.named("Event Type", "Event Mode"),
        when_columns=cells.named("Event Date"),
        cells=cells.filled(),
    )


def _type(cells: Cells, terms: Terms) -> tuple[str, dict[str, str | bool]]:
    """The type and attrs of the first mode that has a home, else of the event type alone."""
    code, against = cells.need("Event Type").upper(), _against(cells, terms)
    modes: list[str | None] = [mode.casefold().replace("_", "-") for mode in cells.listed("Event Mode")]
    wrong: BadCell | None = None
    for mode in modes or [None]:
        try:
            home = find_type(cells, "plover", "Event Type", code, terms=terms, mode=mode, against=against)
        except BadCell as error:
            wrong = wrong or error
            continue
        assert home.type is not None
        return home.type, dict(home.attrs)
    assert wrong is not None
    raise wrong


def _against(cells: Cells, terms: Terms) -> Against | None:
    sectors = {part.upper() for name in ("Primary Recipient Sector", "Recipient Sectors") for part in cells.listed(name)}
    first = (cells.text("Primary Recipient Sector") or "").upper()
    if first in _CIVILIANS or (not first and sectors & _CIVILIANS and not sectors & _ARMED):
        return "civilians"
    if first in _ARMED or (not first and sectors & _ARMED):
        return "armed"
    names = (*cells.listed("Recipient Name"), *cells.listed("Recipient Name Raw"))
    if any(is_civilians(name) or name.casefold().endswith(" civilians") for name in names):
        return "civilians"
    known = (terms.register.find_actor(name) for name in names)
    return "armed" if any(actor is not None and terms.register.actors[actor].kind in _FIGHTING for actor in known) else None


def _parties(cells: Cells, type: str, terms: Terms) -> Iterator[RowParty]:
    for side in ("Actor", "Recipient"):
        names, raw = cells.listed(f"{side} Name"), cells.listed(f"{side} Name Raw")
        column = cells.headers.header(f"{side} Name Raw" if raw else f"{side} Name")
        told = list(zip(names, raw, strict=True)) if len(names) == len(raw) else [(one, one) for one in raw or names]
        for name, words in told:
            role = first_role(type, terms.codebook) if side == "Actor" else second_role(type, name, terms.codebook)
            yield RowParty(role=role, name=name, words=words, columns=(column,))


def _place(cells: Cells) -> RowPlace:
    names = [cells.text(column) for column in ("Placename", "City", "District", "Province", "Country")]
    named, city, district, province, land = names
    name = named or city or district or province
    country = find_by_alpha3(land) if land else None
    precision = _precision(name, city=city, district=district, province=province, land=land)
    lat, lon = cells.point("Latitude", "Longitude")
    number = cells.whole("GeoNames ID")
    return RowPlace(
        name=name or (land if country else None),
        admin2=district,
        admin1=province,
        country=country,
        lat=lat,
        lon=lon,
        radius_km=RADIUS_KM[precision] if precision is not None and lat is not None else None,
        precision=precision,
        place_id=None if number is None else f"geonames:{number}",
        columns=cells.named("Raw Placename", "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    )


def _precision(name: str | None, *, city: str | None, district: str | None, province: str | None, land: str | None) -> str | None:
    """How exact a place is, by the level that bears its name."""
    if name is None:
        return "P6_country" if land else None
    if name == city:
        return "P1_point"
    return "P3_admin2" if name == district else "P4_admin1" if name == province else "P1_point"
