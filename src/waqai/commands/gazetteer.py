"""`waqai gazetteer`: what the gazetteer is made of, what a name can mean in it, more places from GeoNames' dumps."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from waqai.commands.common import unpacking
from waqai.export import ATTRIBUTION
from waqai.flow import NOT_BUILT, Gazetteer, build_gazetteer, find_settings_file, load_settings, open_gazetteer
from waqai.terminal.gazetteer import count_many, describe_gazetteer, place_as_json, print_line, print_place
from waqai.terminal.printing import err, out, print_notices

MORE = "`waqai gazetteer build --help` says how to add every village of a country."
MOST_SHOWN = 12


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
    print_line("shipped", f"{shipped['places']:,} places{names}, of {shipped['date'] or 'no date told'}")
    for layer in told["built"]:
        added = f"{count_many(layer['places'], 'place')}, {layer['new']:,} of them not shipped"
        print_line(f"built {layer['country']}", f"{added}; GeoNames' dump of {layer['dump_date']}, downloaded {layer['downloaded'] or 'on a day not told'}")
    if not told["built"]:
        print_line("built", f"none. {MORE}")
    for overlay in told["overlays"]:
        kinds = (("places", "place"), ("names", "more name"), ("countries", "named country"))
        print_line("overlay", f"{overlay['file']}: {', '.join(count_many(overlay[key], noun) for key, noun in kinds if overlay[key]) or 'nothing'}")
    print_line("hash", told["hash"][:16])
    print_line("file", told["file"])
    out.print(ATTRIBUTION, style="dim", soft_wrap=True)
    return 0


def show_name_command(name: str, *, countries: Sequence[str], format: str) -> int:
    """Exit status 0, also when nothing bears the name: that is an answer."""
    gazetteer = _open()
    found = gazetteer.find(name, countries)
    if format == "json":
        value = {"name": name, "gazetteer": gazetteer.stamp, "places": [place_as_json(place, gazetteer) for place in found]}
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
        return 0
    for number, place in enumerate(found[:MOST_SHOWN], 1):
        print_place(number, place, gazetteer)
    if not found:
        out.print(f"No place is called {name!r} in gazetteer {gazetteer.stamp}.", soft_wrap=True)
        tip = "" if countries else "--countries SY also finds it by its consonants there. "
        out.print(f"{tip}{MORE} `places.overlay` in the settings names a file of your own places.", style="dim", soft_wrap=True)
    if len(found) > MOST_SHOWN:
        out.print(f"… and {len(found) - MOST_SHOWN} more; --countries narrows it, --format json gives them all", style="dim", soft_wrap=True)
    return 0


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
        out.print(f"{layer.country}: {count_many(layer.places, 'place')}, dump of {layer.dump_date}, in {path}", soft_wrap=True)
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
