"""What a coder puts into a coding of his own, and hands in. Every answer is its page again, so that it works without script.

What cannot be taken is said above it, with what was typed left in its form: a value that does not fit, words that stand in the text several times, a draft that
was saved in another window since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from waqai.core import NotPossible, Span
from waqai.desk.coding_pages import Written, render_coding
from waqai.desk.entrance import needs
from waqai.desk.pages import desk_of, link
from waqai.flow import code_account, code_field, drop_account, now
from waqai.layout.field_form import FieldForm, Filled, Text, find_places
from waqai.people import Coding, find_coding, hand_in
from waqai.wording import _

router = APIRouter(prefix="/coding", include_in_schema=False, dependencies=[needs("code")])
Revision = Annotated[int, Form(ge=0)]
"""Of the draft that the page was made from: who saved in another window meanwhile is told so."""
Nth = Annotated[str, Form(pattern=r"^\d{0,4}$")]
"""Which of several names or figures of an account is meant, from 0; "": one more."""


@router.post("/add")
def add(
    request: Request, report: Text, revision: Revision, type: Text, status: Text = "occurred", words: Text = "", span: Text = "", meant: Text = ""
) -> Response:
    """The report tells of one more happening, in these words."""
    store, written = desk_of(request).store, Written(value=type, status=status, words=words.strip())

    def act(places: tuple[Span, ...]) -> Coding:
        return code_account(report, places[0], type, store, status=status, codebook=desk_of(request).codebook, **_said(request, revision))

    return _answer(request, report, written, lambda: find_places(written.words, span or meant, store.get_report(report).text), act)


@router.post("/field")
def field(request: Request, report: Text, account: Text, field: Filled, revision: Revision, nth: Nth = "") -> Response:
    """A field of an account is this, or is not told."""
    desk = desk_of(request)
    written = Written(account=account, facet=field.facet, nth=nth, value=field.value, kind=field.kind, whom=field.whom, words=field.words)

    def act(places: tuple[Span, ...]) -> Coding:
        where: dict[str, Any] = {"span": places[0] if places else None, "nth": int(nth) if nth else None}
        checked: dict[str, Any] = {"codebook": desk.codebook, "gazetteer": lambda: desk.gazetteer}
        return code_field(report, account, field.facet, field.given(), desk.store, **where, **checked, **_said(request, revision))

    return _answer(request, report, written, lambda: _find_places(request, report, account, field), act)


@router.post("/drop")
def drop(request: Request, report: Text, account: Text, revision: Revision) -> Response:
    """The report does not tell of this happening."""

    def act(places: tuple[Span, ...]) -> Coding:
        return drop_account(report, account, desk_of(request).store, **_said(request, revision))

    return _answer(request, report, Written(account=account), tuple, act)


@router.post("/hand_in")
def finish(request: Request, report: Text, revision: Revision, sure: Text = "") -> Response:
    """The coding is done: nobody changes it from then on. It has to be said that one is sure."""

    def act(places: tuple[Span, ...]) -> Coding:
        if not sure:
            raise NotPossible(_("say that you are sure: what is handed in stays as it is"))
        return hand_in(report, desk_of(request).store, at=now(), **_said(request, revision))

    return _answer(request, report, Written(), tuple, act)


def _find_places(request: Request, report: str, account: str, field: FieldForm) -> tuple[Span, ...]:
    """Where the words of a field stand: nowhere if none were given, the places in the account's own words first."""
    store = desk_of(request).store
    text, coding = store.get_report(report).text, find_coding(report, store, visitor=request.state.visitor)
    found = None if field.none else field.find_span(text)
    if found is not None or field.none or not field.words:
        return () if found is None else (found,)
    evidence = next((one.evidence for one in coding.draft.accounts if one.key == account), None) if coding else None
    return find_places(field.words, "", text, inside=evidence)


def _answer(request: Request, report: str, written: Written, find: Callable[[], tuple[Span, ...]], act: Callable[[tuple[Span, ...]], Coding]) -> Response:
    """The page of the coding after the act, at the account that it was on; or with what was written and the reason why nothing was done."""
    try:
        places = find()
        if len(places) > 1:
            said = _("the words {words} stand {n} times in the text: choose which are meant").format(words=repr(written.words), n=len(places))
            return render_coding(request, report, written.account, failed=said, written=replace(written, places=places))
        coding = act(places)
    except NotPossible as error:
        return render_coding(request, report, written.account, failed=str(error), written=written)
    last = coding.draft.accounts[-1].key if coding.draft.accounts and not written.account else written.account
    return RedirectResponse(link(f"/coding/{report}", account=last or None), status_code=303)


def _said(request: Request, revision: int) -> dict[str, Any]:
    return {"visitor": request.state.visitor, "revision": revision}
