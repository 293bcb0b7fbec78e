"""What changed from one release to another: new incidents, changed ones with old and new values and the entries of the log in between, withdrawn ones.

Both tables are in order of the ids, so that they are walked side by side, whatever their size.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from waqai.core import NotPossible
from waqai.releases.contents import ENTRIES, FIGURES, INCIDENTS, WITHDRAWN
from waqai.releases.opened import Release

MARK = "marked_unreliable"
Row = Mapping[str, str]
"""A row of a table, by column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the log as a release tells it."""

    number: int
    day: str
    kind: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An incident that is in both: `values` are the columns that differ (old, new), `figures` those that came (+) and went (-) as lines, `entries` why.

    Without entries of its own it changed by a newer reading, a newer rule, or a mark on a speaker or publisher.
    """

    incident: str
    values: Mapping[str, tuple[str, str]]
    figures: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An incident that the later one lacks; `now` holds what it told, where that is known and in the later release. `gone`: its id is no more in the store."""

    incident: str
    now: str
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """All differences, each in order of the ids. `marks`: entries in between that mark a speaker or publisher, and may have changed many."""

    earlier: str
    later: str
    new: tuple[str, ...]
    changed: tuple[Change, ...]
    withdrawn: tuple[Withdrawal, ...]
    marks: tuple[Entry, ...]


def compare_releases(earlier: Release, later: Release) -> Diff:
    """What changed. Raises NotPossible for releases of different profiles, which differ by what each may tell."""
    if earlier.profile != later.profile:
        raise NotPossible(f"the releases are of the profiles {earlier.profile} and {later.profile}: what differs is what each may tell")
    entries = _load_entries(later, after=earlier.log_entry)
    gone = {row["id"]: row["now"] for row in _iter_rows(later.folder / WITHDRAWN)}
    new: list[str] = []
    changed: list[Change] = []
    withdrawn: list[Withdrawal] = []
    figures = _changed_figures(earlier, later)
    for old, found in _side_by_side(earlier.folder / INCIDENTS, later.folder / INCIDENTS):
        if old is None:
            assert found is not None
            new.append(found["id"])
        elif found is None:
            withdrawn.append(Withdrawal(incident=old["id"], now=gone.get(old["id"], ""), gone=old["id"] in gone))
        elif (values := _changed_values(old, found)) or old["id"] in figures:
            id = old["id"]
            changed.append(Change(incident=id, values=values, figures=figures.get(id, ()), entries=entries.get(id, ())))
    named = {"earlier": earlier.version, "later": later.version}
    return Diff(**named, new=tuple(new), changed=tuple(changed), withdrawn=tuple(withdrawn), marks=entries.get("", ()))


# -- inside


def _iter_rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8", newline="") as rows:
        yield from csv.DictReader(rows)


def _side_by_side(earlier: Path, later: Path) -> Iterator[tuple[Row | None, Row | None]]:
    """The rows of both tables by id; None where one lacks it."""
    left, right = _iter_rows(earlier), _iter_rows(later)
    old, new = next(left, None), next(right, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old["id"] < new["id"]):
            yield old, None
            old = next(left, None)
        elif old is None or new["id"] < old["id"]:
            yield None, new
            new = next(right, None)
        else:
            yield old, new
            old, new = next(left, None), next(right, None)


def _changed_values(old: Row, new: Row) -> dict[str, tuple[str, str]]:
    """The columns that differ; one that only one of them has counts as empty in the other."""
    names = dict.fromkeys((*old, *new))
    return {name: (old.get(name, ""), new.get(name, "")) for name in names if old.get(name, "") != new.get(name, "")}


def _changed_figures(earlier: Release, later: Release) -> dict[str, tuple[str, ...]]:
    """The figures that went and came, as lines, by incident. Holds one line of every figure in memory: some 100 bytes each."""
    before, after = ({_figure_line(row): row["id"] for row in _iter_rows(one.folder / FIGURES)} for one in (earlier, later))
    found: dict[str, list[str]] = {}
    for sign, mine, other in (("-", before, after), ("+", after, before)):
        for line, incident in mine.items():
            if line not in other:
                found.setdefault(incident, []).append(f"{sign} {line.partition('|')[2]}")
    return {incident: tuple(lines) for incident, lines in found.items()}


def _figure_line(row: Row) -> str:
    named = " ".join(value for name in ("measure", "of_whom", "unit") if (value := row.get(name, "")))
    return f"{row['id']}|{named}: {row.get('expr', '')} ({row.get('low', '')}–{row.get('high', '')}), {row.get('speaker', '')} in {row.get('report', '')}"


def _load_entries(release: Release, *, after: int) -> dict[str, tuple[Entry, ...]]:
    """The entries after that number, by incident; under "" the marks."""
    found: dict[str, list[Entry]] = {}
    for row in _iter_rows(release.folder / ENTRIES):
        if int(row["entry"]) > after:
            found.setdefault(row["incident"], []).append(Entry(number=int(row["entry"]), day=row["day"], kind=row["kind"], by=row["by"]))
    return {incident: tuple(entries) for incident, entries in found.items()}
