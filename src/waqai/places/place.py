"""What the gazetteer knows of a place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["country", "admin1", "admin2", "town", "facility", "region"]
Match: TypeAlias = Literal["name", "alternate", "demonym", "abbreviation", "loose", "skeleton", "province", "city"]

FINENESS: Mapping[Kind, int] = {"facility": 0, "town": 1, "admin2": 2, "region": 3, "admin1": 4, "country": 5}

EARTH_DIAMETER_KM = 12742.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row of the gazetteer, and how the name that was asked for matched it.

    `admin1` and `admin2` are display names, `admin1_id` and `admin2_id` the rows they come from. `country` is ISO 3166-1 alpha-2, None for a region over
    several countries, which are then in `countries`. `lat`, `lon` (degrees WGS84) are None where no point is known. `radius_km` is the estimated extent.
    `population` 0 means unknown; `weight` is log10 of the population or, where unknown, of what its rank as a seat suggests.
    `source` is None for a shipped row, "extended" or "built" where a built layer added to it or brought it, a public page for a place of an overlay.
    """

    id: str
    name: str
    kind: Kind
    country: str | None
    countries: tuple[str, ...]
    admin1: str | None
    admin2: str | None
    admin1_id: str | None
    admin2_id: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    population: int
    weight: float
    match: Match = "name"
    facility: str | None = None
    source: str | None = None


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in km between two (lat, lon) in degrees.

    >>> round(distance_km((36.85, 40.07), (36.5, 40.75)))
    72
    """
    lat1, lon1, lat2, lon2 = (math.radians(v) for v in (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))
