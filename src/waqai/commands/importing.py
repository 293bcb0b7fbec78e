"""`waqai import`: others' datasets brought in, listed, taken back."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import typer
from rich.progress import Progress

from waqai.codebook import load_codebook
from waqai.commands.common import second_thoughts, unpacking
from waqai.commands.history import author, reason
from waqai.commands.opening import open_named_store
from waqai.core import NotWritten
from waqai.core.columns import DateOrder
from waqai.flow import find_settings_file, lay_ground, load_settings
from waqai.imports import NAMES, Dataset, ForeignTable, RowError, open_rows
from waqai.imports.composing import TERMS, Origin, make_origin, name_publisher
from waqai.taking import File, bring_in, list_batches, make_taker, plan_file, undo_batch
from waqai.terminal.imports import print_brought, print_counts, print_examples
from waqai.terminal.printing import count_of, out, progress_bar
from waqai.terminal.screen import tame

_FIELDS = ("id", "type", "status", "earliest", "latest", "published", "place", "admin1", "admin2", "country", "lat", "lon", "radius_km", "precision")


def import_command(
    dataset: str,
    file: Path,
    *,
    dry_run: bool,
    errors: Path | None,
    whole: bool,
    publisher: str | None,
    terms: str | None,
    dates: str | None,
    by: str | None,
    store: str | None,
    country: str | None = None,
    columns: Sequence[str] = (),
    types: Sequence[str] = (),
) -> int:
    """Exit status 0; 1 where no row of the file could be read. Raises IntakeError, StoreError, NotWritten or typer.BadParameter before any row is kept."""
    origin = _origin(dataset, publisher, terms)
    how: dict[str, Any] = {"dataset": cast(Dataset, dataset), "columns": _parse_columns(columns), "types": _parse_types(types)}
    how |= {"country": _parse_country(country), "dates": cast("DateOrder | None", dates.replace("-", "_") if dates else None)}
    who = author(by)
    with unpacking() as tell:
        taker = make_taker(lay_ground(load_settings(find_settings_file()), store=store, progress=tell))
    with (
        open_named_store(store, must_exist=False) as opened,
        _writing_errors(errors) as on_error,
        progress_bar() as progress,
        open_rows(file, codebook=taker.ground.codebook, register=taker.ground.actors, **how) as table,
    ):
        on_rows = _counting(progress, table)
        if dry_run:
            counts = plan_file(table.rows, origin, opened, on_rows=on_rows, on_error=on_error)
        else:
            told = File(name=file.name, sha256=_hash(file), dataset=cast(Dataset, dataset), whole=whole)
            turns = second_thoughts(progress)
            brought = bring_in(table.rows, told, origin, taker, opened, by=who, on_rows=on_rows, on_error=on_error, on_turn=turns)
            counts = brought.counts
        address = opened.address
    print_counts(counts, origin, unit=table.unit, whole=whole, errors=errors, dry_run=dry_run)
    if dry_run:
        print_examples(counts, origin)
    else:
        print_brought(brought)
    out.print(f"store: {address}", soft_wrap=True)
    return 0 if counts.rows else 1


def list_command(*, store: str | None) -> int:
    """Exit status 0; no imports is an answer."""
    with open_named_store(store, must_exist=True) as opened:
        found = list_batches(opened)
        for one in found:
            undone = f"  UNDONE by entry {one.undone_by}" if one.undone_by is not None else ""
            taken = f", {one.taken} out" if one.taken else ""
            who = one.by.removeprefix("person:")
            said = f"{one.id:<10} {one.at:%Y-%m-%d %H:%M}  {who}  {one.publisher}  {one.file}: {count_of(one.brought, 'row')} in{taken}{undone}"
            out.print(tame(said), soft_wrap=True, markup=False, highlight=False)
        if not found:
            out.print("no imports")
    return 0


def undo_command(batch: str, *, because: str, by: str | None, store: str | None) -> int:
    """Exit status 0. Raises NotPossible."""
    why, who = reason(because), author(by)
    with open_named_store(store, must_exist=True) as opened, progress_bar() as progress:
        progress.add_task("taking rows back", total=None)
        done = undo_batch(batch, opened, family_of=load_codebook().family_of, because=why, by=who)
    back = f", {count_of(done.brought_back, 'row')} as before {batch} again" if done.brought_back else ""
    out.print(f"{batch} is undone: {count_of(done.taken_out, 'row')} of {done.batch.publisher} taken out{back}", highlight=False)
    if done.left:
        out.print(f"{count_of(done.left, 'row')} left as a later import made {'them' if done.left > 1 else 'it'}", highlight=False)
    return 0


def _origin(dataset: str, publisher: str | None, terms: str | None) -> Origin:
    """Raises typer.BadParameter for terms of a dataset that has its own."""
    name = name_publisher(publisher or NAMES[dataset])
    if terms is not None and name in TERMS:
        raise typer.BadParameter(
            f"rows of {name} come under its own terms: {TERMS[name]}. Name another --publisher if they are not {name}'s", param_hint="--terms"
        )
    return make_origin(name, terms=terms)


def _parse_country(country: str | None) -> str | None:
    if country is not None and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise typer.BadParameter(f"{country!r} is no country of two letters, such as SY", param_hint="--country")
    return country.upper() if country else None


def _parse_columns(values: Sequence[str]) -> dict[str, str]:
    codebook = load_codebook()
    measures = [name for one in codebook.measures for name in (one, f"{one}_low", f"{one}_best", f"{one}_high")]
    known = (*_FIELDS, "source", "notes", *codebook.roles, *measures)
    return _parse_pairs(values, "--column", "FIELD=HEADER", known, f"FIELD is one of {', '.join((*_FIELDS, 'source', 'notes'))}, a role or a measure")


def _parse_types(values: Sequence[str]) -> dict[str, str]:
    """Types by the table's word."""
    codebook = load_codebook()
    found = _parse_pairs(values, "--type", "WORD=TYPE", None, "")
    wrong = next((type for type in found.values() if type not in codebook.types and codebook.resolve_alias(type) is None), None)
    if wrong is not None:
        raise typer.BadParameter(f"{wrong!r} is no type; `waqai codebook` lists them", param_hint="--type")
    return found


def _parse_pairs(values: Sequence[str], option: str, form: str, known: Sequence[str] | None, which: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values:
        left, equals, right = (part.strip() for part in value.partition("="))
        if not equals or not left or not right or (known is not None and left not in known):
            raise typer.BadParameter(f"{value!r} is not {form}{f'; {which}' if which else ''}", param_hint=option)
        found[left] = right
    return found


def _hash(file: Path) -> str:
    with file.open("rb") as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _counting(progress: Progress, table: ForeignTable) -> Callable[[int], None]:
    task = progress.add_task("rows", total=table.row_count)
    return lambda done: progress.advance(task, done)


@contextmanager
def _writing_errors(file: Path | None) -> Iterator[Callable[[RowError], None] | None]:
    """What writes each error as a row of a new CSV file. Raises NotWritten."""
    if file is None:
        yield None
        return
    try:
        opened = file.open("x", encoding="utf-8", newline="")
    except OSError as error:
        raise NotWritten(f"cannot write {str(file)!r}: {error.strerror}; name a new file in a folder that is there") from error
    with opened:
        rows = csv.writer(opened)
        rows.writerow(("line", "id", "column", "value", "why"))
        yield lambda one: rows.writerow((one.line, one.id or "", one.column or "", one.value or "", one.why))
