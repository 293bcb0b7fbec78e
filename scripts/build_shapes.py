"""Make the shapes of first-order areas (provinces, governorates, states) for the desk's map: src/waqai/desk/static/shapes/admin1.json.

    python -m scripts.build_shapes                             fetches its source from Debian's package qgis-common
    python -m scripts.build_shapes --source world_map.gpkg     takes a file that is there

The source is Natural Earth 4.1.0, "Admin 1 – States, Provinces", 1:10m (public domain), as the QGIS project generalised it for its world map. Needed are
Node.js with npm, for mapshaper (assets/package.json pins it), and apt-get for the fetching. Same source, same bytes; nothing of this runs when waqai does.

The result is one TopoJSON file with an object for each country, named by its ISO 3166-1 code; what no code covers is in "without_code". A shape has one
property, its name, and none where Natural Earth gives none. The borders of neighbours are one arc: no gaps, no overlaps.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from scripts.vendor import VendorFailed, fetch_packages, find_npm

Feature = dict[str, Any]
Topology = dict[str, Any]

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "waqai" / "desk" / "static" / "shapes"
PACKAGE = "qgis-common"
IN_PACKAGE = "usr/share/qgis/resources/data/world_map.gpkg"
SOURCE_SHA256 = "ff5cceefc4b27abea094fa82459d8aef9417023236c326a666978b62ffe85db2"
LIMIT_BYTES = 1_000_000
# Natural Earth draws who holds an area, and gives these the holder's code or none; ISO 3166 has this one for them, or for the areas they are made of.
ISO_CODES = {
    "Baykonur lease in Qyzylorda": "KZ",
    "Bonaire": "BQ",
    "Bouvet Island": "BV",
    "Christmas Island": "CX",
    "Clipperton Island": "FR",
    "Cocos (Keeling) Islands": "CC",
    "Crimea": "UA",
    "Guadeloupe": "GP",
    "Guantanamo Bay USNB": "CU",
    "Guyane française": "GF",
    "La Réunion": "RE",
    "Laâyoune - Boujdour - Sakia El Hamra": "EH",
    "Martinique": "MQ",
    "Mayotte": "YT",
    "Northern Cyprus": "CY",
    "Oued el Dahab": "EH",
    "Saba": "BQ",
    "Sevastopol": "UA",
    "Somaliland": "SO",
    "St. Eustatius": "BQ",
    "Svalbard": "SJ",
}
WITHOUT_CODE = "without_code"
WITHOUT_PROVINCES = "AQ"  # Antarctica is one shape, with a long coast
# The share of an area's points that stays, so that the file keeps under its limit: the larger the area, the fewer (9.3 km by the root of its area), at least
# 7 and at most 50 percent, and 2 percent where all of it lies north of 60 degrees, among fjords. Tuned on how much of each area's surface the result shares
# with the source (median overlap 0.90 of union in areas of 1,000 to 5,000 km2, 0.95 in those over 20,000).
SHARE = "percentage = this.bounds[1] > 60 ? 0.02 : Math.min(0.5, Math.max(0.07, 9300 / Math.sqrt(this.area)))"
QUANTIZATION = 30_000  # steps round the world: 1.3 km at the equator, about a pixel at the scale of a country; at 20,000 eight town quarters fall flat
ENVELOPE_BYTES = (0, 32, 48, 48, 64)  # by the envelope code in a GeoPackage geometry's flags (OGC 12-128r18, 2.1.3)


class ShapesFailed(Exception):
    """The shapes could not be made; the message says what would help."""


def read_features(source: Path) -> list[Feature]:
    """GeoJSON features with name and country, in the order of both."""
    query = "select iso_a2, name, geom from states_provinces where iso_a2 != ? order by iso_a2, name, fid"
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as database:
        rows = database.execute(query, (WITHOUT_PROVINCES,)).fetchall()
    missing = set(ISO_CODES) - {name for _, name, _ in rows}
    if missing:
        raise ShapesFailed(f"ISO_CODES names what the source does not hold: {sorted(missing)}")
    return [feature(code, name, read_geometry(blob)) for code, name, blob in rows]


def feature(code: str, name: str | None, rings: list[list[Any]]) -> Feature:
    code = ISO_CODES.get(name or "", code)
    properties = {"name": name, "country": code if code.isalpha() else WITHOUT_CODE}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": rings}}


def read_geometry(blob: bytes) -> list[list[Any]]:
    """Polygons of rings of points (longitude, latitude) of a GeoPackage geometry: its own header, then well-known binary, little-endian."""
    offset = 8 + ENVELOPE_BYTES[(blob[3] >> 1) & 7]
    order, kind, count = struct.unpack_from("<BII", blob, offset)
    if blob[:2] != b"GP" or (order, kind) != (1, 6):
        raise ShapesFailed(f"not a multipolygon in little-endian order: {blob[:16]!r}; the source is another one than this script knows")
    offset, polygons = offset + 9, []
    for _ in range(count):
        polygon, offset = read_polygon(blob, offset)
        polygons.append(polygon)
    return polygons


def read_polygon(blob: bytes, offset: int) -> tuple[list[Any], int]:
    """The rings of the polygon that begins here, and where it ends."""
    (count,) = struct.unpack_from("<I", blob, offset + 5)
    offset, rings = offset + 9, []
    for _ in range(count):
        (points,) = struct.unpack_from("<I", blob, offset)
        numbers = struct.unpack_from(f"<{2 * points}d", blob, offset + 4)
        rings.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
        offset += 4 + 16 * points
    return rings, offset


def simplify(features: Iterable[Feature], scratch: Path) -> Topology:
    """The features with fewer points, as mapshaper makes them: slivers of the source closed, small areas kept, crossings repaired."""
    npm, node = find_npm(), shutil.which("node")
    if npm is None or node is None:
        raise ShapesFailed("there is no node or no npm on the PATH: install Node.js with npm")
    mapshaper = fetch_packages(npm, ROOT, scratch) / "mapshaper" / "bin" / "mapshaper"
    (scratch / "admin1.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    steps = ["-clean", "-simplify", "weighted", "variable", SHARE, "keep-shapes", "-filter-fields", "name,country"]
    out = ["-o", "out.json", "format=topojson", f"quantization={QUANTIZATION}"]
    subprocess.run([node, mapshaper, "admin1.geojson", *steps, *out], cwd=scratch, check=True)
    topology: Topology = json.loads((scratch / "out.json").read_text(encoding="utf-8"))
    return topology


def group(topology: Topology) -> Topology:
    """The topology with an object for each country: the code is written once, and a map can take the countries in view."""
    countries: dict[str, list[Feature]] = defaultdict(list)
    for geometry in topology["objects"]["admin1"]["geometries"]:
        name, country = geometry["properties"]["name"], geometry["properties"]["country"]
        countries[country].append({"type": geometry["type"], "arcs": geometry["arcs"], "properties": {"name": name} if name else {}})
    objects = {country: {"type": "GeometryCollection", "geometries": shapes} for country, shapes in sorted(countries.items())}
    return without_unused_arcs({"type": "Topology", "objects": objects, "arcs": topology["arcs"], "transform": topology["transform"]})


def without_unused_arcs(topology: Topology) -> Topology:
    """The topology with the arcs that some shape has, numbered anew: mapshaper leaves those of closed slivers in."""
    shapes = [shape for country in topology["objects"].values() for shape in country["geometries"]]
    used = sorted({number for shape in shapes for number in iter_arcs(shape["arcs"])})
    numbers = {old: new for new, old in enumerate(used)}
    for shape in shapes:
        shape["arcs"] = renumbered(shape["arcs"], numbers)
    return {**topology, "arcs": [topology["arcs"][number] for number in used]}


def iter_arcs(nested: Any) -> Iterator[int]:
    """The numbers of the arcs in a nest of lists; ~n stands for n, backwards."""
    if isinstance(nested, int):
        yield max(nested, ~nested)
    else:
        for part in nested:
            yield from iter_arcs(part)


def renumbered(nested: Any, numbers: dict[int, int]) -> Any:
    """The same nest with new numbers.

    >>> renumbered([[7, ~9], [9]], {7: 0, 9: 1})
    [[0, -2], [1]]
    """
    if isinstance(nested, int):
        return numbers[nested] if nested >= 0 else ~numbers[~nested]
    return [renumbered(part, numbers) for part in nested]


def provenance(topology: Topology, data: bytes, *, read: int) -> dict[str, object]:
    """Where the shapes are from, what was done to them, and the hash of the file."""
    return {
        "file": "admin1.json",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "shapes": sum(len(country["geometries"]) for country in topology["objects"].values()),
        "shapes_read": read,
        "countries": len(topology["objects"]),
        "source": "Natural Earth 4.1.0, 1:10m Cultural Vectors, Admin 1 – States, Provinces (naturalearthdata.com)",
        "licence": "public domain",
        "by_way_of": "the layer states_provinces of QGIS's world_map.gpkg, which generalised the borders (GRASS v.generalize) and left columns out; "
        "Debian package qgis-common 3.22.16+dfsg-1",
        "source_sha256": SOURCE_SHA256,
        "tool": f"mapshaper {json.loads((ROOT / 'assets' / 'package.json').read_text(encoding='utf-8'))['devDependencies']['mapshaper']}",
        "kept": SHARE,
        "quantization": QUANTIZATION,
        "codes_of_ours": ISO_CODES,
    }


def fetch_source(scratch: Path) -> Path:
    """The world map out of Debian's package. Raises ShapesFailed where there is no Debian."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise ShapesFailed(f"no apt-get here: take {IN_PACKAGE} out of Debian's package {PACKAGE}, and name it with --source")
    subprocess.run(["apt-get", "download", PACKAGE], cwd=scratch, check=True)
    subprocess.run(["dpkg-deb", "-x", next(scratch.glob("*.deb")), scratch], check=True)
    return scratch / IN_PACKAGE


def check_source(source: Path) -> None:
    found = hashlib.sha256(source.read_bytes()).hexdigest()
    if found != SOURCE_SHA256:
        raise ShapesFailed(
            f"{source.name} has sha256 {found}, not {SOURCE_SHA256}: it is another version; to take it, write its hash and version into this script, "
            "and look at the map that comes out"
        )


def build(source: Path, out: Path, scratch: Path) -> None:
    """Write admin1.json and provenance.json. Raises ShapesFailed when the file grows over its limit."""
    check_source(source)
    features = read_features(source)
    topology = group(simplify(features, scratch))
    data = (json.dumps(topology, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    if len(data) > LIMIT_BYTES:
        raise ShapesFailed(f"the file would have {len(data):,} bytes, more than {LIMIT_BYTES:,}: keep fewer points (SHARE)")
    out.mkdir(parents=True, exist_ok=True)
    (out / "admin1.json").write_bytes(data)
    about = provenance(topology, data, read=len(features))
    (out / "provenance.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, help="world_map.gpkg, where it is there already")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="waqai-shapes-") as scratch:
        try:
            build(options.source or fetch_source(Path(scratch)), options.out, Path(scratch))
        except (ShapesFailed, VendorFailed) as failed:
            print(f"shapes: {failed}", file=sys.stderr)
            return 1
    print((options.out / "provenance.json").read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
