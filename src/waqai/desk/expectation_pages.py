"""Claims about what is to come: who expects, plans, warns, threatens or pledges what, newest report first."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from waqai.browse import AHEAD, Expectation
from waqai.desk.downloads import csv_file
from waqai.desk.pages import desk_of, link, render
from waqai.desk.shapes import Expectations, file_of, json_of

router = APIRouter()
ON_A_PAGE, MOST = 50, 1_000_000
COLUMNS = ("published", "speaker", "stance", "words", "report", "publisher", "incidents", "resolution")
OPEN = "open"
"""Where every expectation stands: nothing in this version holds one against what came."""


class Asked:
    """What the address asks for: a stance, a country of an incident that the report tells of, and where the page begins."""

    def __init__(self, stance: str = "", country: str = "", after: str = "") -> None:
        self.stance, self.country, self.after = stance.strip() or None, country.strip().upper() or None, after or None

    def query(self, **other: Any) -> dict[str, Any]:
        return {"stance": self.stance, "country": self.country} | other

    def filters(self) -> dict[str, Any]:
        return {"stance": self.stance, "country": self.country, "after": self.after}


Filtered = Annotated[Asked, Depends(Asked)]


@router.get("/expectations", include_in_schema=False)
def expectations(request: Request, asked: Filtered) -> Response:
    """A page of them, with how many there are of each stance."""
    browser = desk_of(request).browser
    found = tuple(browser.expectations(**asked.filters(), size=ON_A_PAGE + 1))
    counts = browser.count_expectations(country=asked.country)
    return render(
        request,
        "expectations.html",
        asked=asked,
        listed=found[:ON_A_PAGE],
        after=found[ON_A_PAGE - 1].cursor if len(found) > ON_A_PAGE else None,
        counts={stance: counts.get(stance, 0) for stance in AHEAD},
        total=sum(number for stance, number in counts.items() if asked.stance in (None, stance)),
    )


@router.get("/expectations.json", responses=json_of(Expectations))
def as_json(request: Request, asked: Filtered, size: Annotated[int, Query(ge=1, le=1000)] = 100) -> JSONResponse:
    """A page of them; `next` is the address of the next page, null on the last."""
    found = tuple(desk_of(request).browser.expectations(**asked.filters(), size=size + 1))
    listed = [dict(zip(COLUMNS, _row(one), strict=True)) | {"incidents": one.incidents} for one in found[:size]]
    following = link("/expectations.json", **asked.query(after=found[size - 1].cursor, size=size)) if len(found) > size else None
    return JSONResponse({"expectations": listed, "next": following})


@router.get("/expectations.csv", response_class=StreamingResponse, responses=file_of("text/csv"))
def as_csv(request: Request, asked: Filtered) -> Response:
    """All that pass, the newest report first."""
    found = desk_of(request).browser.expectations(**asked.filters(), size=MOST)
    return csv_file("expectations", COLUMNS, map(_row, found))


def _row(one: Expectation) -> list[Any]:
    day = one.published.isoformat() if one.published else None
    return [day, one.claim.speaker_name, one.claim.stance, one.words, one.report, one.publisher, " ".join(one.incidents), OPEN]
