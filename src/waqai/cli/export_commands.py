"""The command that writes files for others."""

from typing import Annotated

import typer

from waqai.cli.filters import Given, filtered
from waqai.cli.options import FiguresOption, ProfileName, ProfileOption, StoreOption

export_app = typer.Typer(rich_markup_mode=None)


@export_app.command("export")
@filtered
def export(
    format: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="csv, xlsx, jsonl, parquet, geojson or gpkg; for others' tools acled, ucdp, plover or ftm.", show_default=False
        ),
    ],
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Where to write; - is standard output.", show_default=False)],
    table: Annotated[
        list[str] | None,
        typer.Option(
            "--table",
            metavar="TABLE",
            help="incidents, figures, accounts or claims. xlsx and gpkg hold several, all unless some are named; csv, parquet and geojson one, "
            "incidents unless another is named.",
        ),
    ] = None,
    profile: ProfileOption = ProfileName.public,
    filters: Given = {},  # noqa: B006  `filtered` puts the options in its place
    figures: FiguresOption = None,
    bom: Annotated[bool, typer.Option("--bom", help="csv: begin with the mark by which spreadsheets know UTF-8.")] = False,
    hxl: Annotated[bool, typer.Option("--hxl", help="csv, xlsx: a second row with the columns' HXL hashtags.")] = False,
    dropped: Annotated[
        str | None, typer.Option("--dropped", metavar="FILE", help="Where to list, as csv, what has no home in the format.", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    store: StoreOption = None,
) -> None:
    """Write incidents to a file, all or those that pass the filters, as the profile allows them to be seen. The same store gives the same bytes.

    What was held back is counted on standard error, and in the file; for csv and jsonl in a file beside it, FILE.about.txt, with the notices on whose data it
    rests on. jsonl has whole records: each incident with its figures, accounts and claims. Low, best and high of a table of incidents are by the rule
    ucdp-like unless --figures names another; the table of figures has every competing figure unless --figures names one.

    acled, ucdp and plover have the columns of ACLED, UCDP GED and POLECAT, ftm FollowTheMoney entities, one on each line. What has no home there is dropped,
    counted by reason and listed by --dropped.
    """
    from waqai.commands.exporting import export_command

    raise typer.Exit(
        export_command(
            format=format,
            out=out,
            tables=table or (),
            profile=profile.value,
            filters=filters,
            rule=figures.value if figures else None,
            bom=bom,
            hxl=hxl,
            dropped=dropped,
            force=force,
            store=store,
        )
    )
