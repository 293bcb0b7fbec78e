"""Pages about the record itself: the codebook that it is written in."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from waqai.desk.pages import desk_of, render

router = APIRouter(include_in_schema=False)


@router.get("/codebook")
def codebook(request: Request) -> Response:
    """Families and types with their definitions, roles and counts; statuses, stances, grades, measures."""
    held = desk_of(request).codebook
    types = {family: [one for one in held.types.values() if one.family == family] for family in held.families}
    return render(request, "codebook.html", codebook=held, types=types)
