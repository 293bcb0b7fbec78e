"""The shipped gazetteer, built layers and overlays made into one SQLite file, once a user and content.

The file lies in the user's cache folder (WAQAI_CACHE overrides it) under a name made of the hash of all that goes in, so an update of the package makes a
new one beside the old. It is written under another name and moved in place when it is whole: two processes that start together both write, and the later move
replaces the earlier file with an equal one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import platformdirs

from waqai.core import GazetteerError
from waqai.places.layers import load_head
from waqai.places.merging import Added, absorb_twins, add_layers
from waqai.places.names import fold
from waqai.places.overlay import SHIPPED, CountryNames, Overlay, OverlayPlace, load_overlay
from waqai.places.packed import TRANSLITERATED, load_packed, loose_keys

Progress = Callable[[str, float], None]
SCHEMA_VERSION = "3"
KEPT = 4  # unpacked files that stay in the folder, the last used
_TRIES = 3
_UNPACKED = re.compile(r"gazetteer-[0-9a-f]{16}\.sqlite")

# What stands behind an id in `name.places`: the place's own name, a demonym, an abbreviation; nothing: another name of it.
OWN_NAME, DEMONYM, ABBREVIATION, PROVINCE, CITY = "n", "d", "x", "p", "c"

# lat, lon: units of 0.0001 degree, '' unknown. weight: tenths. radius_km 0: unknown. admin1, admin2: ids, 0 none. name.places: ids joined by blanks.
# source: NULL for a shipped row, "extended" and "built" (merging), the public page of a place of an overlay.
_SCHEMA = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place(id INTEGER PRIMARY KEY, kind TEXT, name TEXT, countries TEXT, admin1 INTEGER, admin2 INTEGER, lat INTEGER, lon INTEGER,
  radius_km REAL, population INTEGER, weight INTEGER, slug TEXT, facility TEXT, source TEXT);
CREATE TABLE name(key TEXT PRIMARY KEY, places TEXT) WITHOUT ROWID;
CREATE TABLE country_name(key TEXT PRIMARY KEY, country TEXT, how TEXT) WITHOUT ROWID;
"""
# Provinces and cities over 300,000 that point to one country as its own name does; names that two countries share and mere words are left out.
_MERE_WORDS = ("capital", "coast", "east", "west", "islands", "maritime")
_ADD_WELL_KNOWN = f"""INSERT OR IGNORE INTO country_name SELECT key, max(countries), min(how) FROM (
  SELECT key, p.countries, CASE kind WHEN 'admin1' THEN 'p' ELSE 'c' END AS how FROM place p JOIN name ON key = lower(p.name)
  WHERE (p.kind = 'admin1' AND p.weight >= 53 OR p.kind = 'town' AND p.weight >= 55)
) WHERE length(key) > 3 AND key NOT IN {_MERE_WORDS} GROUP BY key HAVING min(countries) = max(countries)"""
_ADD_NAME = "INSERT INTO name VALUES(?,?) ON CONFLICT(key) DO UPDATE SET places = places || ' ' || excluded.places"


def content_hash(data: Path, overlays: Iterable[Path], layers: Iterable[Path] = ()) -> str:
    """Hex digest of everything that goes into the SQLite file. Raises GazetteerError when a file is missing, saying what brings it back."""
    digest = hashlib.sha256(SCHEMA_VERSION.encode())
    for path in (data, *overlays, *layers):
        try:
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError as error:
            raise GazetteerError(f"cannot read {str(path)!r}: {error.strerror}; {_remedy(path)}") from error
    return digest.hexdigest()


def _remedy(path: Path) -> str:
    if path.parent == SHIPPED[0].parent:
        return "it comes with waqai: install waqai again (in a clone: `git checkout src/waqai/places/data`)"
    return "places.overlay in your settings names it" if path.suffix in (".yaml", ".yml") else "is it still there?"


def cache_folder() -> Path:
    """Where unpacked files lie: WAQAI_CACHE, else the user's cache folder."""
    told = os.environ.get("WAQAI_CACHE")
    return Path(told) if told else platformdirs.user_cache_path("waqai", appauthor=False)


def unpack(data: Path, overlays: tuple[Path, ...], layers: tuple[Path, ...] = (), *, folder: Path | None = None, progress: Progress | None = None) -> Path:
    """The SQLite file for these inputs, made now if it is not there yet, whole. Raises GazetteerError when it cannot be made or kept.

    Files that were unpacked of other inputs go, but for the few last used.
    """
    folder = folder or cache_folder()
    digest = content_hash(data, overlays, layers)
    for _ in range(_TRIES):
        target = folder / f"gazetteer-{digest[:16]}.sqlite"
        part = _begin(target)
        if part is None:
            return target
        try:
            _write(part, data, overlays, layers, digest, progress or _silent)
            written, digest = digest, content_hash(data, overlays, layers)
            if digest == written:  # else a file was replaced while it was read, and what was made of it is of neither
                part.replace(target)
                _remove_old(target)
                return target
        except sqlite3.Error as error:
            raise GazetteerError(f"cannot write the gazetteer into {str(folder)!r}: {error}; is the disk full? WAQAI_CACHE names another folder") from error
        finally:
            part.unlink(missing_ok=True)
    changing = ", ".join(repr(str(path)) for path in (*overlays, *layers) if path not in SHIPPED) or repr(str(data))
    raise GazetteerError(f"the gazetteer's files changed each time that they were read ({changing}); try again when the build that writes them is done")


def _begin(target: Path) -> Path | None:
    """An empty file beside the target to write to; None where the target is there, which is then marked as used. Raises GazetteerError."""
    try:
        if _is_whole(target):
            with suppress(OSError):  # of another user, or in a folder that is only read
                os.utime(target)
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="gazetteer-", suffix=".part", dir=target.parent)
    except OSError as error:
        fault = f"cannot unpack the gazetteer into {str(target.parent)!r}: {error.strerror}"
        raise GazetteerError(f"{fault}; set WAQAI_CACHE to a folder that can be written") from error
    os.close(handle)
    return Path(name)


def _remove_old(target: Path) -> None:
    """Leave the last used of the unpacked files, `target` among them. One that Windows holds open, or another process removed first, is passed over."""
    with suppress(OSError):
        others = [path for path in target.parent.iterdir() if _UNPACKED.fullmatch(path.name) and path != target]
        for path in sorted(others, key=lambda path: path.stat().st_mtime_ns)[: -(KEPT - 1)]:
            with suppress(OSError):
                path.unlink()


def _is_whole(target: Path) -> bool:
    """Whether the file is there with all the pages that its own head counts: a copy cut off by a full disk is unpacked anew. Raises OSError."""
    try:
        with target.open("rb") as stream:
            head = stream.read(100)
            size = stream.seek(0, os.SEEK_END)
    except FileNotFoundError:
        return False
    page = int.from_bytes(head[16:18], "big")
    return head.startswith(b"SQLite format 3") and size == int.from_bytes(head[28:32], "big") * (65_536 if page == 1 else page)


def _silent(stage: str, done: float) -> None:
    return None


def _write(target: Path, data: Path, overlays: tuple[Path, ...], layers: tuple[Path, ...], digest: str, progress: Progress) -> None:
    progress("reading the packed gazetteer", 0.0)
    for path in layers:
        load_head(path)  # one of another make is told now, not after the long work
    loaded = [load_overlay(path) for path in overlays]
    packed = load_packed(data)
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        connection.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;" + _SCHEMA + "BEGIN;")
        progress("writing places", 0.2)
        connection.executemany("INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?,?,NULL,NULL,NULL)", packed.iter_places())
        progress("writing names", 0.4)
        connection.executemany("INSERT INTO name VALUES(?,?)", packed.iter_names())
        shipped = len(packed.places[0])
        del packed
        progress(f"adding the build of {', '.join(path.stem for path in layers)}" if layers else "adding the overlay", 0.6 if layers else 0.9)
        built = add_layers(connection, layers)
        progress("adding the overlay", 0.9)
        absorb_twins(connection, _add_overlays(connection, loaded))
        connection.execute(_ADD_WELL_KNOWN)
        meta = {"schema": SCHEMA_VERSION, "hash": digest, "places": str(shipped), "overlay_places": str(sum(len(o.places) for o in loaded))}
        meta |= _shipped_meta(data) | {"layers": json.dumps(built, sort_keys=True)}
        meta["overlays"] = json.dumps([_counted(path, overlay) for path, overlay in zip(overlays, loaded, strict=True)])
        connection.executemany("INSERT INTO meta VALUES(?,?)", sorted(meta.items()))
        connection.execute("CREATE INDEX place_slug ON place(slug) WHERE slug IS NOT NULL")  # few have one
        connection.execute("COMMIT")
    finally:
        connection.close()
    progress("done", 1.0)


def _shipped_meta(data: Path) -> dict[str, str]:
    """Date and number of names of the packed file, from the provenance beside it; nothing where there is none."""
    provenance = data.with_suffix(".json")
    told = json.loads(provenance.read_text(encoding="utf-8")) if provenance.exists() else {}
    return {key: str(told[name]) for key, name in (("shipped_date", "date"), ("shipped_names", "names")) if name in told}


def _counted(path: Path, overlay: Overlay) -> dict[str, object]:
    return {"file": str(path), "places": len(overlay.places), "names": len(overlay.names), "countries": len(overlay.countries)}


def _add_overlays(connection: sqlite3.Connection, overlays: Iterable[Overlay]) -> list[Added]:
    """Adds them, and gives the new places that have a point."""
    added = []
    rows = connection.execute("SELECT countries, id, name FROM place WHERE kind = 'country'")
    countries = {code: (id_, name) for code, id_, name in rows}
    next_id = -1
    for overlay in overlays:
        for country in overlay.countries:
            _add_country(connection, country, countries)
        for place, names in overlay.names:
            _add_extra_names(connection, place, names)
        for place, demonyms in overlay.demonyms:
            connection.executemany(_ADD_NAME, [(fold(name), f"{place}{DEMONYM}") for name in demonyms])
        for entry in overlay.places:
            added += _add_place(connection, entry, next_id)
            next_id -= 1
        for place_id, point in overlay.points:
            _move(connection, place_id, point, countries)
    return added


def _move(connection: sqlite3.Connection, place_id: str, point: tuple[float, float], countries: Mapping[str, tuple[int, str]]) -> None:
    """Give a country (by code) or another row (by id) this point."""
    scheme, _, rest = place_id.partition(":")
    where, value = ("id", int(rest)) if scheme == "geonames" else ("id", countries[place_id][0]) if place_id in countries else ("slug", place_id)
    values = (*(round(degrees * 10_000) for degrees in point), value)
    if connection.execute(f"UPDATE place SET lat = ?, lon = ? WHERE {where} = ?", values).rowcount != 1:
        raise GazetteerError(f"the overlay gives a point to {place_id!r}, which the gazetteer does not hold")


def _add_country(connection: sqlite3.Connection, country: CountryNames, rows: Mapping[str, tuple[int, str]]) -> None:
    row = rows.get(country.code)
    if row is None:
        raise GazetteerError(f"the overlay names a country {country.code!r} that the gazetteer does not hold")
    spellings = (("", country.names), (DEMONYM, country.demonyms), (ABBREVIATION, country.abbreviations))
    keys = {fold(name): how for how, names in spellings for name in names}
    connection.executemany(_ADD_NAME, [(key, f"{row[0]}{how}") for key, how in keys.items()])
    keys[fold(row[1])] = OWN_NAME
    connection.executemany("INSERT OR IGNORE INTO country_name VALUES(?,?,?)", [(key, country.code, how) for key, how in keys.items()])


def _add_extra_names(connection: sqlite3.Connection, place: int, names: tuple[str, ...]) -> None:
    row = connection.execute("SELECT countries FROM place WHERE id = ?", (place,)).fetchone()
    if row is None:
        raise GazetteerError(f"the overlay adds names to geonames:{place}, which the gazetteer does not hold")
    folded = {fold(name) for name in names}
    connection.executemany(_ADD_NAME, [(key, str(place)) for key in sorted(folded | loose_keys(folded, row[0]))])


def _add_place(connection: sqlite3.Connection, entry: OverlayPlace, place: int) -> list[Added]:
    lat, lon, countries, admin1, admin2 = _position(connection, entry)
    weight = {"facility": 35, "region": 50}.get(entry.kind, 33)
    radius = entry.radius_km or (2.0 if entry.point else 5.0 if lat != "" else 0)
    values = (place, entry.kind, entry.names[0], countries, admin1, admin2, lat, lon, radius, 0, weight, entry.id, entry.facility, entry.source)
    connection.execute(f"INSERT INTO place VALUES({','.join('?' * len(values))})", values)
    folded = [fold(name) for name in entry.names]
    keys = {key: "" for code in countries.split() if code in TRANSLITERATED for key in loose_keys(folded, code)}
    keys |= dict.fromkeys(folded, "") | {folded[0]: OWN_NAME}
    connection.executemany(_ADD_NAME, [(key, f"{place}{how}") for key, how in sorted(keys.items())])
    if entry.kind == "region" and len(countries.split()) == 1:
        connection.executemany("INSERT OR IGNORE INTO country_name VALUES(?,?,?)", [(key, countries, PROVINCE) for key in sorted({*folded})])
    return [Added(place, entry.kind, countries, (int(lat) / 10_000, int(lon) / 10_000), frozenset(keys))] if lat != "" else []


def _position(connection: sqlite3.Connection, entry: OverlayPlace) -> tuple[int | str, int | str, str, int, int]:
    """Point (units of 0.0001 degree), countries and areas of a new place: its own, else those of the row that it lies at."""
    lat, lon = (round(value * 10_000) for value in entry.point) if entry.point else ("", "")
    countries, admin1, admin2 = " ".join(entry.countries), 0, 0
    if entry.at is not None:
        host = connection.execute("SELECT lat, lon, countries, admin1, admin2 FROM place WHERE id = ?", (entry.at,)).fetchone()
        if host is None:
            raise GazetteerError(f"the overlay puts {entry.id!r} at geonames:{entry.at}, which the gazetteer does not hold")
        countries, admin1, admin2 = host[2:]
        lat, lon = (lat, lon) if entry.point else host[:2]
    if entry.admin1 is not None:
        admin1 = _admin1_id(connection, entry, countries)
    return lat, lon, countries, admin1, admin2


def _admin1_id(connection: sqlite3.Connection, entry: OverlayPlace, countries: str) -> int:
    for key in (fold(entry.admin1 or ""), "=" + fold(entry.admin1 or "").replace(" ", "")):
        row = connection.execute("SELECT places FROM name WHERE key = ?", (key,)).fetchone()
        for place in row[0].split() if row else ():
            query = "SELECT id FROM place WHERE id = ? AND kind = 'admin1' AND countries = ?"
            found = connection.execute(query, (int(place.rstrip("ndx")), countries)).fetchone()
            if found:
                return int(found[0])
    raise GazetteerError(f"the overlay puts {entry.id!r} in {entry.admin1!r}, which is no first-order area of {countries!r}")
