"""The commands about the gazetteer."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

gazetteer_app = typer.Typer(help="The gazetteer: what is in it, what a name can mean, more places from GeoNames' dumps.", rich_markup_mode=None)
Countries = Annotated[str, typer.Option("--countries", metavar="CODES", help="Codes of two letters with commas between them, e.g. SY,IQ,TR.")]


class TextOrJson(StrEnum):
    text = "text"
    json = "json"


ShortFormat = Annotated[TextOrJson, typer.Option("--format", help="text for people, json for programs.")]


@gazetteer_app.callback(invoke_without_command=True)
def _gazetteer(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        gazetteer_about()


@gazetteer_app.command("about")
def gazetteer_about(format: ShortFormat = TextOrJson.text) -> None:
    """Say which gazetteer is used: how many places, from which data of which day, its hash. The same as `waqai gazetteer` alone."""
    from waqai.commands.gazetteer import about_command

    raise typer.Exit(about_command(format.value))


@gazetteer_app.command("show")
def gazetteer_show(
    name: Annotated[list[str], typer.Argument(metavar="NAME…", help="A name as a report has it, in any of the scripts kept.")],
    countries: Countries = "",
    format: ShortFormat = TextOrJson.text,
) -> None:
    """Show what places a name can mean, the likeliest first; those in the countries named come before the others."""
    from waqai.commands.gazetteer import show_name_command

    raise typer.Exit(show_name_command(" ".join(name), countries=_codes(countries), format=format.value))


@gazetteer_app.command("build")
def gazetteer_build(
    files: Annotated[list[Path], typer.Argument(metavar="FILES…", help="The dump files as downloaded, zipped or not.", show_default=False)],
    countries: Countries = "",
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write here. Default: your data folder, where it is used from the next run on.")] = None,
) -> None:
    """Add every village, area and many sites of some countries to the gazetteer, from GeoNames' dump files.

    Download them from https://download.geonames.org/export/dump: SY.zip (one for each country, or allCountries.zip), alternateNamesV2.zip, hierarchy.zip,
    admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt. Only the first is a must. Without --countries: those that the files are named for. Run again
    after an interruption, the same build goes on where it stopped.
    """
    from waqai.commands.gazetteer import build_command

    raise typer.Exit(build_command(files, countries=_codes(countries), folder=out))


def _codes(value: str) -> list[str]:
    return [code.strip().upper() for code in value.split(",") if code.strip()]
