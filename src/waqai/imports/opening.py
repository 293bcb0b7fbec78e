"""The way from a file to its rows: .csv, .tsv, .txt, .xlsx or JSON Lines, one row at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from waqai.codebook import ActorRegister, Codebook
from waqai.codebook.homes import load_homes
from waqai.core import EmptyReport, MissingColumn, Notice, UnreadableReport
from waqai.core.columns import DateOrder
from waqai.imports.acled import REQUIRED as ACLED_NEEDS
from waqai.imports.acled import parse_acled
from waqai.imports.cells import BadCell, Cells, Headers
from waqai.imports.own_table import REQUIRED as OWN_NEEDS
from waqai.imports.own_table import parse_own
from waqai.imports.polecat import REQUIRED as POLECAT_NEEDS
from waqai.imports.polecat import parse_polecat
from waqai.imports.rows import ForeignRow, RowError
from waqai.imports.terms import Terms
from waqai.imports.ucdp import REQUIRED as UCDP_NEEDS
from waqai.imports.ucdp import parse_ucdp
from waqai.intake.cell_days import CellDays
from waqai.intake.delimited import open_delimited
from waqai.intake.guard import Limits
from waqai.intake.rows import STAGE, Row, Table, name_headers
from waqai.intake.sources import Source, check_sources, iter_sources
from waqai.intake.streams import Stream
from waqai.intake.table_files import open_table

Dataset: TypeAlias = Literal["acled", "ucdp", "polecat", "csv"]
Parse: TypeAlias = Callable[[Cells, int, Terms], ForeignRow]
LAYOUTS: Mapping[str, tuple[tuple[str, ...], Parse]] = {
    "acled": (ACLED_NEEDS, parse_acled),
    "ucdp": (UCDP_NEEDS, parse_ucdp),
    "polecat": (POLECAT_NEEDS, parse_polecat),
    "csv": (OWN_NEEDS, parse_own),
}
"""By dataset: the columns that it cannot do without, and what reads a row of it."""
NAMES: Mapping[str, str] = {"acled": "ACLED", "ucdp": "UCDP GED", "polecat": "POLECAT", "csv": "csv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignTable:
    """An open file of a dataset. `rows` can be gone through once; `row_count` None: the file does not say how many it has; `unit`: "line" or "row"."""

    dataset: Dataset
    headers: tuple[str, ...]
    rows: Iterator[ForeignRow | RowError | Notice]
    unit: str = "line"
    row_count: int | None = None


@contextmanager
def open_rows(
    path: Path,
    *,
    codebook: Codebook,
    register: ActorRegister,
    dataset: Dataset | None = None,
    columns: Mapping[str, str] | None = None,
    types: Mapping[str, str] | None = None,
    dates: DateOrder | None = None,
    country: str | None = None,
    stand_in: str | None = None,
    limits: Limits | None = None,
) -> Iterator[ForeignTable]:
    """The file's rows while it is open: each a row in our terms, or why it is set aside; a notice where something about the file had to be assumed.

    `dataset` None: the headers tell. `columns` are headers by field and `types` types of ours by the table's word for them, both of use for "csv"; `dates`
    says how 03/04/2023 is meant, `country` (two letters) where rows lie that do not say it. A row whose code has no type of ours is set aside, or gets the
    type `stand_in`.

    Raises MissingColumn, which names what is missing, other IntakeErrors, and OSError.
    """
    terms = Terms(
        codebook=codebook,
        register=register,
        homes=load_homes(codebook),
        days=CellDays(lambda: (), order=dates),
        types={word.casefold(): type for word, type in (types or {}).items()},
        country=country,
        stand_in=stand_in,
    )
    with _open_file(path, limits or Limits()) as table:
        headers = Headers(table.headers, renamed=columns)
        found = dataset or find_dataset(headers)
        if found is None:
            raise MissingColumn(
                f"{path.name}: its columns are those of none of {', '.join(LAYOUTS)}: {_show(table.headers)}; name the columns with --column FIELD=HEADER"
            )
        check_headers(headers, found, name=path.name, columns=columns or {})
        rows = _iter_rows(table, headers, found, terms)
        yield ForeignTable(dataset=found, headers=table.headers, rows=rows, unit=table.unit, row_count=table.row_count)


def find_dataset(headers: Headers) -> Dataset | None:
    """Whose columns these are, or None."""
    order: tuple[Dataset, ...] = ("acled", "ucdp", "polecat", "csv")
    return next((name for name in order if all(headers.find(column) is not None for column in LAYOUTS[name][0])), None)


def check_headers(headers: Headers, dataset: Dataset, *, name: str, columns: Mapping[str, str]) -> None:
    """Raises MissingColumn, which lists every needed column that is not there, or that a person named and is not there."""
    gone = [header for header in columns.values() if Headers(headers.all).find(header) is None]
    if gone:
        raise MissingColumn(f"{name} has no column {gone[0]!r}; its columns are {_show(headers.all)}")
    missing = [column for column in LAYOUTS[dataset][0] if headers.find(column) is None]
    if missing:
        few = ", ".join(missing)
        told = f"Say which column holds it, e.g. --column {missing[0]!r}={headers.all[0]!r}, or get" if dataset == "csv" else "Get"
        raise MissingColumn(
            f"{name} is no file of {NAMES[dataset]} as we know it: it lacks {few}; its columns are {_show(headers.all)}. {told} the file with all its columns"
        )


def _show(headers: tuple[str, ...]) -> str:
    return ", ".join(repr(header[:40]) for header in headers[:20]) + (" …" if len(headers) > 20 else "")


def _iter_rows(table: Table, headers: Headers, dataset: Dataset, terms: Terms) -> Iterator[ForeignRow | RowError | Notice]:
    parse, lines = LAYOUTS[dataset][1], dict[str, int]()
    for row in table.rows:
        if isinstance(row, Notice):
            yield _broken(row) if row.stage == STAGE else row
            continue
        if _is_tags(row):
            continue
        cells = Cells(headers=headers, values=row.cells)
        try:
            made = parse(cells, row.number, terms)
        except BadCell as error:
            id = cells.text(LAYOUTS[dataset][0][0])
            yield RowError(line=row.number, column=error.column, value=error.value, why=error.why, id=id)
            continue
        if made.id in lines:
            yield RowError(line=row.number, column=None, value=made.id, why=f"the id stands in line {lines[made.id]} already; ids must differ", id=made.id)
            continue
        lines[made.id] = row.number
        yield made


def _is_tags(row: Row) -> bool:
    """Whether the row is the one of HXL's hashtags that our own exports, and others, have below the header."""
    told = [cell.strip() for cell in row.cells if cell.strip()]
    return bool(told) and all(cell.startswith("#") for cell in told)


def _broken(notice: Notice) -> RowError:
    """The row that the file's reader could not read; its notice names the line behind a colon."""
    number = notice.record.rpartition(":")[2]
    return RowError(line=int(number) if number.isdigit() else 0, column=None, value=None, why=notice.reason.partition(": ")[2] or notice.reason)


@contextmanager
def _open_file(path: Path, limits: Limits) -> Iterator[Table]:
    check_sources([path])
    source = next(iter_sources([path]))
    if isinstance(source, Notice):
        raise UnreadableReport(f"{path.name}: {source.reason}")
    if path.stat().st_size == 0:
        raise EmptyReport(f"{path.name} is empty: a table has its columns in its first line")
    if source.kind in ("csv", "tsv", "xlsx"):
        with open_table(source, limits=limits) as table:
            yield table
    elif source.kind in ("text", "any", "lines"):
        with source.open() as raw:
            yield _open_lines(Stream(raw), source, limits) if source.kind == "lines" else open_delimited(raw, name=source.name, kind="tsv", limits=limits)
    else:
        raise UnreadableReport(f"{path.name} is no table; tables are .csv, .tsv, .txt, .xlsx and .jsonl")


def _open_lines(stream: Stream, source: Source, limits: Limits) -> Table:
    """JSON Lines as a table: the columns are the keys of its first line."""
    lines = stream.iter_lines(limits.max_bytes)
    first = next(lines, None)
    told = None if first is None else _read_line(*first)
    if not isinstance(told, dict) or not told:
        raise UnreadableReport(f"{source.name}: {'it is empty' if first is None else 'its first line is no JSON object with columns'}")
    headers = name_headers(told)

    def rows() -> Iterator[Row | Notice]:
        yield Row(first[0] if first else 1, tuple(_cell(value) for value in told.values()))
        for number, raw in lines:
            found = _read_line(number, raw)
            if isinstance(found, dict):
                yield Row(number, tuple(_cell(found.get(key)) for key in told))
            else:
                yield Notice(record=f"{source.name}:{number}", stage=STAGE, reason=f"line {number}: it is no JSON object")

    return Table(name=source.name, unit="line", headers=headers, rows=rows())


def _read_line(number: int, raw: bytes | None) -> object:
    try:
        return None if raw is None else json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(_cell(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
