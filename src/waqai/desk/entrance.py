"""Let in who can show why: a session's cookie or an API token. Turn everybody else away, and say to both what helps.

/start     takes the one-time token of the start address for a session of the owner
/login     takes a person's name and password
Bearer     a program's token, with its scopes
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from waqai.core import NotAllowed, TooManyTries, WrongLogin
from waqai.desk.doors import DOORS, is_door
from waqai.desk.pages import desk_of, render, status_of
from waqai.flow import now
from waqai.people import Act, NewSession, Visitor, end_session, find_bearer, find_visitor, has_persons, log_in, take_start_token
from waqai.store import Store
from waqai.wording import _

COOKIE = "waqai_session"
OPEN = ("/healthz", "/start", "/login")
"""Addresses that answer to anybody; so do the files of our own under /static/."""
TO_CHANGE = ("/me", "/me/password", "/leave")
"""What is open to who came in by a password that somebody else made."""
router = APIRouter(include_in_schema=False)


class Entrance:
    """Middleware: who asks lies in `request.state.visitor` behind it; who may not read comes no further."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        visitor = await run_in_threadpool(find_who_asks, Headers(scope=scope), desk_of(request).store)
        if visitor is not None and visitor.must_change and scope["path"] not in TO_CHANGE:
            await _sent_to_change(request)(scope, receive, send)
            return
        if visitor is None or not (visitor.may("read") or visitor.must_change):
            await _turned_away(request)(scope, receive, send)
            return
        if not visitor.may("internal") and not visitor.must_change and not is_door(scope["path"]):
            await _kept_outside()(scope, receive, send)
            return
        scope.setdefault("state", {})["visitor"] = visitor
        await self._app(scope, receive, send)


def find_who_asks(headers: Headers, store: Store) -> Visitor | None:
    """Whose token or cookie the request carries."""
    kind, _blank, secret = headers.get("authorization", "").partition(" ")
    if kind.casefold() == "bearer":
        return find_bearer(secret.strip(), store, at=now())
    value = cookie_of(headers)
    return find_visitor(value, store, at=now()) if value else None


def needs(act: Act) -> Any:
    """A route's dependency: who asks must be allowed this. Raises NotAllowed, which is answered by 403."""

    def check(request: Request) -> None:
        request.state.visitor.check(act)

    check.act = act  # type: ignore[attr-defined]  # for the test that walks all routes
    return Depends(check)


def needs_oneself() -> Any:
    """As `needs("read")`, for what a person does and no program: a token that could make tokens would have no scope and no end. Open to `TO_CHANGE`, too."""

    def check(request: Request) -> None:
        if request.state.visitor.scopes is not None:
            raise NotAllowed(_("a token may not change how anybody comes in: log in at the desk for that"))

    check.act = "read"  # type: ignore[attr-defined]  # for the test that walks all routes
    return Depends(check)


@router.get("/start")
def start(request: Request, token: str = "") -> Response:
    """Take a start token for a session."""
    try:
        session = take_start_token(token, desk_of(request).store, at=now())
    except WrongLogin:
        return render(request, "turned_away.html", status=403, used=True, persons=False)
    return let_in(request, session)


@router.get("/login")
def login_form(request: Request) -> Response:
    """Where persons say who they are."""
    return render(request, "login.html", failed="", name="")


@router.post("/login", responses={429: {"description": "Wrong so often that there is a wait.", "content": {"text/html": {}}}})
def login(request: Request, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "") -> Response:
    """A session for whoever knows the password."""
    try:
        session = log_in(name, desk_of(request).store, password=password, address=address_of(request), at=now())
    except (WrongLogin, TooManyTries) as error:
        return render(request, "login.html", status=status_of(error), failed=str(error), name=name)
    return let_in(request, session)


@router.post("/leave", dependencies=[needs_oneself()])
def leave(request: Request) -> Response:
    """End the session."""
    end_session(cookie_of(request.headers), desk_of(request).store)
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def wants_page(request: Request) -> bool:
    """Whether a person asks, and not a program."""
    return "text/html" in request.headers.get("accept", "")


def let_in(request: Request, session: NewSession, *, to: str = "/") -> Response:
    """To a page of ours: never to an address that the request names, which could be anybody's."""
    answer = RedirectResponse(to, status_code=303)
    answer.set_cookie(COOKIE, session.value, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/")
    return answer


def address_of(request: Request) -> str:
    """Where the request came from, as the server saw it."""
    return request.client.host if request.client else ""


def _sent_to_change(request: Request) -> Response:
    """Where the password is changed, which comes before anything else."""
    if wants_page(request):
        return RedirectResponse("/me", status_code=303)
    return JSONResponse({"error": _("This password was made by somebody else: choose one of your own at /me first.")}, status_code=403)


def _kept_outside() -> Response:
    """A stranger's token opens lists in the public profile only."""
    said = _("This token opens {doors} in the public profile; for all else it needs the scope “internal”.")
    return JSONResponse({"error": said.format(doors=", ".join((*DOORS, "/alerts/….atom", "/alerts/….json")))}, status_code=403)


def _turned_away(request: Request) -> Response:
    if wants_page(request):
        return render(request, "turned_away.html", status=401, used=False, persons=has_persons(desk_of(request).store))
    return JSONResponse({"error": _("This desk is open to who came in by its start address: see where `waqai desk` runs.")}, status_code=401)


def cookie_of(headers: Headers) -> str:
    """The value of the session's cookie; "" for none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
