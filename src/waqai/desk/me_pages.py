"""What is one's own: the password, the open sessions, the tokens of one's programs. For everybody who is in; not for their programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from waqai.core import AccessError, NotPossible, WeakPassword, WrongLogin
from waqai.desk.entrance import address_of, cookie_of, let_in, needs_oneself
from waqai.desk.pages import desk_of, link, render, status_of
from waqai.flow import now
from waqai.openapi.shapes import SHOWN_ONCE
from waqai.people import (
    ACTS,
    DAYS,
    RIGHTS,
    NewSession,
    add_token,
    change_password,
    end_others,
    list_own_sessions,
    list_own_tokens,
    log_in,
    revoke_own_token,
)
from waqai.wording import _

router = APIRouter(prefix="/me", include_in_schema=False)
Text = Annotated[str, Form()]


@router.get("", dependencies=[needs_oneself()])
def me(request: Request, done: str = "") -> Response:
    """Role, password, sessions and tokens of who asks."""
    return _render(request, done=done)


@router.post("/password", dependencies=[needs_oneself()])
def change(request: Request, old: Text = "", new: Text = "", again: Text = "") -> Response:
    """Another password of one's own. All sessions end; the one that asks goes on as a new one."""
    if new != again:
        return _render(request, status=409, failed=("password", _("the new password was typed in two ways; nothing was changed")))
    try:
        session = _change(request, old=old, new=new)
    except WrongLogin as error:
        return _render(request, status=status_of(error), failed=("password", _("the old password is not this one; nothing was changed")))
    except (AccessError, WeakPassword, NotPossible) as error:
        return _render(request, status=status_of(error), failed=("password", str(error)))
    return let_in(request, session, to=link("/me", done="password"))


@router.post("/sessions", dependencies=[needs_oneself()])
def end(request: Request) -> Response:
    """End one's sessions in other browsers."""
    end_others(cookie_of(request.headers), desk_of(request).store)
    return RedirectResponse(link("/me", done="sessions"), status_code=303)


@router.post("/tokens", responses=SHOWN_ONCE, dependencies=[needs_oneself()])
def make(request: Request, name: Text = "", scope: Annotated[list[str], Form()] = [], days: Annotated[int, Form()] = DAYS) -> Response:  # noqa: B006
    """A token for a program of one's own. Its secret is on this page and on no later one."""
    visitor, store = request.state.visitor, desk_of(request).store
    whose = {"person": visitor.person, "owner_name": visitor.name if visitor.person is None else None}
    try:
        made = add_token(name, store, scopes=scope, days=days, by=visitor.signature, at=now(), **whose)
    except (AccessError, NotPossible) as error:
        return _render(request, status=status_of(error), failed=("tokens", str(error)), given={"name": name, "scopes": scope, "days": days})
    return _render(request, made=made)


@router.post("/revoke", dependencies=[needs_oneself()])
def revoke(request: Request, token: Text) -> Response:
    """End one of one's own tokens."""
    try:
        revoke_own_token(token, request.state.visitor, desk_of(request).store, at=now())
    except (AccessError, NotPossible) as error:
        return _render(request, status=status_of(error), failed=("tokens", str(error)))
    return RedirectResponse(link("/me", done="revoke"), status_code=303)


def _change(request: Request, *, old: str, new: str) -> NewSession:
    visitor, store, at = request.state.visitor, desk_of(request).store, now()
    if visitor.person is None:
        raise NotPossible(_("the owner of the machine comes in by the start address and has no password"))
    change_password(visitor.name, store, old=old, new=new, address=address_of(request), at=at)
    return log_in(visitor.name, store, password=new, address=address_of(request), at=at)


def _render(
    request: Request, *, status: int = 200, done: str = "", failed: tuple[str, str] = ("", ""), made: Any = None, given: Mapping[str, Any] | None = None
) -> Response:
    """`failed`: which form was refused, and why; `made`: a token that was just made; `given`: what stands in the form for another one."""
    visitor, store, at = request.state.visitor, desk_of(request).store, now()
    return render(
        request,
        "me.html",
        status=status,
        sessions=list_own_sessions(cookie_of(request.headers), store, at=at),
        tokens=list_own_tokens(visitor, store),
        rights={act: RIGHTS[act] for act in ACTS if visitor.may(act)},
        given=given or {"name": "", "scopes": ["read"], "days": DAYS},
        now=at,
        done=done,
        failed=failed,
        made=made,
    )
