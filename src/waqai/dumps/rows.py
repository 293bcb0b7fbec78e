"""The rows of one country from an unfinished build: areas looked up by their codes, names joined, extents measured."""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from waqai.dumps.codes import FEATURES
from waqai.places.layers import LayerPlace
from waqai.places.names import fold
from waqai.places.place import distance_km
from waqai.places.spelled import bare_area, usable_names

LEAST_KM = {"admin1": 15, "admin2": 8}
SITE_KM = {"facility": 2, "region": 25}
_PLACES = "SELECT id, feature, name, ascii, names, admin1, admin2, lat, lon, population FROM place WHERE country = ? ORDER BY id"
_HIGHEST = 10  # steps up the hierarchy


class Areas:
    """The first- and second-order areas of a country: by code, and for a place without codes by the hierarchy above it."""

    def __init__(self, db: sqlite3.Connection, country: str) -> None:
        self._db, self._country = db, country
        own = "SELECT feature, admin1, admin2, id FROM place WHERE country = ? AND feature IN ('A.ADM1', 'A.ADM2') ORDER BY id"
        self._level, self._above = dict[int, str](), dict[int, int]()
        self._by_code = dict(db.execute("SELECT code, id FROM code WHERE code LIKE ? || '.%'", (country,)))
        for feature, admin1, admin2, id_ in db.execute(own, (country,)):
            self._level[id_] = feature
            self._by_code[f"{country}.{admin1}" if feature == "A.ADM1" else f"{country}.{admin1}.{admin2}"] = id_
        for feature, admin1, _, id_ in db.execute(own, (country,)):
            if feature == "A.ADM2":
                self._above[id_] = self._by_code.get(f"{country}.{admin1}", 0)

    def of(self, id_: int, feature: str, admin1: str, admin2: str) -> tuple[int, int]:
        """Ids of the areas that a place lies in (0: none); an area lies in itself."""
        first = id_ if feature == "A.ADM1" else self._by_code.get(f"{self._country}.{admin1}", 0)
        second = id_ if feature == "A.ADM2" else self._by_code.get(f"{self._country}.{admin1}.{admin2}", 0) if admin2 and feature != "A.ADM1" else 0
        return (first, second) if first else self._from_above(id_, second)

    def _from_above(self, id_: int, second: int) -> tuple[int, int]:
        at = id_
        for _ in range(_HIGHEST):
            row = self._db.execute("SELECT parent FROM parent WHERE child = ? ORDER BY parent LIMIT 1", (at,)).fetchone()
            if row is None:
                break
            at = row[0]
            level = self._level.get(at)
            if level == "A.ADM1":
                return at, second
            if level == "A.ADM2":
                second = second or at
                if self._above.get(at):
                    return self._above[at], second
        return 0, second


def iter_rows(db: sqlite3.Connection, country: str) -> Iterator[LayerPlace]:
    """The places of a country, by id."""
    areas = Areas(db, country)
    points = _points(db, country, areas)
    names = _Names(db, country)
    for id_, feature, name, ascii_name, others, admin1, admin2, lat, lon, population in db.execute(_PLACES, (country,)):
        kept = FEATURES[feature]
        first, second = areas.of(id_, feature, admin1, admin2)
        yield LayerPlace(
            id=id_,
            kind=kept.kind,
            facility=kept.facility,
            admin1=first,
            admin2=second,
            lat=lat,
            lon=lon,
            radius_km=_extent_km((lat, lon), points[id_], least=LEAST_KM[kept.kind]) if kept.kind in LEAST_KM else SITE_KM.get(kept.kind, 0),
            population=population,
            weight=max(1.0, math.log10(population)) if population else kept.weight,
            names=_spellings(kept.kind, name, [ascii_name, *others.split(",")], names.of(id_)),
        )


class _Names:
    """The names of `alternateNamesV2`, read beside the places in the order of ids."""

    def __init__(self, db: sqlite3.Connection, country: str) -> None:
        query = "SELECT a.place, a.name, a.preferred FROM place p JOIN alternate a ON a.place = p.id WHERE p.country = ? ORDER BY p.id, a.id"
        self._rows = iter(db.cursor().execute(query, (country,)))
        self._next = next(self._rows, None)

    def of(self, place: int) -> list[tuple[str, bool]]:
        """(name, whether it is the preferred English one) of a place; places are asked for in the order of ids."""
        found = []
        while self._next is not None and self._next[0] <= place:
            if self._next[0] == place:
                found.append((self._next[1], bool(self._next[2])))
            self._next = next(self._rows, None)
        return found


def _spellings(kind: str, name: str, others: Sequence[str], alternates: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    """The name to show, then the other spellings. Areas go by their preferred English name, without the word for what they are."""
    told = list(alternates)
    listed = [name, *others, *(other for other, _ in told)]
    if kind in LEAST_KM:
        shown = next((other for other, preferred in told if preferred), name)
        listed = [bare_area(shown) or shown, *listed, *map(bare_area, listed)]
    first = listed[0].strip()
    return (first, *(spelling for key, spelling in usable_names(listed).items() if key != fold(first)))


def _points(db: sqlite3.Connection, country: str, areas: Areas) -> Mapping[int, array[float]]:
    """For each area lat, lon, lat, lon … of its towns."""
    points: dict[int, array[float]] = defaultdict(lambda: array("f"))
    for id_, feature, _, _, _, admin1, admin2, lat, lon, _ in db.execute(_PLACES, (country,)):
        if FEATURES[feature].kind == "town":
            for area in {*areas.of(id_, feature, admin1, admin2)} - {0}:
                points[area].extend((lat, lon))
    return points


def _extent_km(point: tuple[float, float], towns: Sequence[float], *, least: int) -> int:
    """Nine in ten towns lie within this distance."""
    distances = sorted(distance_km(point, (lat, lon)) for lat, lon in zip(towns[::2], towns[1::2], strict=True))
    return max(least, round(distances[int(0.9 * (len(distances) - 1))])) if distances else least
