"""Built layers: what `waqai gazetteer build` makes of one country's dump, and what lies between the shipped gazetteer and the overlays.

A gzip file of text, one a country, named for it (SY.gz): a head in JSON, then a line a place in the order of ids, then the number of places. It is written and
read as a stream. Names stand as GeoNames spells them; keys are made where the layer is unpacked, so that a change of the keys needs no new build.
"""

from __future__ import annotations

import gzip
import json
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from waqai.core import GazetteerError

_MAKE = "waqai built gazetteer "
FORMAT = f"{_MAKE}1"
UNFINISHED_PARTS = ".waqai-*.part"  # what a killed `save_layer` leaves behind
KINDS = frozenset({"town", "admin1", "admin2", "facility", "region"})
_MOST_HEAD = 1 << 20
_MOST = 2**63 - 1  # what SQLite's integers hold
_MOST_KM = 20_038  # half way round the earth
_MOST_WEIGHT = 19.0  # log10 of the largest population that a column holds


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerFile:
    """A file of the dump that went in: its name, bytes and CRC-32, and the day that its zip bears."""

    name: str
    bytes: int
    crc32: str
    downloaded: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A built file's head. `dump_date` is the newest change among its rows, `downloaded` the day in the zip of the country's file."""

    country: str
    dump_date: str
    downloaded: str | None
    places: int
    files: tuple[LayerFile, ...]


@dataclass(frozen=True, slots=True)
class LayerPlace:
    """A place of the dump. `admin1`, `admin2` are GeoNames ids (0: none); the first of `names` is the one to show."""

    id: int
    kind: str
    facility: str
    admin1: int
    admin2: int
    lat: float
    lon: float
    radius_km: int
    population: int
    weight: float
    names: tuple[str, ...]


def find_layers(folder: Path) -> tuple[Path, ...]:
    """The built files in a folder, by country; none where there is no folder. Raises GazetteerError when it cannot be read."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.suffix == ".gz" and len(path.stem) == 2)) if folder.is_dir() else ()
    except OSError as error:
        raise GazetteerError(f"cannot read the folder of built gazetteers {str(folder)!r}: {error.strerror}; places.built names another folder") from error


def save_layer(path: Path, head: Layer, places: Iterable[LayerPlace]) -> None:
    """Write a layer, whole or not at all: the same places give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".waqai-{path.stem}-", suffix=".part", delete=False) as part:
        try:
            with gzip.GzipFile(filename="", fileobj=part, mode="wb", compresslevel=6, mtime=0) as stream:
                stream.write((json.dumps({"format": FORMAT, **asdict(head)}, sort_keys=True) + "\n").encode())
                count = 0
                for place in places:
                    stream.write(_line_of(place).encode("utf-8"))
                    count += 1
                stream.write(f"end\t{count}\n".encode())
            Path(part.name).replace(path)
        finally:
            Path(part.name).unlink(missing_ok=True)
    path.chmod(0o644)


def is_layer(path: Path) -> bool:
    """Whether the file begins as a layer of this or another version of waqai does; what follows is not looked at."""
    try:
        with gzip.open(path) as stream:
            head = json.loads(stream.readline(_MOST_HEAD))
    except (OSError, EOFError, zlib.error, ValueError, RecursionError):
        return False
    return isinstance(head, dict) and str(head.get("format")).startswith(_MAKE)


def load_head(path: Path) -> Layer:
    """The head of a built file. Raises GazetteerError when it is missing, damaged or of another make, saying what makes it anew."""
    with _reading(path) as lines:
        return _head_of(path, next(lines, ""))


def iter_layer(path: Path) -> Iterator[LayerPlace]:
    """The places of a built file, by id. Raises GazetteerError as `load_head` does, also in the middle."""
    with _reading(path) as lines:
        _head_of(path, next(lines, ""))
        for count, line in enumerate(lines):
            columns = line.rstrip("\n").split("\t")
            if columns[0] == "end" and columns[1:] == [str(count)] and next(lines, None) is None:  # read on to the checksum
                return
            yield _place_of(path, columns, count + 2)
        raise GazetteerError(_mending(path, "is cut off"))


@contextmanager
def _reading(path: Path) -> Iterator[Iterator[str]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            yield iter(lines)
    except (gzip.BadGzipFile, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise GazetteerError(_mending(path, f"is damaged ({error})")) from error
    except OSError as error:
        raise GazetteerError(_mending(path, f"cannot be read ({error.strerror})")) from error


def _head_of(path: Path, line: str) -> Layer:
    try:
        head = json.loads(line)
        made_by = head.pop("format")
        if made_by == FORMAT:
            return _checked(Layer(**{**head, "files": tuple(LayerFile(**file) for file in head["files"])}))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        made_by = None
    raise GazetteerError(_mending(path, f"was made by another version of waqai ({made_by!r}, not {FORMAT!r})" if made_by else "has no head that we know"))


def _checked(head: Layer) -> Layer:
    """Raises TypeError for a value of another kind than `save_layer` writes."""
    texts = (head.country, head.dump_date, head.downloaded or "", *(text for f in head.files for text in (f.name, f.crc32, f.downloaded or "")))
    if not all(isinstance(text, str) for text in texts) or not all(type(number) is int for number in (head.places, *(f.bytes for f in head.files))):
        raise TypeError("a head with values of another kind")
    return head


def _mending(path: Path, fault: str) -> str:
    return f"the built gazetteer {str(path)!r} {fault}; delete it, and build it anew with `waqai gazetteer build --countries {path.stem} FILES…`"


def _line_of(place: LayerPlace) -> str:
    names = "|".join(name.replace("|", "/") for name in place.names)
    point = f"{round(place.lat * 10_000)}\t{round(place.lon * 10_000)}"
    line = f"{place.id}\t{place.kind}\t{place.facility}\t{place.admin1}\t{place.admin2}\t{point}\t{place.radius_km}\t{place.population}\t{place.weight:.1f}"
    return f"{line}\t{' '.join(names.split())}\n"


def _place_of(path: Path, columns: list[str], line: int) -> LayerPlace:
    try:
        id_, kind, facility, admin1, admin2, lat, lon, radius_km, population, weight, names = columns
        if kind not in KINDS:
            raise ValueError(f"{kind[:24]!r} is no kind of place")
        areas = _within(admin1, 0, _MOST), _within(admin2, 0, _MOST)
        point = _within(lat, -900_000, 900_000) / 10_000, _within(lon, -1_800_000, 1_800_000) / 10_000
        radius, people, heavy = _within(radius_km, 0, _MOST_KM), _within(population, 0, _MOST), _weight(weight)
        return LayerPlace(_within(id_, 1, _MOST), kind, facility, *areas, *point, radius, people, heavy, tuple(names.split("|")))
    except ValueError as error:
        raise GazetteerError(_mending(path, f"is damaged in line {line} ({error})")) from error


def _within(value: str, least: int, most: int) -> int:
    number = int(value)
    if not least <= number <= most:
        raise ValueError(f"{value[:24]!r} is not between {least} and {most}")
    return number


def _weight(value: str) -> float:
    weight = float(value)
    if not 0 <= weight <= _MOST_WEIGHT:  # NaN is not either
        raise ValueError(f"{value[:24]!r} is no weight")
    return weight
