"""What a file's rows would change in a store: new, changed, the same, and those of the store that are missing in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, TypeAlias

from waqai.core import Notice, Report
from waqai.imports import ForeignRow, RowError
from waqai.imports.composing import Origin, compose_report
from waqai.store import Store

Fate: TypeAlias = Literal["new", "changed", "same", "erased"]
CHUNK = 100
"""Rows that are looked up, and written, at once."""
EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A row, the report that it becomes, and what that does to the store; `before` is the hash of the text that it takes the place of."""

    row: ForeignRow
    report: Report
    fate: Fate
    before: str | None = None


@dataclass(slots=True)
class Counts:
    """What a file's rows are to a store. `missing`: rows of the store that the file lacks; `countries`: rows that say theirs;
    `examples`: some that would be written. Mutable: it is filled."""

    fates: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    first_errors: list[RowError] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    examples: list[Planned] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    missing: int = 0
    countries: int = 0

    @property
    def rows(self) -> int:
        """Rows that could be read."""
        return self.fates.total()

    @property
    def writes(self) -> int:
        """Rows that would be written."""
        return self.fates["new"] + self.fates["changed"]

    def note(self, item: Planned | RowError | Notice, origin: Origin, *, most: int = 10) -> None:
        """Count one."""
        if isinstance(item, Notice):
            self.notices.append(item)
        elif isinstance(item, RowError):
            self.errors[item.why.partition(":")[0] if item.why.startswith("no type of ours") else item.column or "the row"] += 1
            self.first_errors += [item] if len(self.first_errors) < most else []
            self.seen |= {origin.report_id(item.id)} if item.id else set()
        else:
            self.fates[item.fate] += 1
            self.countries += item.row.place.country is not None
            self.seen.add(item.report.id)
            if item.fate in ("new", "changed") and len(self.examples) < EXAMPLES:
                self.examples.append(item)


def iter_planned(items: Iterable[ForeignRow | RowError | Notice], origin: Origin, store: Store) -> Iterator[list[Planned | RowError | Notice]]:
    """What becomes of the rows, some hundred at a time, in the order of the file."""
    source = iter(items)
    while some := list(islice(source, CHUNK)):
        reports = {id(item): compose_report(item, origin) for item in some if isinstance(item, ForeignRow)}
        counting = store.find_counting_rows([report.id for report in reports.values()], reader=origin.reader)
        yield [_plan(item, reports[id(item)], counting, store) if isinstance(item, ForeignRow) else item for item in some]


def plan_file(
    items: Iterable[ForeignRow | RowError | Notice],
    origin: Origin,
    store: Store,
    *,
    on_rows: Callable[[int], None] | None = None,
    on_error: Callable[[RowError], None] | None = None,
) -> Counts:
    """The counts of a whole file; nothing is written. `on_rows` is told how many rows were gone through, `on_error` of each that is set aside."""
    counts = Counts()
    for some in iter_planned(items, origin, store):
        for item in some:
            counts.note(item, origin)
            if isinstance(item, RowError) and on_error is not None:
                on_error(item)
        if on_rows is not None:
            on_rows(len(some))
    counts.missing = sum(1 for id, _ in store.iter_counting_rows(reader=origin.reader) if id not in counts.seen)
    return counts


def _plan(row: ForeignRow, report: Report, counting: dict[str, str], store: Store) -> Planned:
    before = counting.get(report.id)
    if before == report.sha256:
        return Planned(row=row, report=report, fate="same")
    grave = store.find_tombstone(report.sha256)
    if grave is not None and not grave.readmitted:
        return Planned(row=row, report=report, fate="erased")
    return Planned(row=row, report=report, fate="new" if before is None else "changed", before=before)
