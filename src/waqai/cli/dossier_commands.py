"""The commands that write briefs and pictures of what the store holds."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from waqai.cli.filters import Given, filtered
from waqai.cli.options import ProfileName, ProfileOption, StoreOption

dossier_app = typer.Typer(rich_markup_mode=None)


class DossierFormat(StrEnum):
    md = "md"
    html = "html"
    pdf = "pdf"
    docx = "docx"


class PlotKind(StrEnum):
    map = "map"
    timeline = "timeline"
    figures = "figures"


class PlotUnit(StrEnum):
    day = "day"
    week = "week"
    month = "month"
    year = "year"


OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file.", show_default=False)]


@dossier_app.command("dossier")
@filtered
def dossier(
    id: Annotated[str | None, typer.Argument(metavar="ID", help="An incident (i-…); without one, those that pass the filters.", show_default=False)] = None,
    store: StoreOption = None,
    filters: Given = {},  # noqa: B006  `filtered` puts the options in its place
    profile: ProfileOption = ProfileName.public,
    days: Annotated[int, typer.Option("--days", min=0, max=3660, help="So many days before the incident are looked at for what stands beside it.")] = 14,
    format: Annotated[DossierFormat, typer.Option("--format", help="Markdown, one HTML file, PDF or Word.")] = DossierFormat.md,
    out: OutOption = None,
) -> None:
    """Write a brief of an incident, or of those that pass the filters: every value in it has a note to its report and the words that said it.

    What happened, figures by source, who says so and how sure, what is expected, what experts judge, what happened before and what is not known; with a map and
    a timeline. Markdown goes to standard output unless --out names a file, beside which its pictures are then put; pdf and docx need --out.
    """
    from waqai.commands.dossier import dossier_command

    raise typer.Exit(dossier_command(id, store=store, filters=filters, profile=profile.value, days=days, format=format.value, out=out))


@dossier_app.command("plot")
@filtered
def plot(
    kind: Annotated[PlotKind, typer.Argument(metavar="KIND", help="map, timeline, or figures (the competing figures of one incident).")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Write to this file: .svg or .png.")],
    incident: Annotated[str | None, typer.Option("--incident", metavar="ID", help="Of this incident (i-…).", show_default=False)] = None,
    store: StoreOption = None,
    filters: Given = {},  # noqa: B006  `filtered` puts the options in its place
    profile: ProfileOption = ProfileName.public,
    unit: Annotated[PlotUnit | None, typer.Option("--unit", help="Of a timeline: what a bar stands for; the finest that fits unless named.")] = None,
    measure: Annotated[str | None, typer.Option("--measure", help="Of figures: what is counted, e.g. escaped; what most figures count unless named.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="The picture's title, for those who cannot see it.")] = None,
) -> None:
    """Draw incidents on a map or a timeline, or the competing figures of one, as SVG or PNG. No browser is needed."""
    from waqai.commands.plotting import plot_command

    wanted = {"unit": unit.value if unit else None, "measure": measure, "title": title}
    raise typer.Exit(plot_command(kind.value, out=out, incident=incident, store=store, filters=filters, profile=profile.value, **wanted))
