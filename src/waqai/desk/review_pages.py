"""What a person can say of what was read in a report. Every answer is the report's page again, so that it works without script.

What cannot be taken is said above the record, with what was typed left in its form; so is what somebody else wrote since the page was made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from waqai.core import NotPossible, Span
from waqai.desk.entrance import needs
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, link
from waqai.desk.report_pages import Kept, find_next, render_report
from waqai.flow import ONE_MORE, Change, Replaced, add_account, correct_account, find_words, review_account, split_account, suggest_value, undo_entry
from waqai.layout.effort import read_effort
from waqai.layout.field_form import Filled, read_span
from waqai.people import act_to_undo
from waqai.wording import _

router = APIRouter(prefix="/review", include_in_schema=False, dependencies=[needs("code")])
Text = Annotated[str, Form()]
Seen = Annotated[int, Form(ge=0)]
"""The log's last entry when the page was made: who writes on what somebody else changed since is told so."""


@router.post("/verdict")
def verdict(
    request: Request, report: Text, account: Text, verdict: Annotated[Literal["accepted", "rejected"], Form()], seen: Seen, effort: Text = ""
) -> Response:
    """An account is as the report says, or is not; then the next one of the report that nobody has reviewed is looked at."""
    desk, said = desk_of(request), _said(request, "", seen)

    def act() -> Change:
        return review_account(account, verdict, desk.store, effort=read_effort(effort), **said)

    return _answer(request, report, lambda change: find_next(report, account, desk), act)


@router.post("/correct")
def correct(
    request: Request,
    report: Text,
    account: Text,
    field: Filled,
    seen: Seen,
    was: Text = "",
    whom_was: Text = "",
    because: Text = "",
) -> Response:
    """A field is this, or is not told. Of a name or figure, `was` and `whom_was` are what its role or measure, and its group, were."""
    desk = desk_of(request)

    def act() -> Change:
        replaces = None if not field.is_of_several else Replaced(kind=was, at=read_span(field.at), of_whom=whom_was or None) if field.at else ONE_MORE
        found = field.find_span(desk.store.get_report(report).text)
        named: dict[str, Any] = {"words": field.words or None} if found is None else {"span": found}
        return correct_account(
            account, field.facet, field.given(), desk.store, replaces=replaces, **named, **_checked_by(desk), **_said(request, because, seen)
        )

    return _answer(request, report, account, act, Kept(account=account, facet=field.facet, at=field.at, value=field.value, words=field.words))


@router.post("/add")
def add(request: Request, report: Text, type: Text, seen: Seen, words: Text = "", span: Text = "", incident: Text = "", because: Text = "") -> Response:
    """The report tells of a happening that no reader found."""
    desk = desk_of(request)

    def act() -> Change:
        found = _find_span(request, report, words, span)
        named = incident.strip() or None
        return add_account(report, found, type, desk.store, incident=named, **_checked_by(desk), **_said(request, because, seen))

    return _answer(request, report, _made, act)


@router.post("/split")
def split(request: Request, report: Text, account: Text, seen: Seen, words: Text = "", span: Text = "", because: Text = "") -> Response:
    """An account tells of two happenings."""
    desk = desk_of(request)

    def act() -> Change:
        found = _find_span(request, report, words, span)
        return split_account(account, found, desk.store, codebook=desk.codebook, **_said(request, because, seen))

    return _answer(request, report, _made, act)


@router.post("/undo")
def undo(request: Request, report: Text, entry: Annotated[int, Form()], seen: Seen) -> Response:
    """Take an entry back, with those that were said in one breath with it."""
    store, visitor = desk_of(request).store, request.state.visitor
    visitor.check(act_to_undo((one.entry.by for one in store.get_act(entry)), by=visitor.signature))
    return _answer(request, report, "", lambda: undo_entry(entry, store, **_said(request, _("taken back at the desk"), seen)))


@router.get("/suggest")
def suggest(request: Request, report: str, facet: str, start: Annotated[int, Query(ge=0)], end: Annotated[int, Query(ge=1)]) -> dict[str, str | None]:
    """What the words from `start` to `end` could mean for this facet."""
    desk = desk_of(request)
    if end <= start:
        raise NotPossible(_("no words are selected"))
    told = desk.store.get_report(report)
    return {"value": suggest_value(facet, told, Span(start, end), codebook=desk.codebook, gazetteer=lambda: desk.gazetteer)}


def _checked_by(desk: Desk) -> dict[str, Any]:
    return {"codebook": desk.codebook, "gazetteer": lambda: desk.gazetteer}


def _answer(request: Request, report: str, account: str | Callable[[Change], str], act: Callable[[], Change], kept: Kept | None = None) -> Response:
    """The report's page after the act, at this account; or with the reason why nothing was done."""
    try:
        change = act()
    except NotPossible as error:
        return render_report(request, report, kept.account if kept else "", failed=str(error), kept=kept)
    shown = account if isinstance(account, str) else account(change)
    return RedirectResponse(link(f"/reports/{report}", account=shown), status_code=303)


def _made(change: Change) -> str:
    """The account that was added."""
    return change.entries[0].subject


def _find_span(request: Request, report: str, words: str, span: str) -> Span:
    """Where the selected or typed words stand; of several places the first. Raises NotPossible."""
    if span:
        return read_span(span)
    return find_words(words, desk_of(request).store.get_report(report).text, near=Span(0, 1))


def _said(request: Request, because: str, seen: int) -> dict[str, Any]:
    return {"because": because.strip() or _("read at the desk"), "by": request.state.visitor.signature, "expects": seen}
