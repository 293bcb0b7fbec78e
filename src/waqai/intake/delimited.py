"""Rows of .csv and .tsv files: encoding and delimiter told by what the file holds, line by line, so that nothing is held but one row.

UTF-8 is expected. A file whose first letters outside ASCII are none of it is read as Windows-1252 from there on, by the rules of `decode`, and that is said.
The library's own guess of a delimiter gives up on one column and knows no headers; here the one wins that cuts the first rows into as many cells as
the header has. Quotes, doubled quotes and line ends within quotes are as the library has them; a quote that is never closed is told, not swallowed.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import IO

from waqai.core import EmptyReport, IntakeError, Notice, UnreadableReport
from waqai.intake.columns import count_known
from waqai.intake.decode import UTF8_MARK, decode_strictly, decode_text
from waqai.intake.guard import Limits, check_bytes
from waqai.intake.rows import STAGE_ASSUMED, Row, Table, bad_row, name_headers
from waqai.intake.streams import Stream, as_utf8

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES, _SAMPLE_BYTES = 100, 65_536
csv.field_size_limit(2**31 - 1)  # a row is bounded by the lines that it is given


def open_delimited(raw: IO[bytes], *, name: str, kind: str, limits: Limits) -> Table:
    """The table in a stream of bytes; `kind` "tsv" settles the delimiter where the rows do not. Raises EmptyReport or UnreadableReport."""
    stream = as_utf8(Stream(raw), limits.max_json_bytes)
    check_bytes(stream.head)
    lines = _Lines(stream, limits)
    delimiter = lines.take_declared() or choose_delimiter(lines.sample(), otherwise="\t" if kind == "tsv" else ",")
    rows = _iter_rows(lines, delimiter, name=name)
    notes, headers = _read_headers(rows)
    if len(headers) > limits.max_columns:
        raise UnreadableReport(f"the table has {len(headers)} columns; at most {limits.max_columns} are read")
    return Table(name=name, unit="line", headers=headers, rows=chain(notes, rows))


def choose_delimiter(sample: Sequence[str], *, otherwise: str) -> str:
    r"""The delimiter that cuts the most rows of a sample into as many cells as its first; of several, the one that gives more headers that we know.

    >>> choose_delimiter(["Date;Notes", '"1;5";"Men fled, all of them"', "2;Guards, too"], otherwise=",")
    ';'
    """
    ranked = [(score, -at, delimiter) for at, delimiter in enumerate(DELIMITERS) if (score := _score(sample, delimiter)) is not None]
    return max(ranked)[2] if ranked else otherwise


def _score(sample: Sequence[str], delimiter: str) -> tuple[int, float, int] | None:
    """(headers that we know, share of rows as wide as the first, width), None where the first row has one cell, or none can be told from another."""
    try:
        rows = [row for row in csv.reader(sample, delimiter=delimiter) if row]
    except csv.Error:
        return None
    width = len(rows[0]) if rows else 0
    if width < 2:
        return None
    return count_known(rows[0]), sum(len(row) == width for row in rows) / len(rows), width


class _Lines:
    """The lines of a table as text, for the library to take as many as a row needs. Changes as it is read."""

    def __init__(self, stream: Stream, limits: Limits) -> None:
        self._limit = limits.max_bytes
        self._lines = stream.iter_every_line(limits.max_bytes)
        self._ahead: deque[tuple[int, bytes | None]] = deque()
        self._is_first, self._has_letters, self._is_legacy = True, False, False
        self.note: str | None = None
        self.begin()

    def begin(self) -> None:
        """A row begins: `first` is to be the number of its first line, `fault` why a line of it cannot be decoded."""
        self.first: int | None = None
        self.fault: str | None = None
        self.is_unclosed = False
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        taken = self._take()
        if taken is None:
            self.is_unclosed = self.first is not None
            raise StopIteration
        number, raw = taken
        is_inside = self.first is not None
        self.first = self.first or number
        self._size += len(raw or b"")
        if raw is None or self._size > self._limit:
            self.is_unclosed = is_inside
            raise UnreadableReport(f"it has more than {self._limit} bytes, which is more than one report may have; is a quote not closed?")
        return self._decode(raw)

    def sample(self) -> list[str]:
        """The first lines, which will come again; the last may be cut off from its row."""
        self._look_ahead()
        return [raw.decode("utf-8", "replace") for _, raw in self._ahead if raw is not None]

    def take_declared(self) -> str | None:
        """The delimiter that a spreadsheet program wrote into a line of its own ("sep=;"), which is taken away; None: there is no such line."""
        self._look_ahead()
        first = (self._ahead[0][1] or b"").removeprefix(UTF8_MARK).rstrip(b"\r\n") if self._ahead else b""
        if len(first) == 5 and first[:4].lower() == b"sep=" and first[4:].decode("latin-1") in DELIMITERS:
            self._take()
            return first[4:].decode("ascii")
        return None

    def _take(self) -> tuple[int, bytes | None] | None:
        taken = self._ahead.popleft() if self._ahead else next(self._lines, None)
        if taken is not None and self._is_first and taken[1] is not None:
            taken = (taken[0], taken[1].removeprefix(UTF8_MARK))
        self._is_first = False
        return taken

    def _look_ahead(self) -> None:
        size = sum(len(raw or b"") for _, raw in self._ahead)
        while len(self._ahead) < _SAMPLE_LINES and size < _SAMPLE_BYTES and (line := next(self._lines, None)) is not None:
            self._ahead.append(line)
            size += len(line[1] or b"")

    def _decode(self, raw: bytes) -> str:
        """The line's words. Where it cannot be decoded, `fault` says so, and its quotes and delimiters are there all the same."""
        if raw.isascii():
            return raw.decode("ascii")
        try:
            line = raw.decode("cp1252" if self._is_legacy else "utf-8")
        except UnicodeDecodeError:
            line = self._decode_otherwise(raw)
        self._has_letters = True
        return line

    def _decode_otherwise(self, raw: bytes) -> str:
        try:
            if self._has_letters:
                decode_strictly(raw)
            self._look_ahead()
            self.note = decode_text(raw + b"".join(following or b"" for _, following in self._ahead)).note
            line = raw.decode("cp1252")
        except (IntakeError, UnicodeDecodeError) as error:
            self.fault = str(error)
            return raw.decode("utf-8", "replace")
        self._is_legacy = True
        return line


def _iter_rows(lines: _Lines, delimiter: str, *, name: str) -> Iterator[Row | Notice]:
    """The rows that are not blank, a notice in the place of each that is broken."""
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin()
        try:
            cells = next(reader, None)
        except (IntakeError, csv.Error) as error:
            why = error if isinstance(error, IntakeError) else f"its cells cannot be told apart ({error}); save it as CSV in UTF-8"
            yield bad_row(name, "line", lines.first or 0, why)
            if lines.is_unclosed:
                return
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        if cells is None:
            return
        if lines.note is not None:
            yield Notice(record=name, stage=STAGE_ASSUMED, reason=lines.note)
            lines.note = None
        yield from _check(cells, lines, name)


def _check(cells: list[str], lines: _Lines, name: str) -> Iterator[Row | Notice]:
    number = lines.first or 0
    if lines.is_unclosed:
        yield bad_row(name, "line", number, "a quote opens in this row and is never closed, so that nothing after it can be told apart; close it")
    elif lines.fault is not None:
        yield bad_row(name, "line", number, lines.fault)
    elif any(cell.strip() for cell in cells):
        yield Row(number, tuple(cells))


def _read_headers(rows: Iterator[Row | Notice]) -> tuple[list[Notice], tuple[str, ...]]:
    """The first row's headers, and what is to be said before it. Raises EmptyReport, or UnreadableReport for a first row that is broken."""
    notes: list[Notice] = []
    for row in rows:
        if isinstance(row, Row):
            return notes, name_headers(row.cells)
        if row.stage != STAGE_ASSUMED:
            raise UnreadableReport(row.reason)
        notes.append(row)
    raise EmptyReport("the table is empty")
