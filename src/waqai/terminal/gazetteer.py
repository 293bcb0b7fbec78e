"""The gazetteer's layers and places, for the screen and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.text import Text

from waqai.export import ATTRIBUTION
from waqai.flow import Gazetteer, Place
from waqai.terminal.printing import out

_HOW = {
    "name": "own name",
    "alternate": "other name",
    "demonym": "its people",
    "abbreviation": "abbreviation",
    "loose": "but for articles and word breaks",
    "skeleton": "by consonants",
}


def print_line(name: str, value: str) -> None:
    """A value under its name."""
    head = Text(f"  {name:<10}", style="bold")
    out.print(head, Text(value), sep="", soft_wrap=True)


def count_many(number: int, noun: str) -> str:
    """
    >>> count_many(1, "place"), count_many(1200, "country")
    ('1 place', '1,200 countries')
    """
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else several}"


def describe_gazetteer(gazetteer: Gazetteer) -> dict[str, Any]:
    """The layers of a gazetteer as plain values."""
    meta = gazetteer.meta
    overlays = [{**one, "file": Path(one["file"]).name} for one in json.loads(meta.get("overlays", "[]"))]
    return {
        "stamp": gazetteer.stamp,
        "hash": meta.get("hash", ""),
        "file": str(gazetteer.path),
        "shipped": {"places": int(meta.get("places", 0)), "names": int(meta.get("shipped_names", 0)), "date": meta.get("shipped_date")},
        "built": json.loads(meta.get("layers", "[]")),
        "overlays": overlays,
        "attribution": ATTRIBUTION,
    }


def print_place(number: int, place: Place, gazetteer: Gazetteer) -> None:
    """Name and areas; below it what it is, where, and how we know."""
    areas = ", ".join(area for area in (place.admin2, place.admin1, " ".join(place.countries)) if area and area != place.name)
    out.print(Text.assemble(f"{number:>2} ", (place.name, "bold"), f"  {areas}  ", (place.id, "cyan")), soft_wrap=True)
    point = f"{place.lat:.4f}, {place.lon:.4f}" if place.lat is not None and place.lon is not None else "no point"
    radius = f" within {place.radius_km:g} km" if place.radius_km else ""
    people = f"{place.population:,} people" if place.population else ""
    facts = [place.facility or place.kind, point + radius, people, _HOW.get(place.match, place.match), _source_of(place, gazetteer)["told"]]
    out.print(Padding(Text(" · ".join(fact for fact in facts if fact), style="dim"), (0, 0, 0, 3)))


def place_as_json(place: Place, gazetteer: Gazetteer) -> dict[str, Any]:
    """A place as plain values."""
    keys = ("id", "kind", "facility", "name", "country", "admin1", "admin2", "lat", "lon", "radius_km", "population", "match")
    return {**{key: getattr(place, key) for key in keys}, "countries": list(place.countries), "source": _source_of(place, gazetteer)}


def _source_of(place: Place, gazetteer: Gazetteer) -> Mapping[str, str | None]:
    """Which layer a place comes from, the day of its data or the page it was taken from, and the same in words."""
    meta = gazetteer.meta
    dates = {str(layer["country"]): str(layer["dump_date"]) for layer in json.loads(meta.get("layers", "[]"))}
    shipped = meta.get("shipped_date")
    if place.source is None:
        return {"layer": "shipped", "date": shipped, "page": None, "told": f"shipped {shipped or ''}".strip()}
    if place.source in ("built", "extended"):
        date = dates.get(place.country or "")
        told = f"built {date}" if place.source == "built" else f"shipped {shipped or ''}, built {date}"
        return {"layer": place.source, "date": date, "page": None, "told": told}
    return {"layer": "overlay", "date": None, "page": place.source, "told": f"overlay: {place.source}"}
