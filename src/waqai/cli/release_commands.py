"""The commands that make releases and say what changed between two."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from waqai.cli.filters import Given, filtered
from waqai.cli.options import FiguresOption, ProfileName, ProfileOption, StoreOption

release_app = typer.Typer(help="Make a release: a dated folder of data that never changes; compare two.", invoke_without_command=True, rich_markup_mode=None)
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of a release.", show_default=False)]


class DiffFormat(StrEnum):
    text = "text"
    json = "json"


@release_app.callback()
@filtered
def release(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="A new folder.", show_default=False)] = None,
    title: Annotated[str, typer.Option("--title", help="What the release is called.")] = "Incident records",
    given_by: Annotated[str, typer.Option("--given-by", metavar="WHO", help="Who gives it out.", show_default=False)] = "",
    licence: Annotated[str, typer.Option("--licence", metavar="NAME", help="Under which licence, e.g. CC-BY-4.0.", show_default=False)] = "",
    profile: ProfileOption = ProfileName.public,
    filters: Given = {},  # noqa: B006  `filtered` puts the options in its place
    figures: FiguresOption = None,
    store: StoreOption = None,
) -> None:
    """Write a release of the incidents, all or those that pass the filters, into a new folder: tables, map points, codebook, provenance, checksums.

    It is dated by the last entry of the log: the same store gives the same bytes. What may be told to whom is the profile's (docs/safety.md).
    """
    if context.invoked_subcommand is not None:
        return
    if out is None:
        raise typer.BadParameter("name the new folder", param_hint="--out")
    from waqai.commands.releasing import release_command
    from waqai.releases import Naming

    naming = Naming(title=title, publisher=given_by, licence=licence)
    rule = figures.value if figures else None
    raise typer.Exit(release_command(out=out, naming=naming, profile=profile.value, filters=filters, rule=rule, store=store))


@release_app.command("diff")
def diff(
    earlier: Folder,
    later: Folder,
    format: Annotated[DiffFormat, typer.Option("--format", help="text for people, json for programs.")] = DiffFormat.text,
) -> None:
    """Say what changed from one release to a later one: new incidents, changed ones (old → new, and by which entry of the log), withdrawn ones."""
    from waqai.commands.releasing import diff_command

    raise typer.Exit(diff_command(earlier, later, format=format.value))


@release_app.command("verify")
def verify(folder: Folder) -> None:
    """Hold a release to its checksums. Exit 1: something in it was changed, added or taken away."""
    from waqai.commands.releasing import verify_command

    raise typer.Exit(verify_command(folder))
