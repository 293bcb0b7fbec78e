"""Incidents by a filter that lives in the address: table, map and timeline on one page, and the same as JSON, CSV, GeoJSON and Atom."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from waqai.bounds import INTERNAL, PUBLIC, Profile, forbids_passing_on
from waqai.browse import FACETS
from waqai.core import Incident
from waqai.desk.doors import Named, clear_filtered, iter_cleared, narrow, profile_for
from waqai.desk.downloads import csv_file, download
from waqai.desk.filtering import Asked, asked, label, link_to
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, render
from waqai.export import csv_columns, incident_as_feature, incident_as_json, iter_csv_rows
from waqai.export.atom import FeedEntry, make_feed
from waqai.flow import now
from waqai.openapi.shapes import Counted, Incidents, Marks, file_of, json_of
from waqai.wording import _, describe_when, describe_where

router = APIRouter()
Filtered = Annotated[Asked, Depends(asked)]
ON_A_PAGE, IN_A_FEED = 50, 50
ORDERS = ("newest", "oldest", "reports", "id")


@router.get("/incidents", include_in_schema=False)
def incidents(request: Request, asked: Filtered) -> Response:
    """The incidents that pass, a page of them, with facets, map and timeline."""
    with desk_of(request).store.at_one_moment():
        return _render(request, asked)


def _render(request: Request, asked: Asked) -> Response:
    desk = desk_of(request)
    browser, filters = desk.browser, asked.filters
    page = browser.page(filters, order=asked.order, after=asked.after, size=ON_A_PAGE)
    snippets = browser.snippets(page.ids, filters.words) if filters.words else {}
    return render(
        request,
        "incidents.html",
        asked=asked,
        page=page,
        incidents=browser.load(page.ids),
        facets=browser.facets(filters),
        snippets=snippets,
        names=facet_names(),
        label=lambda name, value: label(name, value, actors=desk.actors),
        link_to=link_to,
        orders=order_names(),
    )


@router.get("/incidents.json", responses=json_of(Incidents))
def as_json(request: Request, asked: Filtered, size: Annotated[int, Query(ge=1, le=1000)] = 100, profile: Named = "") -> JSONResponse:
    """A page of incidents, each as `waqai incidents --format jsonl` gives it; `next` is the address of the next page, null on the last. Outside the internal
    profile a page may hold fewer, and `total` is null."""
    desk, chosen = desk_of(request), profile_for(request, profile)
    page = desk.browser.page(narrow(request, asked.filters), order=asked.order, after=asked.after, size=size)
    listed = [incident_as_json(one, combiner=desk.combiner) for one in _load(desk, page.ids, chosen)]
    following = link_to(asked, ending=".json", after=page.after, size=size, profile=profile or None) if page.after else None
    return JSONResponse({"incidents": listed, "next": following, "total": page.total if chosen is INTERNAL else None})


@router.get("/incidents.csv", response_class=StreamingResponse, responses=file_of("text/csv"))
def as_csv(request: Request, asked: Filtered, profile: Named = "") -> Response:
    """All incidents that pass, a row for each incident and figure."""
    desk, chosen = desk_of(request), profile_for(request, profile)
    rows = iter_csv_rows((one.incident for one in clear_filtered(request, asked.filters, chosen)), desk.combiner)
    return csv_file("incidents", csv_columns(desk.combiner), rows)


@router.get("/incidents.geojson", response_class=StreamingResponse, responses=file_of("application/geo+json"))
def as_geojson(request: Request, asked: Filtered, profile: Named = "") -> Response:
    """All incidents that pass, as features; those without a point have no geometry."""
    found = (one.incident for one in clear_filtered(request, asked.filters, profile_for(request, profile)))
    return download(_iter_geojson(found), "application/geo+json", "incidents.geojson")


@router.get("/incidents.atom", response_class=Response, responses=file_of("application/atom+xml"))
def as_atom(request: Request, asked: Filtered, profile: Named = "") -> Response:
    """The newest incidents that pass, for a feed reader; in the public profile, where none is named: feeds are passed on."""
    desk, base, chosen = desk_of(request), str(request.base_url).rstrip("/"), profile_for(request, profile, default=PUBLIC)
    page = desk.browser.page(narrow(request, asked.filters), order=asked.order, size=IN_A_FEED)
    entries = [_entry(one, base, request) for one in _load(desk, page.ids, chosen)]
    address = base + link_to(asked, ending=".atom", profile=profile or None)
    feed = make_feed(entries, id=address, title=_("waqai: incidents"), address=address, author="waqai", changed=now())
    return Response(feed, media_type="application/atom+xml")


@router.get("/incidents/map.json", responses=json_of(Marks))
def as_cells(
    request: Request,
    asked: Filtered,
    west: Annotated[float, Query(ge=-540, le=540)],
    south: Annotated[float, Query(ge=-90, le=90)],
    east: Annotated[float, Query(ge=-540, le=540)],
    north: Annotated[float, Query(ge=-90, le=90)],
    zoom: Annotated[int, Query(ge=0, le=18)],
) -> dict[str, Any]:
    """The marks of a map that shows these degrees: single incidents, and clusters with their number."""
    cells = desk_of(request).browser.cells(asked.filters, west=west, south=south, east=east, north=north, zoom=zoom)
    marks = [
        {"lat": one.lat, "lon": one.lon, "count": one.count, "family": one.family, "incident": one.incident}
        | ({"type": one.type, "day": one.day, "radius_km": one.radius_km, "precision": one.precision} if one.incident else {})
        for one in cells.cells
    ]
    return {"marks": marks, "outside": cells.outside, "without_point": cells.without_point}


@router.get("/incidents/timeline.json", responses=json_of(Counted))
def as_timeline(request: Request, asked: Filtered) -> dict[str, Any]:
    """How many incidents of each family in every day, week, month or year."""
    timeline = desk_of(request).browser.timeline(asked.filters)
    return {"unit": timeline.unit, "starts": timeline.starts, "counts": timeline.counts, "undated": timeline.undated}


def _load(desk: Desk, ids: Sequence[str], profile: Profile) -> Sequence[Incident]:
    """These incidents, in this order, as the profile lets them be seen; what is held back is left out."""
    if profile is INTERNAL:
        return desk.browser.load(ids)
    return [one.incident for one in iter_cleared(desk, desk.store.load_records(ids, forbids=forbids_passing_on, told=False), profile)]


def facet_names() -> dict[str, str]:
    """What the facets are called."""
    called = (_("family"), _("type"), _("status"), _("grade"), _("country"), _("province or state"), _("actor"), _("publisher"), _("tag"), _("period"))
    return dict(zip(FACETS, called, strict=True))


def order_names() -> dict[Literal["newest", "oldest", "reports", "id"], str]:
    """What the orders are called."""
    return {"newest": _("newest first"), "oldest": _("oldest first"), "reports": _("told by most reports first"), "id": _("by id")}


def _entry(incident: Incident, base: str, request: Request) -> FeedEntry:
    told = len({account.report for account in incident.accounts})
    entries = list(desk_of(request).store.iter_standing(incident=incident.id, last=1))
    return FeedEntry(
        id=f"urn:waqai:{incident.id}",
        title=f"{incident.type.replace('_', ' ')}, {describe_where(incident.where)}, {describe_when(incident.when)}",
        summary=f"{incident.status}; {incident.grade}: {incident.grade_because}; {told} reports",
        address=f"{base}/incidents/{incident.id}",
        changed=entries[-1].entry.at if entries else now(),
    )


def _iter_geojson(incidents: Iterable[Incident]) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": ['
    for n, incident in enumerate(incidents):
        yield (",\n" if n else "\n") + json.dumps(incident_as_feature(incident), ensure_ascii=False)
    yield "\n]}\n"
