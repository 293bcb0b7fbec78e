"""What the desk serves beside its pages: the libraries that set-up brings, the shapes of the map; nothing that makes a browser ask another machine."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scripts import vendor
from waqai.places import Gazetteer

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src" / "waqai" / "desk" / "static"
VENDOR = STATIC / "vendor"
SHAPES = STATIC / "shapes"
FIRST_VIEW = ("htmx.org/htmx.min.js", "topojson-client/topojson-client.min.js", "world-atlas/countries-110m.json")  # with all of leaflet and uplot
READ_BY_BROWSERS = {".js", ".css", ".svg", ".html", ".json"}
ADDRESS = re.compile(r"""(?:\b(?:https?|wss?|ftp):|(?<=["'`(=\s]))//[\w-]+(?:\.[\w-]+)+[^\s"'`)<>\\]*""")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$|<!--.*?-->", re.DOTALL | re.MULTILINE)
FETCHED_BY_NOBODY = {
    "http://www.w3.org/2000/svg": "the name of a vocabulary",
    "https://leafletjs.com": "a link in the corner of the map, which the desk takes away",
}


def served() -> list[Path]:
    return [file for file in sorted(STATIC.rglob("*")) if file.suffix in READ_BY_BROWSERS]


@cache
def admin1() -> dict[str, Any]:
    topology: dict[str, Any] = json.loads((SHAPES / "admin1.json").read_text(encoding="utf-8"))
    return topology


def iter_shapes() -> Iterator[tuple[str, dict[str, Any]]]:
    """Country and shape of all first-order areas."""
    return ((country, shape) for country, collection in admin1()["objects"].items() for shape in collection["geometries"])


def polygons_of(shape: dict[str, Any]) -> list[list[list[int]]]:
    """Polygons of rings of arc numbers, for a shape of one polygon too."""
    return [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]


@cache
def arcs() -> list[list[tuple[float, float]]]:
    """The points (longitude, latitude) of every arc, as topojson-client reads them: each point is written as the step from the one before."""
    (kx, ky), (dx, dy) = admin1()["transform"]["scale"], admin1()["transform"]["translate"]
    read = []
    for arc in admin1()["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        read.append(points)
    return read


def points_of(ring: list[int]) -> list[tuple[float, float]]:
    """The points of a ring; ~n is arc n backwards."""
    return [point for number in ring for point in (arcs()[number] if number >= 0 else arcs()[~number][::-1])]


@cache
def outlines() -> list[tuple[str, str | None, tuple[float, float, float, float], list[list[tuple[float, float]]]]]:
    """Country, name, bounds (west, south, east, north) and rings of all areas."""
    read = []
    for country, shape in iter_shapes():
        rings = [points_of(ring) for polygon in polygons_of(shape) for ring in polygon]
        xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
        read.append((country, shape["properties"].get("name"), (min(xs), min(ys), max(xs), max(ys)), rings))
    return read


def areas_at(lat: float, lon: float) -> list[tuple[str, str | None]]:
    """Country and name of the areas that this point lies in: those whose rings a line to the east crosses an odd number of times."""
    return [
        (country, name)
        for country, name, (west, south, east, north), rings in outlines()
        if west <= lon <= east and south <= lat <= north and sum(crossings(ring, lat, lon) for ring in rings) % 2
    ]


def crossings(ring: list[tuple[float, float]], lat: float, lon: float) -> int:
    return sum((y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in pairwise(ring))


@pytest.mark.parametrize("name", [*vendor.promised(), vendor.LICENSES])
def test_set_up_has_brought_every_promised_file(name: str) -> None:
    assert (VENDOR / name).stat().st_size > 0


def test_the_brought_files_are_those_of_the_lock_file_and_whole() -> None:
    assert vendor.is_current(ROOT)


def test_nothing_else_lies_among_them() -> None:
    found = {file.relative_to(VENDOR).as_posix() for file in VENDOR.rglob("*") if file.is_file()}
    assert found == {*vendor.promised(), vendor.LICENSES, vendor.MANIFEST}


def test_every_library_travels_with_its_licence_and_its_version() -> None:
    text = (VENDOR / vendor.LICENSES).read_text(encoding="utf-8")
    wanted = json.loads((ROOT / "assets" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert [name for name, version in wanted.items() if f"\n{name} {version} (" not in f"\n{text}"] == []
    assert len(re.findall("TH(?:E|IS) SOFTWARE IS PROVIDED", text)) == len(wanted) - 1 and "THE FONT SOFTWARE IS PROVIDED" in text


@pytest.mark.parametrize("file", served(), ids=lambda file: file.relative_to(STATIC).as_posix())
def test_no_served_file_names_an_address_that_a_browser_would_fetch(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert {address for address in ADDRESS.findall(COMMENT.sub("", text)) if address not in FETCHED_BY_NOBODY} == set()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ('import "https://cdn.example.org/a.js";', "https://cdn.example.org/a.js"),
        ("@import url(//fonts.example.org/x.css);", "//fonts.example.org/x.css"),
        ('<img src="//example.org/i.png">', "//example.org/i.png"),
        ("new WebSocket(`wss://example.org/live`)", "wss://example.org/live"),
    ],
)
def test_the_search_for_addresses_finds_those_of_other_machines(text: str, address: str) -> None:
    assert ADDRESS.findall(COMMENT.sub("", text)) == [address]


@pytest.mark.parametrize("sheet", sorted(VENDOR.rglob("*.css")), ids=lambda file: file.name)
def test_every_picture_of_a_brought_style_sheet_was_brought_too(sheet: Path) -> None:
    named = [name for name in re.findall(r"url\(['\"]?([^)'\"]+)", sheet.read_text(encoding="utf-8")) if not name.startswith(("#", "data:"))]
    assert [name for name in named if not (sheet.parent / name).is_file()] == []


def test_the_libraries_of_the_first_view_stay_under_150_kilobytes_compressed() -> None:
    names = [name for name in vendor.promised() if name in FIRST_VIEW or (name.startswith(("leaflet/", "uplot/")) and name.endswith((".js", ".css")))]
    assert len(names) == 7
    assert sum(len(gzip.compress((VENDOR / name).read_bytes(), mtime=0)) for name in names) < 150_000


def test_the_shapes_of_provinces_stay_under_a_megabyte() -> None:
    assert (SHAPES / "admin1.json").stat().st_size <= 1_000_000


def test_the_shapes_are_those_of_their_provenance() -> None:
    about = json.loads((SHAPES / "provenance.json").read_text(encoding="utf-8"))
    data = (SHAPES / "admin1.json").read_bytes()
    assert (about["sha256"], about["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (about["shapes"], about["countries"]) == (sum(1 for _ in iter_shapes()), len(admin1()["objects"]))
    assert about["shapes"] == about["shapes_read"] > 4_500  # none was lost on the way
    assert about["licence"] == "public domain" and re.fullmatch(r"[0-9a-f]{64}", about["source_sha256"])


def test_shapes_lie_under_their_country_and_have_a_name_and_nothing_else() -> None:
    assert {country for country in admin1()["objects"] if not re.fullmatch("[A-Z]{2}", country)} == {"without_code"}
    assert {key for _, shape in iter_shapes() for key in shape["properties"]} == {"name"}
    assert sorted(country for country, shape in iter_shapes() if not shape["properties"]) == ["AI", "CO", "KI", "MX", "RU"]  # nameless at the source


def test_every_shape_is_closed_and_borders_are_shared_by_two_at_most() -> None:
    rings = [ring for _, shape in iter_shapes() for polygon in polygons_of(shape) for ring in polygon]
    assert [ring for ring in rings if points_of(ring)[0] != points_of(ring)[-1]] == []
    used = Counter(number if number >= 0 else ~number for ring in rings for number in ring)
    assert set(used) == set(range(len(arcs()))) and max(used.values()) == 2


def test_no_shape_came_out_flat_but_an_atoll_of_five_square_kilometres() -> None:
    assert [name for _, name, _, rings in outlines() if all(len(set(ring)) < 3 for ring in rings)] == ["Manihiki"]


@pytest.mark.parametrize(
    ("place", "lat", "lon", "country", "name"),
    [
        ("Ras al-Ayn, on the border", 36.84, 40.07, "SY", "Hasaka (Al Haksa)"),
        ("Damascus", 33.51, 36.29, "SY", "Damascus"),
        ("Mosul", 36.34, 43.13, "IQ", "Ninawa"),
        ("Maiduguri", 11.83, 13.15, "NG", "Borno"),
        ("Culiacán", 24.8, -107.39, "MX", "Sinaloa"),
        ("Gaza", 31.5, 34.45, "PS", "Gaza Strip"),
        ("Cayenne: ISO 3166 has a code for French Guiana", 4.92, -52.33, "GF", "Guyane française"),
        ("Simferopol: ISO 3166 lists Crimea under Ukraine", 44.95, 34.1, "UA", "Crimea"),
        ("Hargeisa: ISO 3166 lists its regions under Somalia", 9.56, 44.06, "SO", "Somaliland"),
    ],
)
def test_places_lie_in_the_shape_of_their_province(place: str, lat: float, lon: float, country: str, name: str) -> None:
    assert areas_at(lat, lon) == [(country, name)]


def test_large_towns_of_the_gazetteer_lie_in_a_shape_of_their_own_country_or_in_the_sea() -> None:
    """Ports lie in the sea where the coast was simplified. On the wrong side of a border lie towns at it, and Jerusalem."""
    with sqlite3.connect(f"file:{Gazetteer.open().path}?mode=ro", uri=True) as places:
        towns = places.execute("SELECT countries, lat / 1e4, lon / 1e4 FROM place WHERE kind = 'town' AND population >= 200000 AND lat IS NOT NULL").fetchall()
    found = Counter({(): "nowhere", (country,): "at home"}.get(tuple(area for area, _ in areas_at(lat, lon)), "abroad") for country, lat, lon in towns)
    assert found.total() > 3_000
    assert found["abroad"] <= 6 and found["nowhere"] < 0.04 * found.total(), found
