"""The command that holds another's dataset against the store's own record."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from waqai.cli.filters import Given, filtered
from waqai.cli.options import ProfileName, StoreOption

compare_app = typer.Typer(rich_markup_mode=None)


class Dataset(StrEnum):
    acled = "acled"
    ucdp = "ucdp"
    polecat = "polecat"
    csv = "csv"


class Dates(StrEnum):
    day_first = "day-first"
    month_first = "month-first"


DATE_ORDERS: Mapping[Dates, Literal["day_first", "month_first"]] = {Dates.day_first: "day_first", Dates.month_first: "month_first"}


class CompareFormat(StrEnum):
    text = "text"
    csv = "csv"
    json = "json"


@compare_app.command("compare")
@filtered
def compare(
    dataset: Annotated[Dataset, typer.Argument(help="acled, ucdp (GED), polecat, or csv for any table.", show_default=False)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The dataset: .csv, .tsv, .txt, .xlsx or .jsonl.", show_default=False)],
    column: Annotated[list[str] | None, typer.Option("--column", metavar="FIELD=HEADER", help="Which column holds a field, where its name differs.")] = None,
    dates: Annotated[Dates | None, typer.Option("--dates", help="How 03/04/2023 is meant.", show_default=False)] = None,
    filters: Given = {},  # noqa: B006  `filtered` puts the options in its place
    format: Annotated[
        CompareFormat, typer.Option("--format", help="text for people, csv (a row for each happening) or json for programs.")
    ] = CompareFormat.text,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it to this file.", show_default=False)] = None,
    profile: Annotated[
        ProfileName | None,
        typer.Option("--profile", help="public, partner or internal (docs/safety.md). [default: public with --out, else internal]", show_default=False),
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="text: how many of each list are shown.")] = 10,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    store: StoreOption = None,
) -> None:
    """Compare another's dataset with the store's record, incident by incident: what is in both, what only one has, which figures differ.

    What the dataset leaves out by its own rules (UCDP's: a happening without deaths) is counted apart: it is no miss. Filters choose among the store's
    incidents; days, country, type and family also say which rows of the dataset are looked for. Nothing is kept, and no rows come into the store.

    Needs the extra `compare`: pip install 'waqai[compare]'.
    """
    from waqai.commands.comparing import compare_command

    raise typer.Exit(
        compare_command(
            dataset=dataset.value,
            file=file,
            columns=column or (),
            dates=DATE_ORDERS[dates] if dates else None,
            filters=filters,
            format=format.value,
            target=out,
            profile=profile.value if profile else "public" if out else "internal",
            most=most,
            force=force,
            store=store,
        )
    )
