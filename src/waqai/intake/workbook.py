"""Rows of .xlsx files, read in a child process some hundred at a time. The first sheet that is shown and holds a row is the table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waqai.core import IntakeError, Notice, UnreadableReport
from waqai.intake.child import Extractor
from waqai.intake.documents import check_office
from waqai.intake.rows import STAGE, STAGE_ASSUMED, Row, Table, name_headers

_FORMULA = "row {}: it holds a formula, which is read as its text and never computed; copy the sheet and paste values only, to have what the formulas show"


def open_workbook(raw: bytes, extractor: Extractor, *, name: str) -> Table:
    """The table in an Excel file; the extractor is its own until its rows are read. Raises UnreadableReport."""
    check_office(raw, ".xlsx")
    if len(raw) > extractor.limits.max_file_bytes:
        raise UnreadableReport(f"the file has {len(raw)} bytes; at most {extractor.limits.max_file_bytes} are read: split it, or save the sheet as .csv")
    found = extractor.ask(raw)
    rows = _iter_rows(extractor, found, name)
    first = next(rows)
    if isinstance(first, Notice):
        raise UnreadableReport(first.reason)
    count = found["last_row"] - first.number if found["last_row"] and found["last_row"] > first.number else None
    return Table(name=name, unit="row", headers=name_headers(first.cells), rows=rows, row_count=count)


def _iter_rows(extractor: Extractor, found: dict[str, Any], name: str) -> Iterator[Row | Notice]:
    """The first row, what is to be said of the file, then the others. A file that cannot be read to its end ends with a notice."""
    notes = [_note_on_sheets(found, name)] if found["others"] else []
    is_first, has_formula, is_done = True, False, False
    while not is_done:
        try:
            told = extractor.ask_more()
        except IntakeError as error:
            yield Notice(record=name, stage=STAGE, reason=f"the table cannot be read further: {error}")
            return
        is_done = told["done"]
        for number, cells, is_formula in told["rows"]:
            if is_formula and not has_formula:
                has_formula = True
                notes.append(Notice(record=name, stage=STAGE_ASSUMED, reason=_FORMULA.format(number)))
            if not is_first:
                yield from notes
                notes.clear()
            is_first = False
            yield Row(number, tuple(cells))


def _note_on_sheets(found: dict[str, Any], name: str) -> Notice:
    others = ", ".join(repr(title) for title in found["others"][:5]) + (" …" if len(found["others"]) > 5 else "")
    return Notice(record=name, stage=STAGE_ASSUMED, reason=f"sheet {found['sheet']!r} is read; others are not: {others}; save each as a file of its own")
