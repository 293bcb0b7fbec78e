"""`waqai export`: incidents into a file, as a profile allows them to be seen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import typer

from waqai.bounds import Cleared
from waqai.bounds.cleared import WHY
from waqai.codebook import RULES, load_actors, load_codebook
from waqai.commands.bounding import open_bounds
from waqai.commands.filter_checks import check_filters
from waqai.commands.opening import open_named_store
from waqai.core import SettingsError
from waqai.export import NOT_ON, About, Combiner, Making
from waqai.export.dropped_file import listing_dropped
from waqai.export.placing import check_place, placing
from waqai.export.plan import Plan, make_plan, write_records
from waqai.export.shapes import Dropped
from waqai.flow import Filters, Store
from waqai.terminal.printing import count_of, err, print_some, progress_bar

STANDARD_OUTPUT = "-"
MOST_DROPPED = 5
"""How many of what was dropped for one reason are named."""


def export_command(
    *,
    format: str,
    out: str,
    tables: Sequence[str],
    profile: str,
    filters: Mapping[str, Any],
    rule: str | None,
    bom: bool,
    hxl: bool,
    dropped: str | None,
    force: bool,
    store: str | None,
) -> int:
    """Raises typer.BadParameter or NotWritten before any work."""
    codebook, actors = load_codebook(), load_actors()
    making = Making(codebook=codebook, combiner=Combiner(rule=RULES[rule] if rule else None, codebook=codebook, actors=actors))
    plan = _plan(format, tables, out, making, bom=bom, hxl=hxl)
    wanted = check_filters(filters, codebook)
    _check_places(out, plan, dropped, force=force)
    with open_named_store(store, must_exist=True) as opened:
        bounds = open_bounds(profile, opened)
        writing = {"plan": plan, "bounds": bounds, "told": wanted, "bom": bom, "hxl": hxl}
        with _listing(dropped, force=force) as listing:
            about = _write_out(opened, out, force=force, filters=Filters(**wanted), writing=writing | {"listing": listing})
    _print_summary(about, out)
    return 0


def _plan(format: str, tables: Sequence[str], out: str, making: Making, *, bom: bool, hxl: bool) -> Plan:
    try:
        plan = make_plan(format, tables=tables, out=out, making=making)
    except SettingsError as error:
        raise typer.BadParameter(str(error)) from error
    name = plan.file.name if plan.file is not None else "jsonl"
    if bom and name != "csv":
        raise typer.BadParameter(f"{name} needs no mark: --bom is for csv", param_hint="--bom")
    if hxl and name not in ("csv", "xlsx"):
        raise typer.BadParameter(f"{name} has no rows for people: --hxl is for csv and xlsx", param_hint="--hxl")
    return plan


def _check_places(out: str, plan: Plan, dropped: str | None, *, force: bool) -> None:
    if dropped is not None:
        if Path(dropped).resolve() in (Path(out).resolve(), _beside(out).resolve()):
            raise typer.BadParameter(f"{dropped!r} is where the export itself goes; name another file", param_hint="--dropped")
        check_place(Path(dropped), force=force)
    if out != STANDARD_OUTPUT:
        check_place(Path(out), force=force)
        if not plan.told:
            check_place(_beside(out), force=force)


@contextmanager
def _listing(dropped: str | None, *, force: bool) -> Iterator[Callable[[Cleared, Dropped], None] | None]:
    """What is to hear of what is dropped: a list in this file, nothing where none is named."""
    if dropped is None:
        yield None
        return
    with placing(Path(dropped), force=force) as file, listing_dropped(file) as list_one:
        yield list_one


def _beside(out: str) -> Path:
    return Path(f"{out}.about.txt")


def _write_out(store: Store, out: str, *, force: bool, filters: Filters, writing: Mapping[str, Any]) -> About:
    """The file, and what is to be known of it beside it where it has no room for that."""
    if out == STANDARD_OUTPUT:
        about = _write(store, sys.stdout.buffer, filters, writing)
        sys.stdout.buffer.flush()
        return about
    with ExitStack() as stack:
        beside = None if writing["plan"].told else stack.enter_context(placing(_beside(out), force=force))
        about = _write(store, stack.enter_context(placing(Path(out), force=force)), filters, writing)
        if beside is not None:
            beside.write(about.text().encode("utf-8"))
    return about


def _write(store: Store, file: BinaryIO, filters: Filters, writing: Mapping[str, Any]) -> About:
    with progress_bar() as progress:
        task = progress.add_task("incidents", total=store.count_incidents(filters))
        return write_records(store, filters, file=file, step=lambda done: progress.advance(task, done), **writing)


def _print_summary(about: About, out: str) -> None:
    """What is in the file, what was held back and what was dropped."""
    tally = about.tally
    rows = ", ".join(f"{count_of(many, 'row')} of {name}" if name != "records" else count_of(many, "record") for name, many in tally.rows.items()) or "no rows"
    where = "to standard output" if out == STANDARD_OUTPUT else f"in {out}"
    err.print(f"{rows} {where}, profile {about.profile.name}", soft_wrap=True)
    if about.profile.name == "internal":
        err.print(NOT_ON, style="bold", soft_wrap=True)
    for reason, why in WHY.items():
        if reason in tally.held_back:
            err.print(f"held back: {count_of(tally.held_back[reason], 'incident')}, {why}", soft_wrap=True)
    for (name, why), many in sorted(tally.dropped.items()):
        err.print(f"without a home in {name}: {many}, {why}", soft_wrap=True)
        print_some(tally.details[name, why], most=MOST_DROPPED, rest="kept in mind")
