"""Alerts: saved filters that tell what is new or changed; made and ended here, run by `waqai alert run`, read as feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from waqai.alerts import (
    KINDS,
    Alert,
    Item,
    Means,
    Wanted,
    add_alert,
    check_kinds,
    get_alert,
    list_alerts,
    list_deliveries,
    load_items,
    make_atom,
    make_door,
    make_json_feed,
    parse_quiet,
    pause_alert,
    remove_alert,
)
from waqai.bounds import PUBLIC
from waqai.codebook import UCDP_LIKE
from waqai.core import NotPossible
from waqai.desk.entrance import needs
from waqai.desk.filtering import Asked, asked
from waqai.desk.pages import desk_of, link, render
from waqai.flow import now
from waqai.openapi.shapes import SHOWN_ONCE, Feed, file_of, json_of
from waqai.wording import _

router = APIRouter()
Filtered = Annotated[Asked, Depends(asked)]
Text = Annotated[str, Form()]
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "As it was when it was asked for last (If-None-Match)."}}
EMPTY = {"name": "", "webhook": "", "mail": "", "roll_up": "", "quiet": "", "kind": KINDS}


@router.get("/alerts", include_in_schema=False)
def alerts(request: Request, asked: Filtered, done: str = "") -> Response:
    """All alerts, and a form that watches what is asked."""
    return _render(request, asked, done=done)


@router.post("/alerts/add", include_in_schema=False, responses=SHOWN_ONCE, dependencies=[needs("export")])
def add(
    request: Request,
    asked: Filtered,
    name: Text = "",
    kind: Annotated[list[str], Form()] = [],  # noqa: B006  FastAPI reads the default of a list this way
    webhook: Text = "",
    mail: Text = "",
    roll_up: Text = "",
    quiet: Text = "",
) -> Response:
    """Save the filter of the address, in the public profile; the key of its webhook is shown once."""
    given = {"name": name, "webhook": webhook, "mail": mail, "roll_up": roll_up, "quiet": quiet, "kind": tuple(kind)}
    try:
        doors = [make_door(kind, to, roll_up=roll_up or None) for kind, to in (("webhook", webhook), ("mail", mail)) if to.strip()]  # type: ignore[arg-type]
        hours = parse_quiet(quiet) if quiet.strip() else None
        wanted = Wanted(name=name, filters=asked.filters, kinds=check_kinds(kind), doors=tuple(doors), quiet=hours)
        alert, key = add_alert(wanted, desk_of(request).store, by=request.state.visitor.signature, at=now())
    except NotPossible as error:
        return _render(request, asked, status=409, failed=str(error), given=given)
    return _render(request, asked, done="add", made=(alert.name, key)) if key else RedirectResponse(link("/alerts", done="add"), status_code=303)


@router.post("/alerts/pause", include_in_schema=False, dependencies=[needs("export")])
def pause(request: Request, alert: Text) -> Response:
    """Let it rest."""
    pause_alert(alert, desk_of(request).store, at=now())
    return RedirectResponse(link("/alerts", done="pause"), status_code=303)


@router.post("/alerts/resume", include_in_schema=False, dependencies=[needs("export")])
def resume(request: Request, alert: Text) -> Response:
    """Let it go on."""
    pause_alert(alert, desk_of(request).store, at=None)
    return RedirectResponse(link("/alerts", done="resume"), status_code=303)


@router.post("/alerts/remove", include_in_schema=False, dependencies=[needs("export")])
def remove(request: Request, alert: Text) -> Response:
    """Take it away."""
    remove_alert(alert, desk_of(request).store, by=request.state.visitor.signature, at=now())
    return RedirectResponse(link("/alerts", done="remove"), status_code=303)


@router.get("/alerts/{alert}.atom", response_class=Response, responses=file_of("application/atom+xml") | UNCHANGED)
def as_atom(request: Request, alert: str) -> Response:
    """What was new and what changed, the newest first, for a feed reader."""
    return _feed(request, alert, make_atom, "application/atom+xml")


@router.get("/alerts/{alert}.json", responses=json_of(Feed) | UNCHANGED)
def as_json(request: Request, alert: str) -> Response:
    """The same as JSON Feed 1.1."""
    return _feed(request, alert, make_json_feed, "application/json")


def _feed(request: Request, named: str, make: Callable[..., bytes], kind: str) -> Response:
    """A feed of an alert; one that is not public only to who may see all. Nothing of it is sent to who has it."""
    desk, base = desk_of(request), str(request.base_url).rstrip("/")
    alert = get_alert(named, desk.store)
    if alert.profile is not PUBLIC:
        request.state.visitor.check("internal")
    means = Means(bounds_of=lambda profile, at: desk.bounds(profile, at=at), combiner=replace(desk.combiner, rule=UCDP_LIKE))
    items: tuple[Item, ...] = load_items(alert, desk.store, means, at=now(), desk=base)
    body = make(alert, items, address=base + request.url.path)
    mark = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    return Response(status_code=304, headers={"etag": mark}) if mark in known else Response(body, media_type=kind, headers={"etag": mark})


def _render(request: Request, asked: Asked, *, status: int = 200, done: str = "", **told: Any) -> Response:
    """`failed`: why nothing was done; `made`: the name of an alert and the key of its webhook; `given`: what stands in the form."""
    store = desk_of(request).store
    listed = [(one, next(iter(list_deliveries(one, store, most=1)), None)) for one in list_alerts(store)]
    watched = Alert(id="", wanted=Wanted(name="", filters=asked.filters), made_by="", made_at=now(), paused_at=None, number=0, looked_at=None, told=0, rounds=0)
    shown = {"failed": "", "made": None, "given": EMPTY} | told
    return render(request, "alerts.html", status=status, asked=asked, listed=listed, matches=watched.matches, kinds=kind_names(), done=done, **shown)


def kind_names() -> dict[str, str]:
    """What can be told, in words."""
    said = (_("a new incident"), _("another figure"), _("another grade"), _("what was expected, planned or threatened came about, or did not"))
    return dict(zip(KINDS, said, strict=True))
