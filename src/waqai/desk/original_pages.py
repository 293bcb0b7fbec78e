"""The bytes that a report was made of, as a file to keep: never shown by a browser, since whoever made them made them for one."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from waqai.desk.entrance import needs
from waqai.desk.pages import desk_of
from waqai.openapi.shapes import file_of
from waqai.originals import get_content

router = APIRouter(include_in_schema=False)


@router.get("/originals/{sha256}", response_class=Response, responses=file_of("application/octet-stream"), dependencies=[needs("internal")])
def original(request: Request, sha256: str) -> Response:
    """The file, whatever it is."""
    content = get_content(sha256, desk_of(request).store)
    headers = {"content-disposition": f'attachment; filename="original-{sha256[:16]}.bin"', "content-security-policy": "sandbox; default-src 'none'"}
    return Response(content, media_type="application/octet-stream", headers=headers)
