"""The commands that look at what the store holds."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from waqai.cli.filters import Given, filtered
from waqai.cli.options import FiguresOption, Format, FormatOption, StoreOption, parse_day

looking_app = typer.Typer(rich_markup_mode=None)


class ListFormat(StrEnum):
    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


@looking_app.command("incidents")
@filtered
def incidents(
    store: StoreOption = None,
    filters: Given = {},  # noqa: B006  `filtered` puts the options in its place
    figures: FiguresOption = None,
    format: Annotated[ListFormat, typer.Option("--format", help="text for people, json, jsonl or csv for programs.")] = ListFormat.text,
) -> None:
    """List incidents with their competing figures, all or those that pass the filters. A filter given more than once keeps what has any of its values.

    csv has a row for each incident and figure; with --figures one for each incident and what is counted.
    """
    from waqai.commands.showing import incidents_command

    raise typer.Exit(incidents_command(store=store, filters=filters, rule=figures.value if figures else None, format=format.value))


@looking_app.command("show")
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="An incident (i-…), a report or an account (a-…).")],
    as_of: Annotated[
        date | None, typer.Option("--as-of", parser=parse_day, metavar="DAY", help="The incident as the store knew it when this day (UTC) ended.")
    ] = None,
    figures: FiguresOption = None,
    store: StoreOption = None,
    format: FormatOption = Format.text,
) -> None:
    """Show an incident: every value with who says it and the quoted words, figures that were revised or denied marked so, and what does not add up.

    A report's or account's id shows what was read there.
    """
    from waqai.commands.showing import show_command

    raise typer.Exit(show_command(id, as_of=as_of, rule=figures.value if figures else None, store=store, format=format.value))


@looking_app.command("original")
def original(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A report's id or the SHA-256 of its text.", show_default=False)],
    out: Annotated[str | None, typer.Option("--out", metavar="FILE", help="Write the bytes as they came to this file, or - for standard output.")] = None,
    hash: Annotated[str | None, typer.Option("--hash", metavar="SHA256", help="Which original, by its hash or the beginning of it.")] = None,
    store: StoreOption = None,
    format: FormatOption = Format.text,
) -> None:
    """Show how a report came (from where, when, by what, with which hash) and how its text was made; or write out the bytes that it was made of.

    The bytes are checked against their hash each time. A report out of a table or a file of many names that file's hash and its own place in it.
    """
    from waqai.commands.originals import original_command

    raise typer.Exit(original_command(report, file=out, sha256=hash, store=store, format=format.value))


@looking_app.command("search")
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help='All of these words; "in quotes" for words in a row, begin* for a beginning.')],
    store: StoreOption = None,
    format: FormatOption = Format.text,
) -> None:
    """Find reports, and the incidents they tell of, by words in the text, the title, places, actors."""
    from waqai.commands.showing import search_command

    raise typer.Exit(search_command(" ".join(words), store=store, format=format.value))
