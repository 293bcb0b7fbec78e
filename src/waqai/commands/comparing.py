"""`waqai compare`: another's dataset beside the store's record."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal

import typer

from waqai.bounds import Bounds, forbids_passing_on
from waqai.codebook import UCDP_LIKE, ActorRegister, Codebook, load_actors, load_codebook
from waqai.commands.bounding import open_bounds
from waqai.commands.filter_checks import check_filters
from waqai.commands.opening import open_named_store
from waqai.comparing import SCHEMES, Asked, Comparison, Held, Scheme, compare, require_parts, take_records, take_rows
from waqai.comparing.telling import About, as_json, write_sheet
from waqai.core import Notice
from waqai.export import Combiner, Making
from waqai.export.placing import check_place, placing
from waqai.export.tally import Tally
from waqai.flow import Filters, Store
from waqai.imports import Dataset, ForeignRow, ForeignTable, RowError, open_rows
from waqai.terminal.comparisons import print_comparison
from waqai.terminal.printing import count_of, err, out, print_some, progress_bar

MOST_ROWS_ASIDE = 5


def compare_command(
    *,
    dataset: Dataset,
    file: Path,
    columns: Sequence[str],
    dates: Literal["day_first", "month_first"] | None,
    filters: Mapping[str, Any],
    format: str,
    target: Path | None,
    profile: str,
    most: int,
    force: bool,
    store: str | None,
) -> int:
    """Raises typer.BadParameter, NotWritten, MissingPart, IntakeError before any long work."""
    require_parts()
    codebook, register = load_codebook(), load_actors()
    wanted = check_filters(filters, codebook)
    if target is not None:
        _check_target(target, format, force=force)
    scheme, making = SCHEMES[dataset], Making(codebook=codebook, combiner=Combiner(rule=UCDP_LIKE, codebook=codebook, actors=register), register=register)
    named = _parse_columns(columns)
    with open_named_store(store, must_exist=True) as opened:
        reading: dict[str, Any] = {"columns": named, "dates": dates, "stand_in": scheme.stand_in, "country": _find_country(wanted)}
        with open_rows(file, codebook=codebook, register=register, dataset=dataset, **reading) as table:
            theirs, aside = _take_rows(table, scheme, codebook=codebook, register=register)
        bounds = open_bounds(profile, opened)
        ours, about = _take_records(opened, bounds, scheme, making, wanted=wanted, leaves=target is not None, file=file.name, aside=len(aside))
    _print_aside(aside)
    asked = _asked(wanted, codebook)
    with progress_bar() as progress:
        task = progress.add_task("comparing", total=None)
        found = compare(ours, theirs, scheme=scheme, asked=asked, stage=lambda words: progress.update(task, description=words))
    _put(found, about, format=format, target=target, most=most, force=force)
    _print_closing(found, about, wanted, target)
    return 0


def _check_target(target: Path, format: str, *, force: bool) -> None:
    if format == "text":
        raise typer.BadParameter("text is for the screen; --format csv or json goes into a file", param_hint="--out")
    for place in (target, *([_beside(target)] if format == "csv" else [])):
        check_place(place, force=force)


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.about.txt")


def _find_country(wanted: Mapping[str, Any]) -> str | None:
    """Where rows lie that do not say it: in the one country that was asked for."""
    countries = wanted["country"]
    return countries[0].upper() if len(countries) == 1 else None


def _parse_columns(columns: Sequence[str]) -> dict[str, str]:
    pairs = [column.partition("=") for column in columns]
    wrong = next((one for one in pairs if not (one[0] and one[1] and one[2])), None)
    if wrong is not None:
        raise typer.BadParameter(f"{''.join(wrong)!r} names no column; write FIELD=HEADER, e.g. event_date=Date", param_hint="--column")
    return {field: header for field, _, header in pairs}


def _take_rows(table: ForeignTable, scheme: Scheme, *, codebook: Codebook, register: ActorRegister) -> tuple[list[Held], list[str]]:
    """Their rows, and what was set aside, as lines for a person."""
    aside: list[str] = []

    def iter_rows(step: Callable[[], None]) -> Iterator[ForeignRow]:
        for row in table.rows:
            step()
            if isinstance(row, ForeignRow):
                yield row
            else:
                aside.append(_tell_aside(row, table.unit))

    with progress_bar() as progress:
        task = progress.add_task(f"rows of {scheme.title}", total=table.row_count)
        return take_rows(iter_rows(lambda: progress.advance(task)), scheme, codebook=codebook, register=register), aside


def _tell_aside(row: RowError | Notice, unit: str) -> str:
    if isinstance(row, Notice):
        return f"{row.record}: {row.reason}"
    where = f"{unit} {row.line}" + (f", {row.column}" if row.column else "")
    return f"{where}: {row.why}" + (f" ({row.value!r})" if row.value and row.value not in row.why else "")


def _take_records(
    store: Store, bounds: Bounds, scheme: Scheme, making: Making, *, wanted: Mapping[str, Any], leaves: bool, file: str, aside: int
) -> tuple[list[Held], About]:
    """Our incidents as the profile allows them to be seen, without what only rows of this very dataset tell of."""
    filters, tally = Filters(**wanted), Tally()

    def forbids(terms: str | None) -> bool:
        return (terms is not None and terms == scheme.terms) or (leaves and forbids_passing_on(terms))

    with store.at_one_moment(), progress_bar() as progress:
        task = progress.add_task("incidents of ours", total=store.count_incidents(filters))
        last = store.last_entry()
        entry = next(store.iter_log(after=last - 1), None) if last else None
        records = progress.track(store.iter_records(filters, forbids=forbids, told=True), task_id=task)
        ours = take_records(tally.clear(map(bounds.clear, records)), scheme, making)
    dated = None if entry is None else entry.at
    held_back = {"fresh": tally.held_back["fresh"], "terms": tally.held_back["terms"]}
    return ours, About(profile=bounds.profile, file=file, filters=wanted, last_entry=last, dated=dated, set_aside=aside, **held_back)


def _asked(wanted: Mapping[str, Any], codebook: Codebook) -> Asked:
    families = {*wanted["family"], *(codebook.get_type(type).family for type in wanted["type"])}
    return Asked(since=wanted["since"], until=wanted["until"], countries=frozenset(wanted["country"]), families=frozenset(families))


def _print_aside(aside: Sequence[str]) -> None:
    if aside:
        err.print(f"set aside: {count_of(len(aside), 'row')} of the file", soft_wrap=True)
        print_some(aside, most=MOST_ROWS_ASIDE, rest="rows; `waqai import --dry-run --errors FILE` lists them all")


def _put(found: Comparison, about: About, *, format: str, target: Path | None, most: int, force: bool) -> None:
    if format == "text":
        print_comparison(out, found, most=most)
    elif target is None:
        _write(found, about, sys.stdout.buffer, format)
        sys.stdout.buffer.flush()
    else:
        with placing(target, force=force) as file:
            _write(found, about, file, format)
        if format == "csv":
            with placing(_beside(target), force=force) as file:
                file.write("".join(f"{name}: {value}\n" for name, value in about.lines(found)).encode("utf-8"))


def _write(found: Comparison, about: About, file: BinaryIO, format: str) -> None:
    if format == "csv":
        write_sheet(found, file, about)
    else:
        file.write((json.dumps(as_json(found, about), ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _print_closing(found: Comparison, about: About, wanted: Mapping[str, Any], target: Path | None) -> None:
    told = dict(about.lines(found))
    if told["held back"] != "nothing":
        err.print(f"left out of ours: {told['held back']}", soft_wrap=True)
    if any(value for name, value in wanted.items() if name not in ("since", "until", "country", "type", "family")):
        err.print(
            "note: of the filters only days, country, type and family choose among their rows; what is in theirs only was not held against the others",
            soft_wrap=True,
        )
    if target is not None:
        err.print(f"in {target}, profile {about.profile.name}; values of theirs: {told['values of theirs']}", soft_wrap=True)
