"""Tables as rows, whatever kind of file they stand in: headers, then a row or a notice at a time, so that a table of any length streams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from waqai.core import Notice, UnreadableReport
from waqai.core.columns import fold_header

STAGE = "intake"
STAGE_ASSUMED = "intake.assumed"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, as text, and where it stands: the number, from 1, of its first line or of its row."""

    number: int
    cells: tuple[str, ...]

    def cell(self, at: int) -> str:
        """The cell of this column, empty where the row is shorter."""
        return self.cells[at] if at < len(self.cells) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An open table. `unit` is what its rows are counted in, "line" or "row"; `row_count` how many the file says that it has, None: it does not say."""

    name: str
    unit: str
    headers: tuple[str, ...]
    rows: Iterator[Row | Notice]
    row_count: int | None = None

    def bad_row(self, number: int, why: object) -> Notice:
        """The notice for a row that is set aside."""
        return bad_row(self.name, self.unit, number, why)


def bad_row(name: str, unit: str, number: int, why: object) -> Notice:
    """The notice for a row of this table that is set aside."""
    return Notice(record=f"{name}:{number}", stage=STAGE, reason=f"{unit} {number}: {why}")


def name_headers(cells: Iterable[str]) -> tuple[str, ...]:
    """The headers of a table, all different: a blank one is called by its number, a second one of the same name gets " (2)".

    >>> name_headers(["Notes ", "", "notes"])
    ('Notes', 'column 2', 'notes (2)')
    """
    named = [" ".join(cell.split()) for cell in cells]
    while named and not named[-1]:
        named.pop()
    if not named:
        raise UnreadableReport("its first row is empty; a table begins with a row that names its columns")
    times: Counter[str] = Counter()
    found: list[str] = []
    for at, header in enumerate(named, start=1):
        times[fold_header(header)] += 1
        again = times[fold_header(header)]
        found.append(f"column {at}" if not header else header if again == 1 else f"{header} ({again})")
    return tuple(found)
