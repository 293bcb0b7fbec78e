"""What a person can say of what was read in a report. Every answer is the report's page again, so that it works without script."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from waqai.core import NotPossible, Span
from waqai.desk.pages import desk_of, link
from waqai.flow import correct_account, review_account, suggest_value, undo_entry
from waqai.wording import _

router = APIRouter(prefix="/review", include_in_schema=False)
Text = Annotated[str, Form()]


@router.post("/verdict")
def verdict(request: Request, report: Text, account: Text, verdict: Annotated[Literal["accepted", "rejected"], Form()]) -> Response:
    """An account is as the report says, or is not."""
    desk = desk_of(request)
    review_account(account, verdict, desk.store, because=_said_at_the_desk(""), by=request.state.session.by)
    return _back(report, account)


@router.post("/correct")
def correct(
    request: Request,
    report: Text,
    account: Text,
    facet: Text,
    value: Text = "",
    role: Text = "",
    old: Text = "",
    whom: Text = "",
    place: Text = "",
    words: Text = "",
    none: Text = "",
    because: Text = "",
) -> Response:
    """A field is this, or is not told. `place`: an id of the gazetteer that was clicked instead of typed."""
    desk = desk_of(request)
    typed = "none" if none else place or value.strip()
    if not typed:
        raise NotPossible(_("nothing was written for {facet}: write a value, or say that the report does not tell it").format(facet=facet))
    said = {"because": _said_at_the_desk(because), "by": request.state.session.by}
    given = _with_group(facet, typed, role=role, group=whom.strip() if facet == "count" else old)
    correct_account(account, facet, given, desk.store, codebook=desk.codebook, gazetteer=lambda: desk.gazetteer, words=words.strip() or None, **said)
    return _back(report, account)


@router.get("/suggest")
def suggest(request: Request, report: str, facet: str, start: Annotated[int, Query(ge=0)], end: Annotated[int, Query(ge=1)]) -> dict[str, str | None]:
    """What the words from `start` to `end` could mean for this facet."""
    desk = desk_of(request)
    if end <= start:
        raise NotPossible(_("no words are selected"))
    told = desk.store.get_report(report)
    return {"value": suggest_value(facet, told, Span(start, end), codebook=desk.codebook, gazetteer=lambda: desk.gazetteer)}


@router.post("/undo")
def undo(request: Request, report: Text, entry: Annotated[int, Form()]) -> Response:
    """Take an entry back."""
    undo_entry(entry, desk_of(request).store, because=_("taken back at the desk"), by=request.state.session.by)
    return _back(report, "")


def _with_group(facet: str, value: str, *, role: str, group: str) -> str:
    """The value as `correct_account` reads it: with its role or measure, and the one that is meant, before it."""
    if facet not in ("actor", "count"):
        return value
    return f"{role}:{group}={value}" if group else f"{role}={value}"


def _said_at_the_desk(because: str) -> str:
    return because.strip() or _("read at the desk")


def _back(report: str, account: str) -> Response:
    return RedirectResponse(link(f"/reports/{report}", account=account), status_code=303)
