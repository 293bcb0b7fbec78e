"""Let in who has a session, turn everybody else away, and say to both what helps."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from waqai.desk.door import COOKIE
from waqai.desk.pages import desk_of, render
from waqai.flow import now
from waqai.wording import _

OPEN = ("/healthz", "/start")
"""Addresses that answer without a session; so do the files of our own under /static/."""
router = APIRouter(include_in_schema=False)


class Entrance:
    """Middleware: the session of a request lies in `request.state.session` behind it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        secret = _cookie(Headers(scope=scope).get("cookie", ""))
        session = await run_in_threadpool(desk_of(request).door.find, secret, at=now()) if secret else None
        if session is None:
            await _turned_away(request)(scope, receive, send)
            return
        scope.setdefault("state", {})["session"] = session
        await self._app(scope, receive, send)


@router.get("/start")
def start(request: Request, token: str = "") -> Response:
    """Take a start token for a session."""
    desk = desk_of(request)
    secret = desk.door.enter(token, by=desk.signs, at=now())
    if secret is None:
        return render(request, "turned_away.html", status=403, used=True)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/")
    return answer


@router.post("/leave")
def leave(request: Request) -> Response:
    """End the session."""
    desk_of(request).door.leave(_cookie(request.headers.get("cookie", "")))
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def wants_page(request: Request) -> bool:
    """Whether a person asks, and not a program."""
    return "text/html" in request.headers.get("accept", "")


def _turned_away(request: Request) -> Response:
    if wants_page(request):
        return render(request, "turned_away.html", status=401, used=False)
    return JSONResponse({"error": _("This desk is open to who came in by its start address: see where `waqai desk` runs.")}, status_code=401)


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
