"""The cells of one row by name, whatever the case of the headers, read as days, numbers and lists; a cell that is none of these says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from waqai.core import fold_header
from waqai.core.formulas import unguard
from waqai.intake.cell_days import CellDays

_LISTED = re.compile(r"\s*;\s*")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?")


class BadCell(ValueError):
    """A cell that cannot be read; the row that holds it is set aside."""

    def __init__(self, column: str | None, value: str | None, why: str) -> None:
        super().__init__(why)
        self.column, self.value, self.why = column, value, why


class Headers:
    """A table's headers, found by name whatever their case, blanks, underscores and hyphens; `renamed` gives the header that a person named for a field."""

    def __init__(self, headers: tuple[str, ...], *, renamed: Mapping[str, str] | None = None) -> None:
        self.all = headers
        self._at = {fold_header(header): at for at, header in reversed(list(enumerate(headers)))}
        self._renamed = {fold_header(field): fold_header(header) for field, header in (renamed or {}).items()}

    def find(self, name: str) -> int | None:
        """The place of the column, from 0, or None."""
        folded = fold_header(name)
        return self._at.get(self._renamed.get(folded, folded))

    def header(self, name: str) -> str:
        """The column's name as the file writes it; the name itself where there is none."""
        at = self.find(name)
        return name if at is None else self.all[at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """One row: its cells without blanks around them and without a spreadsheet's guard against formulas. Methods raise BadCell."""

    headers: Headers
    values: tuple[str, ...]

    def text(self, name: str) -> str | None:
        """The cell, or None where it is empty or there is no such column."""
        at = self.headers.find(name)
        cell = unguard(self.values[at]).strip() if at is not None and at < len(self.values) else ""
        return cell or None

    def filled(self) -> dict[str, str]:
        """Every cell that holds something, by the header that the file has."""
        told = zip(self.headers.all, self.values, strict=False)
        return {header: unguard(cell).strip() for header, cell in told if cell.strip()}

    def named(self, *names: str) -> tuple[str, ...]:
        """The file's headers of those columns that hold something."""
        return tuple(dict.fromkeys(self.headers.header(name) for name in names if self.text(name)))

    def bad(self, name: str, why: str) -> BadCell:
        """What to raise for this cell."""
        return BadCell(self.headers.header(name), self.text(name), why)

    def need(self, name: str) -> str:
        """The cell, which may not be empty."""
        cell = self.text(name)
        if cell is None:
            raise BadCell(self.headers.header(name), "", "the cell is empty; it is needed")
        return cell

    def listed(self, name: str) -> tuple[str, ...]:
        """The parts of a cell that semicolons divide."""
        return tuple(part for part in _LISTED.split(self.text(name) or "") if part)

    def day(self, name: str, days: CellDays) -> date | None:
        cell = self.text(name)
        try:
            return None if cell is None else days.parse(cell)
        except ValueError as error:
            raise self.bad(name, str(error)) from error

    def need_day(self, name: str, days: CellDays) -> date:
        self.need(name)
        found = self.day(name, days)
        assert found is not None
        return found

    def number(self, name: str, *, low: float, high: float) -> float | None:
        """The number within these bounds, or None for an empty cell."""
        cell = self.text(name)
        if cell is None:
            return None
        found = float(cell) if _NUMBER.fullmatch(cell) else None
        if found is None or not low <= found <= high:
            raise self.bad(name, f"it is no number from {low:g} to {high:g}")
        return found

    def whole(self, name: str) -> int | None:
        """The whole number, nought or more, or None for an empty cell."""
        found = self.number(name, low=0, high=1e9)
        if found is not None and found != int(found):
            raise self.bad(name, "it is no whole number")
        return None if found is None else int(found)

    def code(self, name: str, known: Mapping[int, str]) -> str:
        """What the number in the cell stands for."""
        cell = self.need(name)
        found = known.get(int(float(cell))) if _NUMBER.fullmatch(cell) else None
        if found is None:
            raise self.bad(name, f"it is none of the codes {', '.join(map(str, known))}")
        return found

    def point(self, lat: str, lon: str) -> tuple[float | None, float | None]:
        """Degrees of both, or None and None. Raises BadCell where one is missing."""
        found = (self.number(lat, low=-90, high=90), self.number(lon, low=-180, high=180))
        if (found[0] is None) != (found[1] is None):
            raise BadCell(self.headers.header(lon if found[1] is None else lat), "", "a point needs both latitude and longitude")
        return found
