"""A place as coarse as a profile wants it: the town or second-level area, a point to a tenth of a degree, no facility and no described site."""

from __future__ import annotations

import re
from dataclasses import replace

from waqai.core import Where

NEXT_PRECISION = {"P1_point": "P2_near"}
"""UCDP's steps: what was a point is told as near it."""
ADMIN1, COUNTRY, SEVERAL = "P4_admin1", "P6_country", "P7_multi_country_or_sea"
DEGREES = 1
"""Decimal places of a coordinate."""
ROUNDED_KM = 7.9
"""A point moves by no more than this when both its coordinates are rounded to a tenth of a degree: half the diagonal of 11.1 km by 11.1 km."""
_KNOWN = "geonames:"
_FACILITY = re.compile(
    r"\b(?:prisons?|jails?|gaols?|detention|penitentiar\w+|custod\w+|correctional|camps?|barracks|bases?|checkpoints?|hospitals?|clinics?|schools?|mosques?|church\w*"
    r"|police stations?|headquarters|court\w*|compounds?|farms?|houses?|homes?|airports?|airbases?|centers?|centres?|dungeons?|cells?)\b",
    re.IGNORECASE,
)


def coarsen(where: Where) -> Where:
    """The place without what is finer than a town: its point rounded, its radius and precision widened to match.

    The name stays where the gazetteer knows a town or area under it; of a facility, and of what is in no gazetteer, the area that it lies in is told.
    """
    lat, lon = (None, None) if where.lat is None or where.lon is None else (round(where.lat, DEGREES), round(where.lon, DEGREES))
    named = is_town(where)
    area = where.admin2 or where.admin1 or where.country or ""
    return replace(
        where,
        name=where.name if named else area,
        place_id=where.place_id if named else None,
        lat=lat,
        lon=lon,
        radius_km=where.radius_km if where.radius_km is None or lat is None else round(where.radius_km + ROUNDED_KM, 1),
        precision=NEXT_PRECISION.get(where.precision, where.precision),
        rule="coarsened",
        candidates=(),
    )


def is_town(where: Where) -> bool:
    """Whether the gazetteer knows a town or an area under the name: no facility, and nothing that it does not know."""
    return where.place_id is not None and where.place_id.startswith(_KNOWN) and not is_facility_name(where.name)


def to_admin1(where: Where) -> Where:
    """The first-level area that the place lies in, without a point; the country where that is not known."""
    name = where.admin1 or where.country or ""
    precision = ADMIN1 if where.admin1 else COUNTRY if where.country else SEVERAL
    return replace(where, name=name, place_id=None, lat=None, lon=None, radius_km=None, precision=precision, admin2=None, rule="coarsened", candidates=())


def is_facility_name(name: str) -> bool:
    """Whether the words name a facility or describe a site."""
    return _FACILITY.search(name) is not None
