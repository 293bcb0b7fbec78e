"""`waqai plot`: a map, a timeline or competing figures, as a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import typer

from waqai.bounds import Bounds, Cleared, HeldBack, forbids_passing_on
from waqai.bounds.cleared import WHY
from waqai.codebook import load_actors, load_codebook
from waqai.commands.bounding import open_bounds
from waqai.commands.dossier import name_filters
from waqai.commands.filter_checks import check_filters
from waqai.commands.opening import open_named_store
from waqai.core import NotPossible
from waqai.export.placing import write_file
from waqai.flow import Filters, Store
from waqai.plots import Picture, Unit, make_figures, make_map, make_timeline, to_png, to_svg
from waqai.terminal.printing import err


def plot_command(
    kind: str,
    *,
    out: Path,
    incident: str | None,
    store: str | None,
    filters: Mapping[str, Any],
    profile: str,
    unit: str | None,
    measure: str | None,
    title: str | None,
) -> int:
    """Exit status 0; 1 where there is nothing to draw."""
    if out.suffix.lower() not in (".svg", ".png"):
        raise typer.BadParameter(f"{out.name!r} is neither .svg nor .png", param_hint="--out")
    if kind == "figures" and incident is None:
        raise typer.BadParameter("figures are those of one incident: name it with --incident", param_hint="KIND")
    wanted = check_filters(filters, load_codebook())
    with open_named_store(store, must_exist=True) as opened:
        records = _load(opened, open_bounds(profile, opened), incident, Filters(**wanted))
    named = title or (f"Incident {incident}" if incident else name_filters(filters))
    picture = _draw(kind, records, title=named, subject=incident, unit=unit, measure=measure)
    if picture is None:
        err.print(f"nothing to draw: none of {len(records):,} incidents has {_NEEDED[kind]}", soft_wrap=True)
        return 1
    write_file(out, to_png(picture) if out.suffix.lower() == ".png" else to_svg(picture).encode())
    err.print(f"{out}: {picture.alt}", soft_wrap=True)
    return 0


_NEEDED = {"map": "a point", "timeline": "a day", "figures": "a figure of this measure"}


def _load(store: Store, bounds: Bounds, incident: str | None, filters: Filters) -> list[Cleared]:
    """What the profile lets be seen. Raises UnknownId, and NotPossible for the one incident that it holds back."""
    if incident is None:
        return [one for record in store.iter_records(filters, forbids=forbids_passing_on, told=True) if isinstance(one := bounds.clear(record), Cleared)]
    (record,) = store.load_records([store.get_incident(incident).id], forbids=forbids_passing_on, told=True)
    cleared = bounds.clear(record)
    if isinstance(cleared, HeldBack):
        raise NotPossible(f"incident {incident!r} is held back under the profile {bounds.profile.name!r}: {WHY[cleared.reason]}; another profile may show it")
    return [cleared]


def _draw(kind: str, records: list[Cleared], *, title: str, subject: str | None, unit: str | None, measure: str | None) -> Picture | None:
    if kind == "map":
        return make_map(records, title=title, subject=subject)
    if kind == "timeline":
        return make_timeline(records, title=title, unit=cast(Unit | None, unit))
    return make_figures(records[0], title=title, measure=measure, actors=load_actors())
