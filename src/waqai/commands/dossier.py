"""`waqai dossier`: a brief of one incident or of many."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from waqai.codebook import load_actors, load_codebook
from waqai.commands.bounding import open_bounds
from waqai.commands.filter_checks import check_filters
from waqai.commands.opening import open_named_store
from waqai.dossier import Dossier, Maker, to_html, to_markdown
from waqai.export.placing import write_file
from waqai.flow import Filters, check_incident
from waqai.plots import Picture, to_svg
from waqai.terminal.printing import err

BINARY = ("pdf", "docx")


def dossier_command(id: str | None, *, store: str | None, filters: Mapping[str, Any], profile: str, days: int, format: str, out: Path | None) -> int:
    """Exit status 0; an incident that the profile holds back is an error, and so is a file that cannot be written."""
    if format in BINARY and out is None:
        raise typer.BadParameter(f"{format} goes to a file: say which, e.g. --out dossier.{format}", param_hint="--out")
    if id is not None and any(filters.values()):
        raise typer.BadParameter("name an incident or give filters, not both", param_hint="ID")
    wanted, codebook, actors = check_filters(filters, load_codebook()), load_codebook(), load_actors()
    with open_named_store(store, must_exist=True) as opened:
        maker = Maker(store=opened, bounds=open_bounds(profile, opened), codebook=codebook, actors=actors, days=days)
        if id is not None:
            made = maker.of_incident(id, notices=check_incident(opened.get_incident(id), opened))
        else:
            made = maker.of_many(Filters(**wanted), title=name_filters(filters))
    _write(made, format, out)
    return 0


def name_filters(filters: Mapping[str, Any]) -> str:
    """The filters as a title."""
    told = [f"{name} {' or '.join(map(str, value)) if isinstance(value, tuple) else value}" for name, value in filters.items() if value]
    return f"Incidents: {', '.join(told)}" if told else "All incidents"


def _write(made: Dossier, format: str, out: Path | None) -> None:
    content = _render(made, format, out)
    if out is None:
        sys.stdout.write(content.decode("utf-8"))
    else:
        write_file(out, content)
        err.print(f"{out}: {made.title}", soft_wrap=True)


def _render(made: Dossier, format: str, out: Path | None) -> bytes:
    if format == "html":
        return to_html(made).encode()
    if format == "pdf":
        from waqai.dossier.pdf import to_pdf

        return to_pdf(made)
    if format == "docx":
        from waqai.dossier.word import to_docx

        return to_docx(made)
    return to_markdown(made, place_picture=lambda name, picture: _place(name, picture, out)).encode()


def _place(name: str, picture: Picture, out: Path | None) -> str | None:
    """Put a picture beside the Markdown; its address from there."""
    if out is None:
        return None
    beside = out.with_name(f"{out.stem}-{name}.svg")
    write_file(beside, to_svg(picture, name=name).encode())
    return beside.name.replace(" ", "%20")
