"""The gazetteer as it is shipped: one xz stream of columns, the same bytes from the same rows.

Two tables. Places: a row each, sorted by country, first-order area and id, so that like stands beside like. Names: every key (folded, loose, skeleton), sorted,
with the places that it stands for. Each column is one block, which packs better than rows and goes into SQLite without a loop in Python. Numbers are text:
coordinates in units of 0.0001 degree, weights in tenths, ids as differences from the row before.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from waqai.core import GazetteerError
from waqai.places.names import fold, loose, skeleton

MAGIC = "waqai gazetteer 2"
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 64 << 20}]
_PLACE_COLUMNS, _NAME_COLUMNS = 11, 2
# Countries whose names come through transliterations: only there are loose and skeleton keys kept.
_TRANSLITERATED = "SY IQ TR LB JO IL PS EG LY TN DZ MA EH SD SS YE SA OM AE QA KW BH IR AF PK SO DJ ER ET ML NE NG TD MR BF CM KM UZ TM TJ KG KZ AZ AM GE"
TRANSLITERATED = frozenset(_TRANSLITERATED.split())


@dataclass(frozen=True, slots=True)
class Row:
    """A place from the packages. `id`, `admin1`, `admin2` are GeoNames ids (0: none); `keys` are folded names beside that of `name`."""

    id: int
    kind: str
    name: str
    country: str
    admin1: int
    admin2: int
    lat: float | None
    lon: float | None
    radius_km: int
    population: int
    weight: float
    keys: tuple[str, ...]


def loose_keys(keys: Iterable[str], country: str) -> set[str]:
    """The loose keys ("=hawl") and skeleton keys ("SY~hl") of folded names in a country.

    >>> sorted(loose_keys(["al hawl"], "SY"))
    ['=hawl', 'SY~hl']
    """
    folded = list(keys)
    bones = {skeleton(key) for key in folded} - {""}
    return {"=" + loose(key) for key in folded} | {f"{country}~{bone}" for bone in bones}


def index_names(rows: Iterable[Row]) -> Mapping[str, str]:
    """For each key the ids that it stands for, joined by blanks; the id of a place whose own name it is ends in "n"."""
    index: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        own = fold(row.name)
        index[own].append(f"{row.id}n")
        for key in row.keys:
            index[key].append(str(row.id))
        if row.country in TRANSLITERATED and row.kind != "country":
            for key in sorted(loose_keys((own, *row.keys), row.country)):
                index[key].append(str(row.id))
    return {key: " ".join(index[key]) for key in sorted(index)}


def pack_rows(rows: Iterable[Row]) -> bytes:
    """The rows as they are shipped."""
    ordered = sorted(rows, key=lambda r: (r.country, r.admin1, r.kind, r.id))
    names = index_names(ordered)
    columns = [
        _steps(r.id for r in ordered),
        (r.kind for r in ordered),
        (r.name for r in ordered),
        (r.country for r in ordered),
        _steps(r.admin1 for r in ordered),
        (str(r.admin2) for r in ordered),
        (_degrees_out(r.lat) for r in ordered),
        (_degrees_out(r.lon) for r in ordered),
        (str(r.radius_km) for r in ordered),
        (str(r.population) for r in ordered),
        (str(round(r.weight * 10)) for r in ordered),
        iter(names),
        names.values(),
    ]
    text = "\x1e".join([MAGIC, *("\n".join(column) for column in columns)])
    return lzma.compress(text.encode("utf-8"), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, filters=_FILTERS)


@dataclass(frozen=True, slots=True)
class Packed:
    """The columns of a shipped file: of places (id, kind, name, country, admin1, admin2, lat, lon, radius, population, weight) and of names (key, places)."""

    places: list[list[str]]
    names: list[list[str]]

    def iter_places(self) -> Iterator[tuple[object, ...]]:
        """A tuple a place, numbers still as text but for the ids."""
        ids, admin1s = accumulate(map(int, self.places[0])), accumulate(map(int, self.places[4]))
        return zip(ids, *self.places[1:4], admin1s, *self.places[5:], strict=True)

    def iter_names(self) -> Iterator[tuple[str, str]]:
        """(key, places) in the order of keys."""
        return zip(self.names[0], self.names[1], strict=True)


def load_packed(path: Path) -> Packed:
    """The columns of a shipped file. Raises GazetteerError when the file is missing, damaged or of another make."""
    try:
        text = lzma.decompress(path.read_bytes()).decode("utf-8")
    except FileNotFoundError as error:
        raise GazetteerError(f"no gazetteer at {str(path)!r}; build it with scripts/build_gazetteer.py") from error
    except (lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise GazetteerError(f"the gazetteer {str(path)!r} is damaged ({error}); reinstall the package or build it anew") from error
    magic, *blocks = text.split("\x1e")
    if magic != MAGIC or len(blocks) != _PLACE_COLUMNS + _NAME_COLUMNS:
        raise GazetteerError(f"{str(path)!r} is no gazetteer of this version: it begins with {magic[:40]!r}, not {MAGIC!r}")
    columns = [block.split("\n") for block in blocks]
    return Packed(columns[:_PLACE_COLUMNS], columns[_PLACE_COLUMNS:])


def _steps(values: Iterable[int]) -> Iterator[str]:
    before = 0
    for value in values:
        yield str(value - before)
        before = value


def _degrees_out(value: float | None) -> str:
    return "" if value is None else str(round(value * 10_000))
