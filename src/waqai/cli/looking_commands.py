"""The commands that look at what the store holds."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from waqai.cli.options import Format, FormatOption, StoreOption, parse_day

looking_app = typer.Typer(rich_markup_mode=None)


class FigureRuleName(StrEnum):
    ucdp = "ucdp-like"
    acled = "acled-like"
    every_casualty = "every-casualty-like"


class ListFormat(StrEnum):
    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


Figures = Annotated[
    FigureRuleName | None,
    typer.Option(
        "--figures", metavar="RULE", help="Give low, best and high of the competing figures by this rule: ucdp-like, acled-like or every-casualty-like."
    ),
]


@looking_app.command("incidents")
def incidents(
    store: StoreOption = None,
    type: Annotated[list[str] | None, typer.Option(help="An event type, e.g. escape (see `waqai codebook`).")] = None,
    family: Annotated[list[str] | None, typer.Option(help="A family of types, e.g. custody_exit.")] = None,
    status: Annotated[list[str] | None, typer.Option(help="occurred, ongoing, attempted, foiled, planned, pledged, threatened or denied_only.")] = None,
    grade: Annotated[list[str] | None, typer.Option(help="confirmed, fair, weak, contested or discounted.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="Two-letter code of a country, e.g. SY.")] = None,
    admin1: Annotated[
        list[str] | None, typer.Option(help="A province or state, as the gazetteer spells it; with its country where two share a name: SY/Aleppo.")
    ] = None,
    since: Annotated[date | None, typer.Option(parser=parse_day, metavar="DAY", help="Not before this day.")] = None,
    until: Annotated[date | None, typer.Option(parser=parse_day, metavar="DAY", help="Not after this day.")] = None,
    actor: Annotated[list[str] | None, typer.Option(help="An actor's id, or words of the name of an involved body, office or facility.")] = None,
    publisher: Annotated[list[str] | None, typer.Option(help="Told by this publisher.")] = None,
    words: Annotated[str | None, typer.Option(help="Words in its reports, as in `waqai search`.")] = None,
    figures: Figures = None,
    format: Annotated[ListFormat, typer.Option("--format", help="text for people, json, jsonl or csv for programs.")] = ListFormat.text,
) -> None:
    """List incidents with their competing figures, all or those that pass the filters. A filter given more than once keeps what has any of its values.

    csv has a row for each incident and figure; with --figures one for each incident and what is counted.
    """
    from waqai.cli.showing import incidents_command

    several = {"type": type, "family": family, "status": status, "grade": grade, "country": country, "admin1": admin1, "actor": actor, "publisher": publisher}
    filters = {name: tuple(values or ()) for name, values in several.items()} | {"since": since, "until": until, "words": words}
    raise typer.Exit(incidents_command(store=store, filters=filters, rule=figures.value if figures else None, format=format.value))


@looking_app.command("show")
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="An incident (i-…), a report or an account (a-…).")],
    as_of: Annotated[
        date | None, typer.Option("--as-of", parser=parse_day, metavar="DAY", help="The incident as the store knew it when this day (UTC) ended.")
    ] = None,
    figures: Figures = None,
    store: StoreOption = None,
    format: FormatOption = Format.text,
) -> None:
    """Show an incident: every value with who says it and the quoted words, figures that were revised or denied marked so, and what does not add up.

    A report's or account's id shows what was read there.
    """
    from waqai.cli.showing import show_command

    raise typer.Exit(show_command(id, as_of=as_of, rule=figures.value if figures else None, store=store, format=format.value))


@looking_app.command("search")
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help='All of these words; "in quotes" for words in a row, begin* for a beginning.')],
    store: StoreOption = None,
    format: FormatOption = Format.text,
) -> None:
    """Find reports, and the incidents they tell of, by words in the text, the title, places, actors."""
    from waqai.cli.showing import search_command

    raise typer.Exit(search_command(" ".join(words), store=store, format=format.value))
