"""The tables of a release, row by row: texts as they were before they were guarded, and what belongs to one incident brought together."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from waqai.core import NoRelease
from waqai.export.guard import unguard

Row: TypeAlias = Mapping[str, str]
"""A row of a table, by column."""
_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}", re.IGNORECASE)


def iter_rows(file: Path) -> Iterator[Row]:
    """Every row. Raises NoRelease for a file that cannot be read as a table."""
    try:
        with file.open(encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                yield {name: unguard(value or "") for name, value in row.items() if name is not None}
    except (OSError, ValueError, csv.Error) as error:
        raise NoRelease(f"{file.name!r} of the release cannot be read: {error}") from error


def check_id(id: str) -> str:
    """The id, which is to be the name of a page. Raises NoRelease for one that is no plain word: it could lead out of the folder.

    >>> check_id("i-27zzlvf7lk")
    'i-27zzlvf7lk'
    >>> check_id("../../x")
    Traceback (most recent call last):
    waqai.core.errors.NoRelease: '../../x' is no id of an incident: a page cannot be called so
    """
    if not _SAFE.fullmatch(id):
        raise NoRelease(f"{id!r} is no id of an incident: a page cannot be called so")
    return id


def page_of(id: str) -> str:
    """Where the page of an incident lies in the site: in a folder by the first sign of its id, as some disks take no more than 20,000 names in one folder.

    >>> page_of("i-27zzlvf7lk")
    'incidents/2/i-27zzlvf7lk.html'
    """
    return f"incidents/{check_id(id).removeprefix('i-')[:1].lower() or '_'}/{id}.html"


@dataclass(slots=True)
class Following:
    """The rows of a table that is in the order of its incidents, handed out incident by incident: `of` is asked in that order, each once."""

    file: Path
    column: str
    _rows: Iterator[Row] = field(init=False)
    _next: Row | None = field(init=False)

    def __post_init__(self) -> None:
        self._rows = iter_rows(self.file)
        self._next = next(self._rows, None)

    def of(self, id: str) -> tuple[Row, ...]:
        """The rows of this incident. Moves on behind them."""
        found: list[Row] = []
        while self._next is not None and self._next.get(self.column) == id:
            found.append(self._next)
            self._next = next(self._rows, None)
        return tuple(found)

    def check_done(self) -> None:
        """Raises NoRelease where rows are left: they are of no incident of the release, or in another order."""
        if self._next is not None:
            raise NoRelease(f"{self.file.name} tells of {self._next.get(self.column)!r} where incidents.csv does not")
