"""A row of another's dataset in our terms: what happened, when, where, to whom, how many, each with the columns that said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from waqai.core import AttrValue


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """Where the row puts it: names as the dataset spells them, the country as a two-letter code, the point in degrees and how far from it (km) it may lie.

    `precision` is one of the codebook's; `place_id` the gazetteer's ("geonames:165509"), where the row gives it.
    """

    name: str | None = None
    admin2: str | None = None
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: str | None = None
    place_id: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowParty:
    """One who is involved, in a role of the codebook. `words` are those of the cell that name him; None: the whole cell."""

    role: str
    name: str
    words: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFigure:
    """How many, in a measure of the codebook. `high` None: at least `low`; `best`: the figure that the dataset prefers.

    `words` are those of the first of its columns that tell it; None: the whole cell.
    """

    measure: str
    of_whom: str | None = None
    low: int
    high: int | None
    best: int | None = None
    words: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRow:
    """What one row of a dataset says happened.

    `id` is the dataset's own, stable from file to file; `line` counts lines of the file from 1, its header being line 1. `type` and `status` are the
    codebook's; days are local, both ends included. `cells` are the row's own columns as they stood, those that are empty left out; every `columns` names some
    of them.
    """

    dataset: str
    id: str
    line: int
    type: str
    status: str
    earliest: date
    latest: date
    place: RowPlace
    parties: tuple[RowParty, ...] = ()
    figures: tuple[RowFigure, ...] = ()
    publishers: tuple[str, ...] = ()
    attrs: Mapping[str, AttrValue] = field(default_factory=dict)
    speaker: str | None = None
    speaker_columns: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None
    notes: str | None = None
    notes_columns: tuple[str, ...] = ()
    type_columns: tuple[str, ...] = ()
    when_columns: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """A row that was set aside: its line, the column and the value that are to blame (None where it is the row as a whole), and what would help."""

    line: int
    column: str | None
    value: str | None
    why: str
    id: str | None = None

    def __str__(self) -> str:
        where = f"line {self.line}" if self.column is None else f"line {self.line}, {self.column}"
        return f"{where}: {self.why}" if self.value is None else f"{where} {self.value[:60]!r}: {self.why}"
