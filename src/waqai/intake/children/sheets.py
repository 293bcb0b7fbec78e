"""The rows of an Excel table, some hundred at a time, by openpyxl. Runs in the child process.

The first frame is the file; each empty one after it asks for more rows. Nothing is computed: a formula is its text. A cell with a date's format is its ISO
day, or instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import chain
from typing import Any

from .refusal import Caps, Refused
from .zips import check_zip

_ROWS, _CHARACTERS = 500, 2_000_000  # of one answer
_SCANNED = 20_000  # rows that one answer may pass over because they are empty


def prepare(caps: Caps) -> Callable[[bytes], Any]:
    """What answers a .xlsx with {"sheet", "others": further sheets that hold rows or might, "last_row": as declared, or None}.

    Asked for more, {"rows": [[number from 1, cells, whether one is a formula], …], "done"}.
    """
    import openpyxl  # noqa: F401

    return _Book(caps)


class _Book:
    """The table that is open. Changes with every request."""

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._rows: Iterator[list[Any]] = iter(())
        self._refusal: Refused | None = None

    def __call__(self, request: bytes) -> dict[str, Any]:
        return self._open(request) if request else self._read_on()

    def _open(self, raw: bytes) -> dict[str, Any]:
        from openpyxl import load_workbook

        self._refusal = None
        check_zip(raw, needs="xl/workbook.xml", caps=self._caps)
        book = load_workbook(BytesIO(raw), read_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for at, sheet in enumerate(shown):
            rows = _iter_rows(book, sheet, self._caps)
            first = next((row for row in rows if row[1]), None)
            if first is not None:
                self._rows = chain([first], rows)
                return {"sheet": sheet.title, "others": [other.title for other in shown[at + 1 :]], "last_row": sheet.max_row}
        raise Refused("no sheet of the table holds a row")

    def _read_on(self) -> dict[str, Any]:
        """The next rows. What refuses a row is raised when nothing stands before it any more."""
        if self._refusal is not None:
            raise self._refusal
        rows: list[list[Any]] = []
        size = 0
        try:
            for scanned, row in enumerate(self._rows, start=1):
                if row[1]:
                    rows.append(row)
                    size += sum(map(len, row[1]))
                if len(rows) >= _ROWS or size >= _CHARACTERS or scanned >= _SCANNED:
                    return {"rows": rows, "done": False}
        except Refused as refusal:
            self._refusal = refusal
            return {"rows": rows, "done": False}
        return {"rows": rows, "done": True}


def _iter_rows(book: Any, sheet: Any, caps: Caps) -> Iterator[list[Any]]:
    """Rows as [number, cells, whether one is a formula]; one without words has no cells."""
    from openpyxl.worksheet._reader import WorkSheetParser  # itself, as the sheet would make up millions of rows that a hostile number leaves out

    with sheet._get_source() as source:
        parser = WorkSheetParser(source, sheet._shared_strings, epoch=book.epoch, date_formats=book._date_formats, timedelta_formats=book._timedelta_formats)
        for number, cells in parser.parse():
            parser.row_dimensions.clear()  # it would keep each row's
            if number > caps["max_rows"]:
                raise Refused(f"the table has more than {caps['max_rows']} rows: split it")
            yield [number, _words_of(cells, caps), any(cell["data_type"] == "f" for cell in cells)]


def _words_of(cells: list[dict[str, Any]], caps: Caps) -> list[str]:
    found = {cell["column"]: _as_words(cell["value"]) for cell in cells if cell["value"] is not None}
    last = max((column for column, words in found.items() if words.strip()), default=0)
    if last > caps["max_columns"]:
        raise Refused(f"the table has {last} columns; at most {caps['max_columns']} are read")
    return [found.get(column, "") for column in range(1, last + 1)]


def _as_words(value: Any) -> str:
    """The value as a person would type it."""
    from openpyxl.utils.escape import unescape

    if isinstance(value, str):
        return unescape(value) if "_x" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return (getattr(value, "text", None) or "=") if hasattr(value, "ref") else str(value)
