"""What every row is read with: the codebook, the register, the crosswalk backwards; and how far a precision code widens days and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from waqai.codebook import ActorRegister, Codebook
from waqai.codebook.countries import find_country
from waqai.codebook.homes import Against, Home, Homes
from waqai.imports.cells import Cells
from waqai.imports.rows import RowParty
from waqai.intake.cell_days import CellDays

NO_TYPE = "no type of ours"
RADIUS_KM: Mapping[str, float] = {
    "P1_point": 5.0,
    "P2_near": 25.0,
    "P3_admin2": 50.0,
    "P4_admin1": 150.0,
    "P5_linear_or_fuzzy": 150.0,
    "P6_country": 500.0,
    "P7_multi_country_or_sea": 1000.0,
}
"""How far from its point a row of that precision may lie. Datasets say a class and no distance: 25 km is UCDP's and our own reach of "near", the others are
the size of towns, districts, provinces and countries, rounded up."""
CIVILIANS = "civilians"
_SECOND = frozenset({"participant", "target", "person_held", "victim", "beneficiary", "responder"})
"""Roles of a second side; the first of them that a type lists is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a row is read with. `types` are a person's words for types of the codebook, in small letters; `country` is that of rows that say none; `stand_in`
    is taken for the type of a code without a home, which is refused otherwise."""

    codebook: Codebook
    register: ActorRegister
    homes: Homes
    days: CellDays
    types: Mapping[str, str] = field(default_factory=dict)
    country: str | None = None
    stand_in: str | None = None


def find_type(cells: Cells, scheme: str, column: str, code: str, *, terms: Terms, mode: str | None = None, against: Against | None = None) -> Home:
    """The home of the code. Raises BadCell where it has none."""
    home = terms.homes.find_home(scheme, code, mode=mode, against=against)
    if terms.stand_in is not None and (home is None or home.type is None):
        return Home(code=code, type=terms.stand_in)
    said = f"{code}/{mode}" if mode else code
    if home is None:
        raise cells.bad(column, f"{NO_TYPE}: {said!r} is no code that we know of")
    if home.type is None:
        raise cells.bad(column, f"{NO_TYPE} for {said!r}: {home.note}")
    return home


def find_place_code(codebook: Codebook, scheme: str) -> dict[int, str]:
    """The codebook's precision by UCDP's or ACLED's code, the finest first."""
    found: dict[int, str] = {}
    for one in codebook.place_precisions.values():
        code = one.ucdp if scheme == "ucdp" else one.acled
        if code is not None:
            found.setdefault(code, one.id)
    return found


def widen(earliest: date, latest: date, *, days: int) -> tuple[date, date]:
    """A span of at least so many days around the same middle.

    >>> widen(date(2023, 6, 18), date(2023, 6, 18), days=7)
    (datetime.date(2023, 6, 15), datetime.date(2023, 6, 21))
    """
    lacking = days - ((latest - earliest).days + 1)
    if lacking <= 0:
        return earliest, latest
    return earliest - timedelta(days=lacking // 2), latest + timedelta(days=lacking - lacking // 2)


def country_of(cells: Cells, column: str, terms: Terms) -> str | None:
    """The two letters of the country that the cell names; for an empty cell that of all rows that say none. Raises BadCell for a name that nobody knows."""
    name = cells.text(column)
    found = terms.country if name is None else find_country(name, terms.register)
    if name is not None and found is None:
        raise cells.bad(column, "it is no country that we know; write its English name")
    return found


def second_role(type: str, name: str, codebook: Codebook) -> str:
    """The role of whom an act of this type is directed at."""
    roles = codebook.get_type(type).roles
    if is_civilians(name) and "victim" in roles:
        return "victim"
    return next((role for role in roles if role in _SECOND), "target")


def first_role(type: str, codebook: Codebook) -> str:
    """The role of who acts."""
    roles = codebook.get_type(type).roles
    return next((role for role in ("initiator", "donor", "participant") if role in roles), "initiator")


def is_civilians(name: str) -> bool:
    """Whether the name is "Civilians", with a country or without.

    >>> is_civilians("Civilians (Syria)"), is_civilians("Civil Guard")
    (True, False)
    """
    return name.casefold().split(" (")[0] == CIVILIANS


def make_party(role: str, name: str, column: str, terms: Terms) -> RowParty:
    """One party; a government is called as the register calls it, civilians without their country."""
    bare = name
    if is_civilians(name):
        bare = CIVILIANS
    elif name.startswith("Government of "):
        country = find_country(name.removeprefix("Government of "), terms.register)
        bare = _call_government(country, terms.register) or name
    return RowParty(role=role, name=bare, words=name, columns=(column,))


def _call_government(country: str | None, register: ActorRegister) -> str | None:
    """ "Syrian government", where the register has such a name for the state, else the state's."""
    state = next((a for a in register.actors.values() if a.kind == "state" and a.country == country), None) if country else None
    return None if state is None else next((alias for alias in state.aliases if alias.endswith(" government")), state.name)
