"""Who may work here: persons with their roles and passwords, and everybody's tokens. For who may manage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from waqai.core import AccessError, NotPossible, UnknownId, WeakPassword
from waqai.desk.entrance import needs
from waqai.desk.pages import desk_of, link, render, status_of
from waqai.flow import now
from waqai.openapi.shapes import SHOWN_ONCE
from waqai.people import (
    ROLES,
    add_person,
    disable_person,
    enable_person,
    give_role,
    list_persons,
    list_tokens,
    make_password,
    revoke_token,
    set_password,
)

router = APIRouter(prefix="/people", include_in_schema=False)
Text = Annotated[str, Form()]
REFUSALS = (AccessError, NotPossible, UnknownId, WeakPassword)
"""What is said above the form that asked for it."""


@router.get("", dependencies=[needs("manage")])
def people(request: Request, done: str = "") -> Response:
    """All persons and all tokens, with a form for each thing that can be done."""
    return _render(request, done=done)


@router.post("/add", responses=SHOWN_ONCE, dependencies=[needs("manage")])
def add(request: Request, name: Text = "", role: Text = "", password: Text = "") -> Response:
    """A new person; without a password, one that is made and shown once, which they have to change first."""
    made = "" if password else make_password()
    act = partial(add_person, name.strip(), role=role, password=password or made, must_change=bool(made))
    return _answer(request, act, "add", made=made, given={"name": name, "role": role})


@router.post("/password", responses=SHOWN_ONCE, dependencies=[needs("manage")])
def new_password(request: Request, name: Text, password: Text = "") -> Response:
    """Another password for a person; without one, as with a new person."""
    made = "" if password else make_password()
    return _answer(request, partial(set_password, name, password=password or made, must_change=bool(made)), "password", made=made)


@router.post("/role", dependencies=[needs("manage")])
def change_role(request: Request, name: Text, role: Text = "") -> Response:
    """Another role for a person, from the next thing they do."""
    return _answer(request, partial(give_role, name, role=role), "role")


@router.post("/disable", dependencies=[needs("manage")])
def disable(request: Request, name: Text) -> Response:
    """Keep a person out."""
    return _answer(request, partial(disable_person, name), "disable")


@router.post("/enable", dependencies=[needs("manage")])
def enable(request: Request, name: Text) -> Response:
    """Let a person in again."""
    return _answer(request, partial(enable_person, name), "enable")


@router.post("/revoke", dependencies=[needs("manage")])
def revoke(request: Request, token: Text) -> Response:
    """End anybody's token."""
    return _answer(request, partial(revoke_token, token), "revoke")


def _answer(request: Request, act: Callable[..., Any], what: str, *, made: str = "", given: Mapping[str, str] | None = None) -> Response:
    """The page after the act; with the password that was made, which no later page shows; or with the reason why nothing was done."""
    try:
        changed = act(store=desk_of(request).store, by=request.state.visitor.signature, at=now())
    except REFUSALS as error:
        return _render(request, status=status_of(error), failed=(what, str(error)), given=given)
    if made:
        return _render(request, done=what, made=(changed.name, made))
    return RedirectResponse(link("/people", done=what), status_code=303)


def _render(request: Request, *, status: int = 200, done: str = "", **told: Any) -> Response:
    """`failed`: which form was refused, and why; `made`: whose password was made, and what it is; `given`: what stands in the form to add somebody."""
    store, shown = desk_of(request).store, {"failed": ("", ""), "made": None} | told
    shown["given"] = told.get("given") or {"name": "", "role": ROLES[1]}
    return render(request, "people.html", status=status, persons=list_persons(store), tokens=list_tokens(store), roles=ROLES, now=now(), done=done, **shown)
