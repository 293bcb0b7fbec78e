"""One report to read and check: its text with the evidence marked, the record of each account beside it, and what a person can say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from fastapi import APIRouter, Request
from starlette.responses import Response

from waqai.core import Entry, NotPossible, Reading, Report
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, link, render
from waqai.desk.queue_pages import find_place
from waqai.layout.keys import keys
from waqai.layout.marking import cut_text
from waqai.layout.record import Record, iter_claim_marks, iter_marks, make_record
from waqai.originals import find_retrievals
from waqai.people import list_progress
from waqai.wording import _, describe_correction

router = APIRouter(include_in_schema=False)
PLACE = "waqai_place"
"""A cookie: where in the queue a person is."""


@router.get("/reports/{report:path}")
def report(request: Request, report: str, account: str = "", place: str = "") -> Response:
    """The review page of a report. `account` is the one that is looked at first, `place` where in the queue it was taken from: the next report follows it."""
    answer = render_report(request, report, account, place=place or unquote(request.cookies.get(PLACE, "")) or None)
    if place:
        answer.set_cookie(PLACE, quote(place), httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/reports/")
    return answer


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person wrote into a form that could not be taken, so that it is not lost."""

    account: str
    facet: str
    at: str
    value: str
    words: str


def render_report(request: Request, report: str, account: str, *, failed: str = "", kept: Kept | None = None, place: str | None = None) -> Response:
    """The page, after something `failed` with the reason above the record."""
    with desk_of(request).store.at_one_moment():
        return _render(request, report, account, failed=failed, kept=kept, place=place)


def _render(request: Request, report: str, account: str, *, failed: str, kept: Kept | None, place: str | None) -> Response:
    desk = desk_of(request)
    found, reading = desk.store.get_report(report), desk.store.find_reading(report)
    claims = {claim.id: claim for claim in reading.claims} if reading else {}
    records = find_records(found, reading, desk)
    shown = next((one for one in records if one.id == account), None) or next(iter(sorted(records, key=_first)), None)
    marks = [mark for one in records for mark in iter_marks(one)]
    return render(
        request,
        "report.html",
        status=409 if failed else 200,
        failed=failed,
        kept=kept,
        report=found,
        records=records,
        shown=shown,
        pieces=cut_text(found.text, [*marks, *iter_claim_marks(claims)]),
        claims=claims,
        codebook=desk.codebook,
        beside=desk.store.find_attachment(found.id),
        reading=reading,
        last=desk.store.last_entry(),
        coded=next((one.state for one in list_progress(found.id, desk.store) if one.coder == request.state.visitor.signature), None),
        custody=find_retrievals(found.sha256, desk.store),
        mine=find_mine(found, desk, by=request.state.visitor.signature),
        after=_next_address(found.id, desk, place),
        keys=keys(),
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """What this person last said of the report and can take back, with a word on what it was."""

    entry: Entry
    said: str


def find_mine(report: Report, desk: Desk, *, by: str) -> Mine | None:
    """The newest entry on the report by this person that stands."""
    standing = [one for one in desk.store.iter_standing(report=report.id) if one.entry.by == by and one.undone_by is None and one.erased_by is None]
    said = [one.entry for one in standing if one.entry.kind != "undone"]
    return Mine(said[-1], _name_act(said[-1])) if said else None


def _name_act(entry: Entry) -> str:
    named = {"accepted": _("accepted"), "rejected": _("rejected"), "judgement": _("put elsewhere"), "opened": _("opened an incident")}
    return describe_correction(entry) if entry.kind == "corrected" else named.get(entry.kind, entry.kind)


def find_records(report: Report, reading: Reading | None, desk: Desk) -> Sequence[Record]:
    """The accounts of the report's current reading, as rows, in the order of the report."""
    if reading is None:
        return []
    claims, seats = {claim.id: claim for claim in reading.claims}, desk.store.find_seats(report.sha256)
    seen = desk.store.get_all_reviewed([one.id for one in reading.accounts])
    return [make_record(f"a{n}", seen[one.id], text=report.text, claims=claims, incident=seats.get(one.id)) for n, one in enumerate(reading.accounts, start=1)]


def _next_address(report: str, desk: Desk, place: str | None) -> str | None:
    """Where the next report to review is, from the top again behind the last."""
    try:
        following = find_place(report, desk, place=place) or find_place(report, desk, place=None)
    except NotPossible:  # a place that no page of ours gave
        following = find_place(report, desk, place=None)
    return None if following is None else link(f"/reports/{following.report}", account=following.account, place=following.cursor)


def find_next(report: str, account: str, desk: Desk) -> str:
    """The account of the report after this one, round to the first, that nobody has reviewed; this one where all are."""
    reading = desk.store.find_reading(report)
    ids = [one.id for one in reading.accounts] if reading else []
    at = ids.index(account) if account in ids else 0
    return next((one for one in ids[at + 1 :] + ids[:at] if desk.store.get_reviewed(one).review is None), account)


def _first(record: Record) -> tuple[bool, bool]:
    """What is looked at first: accounts that nobody has reviewed, of these the news before its background."""
    return record.seen.review is not None, record.seen.account.background
