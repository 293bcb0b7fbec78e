"""What became of the records of an export: rows by table, what was held back and what was dropped, each by its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from waqai.bounds import Cleared, HeldBack
from waqai.export.shapes import Dropped, Lines, Row, Shape

MOST_DETAILS = 20
"""How many examples of each reason are kept."""


@dataclass(slots=True)
class Tally:
    """Counts while a file is written. Mutable: `clear`, `rows_of` and `objects_of` count what passes through them."""

    records: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    held_back: Counter[str] = field(default_factory=Counter)
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    details: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    listing: Callable[[Cleared, Dropped], None] | None = None
    """What is to hear of everything that is dropped."""

    def clear(self, records: Iterable[Cleared | HeldBack]) -> Iterator[Cleared]:
        """The records that leave; those held back are counted by reason."""
        for record in records:
            if isinstance(record, HeldBack):
                self.held_back[record.reason] += 1
            else:
                self.records += 1
                yield record

    def rows_of(self, shape: Shape, record: Cleared) -> Iterator[Row]:
        """The rows of one record in this shape; what has no home there is counted by shape and reason."""
        for row in shape.iter_rows(record):
            if isinstance(row, Dropped):
                self._drop(shape.name, record, row)
            else:
                self.rows[shape.name] += 1
                yield row

    def objects_of(self, lines: Lines, record: Cleared) -> Iterator[Mapping[str, Any]]:
        """As `rows_of`, of objects."""
        for one in lines.iter_objects(record):
            if isinstance(one, Dropped):
                self._drop(lines.name, record, one)
            else:
                self.rows[lines.name] += 1
                yield one

    def _drop(self, name: str, record: Cleared, dropped: Dropped) -> None:
        if self.listing is not None:
            self.listing(record, dropped)
        self.dropped[name, dropped.reason] += 1
        kept = self.details.setdefault((name, dropped.reason), [])
        if len(kept) < MOST_DETAILS:
            kept.append(f"{record.incident.id}: {dropped.detail}")
