"""Countries as other schemes write them: ISO 3166-1 codes, and UCDP's and ACLED's English names where they differ from ours.

Codes come from CLDR (by way of babel); names of countries are those of the register of actors, which the reports use.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from babel.core import Locale, get_global

from waqai.codebook.actors import ActorRegister

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


def find_by_number(number: int) -> str | None:
    """The two letters of a numeric code of ISO 3166-1, or None.

    >>> find_by_number(760), find_by_number(0)
    ('SY', None)
    """
    return _by_code(3, digits=True).get(f"{number:03}")


def find_by_alpha3(letters: str) -> str | None:
    """The two letters of three of ISO 3166-1, or None.

    >>> find_by_alpha3("cod"), find_by_alpha3("IGO")
    ('CD', None)
    """
    return _by_code(3, digits=False).get(letters.upper())


def find_country(name: str, register: ActorRegister) -> str | None:
    """The two letters of a country by its English name as the register, ACLED, UCDP or CLDR writes it, or None.

    >>> from waqai.codebook import load_actors
    >>> [find_country(name, load_actors()) for name in ("yemen (north yemen)", "DR Congo (Zaire)", "Türkiye", "Nowhere")]
    ['YE', 'CD', 'TR', None]
    """
    return _by_name(register).get(_fold(name))


@cache
def _by_code(length: int, *, digits: bool) -> Mapping[str, str]:
    return {code: alpha2 for alpha2, code in _codes(length, digits=digits).items()}


@lru_cache(maxsize=8)
def _by_name(register: ActorRegister) -> Mapping[str, str]:
    found = {_fold(name): code for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    states = [actor for actor in register.actors.values() if actor.kind == "state" and actor.country]
    found |= {_fold(alias): actor.country for actor in states for alias in actor.aliases if actor.country}
    found |= {_fold(actor.name): actor.country for actor in states if actor.country}
    return found | {_fold(name): code for names in (ACLED_NAMES, UCDP_NAMES) for code, name in names.items()}


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
