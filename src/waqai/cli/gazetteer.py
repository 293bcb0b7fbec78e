"""`waqai gazetteer`: what the gazetteer is made of, what a name can mean in it, more places from GeoNames' dumps."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from waqai.cli.common import unpacking
from waqai.export import ATTRIBUTION
from waqai.flow import NOT_BUILT, Gazetteer, Place, build_gazetteer, find_settings_file, load_settings, open_gazetteer
from waqai.terminal.printing import err, out, print_notices

MORE = "`waqai gazetteer build --help` says how to add every village of a country."
MOST_SHOWN = 12
_HOW = {
    "name": "own name",
    "alternate": "other name",
    "demonym": "its people",
    "abbreviation": "abbreviation",
    "loose": "but for articles and word breaks",
    "skeleton": "by consonants",
}


def about_command(format: str) -> int:
    """What the gazetteer in use is made of. Raises GazetteerError, saying what mends it."""
    gazetteer = _open()
    told = describe_gazetteer(gazetteer)
    if format == "json":
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return 0
    out.print(Text.assemble("gazetteer ", (gazetteer.stamp, "bold")))
    shipped = told["shipped"]
    names = f" under {shipped['names']:,} names" if shipped["names"] else ""
    _line("shipped", f"{shipped['places']:,} places{names}, of {shipped['date'] or 'no date told'}")
    for layer in told["built"]:
        added = f"{_counted(layer['places'], 'place')}, {layer['new']:,} of them not shipped"
        _line(f"built {layer['country']}", f"{added}; GeoNames' dump of {layer['dump_date']}, downloaded {layer['downloaded'] or 'on a day not told'}")
    if not told["built"]:
        _line("built", f"none. {MORE}")
    for overlay in told["overlays"]:
        kinds = (("places", "place"), ("names", "more name"), ("countries", "named country"))
        _line("overlay", f"{overlay['file']}: {', '.join(_counted(overlay[key], noun) for key, noun in kinds if overlay[key]) or 'nothing'}")
    _line("hash", told["hash"][:16])
    _line("file", told["file"])
    out.print(ATTRIBUTION, style="dim", soft_wrap=True)
    return 0


def _line(name: str, value: str) -> None:
    head = Text(f"  {name:<10}", style="bold")
    out.print(head, Text(value), sep="", soft_wrap=True)


def _counted(number: int, noun: str) -> str:
    """
    >>> _counted(1, "place"), _counted(1200, "country")
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


def show_name_command(name: str, *, countries: Sequence[str], format: str) -> int:
    """Exit status 0, also when nothing bears the name: that is an answer."""
    gazetteer = _open()
    found = gazetteer.find(name, countries)
    if format == "json":
        value = {"name": name, "gazetteer": gazetteer.stamp, "places": [_as_json(place, gazetteer) for place in found]}
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
        return 0
    for number, place in enumerate(found[:MOST_SHOWN], 1):
        _print_place(number, place, gazetteer)
    if not found:
        out.print(f"No place is called {name!r} in gazetteer {gazetteer.stamp}.", soft_wrap=True)
        tip = "" if countries else "--countries SY also finds it by its consonants there. "
        out.print(f"{tip}{MORE} `places.overlay` in the settings names a file of your own places.", style="dim", soft_wrap=True)
    if len(found) > MOST_SHOWN:
        out.print(f"… and {len(found) - MOST_SHOWN} more; --countries narrows it, --format json gives them all", style="dim", soft_wrap=True)
    return 0


def _print_place(number: int, place: Place, gazetteer: Gazetteer) -> None:
    """Name and areas; below it what it is, where, and how we know."""
    areas = ", ".join(area for area in (place.admin2, place.admin1, " ".join(place.countries)) if area and area != place.name)
    out.print(Text.assemble(f"{number:>2} ", (place.name, "bold"), f"  {areas}  ", (place.id, "cyan")), soft_wrap=True)
    point = f"{place.lat:.4f}, {place.lon:.4f}" if place.lat is not None and place.lon is not None else "no point"
    radius = f" within {place.radius_km:g} km" if place.radius_km else ""
    people = f"{place.population:,} people" if place.population else ""
    facts = [place.facility or place.kind, point + radius, people, _HOW.get(place.match, place.match), _source_of(place, gazetteer)["told"]]
    out.print(Padding(Text(" · ".join(fact for fact in facts if fact), style="dim"), (0, 0, 0, 3)))


def _as_json(place: Place, gazetteer: Gazetteer) -> dict[str, Any]:
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


def build_command(paths: Sequence[Path], *, countries: Sequence[str], folder: Path | None) -> int:
    """Build, then unpack, so that the next command finds it ready. Raises GazetteerError; what was read until then is kept."""
    settings = load_settings(find_settings_file())
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=32), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("looking at the files", total=None)
        built = build_gazetteer(
            paths,
            countries=countries,
            folder=folder,
            settings=settings,
            tell=lambda what, done, of: progress.update(task, description=what, completed=done, total=of),
        )
    print_notices(built.notices)
    for path, layer in zip(built.paths, built.layers, strict=True):
        out.print(f"{layer.country}: {_counted(layer.places, 'place')}, dump of {layer.dump_date}, in {path}", soft_wrap=True)
    if folder is None and settings.places.built == NOT_BUILT:
        out.print(f'your settings say built = "{NOT_BUILT}": it is not used', soft_wrap=True)
    elif folder is None:
        gazetteer = _open()
        out.print(f"names are now looked up in gazetteer {gazetteer.stamp}; reports are read anew when they are added again", soft_wrap=True)
    else:
        out.print(f'to use it: built = "{folder}" under [places] in your settings', soft_wrap=True)
    out.print(ATTRIBUTION, style="dim", soft_wrap=True)
    return 0


def _open() -> Gazetteer:
    with unpacking() as tell:
        return open_gazetteer(load_settings(find_settings_file()), progress=tell)
