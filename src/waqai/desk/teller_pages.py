"""Publishers and speakers by name: how often each was first, alone, contradicted, later revised, always with what that is counted in. Nobody is ranked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from waqai.browse import Kind, Teller
from waqai.codebook.grade import fold_speaker
from waqai.core import NotPossible, UnknownId
from waqai.desk.downloads import csv_file
from waqai.desk.entrance import needs
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, link, render
from waqai.flow import mark_source
from waqai.openapi.shapes import Tellers, file_of, json_of
from waqai.wording import _

router = APIRouter()
ON_A_PAGE = 50
MOST = 1_000_000
COLUMNS = ("name", "incidents", "alone", "ordered", "first", "compared", "contradicted", "figures", "revised", "unreliable")


class Asked:
    """What the address asks for: publishers or speakers, the words in their names, and where the page begins."""

    def __init__(self, kind: Kind = "publisher", words: str = "", after: str = "") -> None:
        self.kind, self.words, self.after = kind, words.strip(), after or None

    def query(self, **other: Any) -> dict[str, Any]:
        return {"kind": self.kind if self.kind != "publisher" else None, "words": self.words or None} | other


Filtered = Annotated[Asked, Depends(Asked)]


@router.get("/publishers", include_in_schema=False)
def publishers(request: Request, asked: Filtered) -> Response:
    """A page of them, by name."""
    return _render(request, asked)


@router.get("/publishers.json", responses=json_of(Tellers))
def as_json(request: Request, asked: Filtered, size: Annotated[int, Query(ge=1, le=1000)] = 100) -> JSONResponse:
    """A page of them, by name; `next` is the address of the next page, null on the last. `first` is out of `ordered` incidents, `contradicted` out of
    `compared`, `revised` out of `figures`, `alone` out of `incidents`."""
    desk = desk_of(request)
    page, is_marked = desk.browser.tellers(asked.kind, words=asked.words, after=asked.after, size=size), _marks(desk)
    listed = [dict(zip(COLUMNS, _row(one, is_marked), strict=True)) for one in page.listed]
    following = link("/publishers.json", **asked.query(after=page.after, size=size)) if page.after else None
    return JSONResponse({f"{asked.kind}s": listed, "next": following, "total": page.total, "left_out": page.left_out, "left_out_in": page.left_out_in})


@router.get("/publishers.csv", response_class=StreamingResponse, responses=file_of("text/csv"))
def as_csv(request: Request, asked: Filtered) -> Response:
    """All of them whose name holds the words, by name."""
    desk = desk_of(request)
    page, is_marked = desk.browser.tellers(asked.kind, words=asked.words, size=MOST), _marks(desk)
    return csv_file(f"{asked.kind}s", COLUMNS, (_row(one, is_marked) for one in page.listed))


@router.post("/publishers/mark", include_in_schema=False, dependencies=[needs("judge")])
def mark(
    request: Request, name: Annotated[str, Form()], unreliable: Annotated[bool, Form()], asked: Filtered, because: Annotated[str, Form()] = ""
) -> Response:
    """Say that a publisher or speaker is unreliable (nothing of theirs counts), or reliable after all."""
    why = because.strip()
    try:
        if not why:
            raise NotPossible(_("say why: the reason stands beside every figure that this leaves out"))
        mark_source(name, desk_of(request).store, unreliable=unreliable, because=why, by=request.state.visitor.signature)
    except (NotPossible, UnknownId) as error:
        return _render(request, asked, failed=str(error))
    return RedirectResponse(link("/publishers", **asked.query(after=asked.after)), status_code=303)


def _render(request: Request, asked: Asked, *, failed: str = "") -> Response:
    desk = desk_of(request)
    page = desk.browser.tellers(asked.kind, words=asked.words, after=asked.after, size=ON_A_PAGE)
    told = {"asked": asked, "page": page, "is_marked": _marks(desk), "failed": failed, "may_mark": request.state.visitor.may("judge")}
    return render(request, "publishers.html", status=409 if failed else 200, **told)


def _marks(desk: Desk) -> Callable[[Teller], bool]:
    """Says of each whether a person marked them unreliable."""
    marked = desk.store.find_unreliable()
    return lambda teller: fold_speaker(teller.spelled) in marked


def _row(teller: Teller, is_marked: Callable[[Teller], bool]) -> list[Any]:
    return [*(getattr(teller, name) for name in COLUMNS[:-1]), is_marked(teller)]
