"""Take incidents along: a form that makes a file of what a filter finds, in the format and under the profile that are chosen (docs/export.md)."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from waqai.bounds import PROFILES, get_profile
from waqai.codebook import RULES
from waqai.core import NotPossible, SettingsError
from waqai.desk.entrance import needs
from waqai.desk.filtering import Asked, asked
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, render
from waqai.export import About, Combiner, Making
from waqai.export.plan import Plan, make_plan, write_records
from waqai.export.registry import FILES, LINES, TABLES, TARGETS
from waqai.flow import now
from waqai.openapi.shapes import file_of
from waqai.store import Filters
from waqai.wording import _

router = APIRouter(include_in_schema=False)
Filtered = Annotated[Asked, Depends(asked)]
EPOCH = (1980, 1, 1, 0, 0, 0)
"""A ZIP file dates its members; the same store is to give the same bytes."""
ALSO = "about.txt"
KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".gpkg": "application/geopackage+sqlite3",
    ".geojson": "application/geo+json",
    ".parquet": "application/vnd.apache.parquet",
}
"""Media types by what a file is called."""


@router.get("/export", dependencies=[needs("export")])
def form(request: Request, asked: Filtered) -> Response:
    """What of the list can be taken along, and how."""
    page = desk_of(request).browser.page(asked.filters, size=1)
    return render(request, "export.html", asked=asked, total=page.total, forms=form_names(), tables=TABLES, targets=TARGETS, profiles=PROFILES, rules=RULES)


@router.get("/export/file", response_class=FileResponse, responses=file_of(*KINDS.values()), dependencies=[needs("export")])
def file(
    request: Request,
    asked: Filtered,
    format: str = "csv",
    table: Literal["", "incidents", "figures", "accounts", "claims"] = "",
    profile: Literal["public", "partner", "internal"] = "public",
    figures: str = "",
    bom: Annotated[bool, Query()] = False,
) -> Response:
    """The file, made now; a ZIP with what is to be known of it where it has no room for that itself."""
    desk = desk_of(request)
    plan = _plan(desk, format, table, figures)
    made = Path(tempfile.mkdtemp(prefix="waqai-export-"))
    name = f"{'-'.join(filter(None, ('incidents' if table == '' else table, format if format in TARGETS else '')))}.{_ending(plan)}"
    try:
        with (made / name).open("wb") as out:
            about = _write(desk, plan, out, asked.filters, profile=profile, bom=bom)
        sent = made / name if plan.told else _pack(made, name, about)
    except BaseException:
        _sweep(made)
        raise
    return FileResponse(sent, filename=sent.name, media_type=KINDS[sent.suffix], background=BackgroundTask(_sweep, made))


def form_names() -> dict[str, str]:
    """The formats by what they are for."""
    return {
        "xlsx": _("Excel: all tables, a sheet each"),
        "csv": _("CSV: one table, for any program"),
        "gpkg": _("GeoPackage: points and tables, for QGIS and other maps"),
        "geojson": _("GeoJSON: one table as points, for maps on the web"),
        "parquet": _("Parquet: one table, for pandas, R, DuckDB"),
        LINES: _("JSON lines: whole records, for programs"),
        **{
            name: _("{scheme}: its columns and codes; what has no home there is left out and counted").format(scheme=one.title) for name, one in TARGETS.items()
        },
    }


# -- inside


def _plan(desk: Desk, format: str, table: str, figures: str) -> Plan:
    """Raises NotPossible for a format, table or rule that there is not, or that do not go together."""
    if figures and figures not in RULES:
        raise NotPossible(_("there is no rule {name}; there are {names}").format(name=repr(figures), names=", ".join(RULES)))
    combiner = Combiner(rule=RULES.get(figures), codebook=desk.codebook, actors=desk.actors)
    tables = (table,) if table and format in FILES and not FILES[format].several else ()
    try:
        return make_plan(format, tables=tables, out=f"incidents.{format}", making=Making(codebook=desk.codebook, combiner=combiner))
    except SettingsError as error:
        raise NotPossible(str(error)) from error


def _ending(plan: Plan) -> str:
    return plan.file.name if plan.file is not None else "jsonl"


def _write(desk: Desk, plan: Plan, out: BinaryIO, filters: Filters, *, profile: str, bom: bool) -> About:
    told = {field.name: getattr(filters, field.name) for field in fields(filters)}
    bounds = desk.bounds(get_profile(profile), at=now())
    return write_records(desk.store, filters, plan=plan, bounds=bounds, file=out, told=told, bom=bom and _ending(plan) == "csv")


def _pack(folder: Path, name: str, about: About) -> Path:
    """The file with what is to be known of it beside it."""
    packed = folder / f"{name.rpartition('.')[0]}.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        with into.open(zipfile.ZipInfo(name, EPOCH), "w", force_zip64=True) as member:
            for part in _parts_of(folder / name):
                member.write(part)
        into.writestr(zipfile.ZipInfo(ALSO, EPOCH), about.text())
    return packed


def _parts_of(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while part := opened.read(1 << 20):
            yield part


def _sweep(folder: Path) -> None:
    for left in folder.iterdir():
        left.unlink()
    folder.rmdir()
