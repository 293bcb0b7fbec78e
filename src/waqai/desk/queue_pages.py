"""What waits for a person: doubtful accounts first, or the surest first, to be accepted together."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from waqai.core import NotPossible
from waqai.desk.entrance import needs
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, link, render
from waqai.flow import accept_many
from waqai.openapi.shapes import Queue, json_of
from waqai.reviewing import Order, QueueFilters, Waiting, count_queue, iter_queue, weigh
from waqai.wording import _, describe_waiting

router = APIRouter()
SURE = 0.35
"""Near-certain are accounts with fewer fields expected to be wrong than this, one in about three accounts: these are ticked for who accepts several at once."""
ON_A_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks of the queue: its filters, whether the surest come first, and where the page begins."""

    filters: QueueFilters
    sure: bool
    after: str | None

    @property
    def order(self) -> Order:
        return "surest" if self.sure else "rank"

    def query(self, **other: Any) -> dict[str, Any]:
        own = {name: getattr(self.filters, name) for name in ("country", "family", "type", "publisher", "language")}
        return own | {"sure": "1" if self.sure else None} | other


def asked(country: str = "", family: str = "", type: str = "", publisher: str = "", language: str = "", sure: bool = False, after: str = "") -> Asked:
    """A route's dependency: what the address asks for."""
    where = {"country": country.strip() or None, "publisher": publisher.strip() or None, "language": language.strip() or None}
    filters = QueueFilters(**where, family=family or None, type=type or None)  # type: ignore[arg-type]
    return Asked(filters=filters, sure=sure, after=after or None)


Filtered = Annotated[Asked, Depends(asked)]


@router.get("/queue", include_in_schema=False)
def queue(request: Request, asked: Filtered) -> Response:
    """The accounts that wait, those first on which most hangs and of which least is sure."""
    return _render(request, asked)


@router.get("/queue.json", responses=json_of(Queue))
def as_json(request: Request, asked: Filtered) -> JSONResponse:
    """A page of what waits, each with why; `next` is the address of the next page, null on the last."""
    desk = desk_of(request)
    waiting = list(iter_queue(desk.store, asked.filters, order=asked.order, most=ON_A_PAGE + 1, after=asked.after))
    why = _find_reasons(waiting[:ON_A_PAGE], desk)
    listed = [{f.name: getattr(one, f.name) for f in fields(one)} | {"because": why[one.account]} for one in waiting[:ON_A_PAGE]]
    following = link("/queue.json", **asked.query(after=waiting[ON_A_PAGE - 1].cursor_in(asked.order))) if len(waiting) > ON_A_PAGE else None
    return JSONResponse({"waiting": listed, "next": following})


@router.post("/queue/accept", include_in_schema=False, dependencies=[needs("code")])
def accept(request: Request, seen: Annotated[int, Form(ge=0)], account: Annotated[list[str], Form()] = []) -> Response:  # noqa: B006
    """Accept these accounts, which were looked through, in one act."""
    said = {"because": _("looked through in the queue, the surest first"), "by": request.state.visitor.signature, "expects": seen}
    try:
        accept_many(account, desk_of(request).store, **said)
    except NotPossible as error:
        return _render(request, Asked(filters=QueueFilters(), sure=True, after=None), failed=str(error))
    return RedirectResponse("/queue?sure=1", status_code=303)


def find_place(report: str, desk: Desk, *, place: str | None) -> Waiting | None:
    """What to review after this report: the first account behind the place in the queue where it was taken from that is of another one."""
    behind = (one for one in iter_queue(desk.store, most=ON_A_PAGE, after=place) if one.report != report)
    return next(behind, None)


def _render(request: Request, asked: Asked, *, failed: str = "") -> Response:
    desk = desk_of(request)
    waiting = list(iter_queue(desk.store, asked.filters, order=asked.order, most=ON_A_PAGE + 1, after=asked.after))
    page = waiting[:ON_A_PAGE]
    return render(
        request,
        "queue.html",
        status=409 if failed else 200,
        failed=failed,
        asked=asked,
        waiting=page,
        why=_find_reasons(page, desk),
        reports=desk.store.find_reports([one.report for one in page]),
        incidents={one.id: one for one in desk.browser.load([one.incident for one in page])},
        count=count_queue(desk.store, asked.filters),
        near_certain=SURE,
        sure=count_queue(desk.store, replace(asked.filters, surer_than=SURE)) if asked.sure else 0,
        after=waiting[ON_A_PAGE - 1].cursor_in(asked.order) if len(waiting) > ON_A_PAGE else None,
        last=desk.store.last_entry(),
        families=desk.codebook.families,
        types=desk.codebook.types,
    )


def _find_reasons(waiting: list[Waiting], desk: Desk) -> dict[str, str]:
    weighed = weigh(desk.store, [one.account for one in waiting])
    return {account: describe_waiting(one) for account, one in weighed.items()}
