"""Claims about what is to come: who expects, plans, warns, threatens or pledges what, newest report first, each with what it comes to in the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from waqai.browse import AHEAD, Expectation
from waqai.desk.downloads import csv_file
from waqai.desk.pages import desk_of, link, render
from waqai.expectations import Draft, Registered, describe_rule, describe_state
from waqai.flow.expecting import draft_of, expecting_means, look_at_register
from waqai.openapi.shapes import Expectations, file_of, json_of

router = APIRouter()
ON_A_PAGE, MOST, AT_ONCE = 50, 1_000_000, 200
COLUMNS = (
    *("published", "speaker", "stance", "words", "report", "publisher", "incidents"),
    *("resolution", "entry", "question", "not_resolvable"),
)
OPEN = "open"
"""How a claim stands that is not registered, or of which nobody said yet what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A claim, its draft, and its entry in the register (None: not registered)."""

    claim: Expectation
    draft: Draft
    entry: Registered | None

    @property
    def resolution(self) -> str:
        """What a person said came of it; open, or reopened."""
        return OPEN if self.entry is None else self.entry.state


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
    listed = tuple(_iter_listed(request, found[:ON_A_PAGE]))
    counts = browser.count_expectations(country=asked.country)
    return render(
        request,
        "expectations.html",
        asked=asked,
        listed=listed,
        describe_rule=describe_rule,
        describe_state=describe_state,
        after=found[ON_A_PAGE - 1].cursor if len(found) > ON_A_PAGE else None,
        counts={stance: counts.get(stance, 0) for stance in AHEAD},
        total=sum(number for stance, number in counts.items() if asked.stance in (None, stance)),
    )


@router.get("/expectations.json", responses=json_of(Expectations))
def as_json(request: Request, asked: Filtered, size: Annotated[int, Query(ge=1, le=1000)] = 100) -> JSONResponse:
    """A page of them; `next` is the address of the next page, null on the last."""
    found = tuple(desk_of(request).browser.expectations(**asked.filters(), size=size + 1))
    rows = [(_row(one), one.claim.incidents) for one in _iter_listed(request, found[:size])]
    listed = [dict(zip(COLUMNS, row, strict=True)) | {"incidents": incidents} for row, incidents in rows]
    following = link("/expectations.json", **asked.query(after=found[size - 1].cursor, size=size)) if len(found) > size else None
    return JSONResponse({"expectations": listed, "next": following})


@router.get("/expectations.csv", response_class=StreamingResponse, responses=file_of("text/csv"))
def as_csv(request: Request, asked: Filtered) -> Response:
    """All that pass, the newest report first."""
    found = desk_of(request).browser.expectations(**asked.filters(), size=MOST)
    return csv_file("expectations", COLUMNS, map(_row, _iter_listed(request, found)))


def _iter_listed(request: Request, found: Iterable[Expectation]) -> Iterator[Listed]:
    """The claims with what they come to, and where they stand in the register; some hundred at a time."""
    desk, left = desk_of(request), iter(found)
    means = expecting_means(desk.settings)
    while some := list(islice(left, AT_ONCE)):
        drafts = [draft_of(one.claim, desk.store.get_report(one.report), desk.store, means) for one in some]
        entries = [one for one in look_at_register(desk.store, means, reports=[one.report_sha256 for one in drafts]) if one.withdrawn is None]
        for claim, draft in zip(some, drafts, strict=True):
            yield Listed(claim=claim, draft=draft, entry=next((one for one in entries if _is_of(one, draft)), None))


def _is_of(entry: Registered, draft: Draft) -> bool:
    return entry.report_sha256 == draft.report_sha256 and entry.frozen.span.overlaps(draft.span)


def _row(one: Listed) -> list[Any]:
    claim, rule = one.claim, one.entry.frozen.rule if one.entry else one.draft.rule
    day = claim.published.isoformat() if claim.published else None
    said = [day, claim.claim.speaker_name, claim.claim.stance, claim.words, claim.report, claim.publisher, " ".join(claim.incidents)]
    return [*said, one.resolution, one.entry.id if one.entry else None, describe_rule(rule) if rule else None, None if one.entry else one.draft.why_not]
