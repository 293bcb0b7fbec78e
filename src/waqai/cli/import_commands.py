"""The commands that bring in others' datasets and take them out again."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from waqai.cli.options import Because, By, StoreOption

import_app = typer.Typer(help="Bring in others' datasets as accounts of their source; list and undo imports.", no_args_is_help=True, rich_markup_mode=None)


class Dates(StrEnum):
    day_first = "day-first"
    month_first = "month-first"


File = Annotated[Path, typer.Argument(metavar="FILE", help="The file: .csv, .tsv, .txt, .xlsx or .jsonl.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")]
Errors = Annotated[
    Path | None, typer.Option("--errors", metavar="FILE", help="Write every row that is set aside to this new file, as CSV.", show_default=False)
]
Whole = Annotated[bool, typer.Option("--whole", help="The file is the whole dataset: rows of the store that it lacks are taken out.")]
DatesOption = Annotated[Dates | None, typer.Option("--dates", help="How 03/04/2023 is meant.", show_default=False)]
Publisher = Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Who made the file, if not the dataset's own makers.", show_default=False)]
Terms = Annotated[str | None, typer.Option("--terms", metavar="WORDS", help="The terms under which you have the file, e.g. CC BY 4.0.", show_default=False)]

Country = Annotated[
    str | None, typer.Option("--country", metavar="CC", help="The country of rows that do not say it, two letters by ISO 3166-1.", show_default=False)
]


def _bring_in(dataset: str, file: Path, **said: object) -> None:
    from waqai.commands.importing import import_command

    raise typer.Exit(import_command(dataset, file, **said))  # type: ignore[arg-type]


@import_app.command("acled")
def acled(
    file: File,
    dry_run: DryRun = False,
    errors: Errors = None,
    whole: Whole = False,
    publisher: Publisher = None,
    terms: Terms = None,
    dates: DatesOption = None,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Bring in a file in ACLED's columns. A newer file changes the rows that it changes, by event_id_cnty.

    Rows of ACLED stay in the store: their terms forbid that they are passed on, so no export, release or page for others holds them.
    """
    _bring_in("acled", file, dry_run=dry_run, errors=errors, whole=whole, publisher=publisher, terms=terms, dates=dates, by=by, store=store)


@import_app.command("ucdp")
def ucdp(
    file: File,
    dry_run: DryRun = False,
    errors: Errors = None,
    whole: Whole = False,
    publisher: Publisher = None,
    terms: Terms = None,
    country: Country = None,
    dates: DatesOption = None,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Bring in a file in the columns of UCDP's Georeferenced Event Dataset. A newer file changes the rows that it changes, by id."""
    _bring_in("ucdp", file, dry_run=dry_run, errors=errors, whole=whole, publisher=publisher, terms=terms, country=country, dates=dates, by=by, store=store)


@import_app.command("polecat")
def polecat(
    file: File,
    dry_run: DryRun = False,
    errors: Errors = None,
    whole: Whole = False,
    publisher: Publisher = None,
    terms: Terms = None,
    dates: DatesOption = None,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Bring in a file in the columns of POLECAT's weekly files. A newer file changes the rows that it changes, by Event ID."""
    _bring_in("polecat", file, dry_run=dry_run, errors=errors, whole=whole, publisher=publisher, terms=terms, dates=dates, by=by, store=store)


@import_app.command("csv")
def csv(
    file: File,
    publisher: Annotated[str, typer.Option("--publisher", metavar="NAME", help="Who made the table; it is the source of its rows.", show_default=False)],
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="FIELD=HEADER",
            help="The column that holds a field: id, type, earliest, latest, status, place, admin1, admin2, country, lat, lon, source, notes, "
            "a role (initiator, target …) or a measure (killed, wounded …).",
        ),
    ] = None,
    type: Annotated[list[str] | None, typer.Option("--type", metavar="WORD=TYPE", help="What a word of the table means: a type of `waqai codebook`.")] = None,
    dry_run: DryRun = False,
    errors: Errors = None,
    whole: Whole = False,
    terms: Terms = None,
    country: Country = None,
    dates: DatesOption = None,
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Bring in a table of happenings in the columns of `waqai export --format csv`, or in any others that --column explains. Needed: id, type, earliest."""
    _bring_in(
        "csv",
        file,
        dry_run=dry_run,
        errors=errors,
        whole=whole,
        publisher=publisher,
        terms=terms,
        country=country,
        dates=dates,
        by=by,
        store=store,
        columns=column or (),
        types=type or (),
    )


@import_app.command("list")
def list_(store: StoreOption = None) -> None:
    """List the imports of the store: when, by whom, of which file, how many rows came in and went out."""
    from waqai.commands.importing import list_command

    raise typer.Exit(list_command(store=store))


@import_app.command("undo")
def undo(
    batch: Annotated[str, typer.Argument(metavar="IMPORT", help="Its name, e.g. import-3; `waqai import list` lists them.", show_default=False)],
    because: Because = "",
    by: By = None,
    store: StoreOption = None,
) -> None:
    """Take exactly the rows of one import back; rows that it had changed are again as they were before."""
    from waqai.commands.importing import undo_command

    raise typer.Exit(undo_command(batch, because=because, by=by, store=store))
