"""Tables as a workbook (Office Open XML), a sheet for each and one that says what is to be known of the file.

Written as streams: each sheet goes to a file of its own and from there into the workbook, so that memory does not grow with the rows.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from typing import IO, BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from waqai.bounds import Cleared
from waqai.core import NotWritten
from waqai.export.guard import guard, make_xml
from waqai.export.shapes import Shape, Value
from waqai.export.writing import Writing
from waqai.export.xlsx_parts import PARTS, SHEET_END, SHEET_START, column_letters, content_types, workbook, workbook_links

MOST_ROWS = 1_048_576
"""Of a sheet: what spreadsheets read."""
MOST_CHARACTERS = 32_767
"""Of a cell."""
CUT = " [cut: a cell holds no more]"
_EPOCH = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""Days before it are counted in two ways: they are written as text."""
_DAY, _BOLD = 1, 2
"""Styles of cells, in the order of the part that describes them."""


class _Sheet:
    """One sheet as it grows."""

    def __init__(self, name: str, columns: int, file: IO[bytes]) -> None:
        self.name, self.file, self._rows = name, file, 0
        self._letters = [column_letters(one) for one in range(columns)]
        self.file.write(SHEET_START)

    def write(self, row: Iterable[Value], *, style: int = 0) -> None:
        """One more row. Raises NotWritten where a sheet holds no more."""
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise NotWritten(
                f"sheet {self.name} would have more than {MOST_ROWS:,} rows, more than a spreadsheet opens: narrow the filters, or take csv or parquet"
            )
        cells = [_cell(f"{letter}{self._rows}", value, style) for letter, value in zip(self._letters, row, strict=False) if value is not None]
        self.file.write(f'<row r="{self._rows}">{"".join(cells)}</row>'.encode())

    def close(self) -> IO[bytes]:
        """The whole part, to be read from its start."""
        self.file.write(SHEET_END)
        self.file.seek(0)
        return self.file


def write_xlsx(shapes: Sequence[Shape], records: Iterable[Cleared], file: BinaryIO, writing: Writing) -> None:
    """A sheet for each table, then "about". Texts that a spreadsheet would take for formulas are guarded; a text too long for a cell is cut, and says so."""
    with ExitStack() as stack:
        sheets = [_Sheet(shape.name, len(shape.columns), stack.enter_context(tempfile.TemporaryFile())) for shape in shapes]
        about = _Sheet("about", 2, stack.enter_context(tempfile.TemporaryFile()))
        for shape, sheet in zip(shapes, sheets, strict=True):
            sheet.write([column.name for column in shape.columns], style=_BOLD)
            if writing.hxl:
                sheet.write([column.hxl for column in shape.columns])
        for record in records:
            for shape, sheet in zip(shapes, sheets, strict=True):
                for row in writing.tally.rows_of(shape, record):
                    sheet.write(row)
        for line in writing.about().lines():
            about.write(line)
        _pack([*sheets, about], file)


def _pack(sheets: Sequence[_Sheet], file: BinaryIO) -> None:
    """Every part with one fixed date: the same tables give the same bytes."""
    names = [sheet.name for sheet in sheets]
    parts = {
        **PARTS,
        "[Content_Types].xml": content_types(len(names)),
        "xl/workbook.xml": workbook(names),
        "xl/_rels/workbook.xml.rels": workbook_links(len(names)),
    }
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name in sorted(parts):
            packed.writestr(_info(name), parts[name])
        for number, sheet in enumerate(sheets, 1):
            with packed.open(_info(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as part:
                shutil.copyfileobj(sheet.close(), part)


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name)  # dated 1980-01-01
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o600 << 16
    return info


def _cell(where: str, value: Value, style: int) -> str:
    if isinstance(value, bool):
        return f'<c r="{where}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{where}"><v>{value!r}</v></c>'
    if isinstance(value, date):
        if value >= _FIRST_DAY:
            return f'<c r="{where}" s="{_DAY}"><v>{(value - _EPOCH).days}</v></c>'
        value = value.isoformat()
    styled = f' s="{style}"' if style else ""
    return f'<c r="{where}"{styled} t="inlineStr"><is><t xml:space="preserve">{_text(value or "")}</t></is></c>'


def _text(value: str) -> str:
    text = guard(make_xml(value))
    text = text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT
    return escape(text).replace("\r", "&#13;")
