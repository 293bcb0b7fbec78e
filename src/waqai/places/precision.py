"""How exactly a report says where: codes P1 to P7 of the codebook, from the place found and the words around it."""

from __future__ import annotations

import re

from waqai.places.kinds import Level
from waqai.places.place import Place

P1, P2, P3, P4 = "P1_point", "P2_near", "P3_admin2", "P4_admin1"
P5, P6, P7 = "P5_linear_or_fuzzy", "P6_country", "P7_multi_country_or_sea"
BY_LEVEL = {"town": P1, "facility": P1, "admin2": P3, "admin1": P4, "region": P5, "country": P6, "sea": P7}

_NEAR = re.compile(
    r"\b(near|nearby|outside|outskirts|countryside|rural|around|surround\w*|vicinity|environs|edge|edges|periphery|close|kilomet\w*|km|miles?|road)\b", re.I
)
_DIRECTION = re.compile(r"\b(?:north|south|east|west|centr)[\w\-]*", re.I)
_DIRECTION_OF = re.compile(r"(?<!the )\b(?:north|south|east|west)[\w\-]*\s+of\b", re.I)
_LINE = re.compile(r"\b(border|road|highway|desert|valley|river|frontier|coast|mountains?|between)\b", re.I)

NEAR_KM = 25.0


def precision_of(place: Place | None, *, level: Level | None, relation: str, words: str) -> str:
    """The code of a place; `level` is what the words call it, `relation` and `words` (the mention as written) say how the event lies to it.

    >>> precision_of(None, level="town", relation="near", words="near Koton")
    'P2_near'
    >>> precision_of(None, level="admin1", relation="in", words="Borno State")
    'P4_admin1'
    """
    if place is not None and place.kind == "region":
        return P5 if place.country is not None else P7
    kind = place.kind if place is not None else level or "town"
    if kind == "admin2" and place is not None and (level == "town" or (level is None and place.match == "alternate")):
        kind = "town"  # "the city of Marib"; "Dantewada", of a district that is called Dakshin Bastar Dantewada: its seat
    if level == "admin2" and kind in ("town", "admin2"):
        return P2 if relation == "near" or _DIRECTION_OF.search(f"{relation} {words}") else P3
    if level == "sea":
        return P7
    if level == "admin1" and kind == "town":
        return P4
    said = f"{relation.replace('_', ' ')} {words}"
    if kind in ("town", "facility", "admin2") and level != "region":
        return _around_a_town(kind, relation, said)
    if kind == "country" and relation in ("part", "near", "countryside"):
        return P5
    if level == "region" or _DIRECTION.search(said) or _LINE.search(relation):
        return P5
    if kind == "admin1" and _NEAR.search(relation):
        return P2
    return BY_LEVEL[kind]


def _around_a_town(kind: str, relation: str, said: str) -> str:
    if re.search(r"\b(border|between|along)\b", relation, re.I):
        return P5
    if _NEAR.search(said) or _DIRECTION_OF.search(said):
        return P2
    if relation not in ("in", "at") and _DIRECTION.search(relation) and not _DIRECTION.search(said.removeprefix(relation)):
        return P2
    return BY_LEVEL[kind]


def has_point(precision: str) -> bool:
    """Whether a place of this code is given a point: towns, facilities, what is near them, and districts (their seat).

    >>> has_point("P1_point"), has_point("P4_admin1")
    (True, False)
    """
    return precision in (P1, P2, P3)


def radius_km(place: Place, precision: str) -> float | None:
    """The uncertainty around the point, or the extent of a province or country."""
    if precision == P2:
        return max(NEAR_KM, place.radius_km or 0.0)
    if precision == P3 and place.kind == "town":
        return NEAR_KM
    return place.radius_km
