"""What tells of what: merge and split with a look at what would change, accounts put elsewhere, locks; notes, tags and questions beside an incident."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from waqai.core import NotPossible, UnknownId
from waqai.desk.entrance import needs
from waqai.desk.incident_pages import render_incident
from waqai.desk.pages import desk_of, link, render
from waqai.flow import (
    answer_question,
    ask_about,
    judge_same,
    lock_incident,
    note_incident,
    preview_same,
    preview_split,
    rank_incidents,
    rank_merges,
    split_incident,
    tag_incident,
    undo_entry,
)
from waqai.people import act_to_undo
from waqai.wording import _

router = APIRouter(prefix="/judge", include_in_schema=False)
Text = Annotated[str, Form()]
Seen = Annotated[int, Form(ge=0)]


@router.get("/merge", dependencies=[needs("judge")])
def look_at_merge(request: Request, one: str, other: str = "") -> Response:
    """What would become of two incidents, or of an account and an incident, that are one happening; without another, those that may be it."""
    store, named = desk_of(request).store, other.strip()
    if not named:
        return _render_alike(request, _incident_of(request, one))
    try:
        change = preview_same(one, named, store, by=request.state.visitor.signature)
    except (NotPossible, UnknownId) as error:
        return render_incident(request, _incident_of(request, one), failed=str(error))
    told = {"one": one, "other": named}
    return render(request, "change.html", change=change, act="/judge/merge", fields=told, back=f"/incidents/{one}", last=store.last_entry(), what="merge")


def _render_alike(request: Request, incident: str) -> Response:
    desk = desk_of(request)
    found = rank_merges(incident, desk.store)
    views = {one.id: one for one in desk.browser.load([near.incident for near in found])}
    return render(request, "alike.html", incident=desk.store.get_incident(incident), found=found, views=views)


@router.post("/merge", dependencies=[needs("judge")])
def merge(request: Request, one: Text, other: Text, seen: Seen, because: Text = "") -> Response:
    """Two are one happening."""
    return _answer(request, one, lambda: judge_same(one, other, desk_of(request).store, **_said(request, because, seen)))


@router.get("/split", dependencies=[needs("judge")])
def look_at_split(request: Request, incident: str, account: Annotated[list[str], Query()] = []) -> Response:  # noqa: B006
    """What would become of an incident that these accounts leave."""
    store = desk_of(request).store
    try:
        change = preview_split(incident, account, store, by=request.state.visitor.signature) if account else None
    except (NotPossible, UnknownId) as error:
        return render_incident(request, incident, failed=str(error))
    if change is None:
        return render_incident(request, incident, failed=_("tick the accounts that tell of another happening"))
    told = {"incident": incident, "account": account}
    return render(request, "change.html", change=change, act="/judge/split", fields=told, back=f"/incidents/{incident}", last=store.last_entry(), what="split")


@router.post("/split", dependencies=[needs("judge")])
def split(request: Request, incident: Text, seen: Seen, account: Annotated[list[str], Form()] = [], because: Text = "") -> Response:  # noqa: B006
    """These accounts tell of another happening."""
    return _answer(request, incident, lambda: split_incident(incident, account, desk_of(request).store, **_said(request, because, seen)))


@router.get("/put", dependencies=[needs("code")])
def candidates(request: Request, name: str) -> Response:
    """The incidents that an account, or a report in which nothing was coded, may tell of, with the linker's reasons."""
    desk = desk_of(request)
    found = rank_incidents(name, desk.store)
    report = desk.store.find_report(name) or desk.store.get_report(desk.store.get_account(name).report)
    views = {one.id: one for one in desk.browser.load([near.incident for near in found])}
    own = desk.store.find_incident_of(name)
    return render(request, "put.html", name=name, report=report, found=found, views=views, own=own, last=desk.store.last_entry())


@router.post("/put", dependencies=[needs("code")])
def put(request: Request, name: Text, incident: Text, seen: Seen, because: Text = "") -> Response:
    """The account, or the report, tells of this incident."""
    desk, named = desk_of(request), incident.strip()
    said = _said(request, because, seen)
    report = desk.store.find_report(name) or desk.store.get_report(desk.store.get_account(name).report)
    judge_same(name, named, desk.store, **said)
    return RedirectResponse(link(f"/reports/{report.id}", account=name if name != report.id else None), status_code=303)


@router.post("/lock", dependencies=[needs("judge")])
def lock(request: Request, incident: Text, seen: Seen, because: Text = "") -> Response:
    """No later run changes which accounts sit in it."""
    return _answer(request, incident, lambda: lock_incident(incident, desk_of(request).store, **_said(request, because, seen)))


@router.post("/undo", dependencies=[needs("code")])
def undo(request: Request, incident: Text, entry: Annotated[int, Form()], seen: Seen) -> Response:
    """Take an entry back, with those that were said in one breath with it."""
    store, visitor = desk_of(request).store, request.state.visitor
    visitor.check(act_to_undo((one.entry.by for one in store.get_act(entry)), by=visitor.signature))
    return _answer(request, incident, lambda: undo_entry(entry, store, **_said(request, _("taken back at the desk"), seen)))


@router.post("/note", dependencies=[needs("note")])
def note(request: Request, incident: Text, words: Text = "") -> Response:
    """A note beside the incident."""
    return _answer(request, incident, lambda: note_incident(incident, words, desk_of(request).store, by=request.state.visitor.signature))


@router.post("/tag", dependencies=[needs("note")])
def tag(request: Request, incident: Text, words: Text = "") -> Response:
    """A tag on the incident."""
    return _answer(request, incident, lambda: tag_incident(incident, words, desk_of(request).store, by=request.state.visitor.signature))


@router.post("/ask", dependencies=[needs("note")])
def ask(request: Request, incident: Text, words: Text = "", whom: Text = "") -> Response:
    """A question to a colleague, or to anybody."""
    said = {"whom": whom or None, "by": request.state.visitor.signature}
    return _answer(request, incident, lambda: ask_about(incident, words, desk_of(request).store, **said))


@router.post("/answer", dependencies=[needs("note")])
def answer(request: Request, incident: Text, entry: Annotated[int, Form()], words: Text = "") -> Response:
    """An answer to a question."""
    return _answer(request, incident, lambda: answer_question(entry, words, desk_of(request).store, by=request.state.visitor.signature))


def _answer(request: Request, incident: str, act: Callable[[], object]) -> Response:
    """The incident's page after the act; or with the reason why nothing was done."""
    try:
        act()
    except NotPossible as error:
        return render_incident(request, _incident_of(request, incident), failed=str(error))
    return RedirectResponse(link(f"/incidents/{_incident_of(request, incident)}"), status_code=303)


def _incident_of(request: Request, name: str) -> str:
    """The incident of this id, or in which the account of this id sits."""
    return name if name.startswith("i-") else desk_of(request).store.find_incident_of(name) or name


def _said(request: Request, because: str, seen: int) -> dict[str, Any]:
    return {"because": because.strip() or _("judged at the desk"), "by": request.state.visitor.signature, "expects": seen}
