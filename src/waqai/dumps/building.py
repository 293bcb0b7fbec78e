"""Built layers from GeoNames' dump files: read as streams, one after another, and taken up again where a killed build stopped.

Memory holds the ids of the places that are wanted and one country's extents, never a file: `allCountries` has 13 million lines, `alternateNamesV2` 16 million.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from waqai.core import GazetteerError, Notice
from waqai.dumps import lines
from waqai.dumps.codes import FEATURES
from waqai.dumps.files import WANTED, WHERE_FROM, DumpFile, recognise_files
from waqai.dumps.rows import iter_rows
from waqai.dumps.work import Reached, Work
from waqai.places.layers import UNFINISHED_PARTS, Layer, LayerFile, is_layer, load_head, save_layer

MOST_COUNTRIES = 40
BATCH_LINES = 100_000
MOST_BAD_SHARE = 0.1
UNFINISHED = "unfinished.sqlite"

Tell = Callable[[str, int, int], None]  # what is done, bytes read, bytes of all files
Take = Callable[[bytes], tuple[object, ...] | None]  # a line to a row; None: not wanted; ValueError: malformed


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made: the layers' files with their heads, and what was set aside."""

    paths: tuple[Path, ...]
    layers: tuple[Layer, ...]
    notices: tuple[Notice, ...]


def build_layers(paths: Sequence[Path], *, countries: Sequence[str] = (), folder: Path, tell: Tell | None = None) -> Built:
    """A built file in `folder` for each country (alpha-2; none: those that the files are named for).

    Raises GazetteerError for a file that is no dump, a country without places, a wish for the whole world, a folder that cannot be written,
    or one where a file of another make has the name of one of ours.
    """
    files = recognise_files(paths)
    wanted = _wanted(files, countries)
    used = [file for file in files if file.country is None or file.country in wanted]
    identity = hashlib.sha256("\n".join([*wanted, *(f"{file.kind} {file.fingerprint}" for file in used)]).encode()).hexdigest()
    _check_free(folder, wanted)
    work = Work(folder / UNFINISHED, identity=identity)
    try:
        for part in folder.glob(UNFINISHED_PARTS):  # of a build that was killed while it wrote
            part.unlink(missing_ok=True)
        built = _run(work, used, wanted, folder, tell or _silent)
    except BaseException:
        work.close()
        raise
    work.remove()
    left_out = [_notice(file, f"not read: {file.country} is not among the countries asked for") for file in files if file not in used]
    started = [Notice(record=str(work.path), stage="gazetteer", reason="an unfinished build of other files was thrown away")] if work.discarded else []
    return Built(paths=built.paths, layers=built.layers, notices=(*started, *left_out, *built.notices))


def _wanted(files: Sequence[DumpFile], countries: Sequence[str]) -> tuple[str, ...]:
    """The countries to build, in order. Raises GazetteerError when they are none, no codes, too many, or have no file."""
    tables = [file for file in files if file.kind == "geoname"]
    codes = sorted({code.strip().upper() for code in countries if code.strip()} or {file.country for file in tables if file.country})
    wrong = [code for code in codes if not (len(code) == 2 and code.isalpha())]
    if wrong or len(codes) > MOST_COUNTRIES:
        asked = f"{wrong[0]!r} is no country's code of two letters" if wrong else f"{len(codes)} countries are too many"
        raise GazetteerError(
            f"{asked}: name up to {MOST_COUNTRIES}, such as SY,IQ,TR; the whole world at once would be a file of many gigabytes and is not built"
        )
    if not tables:
        raise GazetteerError(f"no file of places among {len(files)} files; wanted are {WANTED}, from {WHERE_FROM}")
    if not codes:
        raise GazetteerError("which countries? Name them, as in --countries SY,IQ,TR")
    missing = [code for code in codes if not any(file.country in (None, code) for file in tables)]
    if missing:
        raise GazetteerError(f"no file of places for {', '.join(missing)}: add {missing[0]}.zip (or allCountries.zip), from {WHERE_FROM}")
    return tuple(codes)


def _check_free(folder: Path, wanted: Sequence[str]) -> None:
    """A file that has a layer's name and is none was put there by somebody: it is never overwritten."""
    for path in (folder / f"{code}.gz" for code in wanted):
        if os.path.lexists(path) and not is_layer(path):
            raise GazetteerError(
                f"{str(path)!r} is there already and is no built gazetteer, or a damaged one; move or delete it, or name another folder with --out"
            )


def _run(work: Work, files: Sequence[DumpFile], wanted: tuple[str, ...], folder: Path, tell: Tell) -> Built:
    total, before = sum(file.size for file in files), 0
    last_of_kind = {file.kind: file for file in files}
    for file in files:
        _read_file(work, file, wanted, partial(_tell_of, tell, file.member or file.path.name, before, total))
        before += file.size
        if file.kind in _CHECKS and file is last_of_kind[file.kind]:
            _CHECKS[file.kind](work, wanted)
    paths = []
    for code in wanted:
        tell(f"writing {code}", total, total)
        paths.append(_write(work, code, files, folder))
    return Built(paths=tuple(paths), layers=tuple(map(load_head, paths)), notices=tuple(_notices(work, files)))


def _check_counts(work: Work, wanted: Sequence[str]) -> None:
    empty = [code for code, count in work.counts(wanted).items() if not count]
    if empty:
        raise GazetteerError(f"the files hold no place of {', '.join(empty)}: is the code right (see countryInfo.txt), or is {empty[0]}.zip missing?")


def _check_codes(work: Work, wanted: Sequence[str]) -> None:
    """A country that countryInfo.txt, where it is given, does not list is a mistake."""
    known = {code for (code,) in work.db.execute("SELECT code FROM code WHERE length(code) = 2")}
    strange = [code for code in wanted if known and code not in known]
    if strange:
        raise GazetteerError(f"countryInfo.txt lists no country {', '.join(strange)}; its first column has the codes")


def _tell_of(tell: Tell, name: str, before: int, total: int, done: int) -> None:
    tell(f"reading {name}", before + done, total)


_CHECKS: Mapping[str, Callable[[Work, Sequence[str]], None]] = {"geoname": _check_counts, "country": _check_codes}


def _read_file(work: Work, file: DumpFile, wanted: tuple[str, ...], told: Callable[[int], None]) -> None:
    """Read what is left of a file, batch after batch."""
    step = _step(file)
    reached = work.reached(step)
    told(reached.offset)
    if reached.done:
        return
    take = _taking(file.kind, wanted, work)
    with file.open() as stream:
        stream.seek(reached.offset)
        while batch := list(islice(stream, BATCH_LINES)):
            rows, reached = _read_batch(batch, take, reached)
            _check_share(file, reached)
            work.keep(step, reached, kind=file.kind, rows=rows)
            told(reached.offset)
    work.finish(step)


def _read_batch(batch: list[bytes], take: Take, reached: Reached) -> tuple[list[tuple[object, ...]], Reached]:
    rows: list[tuple[object, ...]] = []
    bad, first_bad, offset, crc = reached.bad, reached.first_bad, reached.offset, reached.crc
    for number, line in enumerate(batch, reached.lines + 1):
        offset, crc = offset + len(line), zlib.crc32(line, crc)
        if line[:1] == b"#" or not line.strip():
            continue
        try:
            row = take(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
        except ValueError as error:
            bad, first_bad = bad + 1, first_bad or f"line {number}: {'not UTF-8' if isinstance(error, UnicodeDecodeError) else error}"
            continue
        if row is not None:
            rows.append(row)
    return rows, Reached(offset=offset, lines=reached.lines + len(batch), bad=bad, first_bad=first_bad, crc=crc)


def _check_share(file: DumpFile, reached: Reached) -> None:
    if reached.bad > 100 and reached.bad > MOST_BAD_SHARE * reached.lines:
        fault = f"{reached.bad} of the first {reached.lines} lines of {file.path.name!r} are malformed; the first is {reached.first_bad}"
        raise GazetteerError(f"{fault}. Download the file again from {WHERE_FROM}")


def _taking(kind: str, wanted: tuple[str, ...], work: Work) -> Take:
    """What is taken of the lines of a kind of file: the places of the countries, and what concerns these places."""
    if kind == "geoname":
        return _taking_places(wanted)
    parse = lines.PARSERS[kind]
    if kind == "country":
        return lambda line: parse(lines.split_line(line, kind))  # type: ignore[return-value]
    if kind in ("admin1", "admin2"):
        begins = tuple(f"{code}.".encode() for code in wanted)
        return lambda line: parse(lines.split_line(line, kind)) if line.startswith(begins) or line.count(b"\t") != 3 else None  # type: ignore[return-value]
    ids = work.place_ids()

    def take(line: bytes) -> tuple[object, ...] | None:
        columns = lines.split_line(line, kind)
        if columns[1] in ids and (kind == "hierarchy" or columns[2] not in lines.NOT_NAMES):
            return parse(columns)  # type: ignore[return-value]
        if not columns[1].isdigit():
            parse(columns)
        return None

    return take


def _taking_places(wanted: tuple[str, ...]) -> Take:
    codes = frozenset(code.encode() for code in wanted)
    features = frozenset(tuple(feature.encode().split(b".")) for feature in FEATURES)

    def take(line: bytes) -> tuple[object, ...] | None:
        columns = lines.split_line(line, "geoname")
        return lines.geoname(columns) if columns[8] in codes and (columns[6], columns[7]) in features else None

    return take


def _write(work: Work, country: str, files: Sequence[DumpFile], folder: Path) -> Path:
    """The layer of a country, written now if an earlier, killed build of the same files did not."""
    path, step = folder / f"{country}.gz", f"write {country}"
    if work.reached(step).done and path.exists():
        return path
    used = [file for file in files if file.country in (None, country)]
    own = [file for file in used if file.kind == "geoname"]
    (changed,) = work.db.execute("SELECT max(changed) FROM place WHERE country = ?", (country,)).fetchone()
    head = Layer(
        country=country,
        dump_date=changed,
        downloaded=max((file.downloaded for file in own if file.downloaded), default=None),
        places=work.counts([country])[country],
        files=tuple(LayerFile(name=f.member or f.path.name, bytes=f.size, crc32=f"{work.reached(_step(f)).crc:08x}", downloaded=f.downloaded) for f in used),
    )
    try:
        save_layer(path, head, iter_rows(work.db, country))
    except OSError as error:
        raise GazetteerError(f"cannot write {str(path)!r}: {error.strerror}; run the same build again to go on from here") from error
    work.finish(step)
    return path


def _notices(work: Work, files: Sequence[DumpFile]) -> Iterator[Notice]:
    for file in files:
        reached = work.reached(_step(file))
        if reached.bad:
            yield _notice(file, f"{reached.bad} malformed {'line' if reached.bad == 1 else 'lines'} left out, the first is {reached.first_bad}")
    given = {file.kind for file in files}
    for kind, name, lost in (
        ("alternate", "alternateNamesV2.zip", "names are those in the country's file alone"),
        ("admin1", "admin1CodesASCII.txt", "provinces are those in the country's file alone"),
        ("hierarchy", "hierarchy.zip", "a place without codes of areas stays without areas"),
    ):
        if kind not in given:
            yield Notice(record=name, stage="gazetteer", reason=f"not given: {lost}")


def _notice(file: DumpFile, reason: str) -> Notice:
    return Notice(record=file.path.name, stage="gazetteer", reason=reason)


def _step(file: DumpFile) -> str:
    return f"{file.kind} {file.fingerprint}"


def _silent(what: str, done: int, of: int) -> None:
    return None
