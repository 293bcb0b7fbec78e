"""GeoNames' dump files as people download them: recognised by what is in them, zipped or not, and read from any byte on."""

from __future__ import annotations

import hashlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from waqai.core import GazetteerError
from waqai.dumps.lines import PARSERS, split_line

WANTED = "SY.zip (one for each country, or allCountries.zip), alternateNamesV2.zip, hierarchy.zip, admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt"
WHERE_FROM = "download.geonames.org/export/dump"
ORDER = ("country", "geoname", "admin1", "admin2", "hierarchy", "alternate")
_HEAD, _TAIL = 64 << 10, 64 << 10
_NOT_TABLES = frozenset({"readme.txt", "iso-languagecodes.txt"})
_ENCRYPTED = 0x1  # in a zip's flags
# what zipfile and its decompressors raise on damaged files; NotImplementedError: of a compression that they do not know
_DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, UnicodeDecodeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class DumpFile:
    """A table of the dump. `member`: its name in the zip, None for a plain file. `size`: bytes of the table, unpacked. `country`: from a name like SY.txt.

    `downloaded` is the day that a zip gives its table, `fingerprint` changes whenever another file is put in its place.
    """

    path: Path
    member: str | None
    kind: str
    size: int
    country: str | None
    downloaded: str | None
    fingerprint: str

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The table, to be read from its beginning; `seek` takes it on. Raises GazetteerError when the zip is damaged, also in the middle of reading."""
        with _saying(self.path):
            if self.member is None:
                with self.path.open("rb") as stream:
                    yield stream
            else:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as stream:
                    yield stream


def recognise_files(paths: Sequence[Path]) -> tuple[DumpFile, ...]:
    """The tables in these files, in the order in which they are read. Raises GazetteerError for a file that is none, saying what it looks like."""
    files = {file.fingerprint: file for file in map(recognise_file, paths)}
    return tuple(sorted(files.values(), key=lambda f: (ORDER.index(f.kind), f.country is not None, f.member or f.path.name, f.fingerprint)))


def recognise_file(path: Path) -> DumpFile:
    """The table in this file. Raises GazetteerError."""
    if not path.is_file():
        raise GazetteerError(f"{str(path)!r} is {'a folder: name the files in it' if path.is_dir() else 'not there'}")
    with _saying(path):
        member, size, day = _find_table(path)
        fingerprint = _fingerprint(path, size)
    file = DumpFile(path=path, member=member, kind="", size=size, country=_country_of(member or path.name), downloaded=day, fingerprint=fingerprint)
    with file.open() as stream:
        kind = _kind_of(path.name, stream.read(_HEAD))
    country = file.country if kind == "geoname" else None
    return DumpFile(path=path, member=member, kind=kind, size=size, country=country, downloaded=day, fingerprint=file.fingerprint)


@contextmanager
def _saying(path: Path) -> Iterator[None]:
    """Raises GazetteerError for a file that turns out to be damaged, or cannot be read."""
    try:
        yield
    except _DAMAGES as error:
        raise GazetteerError(f"{path.name!r} is damaged ({error}); download it again from {WHERE_FROM}") from error
    except OSError as error:
        raise GazetteerError(f"cannot read {str(path)!r}: {error.strerror or error}") from error


def _find_table(path: Path) -> tuple[str | None, int, str | None]:
    """(member, bytes, day) of the one table in a zip; of a plain file (None, bytes, None)."""
    if not zipfile.is_zipfile(path):
        if path.suffix.lower() == ".zip":
            raise GazetteerError(f"{path.name!r} is no whole zip file (a download that broke off?); download it again from {WHERE_FROM}")
        return None, path.stat().st_size, None
    with zipfile.ZipFile(path) as archive:
        tables = [i for i in archive.infolist() if i.filename.lower().endswith(".txt") and i.filename.lower() not in _NOT_TABLES]
    if len(tables) != 1:
        raise GazetteerError(f"{path.name!r} holds {len(tables)} tables instead of one ({', '.join(i.filename for i in tables[:3])}); wanted are {WANTED}")
    if tables[0].flag_bits & _ENCRYPTED:
        raise GazetteerError(f"{path.name!r} is encrypted: unpack it and name the table in it, or download it from {WHERE_FROM}")
    year, month, day = tables[0].date_time[:3]
    return tables[0].filename, tables[0].file_size, f"{year:04}-{month:02}-{day:02}" if year > 1980 else None


def _fingerprint(path: Path, size: int) -> str:
    """Of the size, the beginning and the end; the end of a zip is its table of contents, with checksums."""
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as stream:
        digest.update(stream.read(_HEAD))
        stream.seek(max(0, path.stat().st_size - _TAIL))
        digest.update(stream.read())
    return digest.hexdigest()


def _country_of(name: str) -> str | None:
    stem = Path(name).stem
    return stem if len(stem) == 2 and stem.isalpha() and stem.isupper() else None


def _kind_of(name: str, head: bytes) -> str:
    """The kind of table that its first lines are; a line cut off at the end is not looked at."""
    lines = list(enumerate(head.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1))
    told = [(n, line) for n, line in (lines[:-1] if len(head) == _HEAD else lines) if line.strip() and not line.startswith(b"#")][:20]
    if not told:
        raise GazetteerError(f"{name!r} is empty; download it again from {WHERE_FROM}")
    fits = {kind: sum(_is_line(line, kind) for _, line in told) for kind in PARSERS}
    best = max(PARSERS, key=lambda kind: fits[kind])
    if fits[best] * 2 > len(told):
        return best
    number, line = told[0]
    raise GazetteerError(f"{name!r} is none of GeoNames' dump files: line {number} {_looks(line)}. Wanted are {WANTED}, from {WHERE_FROM}")


def _is_line(line: bytes, kind: str) -> bool:
    try:
        PARSERS[kind](split_line(line, kind))
    except ValueError:
        return False
    return True


def _looks(line: bytes) -> str:
    if b"\x00" in line or line[:2] in (b"\x1f\x8b", b"BZ", b"7z") or line[:4] == b"%PDF":
        return "is no text"
    if line.lstrip()[:1] in (b"<", b"{"):
        return "begins a web page or a record, not a table with tabs (did the download go wrong?)"
    columns = line.split(b"\t")
    shown = line[:40].decode("utf-8", "replace").strip()
    if len(columns) == 12:
        return f"has 12 columns, as GeoNames' files of postal codes have ({shown!r})"
    return f"has {len(columns)} {'column' if len(columns) == 1 else 'columns'} between tabs and begins {shown!r}"
