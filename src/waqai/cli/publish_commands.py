"""The command that makes a site of a release."""

from pathlib import Path
from typing import Annotated

import typer

from waqai.cli.filters import Given, filtered
from waqai.cli.options import FiguresOption, ProfileName, ProfileOption, StoreOption

publish_app = typer.Typer()


@publish_app.command("publish")
@filtered
def publish(
    release: Annotated[
        Path | None, typer.Argument(metavar="RELEASE", help="The folder of a release. Without one, a release is made of the store first.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="A new folder for the site.", show_default=False)] = None,
    earlier: Annotated[
        Path | None, typer.Option("--earlier", metavar="FOLDER", help="An earlier release: a page says what changed from it.", show_default=False)
    ] = None,
    address: Annotated[str, typer.Option("--address", metavar="URL", help="Where the site will stand on the web, for its feed.", show_default=False)] = "",
    title: Annotated[str | None, typer.Option("--title", help="What a release that is made first is called.", show_default=False)] = None,
    given_by: Annotated[str | None, typer.Option("--given-by", metavar="WHO", help="Who gives it out.", show_default=False)] = None,
    licence: Annotated[str | None, typer.Option("--licence", metavar="NAME", help="Under which licence, e.g. CC-BY-4.0.", show_default=False)] = None,
    profile: ProfileOption = ProfileName.public,
    filters: Given = {},  # noqa: B006  `filtered` puts the options in its place
    figures: FiguresOption = None,
    store: StoreOption = None,
) -> None:
    """Make a site of a release: table, map, timeline, a page for each incident. It opens from a folder, without a server.

    Put the folder on a stick or on any web host: it asks no other machine for anything. The release lies in it, for download. Without RELEASE one is made
    first, of the incidents that pass the filters, as `waqai release` does. A release of another profile than public has to be named by --profile. The same
    release gives the same bytes.
    """
    if out is None:
        raise typer.BadParameter("name the new folder", param_hint="--out")
    from waqai.commands.publishing import Wanted, publish_command

    rule = figures.value if figures else None
    naming = {name: value for name, value in (("title", title), ("publisher", given_by), ("licence", licence)) if value is not None}
    wanted = Wanted(profile=profile.value, earlier=earlier, address=address)
    raise typer.Exit(publish_command(release, out=out, wanted=wanted, naming=naming, filters=filters, rule=rule, store=store))
