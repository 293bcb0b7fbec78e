"""Countries and points as other schemes write them: ISO codes, UCDP's and ACLED's English names where they differ from ours, cells of the PRIO-GRID.

ISO 3166-1 codes come from CLDR (by way of babel); names of countries are those of the register of actors, which the reports use.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache

from babel.core import get_global

from waqai.codebook import ActorRegister

GRID_DEGREES, GRID_COLUMNS = 0.5, 720
"""The cells of PRIO-GRID (Tollefsen, Strand and Buhaug 2012, doi 10.1177/0022343311431287): half a degree wide, 720 in a row, rows from the south."""
_OUT_OF_USE = frozenset({"230", "249", "278", "280", "720", "736", "886", "XKK", "BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
"""Codes that ISO withdrew, and Kosovo's, which is no ISO code."""
ACLED_NAMES: Mapping[str, str] = {"CD": "Democratic Republic of Congo", "CG": "Republic of Congo", "SZ": "eSwatini", "TL": "East Timor", "VA": "Vatican City"}
UCDP_NAMES: Mapping[str, str] = {
    "BA": "Bosnia-Herzegovina",
    "CD": "DR Congo (Zaire)",
    "CG": "Congo",
    "KH": "Cambodia (Kampuchea)",
    "MG": "Madagascar (Malagasy)",
    "MM": "Myanmar (Burma)",
    "RU": "Russia (Soviet Union)",
    "RS": "Serbia (Yugoslavia)",
    "SZ": "Kingdom of eSwatini (Swaziland)",
    "TL": "East Timor",
    "US": "United States of America",
    "VN": "Vietnam (North Vietnam)",
    "YE": "Yemen (North Yemen)",
    "ZW": "Zimbabwe (Rhodesia)",
}


@cache
def _codes(length: int, *, digits: bool) -> Mapping[str, str]:
    """Codes of that many characters by alpha-2 code, without those that are out of use."""
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    held = {code: now for code, now in aliases.items() if len(code) == length and code.isdigit() is digits and code not in _OUT_OF_USE}
    return {now[0]: code for code, now in held.items() if len(now) == 1}


def iso_number(alpha2: str | None) -> int | None:
    """The numeric code of ISO 3166-1.

    >>> iso_number("SY"), iso_number("XK")
    (760, None)
    """
    number = None if alpha2 is None or alpha2 == "XK" else _codes(3, digits=True).get(alpha2)
    return None if number is None else int(number)


def alpha3(alpha2: str | None) -> str | None:
    """The three letters of ISO 3166-1.

    >>> alpha3("CD"), alpha3(None)
    ('COD', None)
    """
    return None if alpha2 is None else _codes(3, digits=False).get(alpha2)


def country_name(alpha2: str | None, register: ActorRegister, *, named: Mapping[str, str]) -> str | None:
    """The country's English name: the scheme's own where it differs (`named`), else the register's; None where the register has no such state."""
    if alpha2 is None or alpha2 in named:
        return None if alpha2 is None else named[alpha2]
    return _states(register).get(alpha2)


@lru_cache(maxsize=8)
def _states(register: ActorRegister) -> Mapping[str, str]:
    return {actor.country: actor.name for actor in register.actors.values() if actor.kind == "state" and actor.country}


def find_cell(lat: float, lon: float, *, within: float = 0.0) -> int | None:
    """The PRIO-GRID cell that the point lies in; cell 1 is at the south-west corner. None where points up to `within` degrees away lie in another.

    >>> find_cell(-90, -180), find_cell(36.5, 40.2), find_cell(36.5, 40.2, within=0.05)
    (1, 182601, None)
    """
    cells = {_cell(lat + north, lon + east) for north in (-within, within) for east in (-within, within)}
    return cells.pop() if len(cells) == 1 else None


def _cell(lat: float, lon: float) -> int:
    row = min(max(math.floor((lat + 90) / GRID_DEGREES), 0), 359)
    column = min(max(math.floor((lon + 180) / GRID_DEGREES), 0), GRID_COLUMNS - 1)
    return row * GRID_COLUMNS + column + 1
