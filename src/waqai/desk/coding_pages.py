"""Two coders, blind: which reports one codes, which want a second coder, and one's own coding of a report. Nothing here tells what anybody else coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from waqai.core import Account, NotPossible, Report, Span, UnknownId
from waqai.desk.entrance import needs
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, link, render
from waqai.flow import Reviewed, now
from waqai.layout.field_form import Text
from waqai.layout.keys import coding_keys
from waqai.layout.marking import cut_text
from waqai.layout.record import Record, iter_claim_marks, iter_marks, make_record
from waqai.people import Coding, Visitor, find_coding, list_own, list_progress, list_wanted, open_coding

router = APIRouter(prefix="/coding", include_in_schema=False, dependencies=[needs("code")])


@router.get("")
def codings(request: Request, report: str = "") -> Response:
    """The reports that one codes, and those that want a second coder; `report` is the one to be begun."""
    return _render_list(request, report)


@router.post("/begin")
def begin(request: Request, report: Text, started_from: Annotated[Literal["nothing", "reading"], Form()] = "nothing") -> Response:
    """One's coding of this report, a new one where there is none."""
    try:
        open_coding(report.strip(), desk_of(request).store, visitor=request.state.visitor, at=now(), started_from=started_from)
    except (NotPossible, UnknownId) as error:
        return _render_list(request, report.strip(), failed=str(error))
    return RedirectResponse(link(f"/coding/{report.strip()}"), status_code=303)


@router.get("/{report:path}")
def coding(request: Request, report: str, account: str = "") -> Response:
    """One's own coding of a report, to go on with or, once it is handed in, to look at. `account` is the key of the one that is looked at first."""
    if find_coding(report, desk_of(request).store, visitor=request.state.visitor) is None:
        return RedirectResponse(link("/coding", report=report), status_code=303)
    return render_coding(request, report, account)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a person wrote into a form that could not be taken, so that it is not lost. `account` "": the form of a new account; `nth` "": a new field.

    `places` are where the words stand in the text if they stand there several times.
    """

    account: str = ""
    facet: str = ""
    nth: str = ""
    value: str = ""
    kind: str = ""
    whom: str = ""
    words: str = ""
    status: str = ""
    places: tuple[Span, ...] = ()

    def is_of(self, account: str, facet: str, nth: int | None = None) -> bool:
        return (self.account, self.facet, self.nth) == (account, facet, "" if nth is None else str(nth))


def render_coding(request: Request, report: str, account: str, *, failed: str = "", written: Written | None = None) -> Response:
    """The page of one's own coding, after something `failed` with the reason above it; with the text of the report and nothing that others made of it.

    Raises UnknownId where there is none.
    """
    desk, visitor = desk_of(request), request.state.visitor
    found, own = desk.store.get_report(report), find_coding(report, desk.store, visitor=visitor)
    if own is None:
        raise UnknownId(f"you have no coding of report {found.id}: begin one at /coding")
    records = records_of(own.draft.accounts, found, own, desk)
    shown = next((one for one in records if one.seen.account.key == account), None) or next(iter(records), None)
    claims = {claim.id: claim for claim in own.draft.claims}
    return render(
        request,
        "coding.html",
        status=409 if failed else 200,
        failed=failed,
        written=written,
        coding=own,
        report=found,
        records=records,
        shown=shown,
        pieces=cut_text(found.text, [*(mark for one in records for mark in iter_marks(one)), *iter_claim_marks(claims)]),
        others=count_others(found.id, desk, visitor),
        codebook=desk.codebook,
        keys=coding_keys(),
    )


def records_of(accounts: tuple[Account, ...], report: Report, coding: Coding, desk: Desk) -> list[Record]:
    """Accounts of a coding as rows."""
    claims = {claim.id: claim for claim in coding.draft.claims}
    seen = [Reviewed(account=one, machine=one, family=desk.codebook.family_of(one.type), count_words=("",) * len(one.counts)) for one in accounts]
    return [make_record(f"a{n}", one, text=report.text, claims=claims, incident=None) for n, one in enumerate(seen, start=1)]


def count_others(report: str, desk: Desk, visitor: Visitor) -> int:
    """How many others have handed in a coding of the report."""
    return sum(one.state == "handed_in" and one.coder != visitor.signature for one in list_progress(report, desk.store))


def _render_list(request: Request, report: str, *, failed: str = "") -> Response:
    store, visitor = desk_of(request).store, request.state.visitor
    told = {"own": list_own(store, visitor=visitor), "wanted": list_wanted(store, visitor=visitor)}
    return render(request, "codings.html", status=409 if failed else 200, failed=failed, report=report, **told)
