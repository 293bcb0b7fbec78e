"""Built layers laid over the shipped rows, in the file that is being unpacked.

A place that both hold stays one row: it keeps the shipped name, kind and areas, so that incidents read before and after a build stay comparable, and takes
from the dump its point and population (towns), what the shipped row leaves open, and its names. Places of the dump alone are new rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from waqai.places.common import is_common_word
from waqai.places.layers import LayerPlace, iter_layer, load_head
from waqai.places.names import fold
from waqai.places.packed import TRANSLITERATED, loose_keys
from waqai.places.place import distance_km
from waqai.places.spelled import usable_names

BUILT, EXTENDED = "built", "extended"  # in place.source: a row of a layer alone, a shipped row that a layer adds to
SAME_PLACE_KM = 10.0
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Added:
    """A place of an overlay as it stands in the file now: its number, kind, countries, point (degrees) and keys."""

    place: int
    kind: str
    countries: str
    point: tuple[float, float]
    keys: frozenset[str]


_ADD_PLACE = f"""INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?,?,NULL,?,'{BUILT}') ON CONFLICT(id) DO UPDATE SET
  lat = CASE WHEN kind = 'town' OR lat = '' THEN excluded.lat ELSE lat END, lon = CASE WHEN kind = 'town' OR lon = '' THEN excluded.lon ELSE lon END,
  weight = CASE WHEN kind = 'town' AND excluded.population > 0 THEN excluded.weight ELSE max(weight, CASE kind WHEN 'town' THEN excluded.weight ELSE 0 END) END,
  population = CASE WHEN kind = 'town' AND excluded.population > 0 OR population = 0 THEN excluded.population ELSE population END,
  admin1 = CASE admin1 WHEN 0 THEN excluded.admin1 ELSE admin1 END, admin2 = CASE admin2 WHEN 0 THEN excluded.admin2 ELSE admin2 END,
  radius_km = CASE radius_km WHEN 0 THEN excluded.radius_km ELSE radius_km END, source = '{EXTENDED}'"""
# A name that a place has already is not added again, whatever stands behind its id there.
_ADD_NAMES = """INSERT INTO name SELECT key, group_concat(said, ' ') FROM (
  SELECT b.key AS key, b.place || CASE WHEN b.own AND p.source = 'built' THEN 'n' ELSE '' END AS said
  FROM built_name b JOIN place p ON p.id = b.place LEFT JOIN name n ON n.key = b.key
  WHERE n.key IS NULL OR NOT (instr(' ' || n.places || ' ', ' ' || b.place || ' ') OR instr(' ' || n.places || ' ', ' ' || b.place || 'n '))
  ORDER BY b.key, b.place) WHERE true GROUP BY key
  ON CONFLICT(key) DO UPDATE SET places = places || ' ' || excluded.places"""
# Governorates that are first-order in the shipped rows and second-order under a region in the dump.
_LIFT = """UPDATE place SET admin1 = admin2, admin2 = 0 WHERE admin2 != id AND admin2 IN (SELECT id FROM place WHERE kind = 'admin1')"""
_TWINS = """SELECT b.place, p.lat, p.lon FROM built_name b JOIN place p ON p.id = b.place
  WHERE b.key = ? AND p.source = 'built' AND p.kind = ? AND p.countries = ? AND p.lat != ''"""


def add_layers(connection: sqlite3.Connection, layers: Iterable[Path]) -> list[dict[str, object]]:
    """Lay the built files over the rows that are there; what `meta` is to tell of each. Raises GazetteerError for a file that is damaged or of another make."""
    connection.execute("CREATE TEMP TABLE built_name(key TEXT, place INTEGER, own INTEGER)")
    told = []
    for path in layers:
        head = load_head(path)
        before = _count(connection)
        for batch in _batches(iter_layer(path)):
            connection.executemany(_ADD_PLACE, [_row(place, head.country) for place in batch])
            connection.executemany("INSERT INTO built_name VALUES(?,?,?)", [row for place in batch for row in _iter_keys(place, head.country)])
        told.append({**asdict(head), "new": _count(connection) - before})
    if told:
        connection.execute("CREATE INDEX temp.built_key ON built_name(key, place, own)")
        connection.execute(_ADD_NAMES)
        connection.execute(_LIFT)
    return told


def absorb_twins(connection: sqlite3.Connection, added: Collection[Added]) -> None:
    """Let a place of an overlay stand for the built row of its kind that bears one of its names within 10 km: its names pass over, its row goes."""
    connection.execute("CREATE TEMP TABLE twin(built INTEGER PRIMARY KEY, place INTEGER)")
    for one in added:
        twins = [(twin, one.place) for key in sorted(one.keys) for twin in _iter_twins(connection, one, key)]
        connection.executemany("INSERT OR IGNORE INTO twin VALUES(?,?)", twins)
    passed = connection.execute("SELECT b.key, t.place FROM built_name b CROSS JOIN twin t ON t.built = b.place ORDER BY b.key, t.place").fetchall()
    own = {one.place: one.keys for one in added}
    more = [(str(place), key) for key, place in dict.fromkeys(passed) if key not in own[place]]
    connection.executemany("UPDATE name SET places = places || ' ' || ? WHERE key = ?", more)
    connection.execute("DELETE FROM place WHERE id IN (SELECT built FROM twin)")


def _iter_twins(connection: sqlite3.Connection, one: Added, key: str) -> Iterator[int]:
    for twin, lat, lon in connection.execute(_TWINS, (key, one.kind, one.countries)):
        if distance_km(one.point, (lat / 10_000, lon / 10_000)) <= SAME_PLACE_KM:
            yield twin


def _row(place: LayerPlace, country: str) -> tuple[object, ...]:
    point = round(place.lat * 10_000), round(place.lon * 10_000)
    head = place.id, place.kind, place.names[0], country, place.admin1, place.admin2
    return (*head, *point, place.radius_km, place.population, round(place.weight * 10), place.facility or None)


def _iter_keys(place: LayerPlace, country: str) -> Iterator[tuple[str, int, bool]]:
    """(key, id, whether it is the place's own name). Mere words ("Market") name no site or landscape."""
    own, mere = fold(place.names[0]), place.kind in ("facility", "region")
    keys = [key for key in dict.fromkeys((own, *usable_names(place.names))) if key and not (mere and is_common_word(key))]
    yield from ((key, place.id, key == own) for key in keys)
    if country in TRANSLITERATED:
        yield from ((key, place.id, False) for key in sorted(loose_keys(keys, country)))


def _batches(places: Iterator[LayerPlace]) -> Iterator[list[LayerPlace]]:
    batch: list[LayerPlace] = []
    for place in places:
        batch.append(place)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM place").fetchone()[0])
