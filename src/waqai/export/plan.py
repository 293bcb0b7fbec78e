"""From the name of a format to what writes it, and the writing itself: records from the store, cleared one by one, into one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import BinaryIO

from waqai.bounds import Bounds, Cleared, HeldBack, forbids_passing_on
from waqai.codebook import UCDP_LIKE
from waqai.core import SettingsError
from waqai.export.about import About
from waqai.export.lines_file import write_lines
from waqai.export.record_lines import RecordLines
from waqai.export.registry import FILES, FORMATS, LINES, TABLES, TARGETS, TableFile, Target
from waqai.export.shapes import Dropped, Lines, Making, Shape, find_point
from waqai.export.tally import Tally
from waqai.export.writing import Writing
from waqai.store import Filters, Store

STEP = 200
"""After how many incidents whoever waits hears of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is written: tables in a table file, or lines. `told`: what is to be known of the file is inside it."""

    making: Making
    file: TableFile | None
    shapes: tuple[Shape, ...] = ()
    lines: Lines | None = None

    @property
    def needs_accounts(self) -> bool:
        return self.lines.needs_accounts if self.lines is not None else any(shape.needs_accounts for shape in self.shapes)

    @property
    def told(self) -> bool:
        return self.file is not None and self.file.told

    def write(self, records: Iterable[Cleared], file: BinaryIO, writing: Writing) -> None:
        """All records, as the plan says."""
        if self.file is not None:
            self.file.write(self.shapes, records, file, writing)
        elif self.lines is not None:
            write_lines(self.lines, records, file, writing)


def make_plan(format: str, *, tables: Sequence[str], out: str, making: Making) -> Plan:
    """How to write this format: these tables (none: all that the file holds, or incidents), to a file of this name. Raises SettingsError.

    >>> from waqai.codebook import load_codebook
    >>> from waqai.export import Combiner
    >>> made = make_plan("xlsx", tables=(), out="a.xlsx", making=Making(codebook=load_codebook(), combiner=Combiner()))
    >>> [shape.name for shape in made.shapes]
    ['incidents', 'figures', 'accounts', 'claims']
    """
    unknown = next((one for one in tables if one not in TABLES), None)
    if unknown is not None:
        raise SettingsError(f"there is no table {unknown!r}; there are {', '.join(TABLES)}")
    if format in FILES:
        return _plan_tables(FILES[format], tables, making)
    if tables:
        raise SettingsError(f"--table is for {', '.join(FILES)}; {format} has a form of its own")
    if format == LINES:
        return Plan(making=making, file=None, lines=RecordLines(making))
    if format not in TARGETS:
        raise SettingsError(f"there is no format {format!r}; there are {', '.join(FORMATS)}")
    return _plan_target(TARGETS[format], out, making)


def _plan_tables(file: TableFile, tables: Sequence[str], making: Making) -> Plan:
    named = tuple(dict.fromkeys(tables)) or (tuple(TABLES) if file.several else ("incidents",))
    if len(named) > 1 and not file.several:
        several = " and ".join(one.name for one in FILES.values() if one.several)
        raise SettingsError(f"{file.name} holds one table, not {len(named)}; {several} hold several")
    shapes = tuple(TABLES[name](making) for name in named)
    nowhere = next((shape.name for shape in shapes if file.placed and find_point(shape) is None), None)
    if nowhere is not None:
        raise SettingsError(f"the table {nowhere} has no places to draw in {file.name}; csv, xlsx, parquet and gpkg take it")
    return Plan(making=making, file=file, shapes=shapes)


def _plan_target(target: Target, out: str, making: Making) -> Plan:
    """A target's table as csv, unless the file is named as another form of one table; its figures are by its own rule."""
    if making.combiner.rule not in (None, target.rule):
        raise SettingsError(f"--figures is for tables of ours; {target.name} has {target.rule.name if target.rule else 'no combined figures'}")
    making = replace(making, combiner=replace(making.combiner, rule=target.rule))
    if target.lines is not None:
        return Plan(making=making, file=None, lines=target.lines(making))
    assert target.shape is not None
    suffix = PurePath(out).suffix.removeprefix(".")
    return Plan(making=making, file=FILES[suffix if suffix in ("xlsx", "parquet") else "csv"], shapes=(target.shape(making),))


def write_records(
    store: Store,
    filters: Filters,
    *,
    plan: Plan,
    bounds: Bounds,
    file: BinaryIO,
    told: Mapping[str, object],
    bom: bool = False,
    hxl: bool = False,
    step: Callable[[int], None] = lambda done: None,
    listing: Callable[[Cleared, Dropped], None] | None = None,
) -> About:
    """Write the incidents that pass as the profile of `bounds` allows; what is to be known of the file. `told`: the filters as they were given; `step` hears
    of each STEP incidents, `listing` of what has no home in the format. All is of one moment of the store."""
    with store.at_one_moment():
        tally, last = Tally(listing=listing), store.last_entry()
        entry = next(store.iter_log(after=last - 1), None) if last else None
        terms = store.find_terms(filters, forbids=forbids_passing_on)

        def about() -> About:
            rule, dated = plan.making.combiner.rule or UCDP_LIKE, None if entry is None else entry.at
            return About(profile=bounds.profile, codebook=plan.making.codebook, rule=rule, filters=told, last_entry=last, dated=dated, terms=terms, tally=tally)

        records = store.iter_records(filters, forbids=forbids_passing_on, told=plan.needs_accounts)
        cleared = tally.clear(_stepping((bounds.clear(one) for one in records), step))
        plan.write(cleared, file, Writing(tally=tally, about=about, bom=bom, hxl=hxl))
        return about()


def _stepping(records: Iterable[Cleared | HeldBack], step: Callable[[int], None]) -> Iterator[Cleared | HeldBack]:
    for number, record in enumerate(records, 1):
        yield record
        if number % STEP == 0:
            step(STEP)
