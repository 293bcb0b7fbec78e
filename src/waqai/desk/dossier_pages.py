"""The brief of an incident by button: a web page of its own, Markdown, PDF or Word (docs/dossier.md)."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from waqai.bounds import get_profile
from waqai.desk.entrance import needs
from waqai.desk.pages import desk_of
from waqai.dossier import Dossier, Maker, to_html, to_markdown
from waqai.flow import check_incident, now
from waqai.openapi.shapes import file_of

router = APIRouter(include_in_schema=False)
KINDS = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@router.get("/incidents/{incident}/dossier", response_class=Response, responses=file_of(*KINDS.values()), dependencies=[needs("export")])
def dossier(
    request: Request,
    incident: str,
    format: Literal["html", "md", "pdf", "docx"] = "html",
    profile: Literal["public", "partner", "internal"] = "public",
    days: Annotated[int, Query(ge=0, le=3660)] = 14,
) -> Response:
    """The file; an incident that the profile holds back is refused with the reason."""
    desk = desk_of(request)
    with desk.store.at_one_moment():
        found = desk.store.get_incident(incident)
        maker = Maker(store=desk.store, bounds=desk.bounds(get_profile(profile), at=now()), codebook=desk.codebook, actors=desk.actors, days=days)
        made = maker.of_incident(found.id, notices=check_incident(found, desk.store))
    name = f"{found.id}.{format}"
    return Response(_render(made, format), media_type=KINDS[format], headers={"content-disposition": f'attachment; filename="{name}"'})


def _render(made: Dossier, format: str) -> bytes:
    if format == "pdf":
        from waqai.dossier.pdf import to_pdf  # here, as these libraries take long to load

        return to_pdf(made)
    if format == "docx":
        from waqai.dossier.word import to_docx

        return to_docx(made)
    return to_html(made).encode() if format == "html" else to_markdown(made, place_picture=lambda name, picture: None).encode()
