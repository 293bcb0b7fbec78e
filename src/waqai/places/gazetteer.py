"""What the world's places are called: look-up by name and by id.

Every answer comes from one read-only SQLite file that holds the shipped gazetteer and its overlays; the rows behind a name are kept in memory once asked
for. Candidates come ranked by how well the name matches, whether the place lies in the countries that were asked for, and how large it is.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from waqai.core import GazetteerError
from waqai.places.common import is_common_word
from waqai.places.kinds import Level, split_direction, split_kind
from waqai.places.names import begin_alike, fold, is_abbreviation, loose, skeleton, tidy
from waqai.places.overlay import SHIPPED
from waqai.places.packed import TRANSLITERATED
from waqai.places.place import Kind, Match, Place
from waqai.places.seats import prefer_seat
from waqai.places.unpack import ABBREVIATION, CITY, DEMONYM, OWN_NAME, PROVINCE, Progress, unpack

DATA = Path(__file__).parent / "data" / "gazetteer.xz"
# In units of decades of population: a match through the loose key counts as much as a town ten times smaller.
MATCH_WEIGHT: Mapping[Match, float] = {"name": 0.4, "alternate": 0.0, "demonym": 0.0, "abbreviation": 0.0, "loose": -1.0, "skeleton": -3.0}
KIND_WEIGHT: Mapping[Kind, float] = {"country": 4.0, "region": 1.0, "admin1": 0.6, "town": 0.0, "facility": -0.5, "admin2": -1.2}
COUNTRY_ASKED_FOR = 4.0
LEAST_ALIKE, LEAST_ALIKE_OF_TWO = 0.6, 0.75
KEPT = 20_000
"""Answers of each kind that are kept: each of several processes that read for weeks holds its own."""

_QUERY = """SELECT
  p.id, p.slug, p.kind, p.name, p.countries, p.admin1, p.admin2, p.lat, p.lon, p.radius_km, p.population, p.weight, p.facility, p.source, a.name, b.name
FROM place p LEFT JOIN place a ON a.id = p.admin1 LEFT JOIN place b ON b.id = p.admin2 WHERE """
_HOW: Mapping[str, Match] = {OWN_NAME: "name", DEMONYM: "demonym", ABBREVIATION: "abbreviation", "": "alternate", PROVINCE: "province", CITY: "city"}


class Gazetteer:
    """Look-up of places. Safe to share between threads and to send to another process."""

    def __init__(self, path: Path) -> None:
        """Opens an unpacked file; `Gazetteer.open` finds or makes it. Raises GazetteerError when it is none of ours."""
        self.path = path
        try:
            self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self.meta: Mapping[str, str] = dict(self._connection.execute("SELECT key, value FROM meta"))
        except sqlite3.Error as error:
            raise GazetteerError(f"cannot open the gazetteer {str(path)!r}: {error}; delete the file and it is unpacked anew") from error
        self._rows = lru_cache(maxsize=KEPT)(self._read_rows)
        self.kinds_of = lru_cache(maxsize=KEPT)(self._kinds_of)
        self._find = lru_cache(maxsize=KEPT)(self._find_places)

    @property
    def stamp(self) -> str:
        """What resolved a name, in short: the month of the newest data and the first 8 of the hash of all that went in ("2026-10 1a2b3c4d")."""
        built = [str(layer["dump_date"]) for layer in json.loads(self.meta.get("layers", "[]"))]
        newest = max([self.meta.get("shipped_date", ""), *built])[:7]
        return f"{newest} {self.meta.get('hash', '')[:8]}".strip()

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        overlays: Iterable[Path] = (),
        layers: Iterable[Path] = (),
        folder: Path | None = None,
        progress: Progress | None = None,
    ) -> Gazetteer:
        """The gazetteer of a packed file (None: the shipped one), built layers, the shipped overlays and `overlays`, unpacked on first use (seconds, once).

        `folder` is where the unpacked file is kept; None: WAQAI_CACHE or the user's cache folder. `progress` is called with a stage and a fraction in [0, 1].
        Raises GazetteerError when a file is missing or damaged, or the folder cannot be written.
        """
        return cls(unpack(path or DATA, (*SHIPPED, *overlays), tuple(layers), folder=folder, progress=progress))

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        return Gazetteer, (self.path,)

    def find(self, name: str, countries: Iterable[str] = ()) -> tuple[Place, ...]:
        """Every place that the name can mean, best first; those in `countries` (alpha-2) come before the others.

        Kind words are understood ("Hasakah Governorate", "Kuje prison"). Spellings by consonants alone are tried in `countries` only.
        """
        return self._find(name, tuple(sorted(set(countries))))

    def named(self, name: str) -> tuple[Place, ...]:
        """The places that bear exactly this name, case, accents and hyphens aside; abbreviations count in capitals only. In no order."""
        places = self._rows(fold(tidy(name)))
        return tuple(p for p in places if p.match != "abbreviation") if places and not is_abbreviation(name) else places

    def has_name(self, name: str) -> bool:
        """Whether the name, as it stands, is a name of some place ("North Sinai", "United States", "Homs Governorate")."""
        return any(p.match != "abbreviation" for p in self._rows(fold(tidy(name))))

    def get(self, place_id: str) -> Place:
        """The place of that id ("geonames:165509", "waqai:roj-camp"). Raises GazetteerError when there is none."""
        scheme, _, rest = place_id.partition(":")
        where, value = ("p.id = ?", int(rest)) if scheme == "geonames" and rest.isdigit() else ("p.slug = ?", place_id)
        row = self._connection.execute(_QUERY + where, (value,)).fetchone()
        if row is None:
            raise GazetteerError(f"no place {place_id!r} in the gazetteer {self.meta.get('hash', '')[:8]}")
        return _to_place(row, "name")

    @cached_property
    def country_keys(self) -> Mapping[str, tuple[str, Match]]:
        """Folded names of countries: each with the country's code and how it names it."""
        rows = self._connection.execute("SELECT key, country, how FROM country_name")
        return {key: (country, _HOW[how]) for key, country, how in rows}

    def _kinds_of(self, name: str) -> frozenset[str]:
        """What the gazetteer knows under this name; common words, and capitals that only a small town shares, are no places."""
        text = tidy(name)
        bare, level = split_kind(text)
        if split_direction(bare)[0] == "" or not any(letter.isupper() or not letter.isascii() for letter in bare):
            return frozenset()
        found = set(self._kinds_under(text))
        if level is not None and bare != text:
            kinds = self._kinds_under(bare)
            found |= {level} if kinds and level in _LEVEL_KINDS else kinds
        return frozenset(found)

    def _kinds_under(self, text: str) -> frozenset[str]:
        key = fold(text)
        if not key or len(key) > 60:
            return frozenset()
        places = self._rows(key) or (self._rows("=" + loose(key)) if len(loose(key)) > 2 else ())
        kinds = {"demonym" if p.match == "demonym" else p.kind for p in places if p.match != "abbreviation" or is_abbreviation(text)}
        guarded = is_common_word(key) or len(key) <= 2 or (is_abbreviation(text) and len(key) <= 4)
        return frozenset(kinds - {"town", "admin2"}) if guarded else frozenset(kinds)

    def _find_places(self, name: str, countries: tuple[str, ...]) -> tuple[Place, ...]:
        text = tidy(name)
        bare, level = split_kind(text)
        found: dict[str, tuple[float, Place]] = {}
        for spelling in (text,) if self.has_name(text) else spellings(text, bare):
            self._collect(found, spelling, level, countries)
        settled = any(place.kind in ("country", "region") or set(place.countries) & set(countries) for _, place in found.values())
        if not settled and level not in ("region", "sea"):
            for country in countries:
                if country in TRANSLITERATED:
                    self._keep(found, self._by_skeleton(fold(bare), country), level, countries)
        ranked = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].id))
        first = prefer_seat(ranked, level) if ranked else None
        return tuple(sorted((place for _, place in ranked), key=lambda place: place is not first))

    def _by_skeleton(self, key: str, country: str) -> tuple[Place, ...]:
        """Places of a country with the same consonants whose spelling is at least three fifths alike; of two consonants alone, three quarters."""
        bones = skeleton(key)
        least = LEAST_ALIKE if len(bones) >= 3 else LEAST_ALIKE_OF_TWO
        return tuple(p for p in self._rows(f"{country}~{bones}") if alike(key, p.name) >= least and begin_alike(key, p.name))

    def _collect(self, found: dict[str, tuple[float, Place]], spelling: str, level: Level | None, countries: tuple[str, ...]) -> None:
        key = fold(spelling)
        if not key:
            return
        places = [p for p in self._rows(key) if p.match != "abbreviation" or is_abbreviation(spelling)]
        self._keep(found, places, level, countries)
        self._keep(found, self._rows("=" + loose(key)), level, countries)

    def _keep(self, found: dict[str, tuple[float, Place]], places: Iterable[Place], level: Level | None, countries: tuple[str, ...]) -> None:
        for place in places:
            score = rank(place, level=level) + (COUNTRY_ASKED_FOR if set(place.countries) & set(countries) else 0.0)
            if place.id not in found or score > found[place.id][0]:
                found[place.id] = (score, place)

    def _read_rows(self, key: str) -> tuple[Place, ...]:
        row = self._connection.execute("SELECT places FROM name WHERE key = ?", (key,)).fetchone()
        if row is None:
            return ()
        hows = {int(place.rstrip("ndx")): place.lstrip("-0123456789") for place in row[0].split()}
        form: Match | None = "loose" if key[0] == "=" else "skeleton" if "~" in key else None
        found = self._connection.execute(f"{_QUERY} p.id IN ({','.join('?' * len(hows))})", tuple(hows))
        return tuple(_to_place(place, form or _HOW[hows[place[0]]]) for place in found)


_LEVEL_KINDS = frozenset({"country", "admin1", "admin2", "town", "facility", "region"})


def spellings(text: str, bare: str) -> tuple[str, ...]:
    """What to look up for a name: the whole, the name without its kind word, and the names outside and inside brackets.

    >>> spellings("Zargan (Abu Rasin)", "Zargan (Abu Rasin)")
    ('Zargan (Abu Rasin)', 'Zargan', 'Abu Rasin')
    """
    outside, bracket, inside = bare.partition(" (")
    return tuple(dict.fromkeys(s for s in (text, bare, *((outside, inside.rstrip(") ")) if bracket else ())) if s))


def alike(key: str, name: str) -> float:
    """How much of two spellings agrees, in [0, 1], articles and word breaks aside.

    >>> alike("deir ezzor", "Deir ez-Zor") > 0.8, alike("adra", "Daraa") < 0.8
    (True, True)
    """
    return SequenceMatcher(None, loose(key), loose(fold(name))).ratio()


def rank(place: Place, *, level: Level | None) -> float:
    """How likely the name means this place before any context is known, in decades of population; `level` is what the words call it."""
    score = 0.7 * place.weight + MATCH_WEIGHT[place.match] + KIND_WEIGHT[place.kind]
    if level is None:
        return score
    if place.kind == level:
        return score + 3.0
    return score - (1.0 if {place.kind, level} <= {"town", "admin2", "facility"} else 3.0)


def _to_place(row: tuple[Any, ...], match: Match) -> Place:
    id_, slug, kind, name, countries, admin1, admin2, lat, lon, radius_km, population, weight, facility, source, admin1_name, admin2_name = row
    codes = tuple(countries.split())
    if kind == "town" and not radius_km:
        radius_km = town_radius_km(population)
    return Place(
        id=slug or f"geonames:{id_}",
        name=name,
        kind=kind,
        country=codes[0] if len(codes) == 1 else None,
        countries=codes,
        admin1=admin1_name,
        admin2=admin2_name,
        admin1_id=f"geonames:{admin1}" if admin1 else None,
        admin2_id=f"geonames:{admin2}" if admin2 else None,
        lat=None if lat == "" else lat / 10_000,
        lon=None if lon == "" else lon / 10_000,
        radius_km=radius_km or None,
        population=population,
        weight=weight / 10,
        match=match,
        facility=facility,
        source=source,
    )


def town_radius_km(population: int) -> float:
    """Extent of a town: 0.01 km times the square root of its people, between 2 and 25.

    >>> town_radius_km(1_000_000), town_radius_km(0)
    (10.0, 2.0)
    """
    return min(25.0, max(2.0, round(0.01 * math.sqrt(population), 1)))
