"""The lines of GeoNames' dump files, as its readme describes them: columns between tabs, UTF-8, no heading.

    geoname     19 columns: id, name, ascii name, other names, lat, lon, class, code, country, cc2, admin1 … admin4, population, elevation, dem, zone, day
    alternate   10 (8 in the older file): id, place, language, name, is preferred, is short, is colloquial, is historic, from, to
    hierarchy   2 or 3: parent, child, type
    admin1      4: "SY.09", name, ascii name, id
    admin2      4: "SY.09.0902", name, ascii name, id
    country     19: ISO, ISO3, number, fips, name … ; lines that begin with # are comments

Every parser takes the columns as bytes and raises ValueError, saying what is wrong, for a line that is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Columns = list[bytes]
MOST = 2**63 - 1  # what SQLite's integers hold
WIDTHS: Mapping[str, tuple[int, ...]] = {"geoname": (19,), "alternate": (10, 8), "hierarchy": (3, 2), "admin1": (4,), "admin2": (4,), "country": (19,)}
_CODES = {"admin1": re.compile(rb"[A-Z]{2}\.[^.]+"), "admin2": re.compile(rb"[A-Z]{2}\.[^.]*\.[^.]+")}
_DAY = re.compile(rb"\d{4}-\d\d-\d\d")
# No names: web pages, postal, airport and other codes, ways to say it.
NOT_NAMES = frozenset(b"link post iata icao faac tcid unlc wkdt phon piny abbr fr_1793 lauc".split())

Geoname = tuple[int, str, str, str, str, str, str, str, float, float, int, str]


def split_line(line: bytes, kind: str) -> Columns:
    """The columns of a line of that kind of file. Raises ValueError for another number of columns."""
    columns = line.rstrip(b"\r\n").split(b"\t")
    if len(columns) not in WIDTHS[kind]:
        raise ValueError(f"{len(columns)} columns between tabs instead of {WIDTHS[kind][0]}")
    return columns


def geoname(columns: Columns) -> Geoname:
    """(id, feature, name, ascii name, other names, country, admin1, admin2, lat, lon, population, day of the last change)."""
    id_, name = _number(columns[0], "the id"), columns[1].decode()
    if not name.strip():
        raise ValueError("no name")
    lat, lon = _degrees(columns[4], 90, "the latitude"), _degrees(columns[5], 180, "the longitude")
    if not re.fullmatch(rb"[A-Z]{2}|", columns[8]):
        raise ValueError(f"the country is {columns[8].decode(errors='replace')!r}, no code of two letters")
    day = columns[18].decode() if _DAY.fullmatch(columns[18]) else ""
    feature, country = f"{columns[6].decode()}.{columns[7].decode()}", columns[8].decode()
    population = _number(columns[14] or b"0", "the population")
    return id_, feature, name, columns[2].decode(), columns[3].decode(), country, columns[10].decode(), columns[11].decode(), lat, lon, population, day


def alternate(columns: Columns) -> tuple[int, int, str, int]:
    """(id, place, name, 1 for the preferred English name else 0)."""
    id_, place, name = _number(columns[0], "the id"), _number(columns[1], "the place's id"), columns[3].decode().strip()
    if not name:
        raise ValueError("no name")
    return id_, place, name, int(columns[2] == b"en" and columns[4] == b"1" and columns[7] != b"1")


def hierarchy(columns: Columns) -> tuple[int, int]:
    """(child, parent)."""
    parent, child = _number(columns[0], "the parent"), _number(columns[1], "the child")
    if len(columns) > 2 and not re.fullmatch(rb"[A-Za-z]*", columns[2]):
        raise ValueError(f"the type is {columns[2].decode(errors='replace')!r}, no word")
    return child, parent


def admin1(columns: Columns) -> tuple[str, int]:
    """(code, id)."""
    return _admin(columns, "admin1")


def admin2(columns: Columns) -> tuple[str, int]:
    """(code, id)."""
    return _admin(columns, "admin2")


def country(columns: Columns) -> tuple[str, int]:
    """(code, id; 0 for none)."""
    if not re.fullmatch(rb"[A-Z]{2}", columns[0]) or not re.fullmatch(rb"[A-Z]{3}", columns[1]):
        raise ValueError("no codes of a country in the first two columns")
    return columns[0].decode(), _number(columns[16] or b"0", "the id")


PARSERS: Mapping[str, Callable[[Columns], object]] = {
    "geoname": geoname,
    "alternate": alternate,
    "country": country,
    "admin2": admin2,
    "admin1": admin1,
    "hierarchy": hierarchy,
}


def _admin(columns: Columns, kind: str) -> tuple[str, int]:
    if not _CODES[kind].fullmatch(columns[0]):
        raise ValueError(f"{columns[0].decode(errors='replace')!r} is no code of a {'first' if kind == 'admin1' else 'second'}-order area")
    return columns[0].decode(), _number(columns[3], "the id")


def _number(value: bytes, what: str) -> int:
    if not value.isdigit():
        raise ValueError(f"{what} is {value.decode(errors='replace')!r}, no number")
    if len(value) > len(str(MOST)) or int(value) > MOST:
        raise ValueError(f"{what} is {value[:24].decode()!r}, too large a number")
    return int(value)


def _degrees(value: bytes, most: int, what: str) -> float:
    try:
        degrees = float(value)
    except ValueError:
        degrees = most + 1.0
    if not -most <= degrees <= most:
        raise ValueError(f"{what} is {value.decode(errors='replace')!r}, not within {most} degrees")
    return degrees
