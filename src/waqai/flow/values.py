"""A value that a person gives for a facet, put into the form that the log keeps: checked against the codebook, the calendar, the gazetteer. Pure functions."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from waqai.codebook import Codebook
from waqai.core import ActorNames, GazetteerError, NotPossible
from waqai.places import Gazetteer, Place
from waqai.places.precision import has_point, precision_of, radius_km

NONE = "none"
"""What a person writes where the report does not tell a thing."""
MOST = 2**53
"""The largest figure; beyond it a number in floating point is no longer the one that was written."""
_COUNT = re.compile(r"(?P<measure>[a-z_]+)(?::(?P<whom>[^=]+))?=(?P<number>.+)")
_NUMBER = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?:(?P<open>\+)|(?:-|\.\.)(?P<high>\d+(?:\.\d+)?))?")
_SEATS = ("town", "facility")


def type_value(value: str, codebook: Codebook) -> dict[str, Any]:
    """The type of that name or alias, with its family. Raises NotPossible, naming the nearest."""
    alias = codebook.resolve_alias(value)
    if alias is not None and alias.status is not None:
        raise NotPossible(f"{value!r} is the type {alias.type} with the status {alias.status}: correct the type and the status, one after the other")
    if alias is not None and alias.type is None:
        raise NotPossible(f"{value!r} is no type of the codebook: {alias.note}")
    type_ = alias.type if alias is not None and alias.type is not None else value
    if type_ not in codebook.types:
        raise NotPossible(f"the codebook has no type {value!r}; {_perhaps(value, codebook.types)} (`waqai codebook` lists all)")
    return {"value": type_, "family": codebook.family_of(type_)}


def status_value(value: str, codebook: Codebook) -> dict[str, Any]:
    """The status of that name. Raises NotPossible, naming all."""
    if value not in codebook.statuses:
        raise NotPossible(f"the codebook has no status {value!r}; it is one of {', '.join(codebook.statuses)}")
    return {"value": value}


def when_value(value: str) -> dict[str, Any]:
    """A day, a month or two days with ".." between. Raises NotPossible.

    >>> when_value("2023-06")
    {'value': {'earliest': '2023-06-01', 'latest': '2023-06-30'}}
    """
    if value == NONE:
        return {"value": None}
    first, between, last = value.partition("..")
    if between and not (first.strip() and last.strip()):
        raise NotPossible(f"{value!r} names one day only: write the first and the last day that it can be, 2023-06-18..2023-06-20")
    earliest, latest = _days(first)[0], _days(last or first)[1]
    if latest < earliest:
        raise NotPossible(f"{value!r} ends before it begins: write the earlier day first")
    return {"value": {"earliest": earliest.isoformat(), "latest": latest.isoformat()}}


def where_value(value: str, gazetteer: Gazetteer) -> dict[str, Any]:
    """The place of that id, or the only one of that name (and country: "Tartus, SY"). Raises NotPossible, naming those that could be meant."""
    if value == NONE:
        return {"value": None}
    name, _, country = (part.strip() for part in value.partition(","))
    place = _by_id(value, gazetteer) if ":" in value else _choose(name, country.upper(), gazetteer)
    precision = precision_of(place, level=None, relation="in", words=place.name)
    pointed = has_point(precision)
    return {
        "value": {
            "name": place.name if ":" in value else name,
            "place_id": place.id,
            "lat": place.lat if pointed else None,
            "lon": place.lon if pointed else None,
            "radius_km": radius_km(place, precision),
            "precision": precision,
            "admin1": place.name if place.kind == "admin1" else place.admin1,
            "admin2": place.name if place.kind == "admin2" else place.admin2,
            "country": place.country,
            "gazetteer": gazetteer.stamp,
        }
    }


def count_value(value: str, codebook: Codebook) -> dict[str, Any]:
    """MEASURE=NUMBER or MEASURE:GROUP=NUMBER; the number is 24, 20-30, 20+ ("at least") or none. Raises NotPossible.

    >>> from waqai.codebook import load_codebook
    >>> count_value("killed:guards=2", load_codebook())
    {'measure': 'killed', 'of_whom': 'guards', 'value': {'low': 2.0, 'high': 2.0, 'best': 2.0, 'kind': 'exact'}}
    """
    read = _COUNT.fullmatch(value.strip())
    if read is None:
        raise NotPossible(f"cannot read the count {value!r}; write MEASURE=NUMBER or MEASURE:GROUP=NUMBER, e.g. escaped=24 or killed:guards=2")
    measure, whom = read["measure"], (read["whom"] or "").strip() or None
    if measure not in codebook.measures:
        raise NotPossible(f"the codebook has no measure {measure!r}; it is one of {', '.join(codebook.measures)}")
    return {"measure": measure, "of_whom": whom, "value": _number(read["number"].strip())}


def actor_value(value: str, codebook: Codebook, actors: ActorNames) -> dict[str, Any]:
    """ROLE=NAME or, where several are in that role, ROLE:NAME OF THE ONE=NAME; none strikes it. Raises NotPossible.

    `old` is the name of the one that is meant, if one is named.
    """
    head, _, name = (part.strip() for part in value.partition("="))
    role, _, old = (part.strip() for part in head.partition(":"))
    if not name:
        raise NotPossible(f"cannot read {value!r}; write ROLE=NAME, or ROLE:OLD NAME=NEW NAME, e.g. custodian=Military Police")
    if role not in codebook.roles:
        raise NotPossible(f"the codebook has no role {role!r}; it is one of {', '.join(codebook.roles)}")
    return {"role": role, "old": old or None, "value": None if name == NONE else {"name": name, "actor_id": actors.find_actor(name)}}


def _number(said: str) -> Mapping[str, Any] | None:
    if said == NONE:
        return None
    read = _NUMBER.fullmatch(said)
    if read is None:
        raise NotPossible(f"cannot read the number {said!r}; write 24, 20-30 (a range), 20+ (at least) or {NONE} (the report gives no such figure)")
    low = float(read["low"])
    if max(low, float(read["high"] or 0)) > MOST:
        raise NotPossible(f"{said!r} is more than can be kept to the digit, {MOST:,} at most: look for a digit too many")
    if read["open"]:
        return {"low": low, "high": None, "best": low, "kind": "at_least"}
    if read["high"] is None:
        return {"low": low, "high": low, "best": low, "kind": "exact"}
    if float(read["high"]) < low:
        raise NotPossible(f"{said!r} ends below its beginning: write the smaller number first")
    return {"low": low, "high": float(read["high"]), "best": None, "kind": "range"}


def _days(said: str) -> tuple[date, date]:
    """First and last day of a day or month."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}", said.strip()):
            first = date.fromisoformat(f"{said.strip()}-01")
            return first, first.replace(day=monthrange(first.year, first.month)[1])
        day = date.fromisoformat(said.strip())
    except ValueError as error:
        raise NotPossible(f"{said!r} is no day: write 2023-06-18, 2023-06 (a month), 2023-06-18..2023-06-20 (not before, not after) or {NONE}") from error
    return day, day


def _by_id(id: str, gazetteer: Gazetteer) -> Place:
    try:
        return gazetteer.get(id)
    except GazetteerError as error:
        raise NotPossible(f"the gazetteer has no place {id!r}; `waqai gazetteer show NAME` lists places with their ids") from error


def _choose(name: str, country: str, gazetteer: Gazetteer) -> Place:
    """The one that the name means: an own or other name before one that is only like it, a town before the district or province that it is the seat of."""
    found = [place for place in gazetteer.find(name) if not country or place.country == country]
    exact = [place for place in found if place.match not in ("loose", "skeleton")] or found
    if not exact:
        inside = f" in {country}" if country else ""
        raise NotPossible(
            f"the gazetteer knows no place {name!r}{inside}; `waqai gazetteer show NAME` says what it knows, an id (geonames:165509) names one place"
        )
    first = exact[0]
    seats = [place for place in exact if place.kind in _SEATS]
    around = {(place.country, place.name if place.kind == "admin1" else place.admin1) for place in exact}
    if len(exact) > 1 and len(seats) == 1 and around == {(seats[0].country, seats[0].admin1)}:
        return seats[0]
    if len(exact) > 1:
        listed = "; ".join(f"{place.id} ({_describe(place)})" for place in exact[:6])
        raise NotPossible(f"{len(exact)} places are called {name!r}; name the one that is meant by its id: {listed}")
    return first


def _describe(place: Place) -> str:
    return ", ".join(part for part in (place.name, place.admin1, place.country, place.facility or place.kind) if part)


def _perhaps(word: str, known: Sequence[str] | Mapping[str, object]) -> str:
    near = get_close_matches(word, list(known), n=3)
    return f"perhaps {' or '.join(near)}?" if near else "no name there is like it"
