"""Make a release: all files into a folder beside the one that is wanted, which is moved into place when it is whole, and is never written to again.

Nothing in it depends on the clock but what is held back as fresh: it is dated by the last entry of the log. The same store gives the same bytes.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from waqai import __version__
from waqai.bounds import Bounds
from waqai.codebook.render import codebook_markdown
from waqai.core import NotWritten
from waqai.export import About, Making
from waqai.export.plan import make_plan, write_records
from waqai.export.registry import TABLES
from waqai.export.shapes import Column
from waqai.releases.contents import CODEBOOK, DATA, ENTRIES, ENTRY_COLUMNS, INCIDENTS, PACKAGE, README, SUMS, WITHDRAWN, WITHDRAWN_COLUMNS, DataFile
from waqai.releases.package import Resource, describe_package, hash_file
from waqai.releases.readme import make_readme
from waqai.store import Filters, Store
from waqai.store.touches import find_gone, iter_touches

REVIEWER = "a reviewer"
_OF_ENTRIES = (
    Column(name="entry", kind="integer", title="number of the entry in the log"),
    Column(name="day", kind="day", title="day on which it was written, UTC"),
    Column(name="kind", kind="text", title="what was said: opened, judgement, corrected, undone …"),
    Column(name="incident", kind="text", title="the incident that it touched; empty: a mark on a speaker or publisher, which may touch many"),
    Column(name="by", kind="text", title="who said it: a part of waqai with its version, or a reviewer"),
)
_OF_WITHDRAWN = (
    Column(name="id", kind="text", title="id of an incident that is no more"),
    Column(name="now", kind="text", title="the incident that holds what it told; empty: none that is in this release"),
)
_KEYS = {"incidents": ("id",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a release is called, by whom it is given out, and under which licence; "" where nobody says."""

    title: str = "Incident records"
    publisher: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A release that was made: where, its version, and what is to be known of its table of incidents."""

    folder: Path
    version: str
    about: About


def make_release(
    store: Store,
    folder: Path,
    *,
    bounds: Bounds,
    making: Making,
    filters: Filters,
    told: dict[str, object],
    naming: Naming,
    step: Callable[[int], None] = lambda done: None,
) -> Made:
    """A release of the incidents that pass, in a new folder. `step` hears of each 200 incidents that were written into one of the files of DATA.

    Raises NotWritten for a folder that is there already, or cannot be made.
    """
    check_folder(folder)
    with _whole_folder(folder) as part, store.at_one_moment():
        abouts = {one.path: _write_data(one, part, store, filters, bounds=bounds, making=making, told=told, step=step) for one in DATA}
        about = abouts[INCIDENTS]
        there = _ids_in(part / INCIDENTS)
        _write_provenance(part, store, there, internal=not bounds.profile.masks_names)
        (part / CODEBOOK).write_text(codebook_markdown(making.codebook), encoding="utf-8")
        version = version_of(about)
        (part / README).write_text(make_readme(about, naming=naming, version=version, rows=_rows(abouts)), encoding="utf-8")
        _write_package(part, about, naming=naming, version=version, making=making)
        _write_sums(part)
    return Made(folder=folder, version=version, about=about)


def version_of(about: About) -> str:
    """The day of the last entry of the log, its number, and the profile: equal for equal stores, and later for a later one."""
    day = about.dated.date().isoformat() if about.dated else "0000-00-00"
    return f"{day}.{about.last_entry}-{about.profile.name}"


def check_folder(folder: Path) -> None:
    """Raises NotWritten where a release cannot go there."""
    if folder.exists():
        raise NotWritten(f"{str(folder)!r} is there already: a release never changes; name a new folder")
    if not folder.absolute().parent.is_dir():
        raise NotWritten(f"{str(folder)!r} cannot be made: the folder {str(folder.absolute().parent)!r} does not exist; make it first")


# -- inside


@contextmanager
def _whole_folder(folder: Path) -> Iterator[Path]:
    """A folder beside it that takes its place at the end, its files read-only; nothing of it stays where something failed."""
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        for name in (part, part / "data", part / "provenance"):
            name.mkdir()
        yield part
        for file in part.rglob("*"):
            if file.is_file():
                file.chmod(0o444)
        part.rename(folder)
    except OSError as error:
        raise NotWritten(f"{str(folder)!r} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write_data(
    one: DataFile, part: Path, store: Store, filters: Filters, *, bounds: Bounds, making: Making, told: dict[str, object], step: Callable[[int], None]
) -> About:
    plan = make_plan(one.format, tables=(one.table,), out=one.path, making=making)
    with (part / one.path).open("wb") as file:
        return write_records(store, filters, plan=plan, bounds=bounds, file=file, told=told, step=step)


def _rows(abouts: dict[str, About]) -> dict[str, int]:
    return {one.path: abouts[one.path].tally.rows[one.table] for one in DATA}


def _ids_in(file: Path) -> frozenset[str]:
    with file.open(encoding="utf-8", newline="") as rows:
        return frozenset(row["id"] for row in csv.DictReader(rows))


def _write_provenance(part: Path, store: Store, there: frozenset[str], *, internal: bool) -> None:
    """Of incidents that are not in the release nothing is told, but that there were such ids once."""
    with store.reading() as connection:
        touches = (one for one in iter_touches(connection) if one.incident is None or one.incident in there)
        rows = ([one.entry, one.at.date().isoformat(), one.kind, one.incident or "", _author(one.by, internal=internal)] for one in touches)
        _write_rows(part / ENTRIES, ENTRY_COLUMNS, rows)
        gone = find_gone(connection)
    _write_rows(part / WITHDRAWN, WITHDRAWN_COLUMNS, ([id, now if now in there else ""] for id, now in gone.items()))


def _author(by: str, *, internal: bool) -> str:
    return by if internal or not by.startswith("person") else REVIEWER


def _write_rows(file: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _write_package(part: Path, about: About, *, naming: Naming, version: str, making: Making) -> None:
    told: dict[str, object] = {"name": f"waqai-{version.lower()}", "title": naming.title, "version": version}
    told |= {"created": about.dated.isoformat()} if about.dated else {}
    told |= {"licenses": [{"name": naming.licence}]} if naming.licence else {}
    told |= {"contributors": [{"title": naming.publisher, "role": "publisher"}]} if naming.publisher else {}
    told |= {"sources": [{"title": "GeoNames, CC BY 4.0", "path": "https://www.geonames.org"}], "profile_of_release": about.profile.name}
    told |= {"waqai": __version__, "codebook": f"{making.codebook.version} {making.codebook.digest}", "log_entry": about.last_entry}
    described = describe_package(told, [*_data_resources(making), *_other_resources()], part)
    (part / PACKAGE).write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _data_resources(making: Making) -> list[Resource]:
    made = {name: shape(making) for name, shape in TABLES.items()}
    return [
        Resource(
            name=one.name,
            path=one.path,
            title=one.what,
            columns=made[one.table].columns if one.format == "csv" else None,
            key=_KEYS.get(one.table, ()) if one.format == "csv" else (),
        )
        for one in DATA
    ]


def _other_resources() -> list[Resource]:
    entries = Resource(name="entries", path=ENTRIES, title="entries of the log that touched these incidents", columns=_OF_ENTRIES, key=("entry",))
    return [entries, Resource(name="withdrawn", path=WITHDRAWN, title="incidents that are no more", columns=_OF_WITHDRAWN, key=("id",))]


def _write_sums(part: Path) -> None:
    files = sorted(str(file.relative_to(part)) for file in part.rglob("*") if file.is_file())
    (part / SUMS).write_text("".join(f"{hash_file(part / name)}  {name}\n" for name in files), encoding="utf-8")
