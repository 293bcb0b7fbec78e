"""The first page: what the store holds and what waits; and whether the desk is alive."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from waqai.desk.pages import desk_of, render

router = APIRouter()


@router.get("/", include_in_schema=False)
def start(request: Request) -> Response:
    """What the store holds, what waits for a person."""
    desk = desk_of(request)
    return render(request, "start.html", counts=desk.store.counts(), address=desk.store.address)


@router.get("/healthz")
def healthz(request: Request) -> dict[str, str]:
    """Whether the desk answers and its store can be read."""
    desk_of(request).store.last_entry()
    return {"status": "ok"}
