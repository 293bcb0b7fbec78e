"""Hand-made additions to the gazetteer: facilities, regions, local names, the English names of countries.

An overlay is a YAML file with four lists, each optional: `places` (new rows), `names` (more spellings for a row of GeoNames, and its people), `countries`
(English names, demonyms and abbreviations) and `points` (of countries by code and of other rows by id, in place of those computed from towns). Every new place
names a public page on it, and `checked` says whether somebody has compared the two. A place lies at a `point`, or `at` a GeoNames row whose point, country and
areas it then takes. What a facility record may hold is name, place, custodian and dates; never guards, layout or schedule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from waqai.core import GazetteerError

SHIPPED = tuple(Path(__file__).parent / "data" / name for name in ("countries.yaml", "overlay.yaml", "regions.yaml"))
_PLACE_FIELDS = frozenset(
    {"id", "kind", "facility", "names", "country", "countries", "admin1", "at", "point", "radius_km", "custodians", "closed", "checked", "note", "source"}
)
_KINDS = frozenset({"facility", "region", "town", "admin2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayPlace:
    """A new row. `at` is a GeoNames id, `point` (lat, lon) in degrees; `facility` says what kind of facility, in one word."""

    id: str
    kind: str
    facility: str | None
    names: tuple[str, ...]
    countries: tuple[str, ...]
    admin1: str | None
    at: int | None
    point: tuple[float, float] | None
    radius_km: float | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryNames:
    """English names of a country beside the official one."""

    code: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    abbreviations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What one overlay file adds."""

    places: tuple[OverlayPlace, ...] = ()
    names: tuple[tuple[int, tuple[str, ...]], ...] = ()
    countries: tuple[CountryNames, ...] = ()
    demonyms: tuple[tuple[int, tuple[str, ...]], ...] = ()
    points: tuple[tuple[str, tuple[float, float]], ...] = ()


def load_overlay(path: Path) -> Overlay:
    """The overlay in a YAML file. Raises GazetteerError, naming the entry, when a field is missing, unknown or of the wrong form."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GazetteerError(f"cannot read the overlay {str(path)!r}: {error.strerror}") from error
    try:
        content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
    except yaml.YAMLError as error:
        raise GazetteerError(f"the overlay {str(path)!r} is no YAML: {error}") from error
    if not isinstance(content, dict) or set(content) - {"places", "names", "countries", "points"}:
        raise GazetteerError(f"the overlay {str(path)!r} may hold places, names, countries and points, not {sorted(content)!r}")
    named = [_extra_names(entry, path) for entry in content.get("names") or ()]
    return Overlay(
        places=tuple(_place(entry, path) for entry in content.get("places") or ()),
        names=tuple((place, names) for place, names, _ in named if names),
        countries=tuple(_country(code, entry) for code, entry in (content.get("countries") or {}).items()),
        demonyms=tuple((place, demonyms) for place, _, demonyms in named if demonyms),
        points=tuple(
            (id_, point) for id_, value in (content.get("points") or {}).items() if (point := _point(value, f"the point of {id_!r} in {path.name!r}"))
        ),
    )


def _place(entry: Any, path: Path) -> OverlayPlace:
    where = f"the place {entry.get('id', entry)!r} in {path.name!r}" if isinstance(entry, Mapping) else f"an entry of {path.name!r}"
    if not isinstance(entry, Mapping):
        raise GazetteerError(f"{where} is no mapping: {entry!r}")
    missing = [f for f in ("id", "kind", "names", "source") if not entry.get(f)]
    unknown = sorted(set(entry) - _PLACE_FIELDS)
    if missing or unknown:
        raise GazetteerError(f"{where} lacks {missing!r} or has fields that we do not know: {unknown!r}")
    if entry["kind"] not in _KINDS:
        raise GazetteerError(f"{where} has kind {entry['kind']!r}, not one of {sorted(_KINDS)!r}")
    if not str(entry["source"]).startswith(("http://", "https://")):
        raise GazetteerError(f"{where} needs a public address as its source, not {entry['source']!r}")
    if entry["kind"] == "facility" and not (entry.get("at") or entry.get("point")):
        raise GazetteerError(f"{where} needs `at` (a GeoNames id) or `point` [lat, lon]")
    return OverlayPlace(
        id=f"waqai:{entry['id']}",
        kind=entry["kind"],
        facility=entry.get("facility"),
        names=tuple(map(str, entry["names"])),
        countries=tuple(entry.get("countries") or ([entry["country"]] if entry.get("country") else [])),
        admin1=entry.get("admin1"),
        at=entry.get("at"),
        point=_point(entry.get("point"), where),
        radius_km=entry.get("radius_km"),
        source=str(entry["source"]),
    )


def _point(value: Any, where: str) -> tuple[float, float] | None:
    if value is None:
        return None
    if not (isinstance(value, list) and len(value) == 2 and -90 <= value[0] <= 90 and -180 <= value[1] <= 180):
        raise GazetteerError(f"{where} needs a point [lat, lon] in degrees, not {value!r}")
    return float(value[0]), float(value[1])


def _extra_names(entry: Any, path: Path) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    if not (isinstance(entry, Mapping) and isinstance(entry.get("geonames"), int) and (entry.get("names") or entry.get("demonyms"))):
        raise GazetteerError(f"an entry under names in {path.name!r} needs `geonames` (a number) and `names` or `demonyms`: {entry!r}")
    return entry["geonames"], tuple(map(str, entry.get("names") or ())), tuple(map(str, entry.get("demonyms") or ()))


def _country(code: str, entry: Mapping[str, Any]) -> CountryNames:
    lists = {key: tuple(map(str, entry.get(key) or ())) for key in ("names", "demonyms", "abbreviations")}
    return CountryNames(code=code, **lists)
