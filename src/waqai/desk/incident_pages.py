"""One incident: what is held to have happened, by whom it is said, and how that came about."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from waqai.desk.pages import desk_of, link, render

router = APIRouter(include_in_schema=False)


@router.get("/incidents/{incident}")
def incident(request: Request, incident: str) -> Response:
    """The page of an incident; the id of one that was merged leads on."""
    desk = desk_of(request)
    found = desk.store.get_incident(incident)
    if found.id != incident:
        return RedirectResponse(link(f"/incidents/{found.id}"), status_code=301)
    return render(request, "incident.html", incident=found)
