"""A look into a table before it is read: what a person needs to say which column is what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from waqai.core import Columns, MissingColumn, Notice
from waqai.intake.columns import check_columns, guess_columns
from waqai.intake.guard import Limits
from waqai.intake.rows import Row
from waqai.intake.sources import source_of
from waqai.intake.table_files import open_table

PREVIEW_ROWS = 5
_COUNTED = 20_000_000  # bytes: a .csv up to this size is read through for its number of rows, in a second or less


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePreview:
    """The headers and first rows of a table (cells as text, as many as headers), and what its columns hold: as kept for such tables, else guessed.

    `missing` is what `columns` lacks, as a sentence, None for nothing. `row_count` is of the rows without the headers, as the file declares it (.xlsx) or as
    counted (.csv up to 20 MB); None: not known. `notes` are what had to be assumed.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Columns
    is_kept: bool
    missing: str | None
    row_count: int | None
    notes: tuple[str, ...]


def preview_table(
    table: Path | bytes, *, name: str, find_columns: Callable[[Sequence[str]], Columns | None] | None = None, limits: Limits | None = None
) -> TablePreview:
    """A look into a .csv, .tsv or .xlsx file, of which `name` tells the kind; `find_columns` gives what was kept for tables with these headers.

    Raises UnreadableReport or EmptyReport where there is no table to look into.
    """
    source = source_of(table, name=name)
    with open_table(source, limits=limits or Limits()) as opened:
        first = list(islice(opened.rows, PREVIEW_ROWS * 2))
        rows = [item for item in first if isinstance(item, Row)]
        notes = [item.reason for item in first if isinstance(item, Notice)]
        count = opened.row_count
        if count is None and source.kind != "xlsx" and source.size() <= _COUNTED:
            count = len(rows) + sum(isinstance(item, Row) for item in opened.rows)
    kept = find_columns(opened.headers) if find_columns else None
    columns = kept or guess_columns(opened.headers)
    cells = tuple(tuple(row.cell(at) for at in range(len(opened.headers))) for row in rows[:PREVIEW_ROWS])
    missing = _find_missing(columns, opened.headers)
    return TablePreview(headers=opened.headers, rows=cells, columns=columns, is_kept=kept is not None, missing=missing, row_count=count, notes=tuple(notes))


def _find_missing(columns: Columns, headers: Sequence[str]) -> str | None:
    try:
        check_columns(columns, headers)
    except MissingColumn as error:
        return str(error)
    return None
