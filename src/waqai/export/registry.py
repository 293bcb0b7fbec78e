"""Every form in which records leave, by the name that `waqai export --format` takes: plain literals, one entry for each.

Tables (incidents, figures …) and targets (schemes that others use) say what rows look like, files how they are laid down. A target's shape makes rows for a
table file, or its lines objects for a file of JSON lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from waqai.bounds import Cleared
from waqai.codebook import ACLED_LIKE, UCDP_LIKE, FigureRule
from waqai.export.account_tables import AccountShape, ClaimShape
from waqai.export.acled import AcledShape
from waqai.export.csv_file import write_csv
from waqai.export.figure_table import FigureShape
from waqai.export.ftm import FtmLines
from waqai.export.geojson_file import write_geojson
from waqai.export.gpkg_file import write_gpkg
from waqai.export.incident_table import IncidentShape
from waqai.export.plover import PloverShape
from waqai.export.shapes import Lines, Making, Shape
from waqai.export.ucdp import UcdpShape
from waqai.export.writing import Writing
from waqai.export.xlsx_file import write_xlsx

TableWriter: TypeAlias = Callable[[Sequence[Shape], Iterable[Cleared], BinaryIO, Writing], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A form of file that holds tables: `several` of them, or one. `told`: what is to be known of the file is inside; else it lies in a file beside it.

    `placed`: it draws places, and takes no table without any.
    """

    name: str
    write: TableWriter
    several: bool = False
    told: bool = True
    placed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A scheme that records are translated into. Exactly one of `shape` and `lines` is given; `title` names the scheme for a person, `rule` is its way
    to combine figures."""

    name: str
    title: str
    rule: FigureRule | None = None
    shape: Callable[[Making], Shape] | None = None
    lines: Callable[[Making], Lines] | None = None


def _write_parquet(shapes: Sequence[Shape], records: Iterable[Cleared], file: BinaryIO, writing: Writing) -> None:
    from waqai.export.parquet_file import write_parquet  # here, as its library takes long to load and much memory

    write_parquet(shapes, records, file, writing)


FILES: Mapping[str, TableFile] = {
    file.name: file
    for file in (
        TableFile(name="csv", write=write_csv, told=False),
        TableFile(name="xlsx", write=write_xlsx, several=True),
        TableFile(name="parquet", write=_write_parquet),
        TableFile(name="geojson", write=write_geojson, placed=True),
        TableFile(name="gpkg", write=write_gpkg, several=True),
    )
}
TABLES: Mapping[str, Callable[[Making], Shape]] = {"incidents": IncidentShape, "figures": FigureShape, "accounts": AccountShape, "claims": ClaimShape}
_TARGETS: tuple[Target, ...] = (
    Target(name="acled", title="ACLED", rule=ACLED_LIKE, shape=AcledShape),
    Target(name="ucdp", title="UCDP GED 24.1", rule=UCDP_LIKE, shape=UcdpShape),
    Target(name="plover", title="PLOVER, as in POLECAT's weekly files", shape=PloverShape),
    Target(name="ftm", title="FollowTheMoney 4", lines=FtmLines),
)
TARGETS: Mapping[str, Target] = {target.name: target for target in _TARGETS}
"""A target's table is written as csv, or as xlsx or parquet where the file is named so."""
LINES = "jsonl"
FORMATS = (*FILES, LINES, *TARGETS)
"""The names that may be asked for."""
