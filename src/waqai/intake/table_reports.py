"""Each row of a table is a report, by what its columns hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import TypeAlias

from waqai.core import BadRecord, Columns, EmptyReport, IntakeError, Notice, Report
from waqai.intake.cell_days import CellDays
from waqai.intake.columns import check_columns
from waqai.intake.guard import show
from waqai.intake.records import Defaults, JsonObject, make_report
from waqai.intake.rows import Row, Table

STAGE_COLUMNS = "intake.columns"
ChooseColumns: TypeAlias = Callable[[Sequence[str]], Columns]
"""Gives what the columns of a table with these headers hold."""
OpenTable: TypeAlias = Callable[[], AbstractContextManager[Table]]
Places: TypeAlias = dict[str, tuple[int, ...]]


def iter_table_reports(
    open_table: OpenTable,
    *,
    choose_columns: ChooseColumns,
    defaults: Defaults,
    mint: Callable[[str | None], str],
    count_ignored: Callable[[str], object],
) -> Iterator[tuple[Report, str] | Notice]:
    """What a table's columns are taken for, as a notice; then the reports of its rows, each with its place ("row 17"), and a notice for each row set aside.

    The table is opened again where its dates can only be told by the whole column. Columns that hold nothing of a report are counted as ignored, once for
    each row. Raises MissingColumn, UnreadableReport or EmptyReport.
    """
    with open_table() as table:
        columns = choose_columns(table.headers)
        places = check_columns(columns, table.headers)
        days = CellDays(partial(_scan, open_table, places.get("published", ())), order=columns.dates)
        make = partial(_make_report, places=places, days=days, defaults=defaults, mint=mint)
        unread = [header for at, header in enumerate(table.headers) if not any(at in used for used in places.values())]
        yield Notice(record=table.name, stage=STAGE_COLUMNS, reason=tell_columns(columns))
        found = 0
        for row in table.rows:
            found += 1
            yield row if isinstance(row, Notice) else _report_or_notice(row, table, make)
            for header in unread if isinstance(row, Row) else ():
                count_ignored(header)
        if not found:
            raise EmptyReport("the table holds no row but its headers")


def tell_columns(columns: Columns) -> str:
    """What the columns are taken for, as a sentence.

    >>> tell_columns(Columns(text=("Notes", "More"), published="event_date"))
    "its columns are read so: text = 'Notes' + 'More', published = 'event_date'"
    """
    named = {"text": columns.text} | {field: (header,) for field, header in columns.single.items() if header is not None}
    told = [f"{field} = {' + '.join(map(show, headers))}" for field, headers in named.items()]
    return "its columns are read so: " + ", ".join(told + ([f"dates {columns.dates.replace('_', ' ')}"] if columns.dates else []))


def _report_or_notice(row: Row, table: Table, make: Callable[[Row], Report]) -> tuple[Report, str] | Notice:
    try:
        return make(row), f"{table.unit} {row.number}"
    except IntakeError as error:
        return table.bad_row(row.number, error)


def _make_report(row: Row, *, places: Places, days: CellDays, defaults: Defaults, mint: Callable[[str | None], str]) -> Report:
    """Raises EmptyReport, BadRecord or UnreadableReport."""
    text = "\n\n".join(cell for at in places["text"] if (cell := row.cell(at)).strip())
    if not text:
        raise EmptyReport("it holds no text")
    record: dict[str, object] = {field: row.cell(at[0]).strip() for field, at in places.items() if field != "text"}
    record["text"] = text
    if record.get("published"):
        record["published"] = _read_day(str(record["published"]), days)
    return make_report(JsonObject(list(record.items())), defaults=defaults, mint=mint, on_ignored=_never)


def _read_day(written: str, days: CellDays) -> str:
    try:
        return days.parse(written).isoformat()
    except ValueError as error:
        raise BadRecord(str(error)) from error


def _never(name: str) -> None:
    raise AssertionError(f"{name!r} is no field of a report")


def _scan(open_table: OpenTable, places: tuple[int, ...]) -> Iterator[str]:
    """The cells of the column, from the beginning of the table."""
    with open_table() as table:
        for row in table.rows:
            if isinstance(row, Row):
                yield from (row.cell(at) for at in places)
