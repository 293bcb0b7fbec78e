"""The folder of a site: there whole or not at all, with the style, the scripts, and the libraries and outlines that ship with the desk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from waqai.core import NotWritten
from waqai.plots import shipped_file

OURS = ("site.css", "load.js", "select.js", "table.js", "map.js", "timeline.js")
VENDOR = (
    "leaflet/leaflet.js",
    "leaflet/leaflet.css",
    "topojson-client/topojson-client.min.js",
    "uplot/uPlot.iife.min.js",
    "uplot/uPlot.min.css",
    "LICENSES.txt",
)
FOLDERS = ("assets/vendor", "assets/shapes", "data", "pictures", "incidents", "list")
_SHAPES = {"coarse": "world-atlas/countries-110m.json", "fine": "world-atlas/countries-50m.json"}
_PROVINCES = "desk/static/shapes/admin1.json"


def check_folder(folder: Path) -> None:
    """Raises NotWritten where a site cannot go there."""
    if folder.exists():
        raise NotWritten(f"{str(folder)!r} is there already, and a site is not written over another; name a new folder")
    if not folder.absolute().parent.is_dir():
        raise NotWritten(f"{str(folder)!r} cannot be made: the folder {str(folder.absolute().parent)!r} does not exist; make it first")


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder beside it that takes its place at the end; nothing of it stays where something failed. Raises NotWritten."""
    check_folder(folder)
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir()
        yield part
        part.rename(folder)
    except NotWritten:
        raise
    except OSError as error:
        raise NotWritten(f"{str(folder)!r} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def lay_assets(folder: Path) -> None:
    """Everything of a site that is the same for all. Raises MissingPart where the files of the desk's libraries were not fetched."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name in OURS:
        (folder / "assets" / name).write_bytes(files("waqai.sites").joinpath("assets", name).read_bytes())
    for name in VENDOR:
        (folder / "assets/vendor" / name.rpartition("/")[2]).write_bytes(shipped_file(name).read_bytes())
    shutil.copyfile(str(files("waqai").joinpath("desk/static/icon.svg")), folder / "assets/icon.svg")
    told = {name: shipped_file(file).read_text(encoding="utf-8") for name, file in _SHAPES.items()}
    told["provinces"] = files("waqai").joinpath(_PROVINCES).read_text(encoding="utf-8")
    for name, topology in told.items():  # as scripts: a page that was opened from a folder may not fetch
        (folder / "assets/shapes" / f"{name}.js").write_text(f'waqai.put("{name}",{topology.strip()});\n', encoding="utf-8")


def write(folder: Path, path: str, text: str) -> None:
    """A text file of the site, in a folder of its own if need be."""
    file = folder / path
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text(text, encoding="utf-8", newline="\n")
