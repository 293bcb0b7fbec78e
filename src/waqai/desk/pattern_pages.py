"""Questions about patterns: put in a form, answered in words first, then in figures beside what chance alone gives (docs/patterns.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response

from waqai.core import BadQuestion
from waqai.desk.doors import Named, profile_for
from waqai.desk.filtering import read_day
from waqai.desk.pages import desk_of, render
from waqai.flow import now
from waqai.observing import KINDS, Answer, Kind, Question, Record, put_question
from waqai.observing.answers import to_figures
from waqai.openapi.shapes import PatternAnswer, file_of, json_of
from waqai.plots import Picture, to_png, to_svg
from waqai.store import Filters
from waqai.wording import _

router = APIRouter()
FIELDS = ("type", "family", "country", "admin1")
Text = Annotated[str, Query()]


class Put:
    """The question of the address; values of a field are parted by commas."""

    def __init__(
        self,
        kind: Kind | Literal[""] = "",
        type: Text = "",
        family: Text = "",
        country: Text = "",
        admin1: Text = "",
        since: Text = "",
        until: Text = "",
        by: Literal["week", "month"] = "month",
        day: Text = "",
        after_type: Text = "",
        dates: Text = "",
        days: Text = "7, 14, 28",
    ) -> None:
        self.kind = kind
        own = {"type": type, "family": family, "country": country, "admin1": admin1, "since": since, "until": until, "by": by}
        self.given: Mapping[str, str] = own | {"day": day, "after_type": after_type, "dates": dates, "days": days}

    def question(self) -> Question:
        """Raises BadQuestion and NotPossible for what cannot be read."""
        given = self.given
        own: dict[str, Any] = {name: _several(given[name]) for name in FIELDS} | {name: read_day(name, given[name]) for name in ("since", "until")}
        dates = tuple(day for one in _several(given["dates"]) if (day := read_day("dates", one)))
        more: dict[str, Any] = {"by": given["by"], "day": read_day("day", given["day"]), "dates": dates, "windows_days": _numbers(given["days"])}
        return Question(kind=self.kind or KINDS[0], filters=Filters(**own), after=Filters(type=_several(given["after_type"])), **more)

    def query(self) -> dict[str, Any]:
        return {"kind": self.kind} | {name: value for name, value in self.given.items() if value}


Asked = Annotated[Put, Depends(Put)]


@router.get("/patterns", include_in_schema=False)
def patterns(request: Request, put: Asked, profile: Named = "") -> Response:
    """The form, and the answer where something is asked."""
    answer, failed = None, None
    try:
        answer = _answer(request, put, profile) if put.kind else None
    except BadQuestion as error:
        failed = str(error)
    counts = json.dumps(to_figures(answer.counts)) if answer and answer.counts else None
    drawn = to_svg(answer.picture) if answer and answer.picture else None
    desk = desk_of(request)
    told: dict[str, Any] = {"types": sorted(desk.codebook.types), "families": sorted(desk.codebook.families), "kinds": _kinds(), "profile": profile}
    return render(request, "patterns.html", status=400 if failed else 200, put=put, answer=answer, drawn=drawn, counts=counts, failed=failed, **told)


@router.get("/patterns.json", responses=json_of(PatternAnswer))
def as_json(request: Request, put: Asked, profile: Named = "") -> JSONResponse:
    """The answer: its figures, and the same in words. `testable` false: the record cannot answer, and `says` is why."""
    return JSONResponse(_answer(request, put, profile).as_plain())


@router.get("/patterns.svg", response_class=Response, responses=file_of("image/svg+xml"))
def as_svg(request: Request, put: Asked, profile: Named = "") -> Response:
    """The picture of the answer. 400 where there is none to be drawn."""
    return Response(to_svg(_picture(request, put, profile)), media_type="image/svg+xml")


@router.get("/patterns.png", response_class=Response, responses=file_of("image/png"))
def as_png(request: Request, put: Asked, profile: Named = "") -> Response:
    """The same picture, for whoever takes no SVG."""
    return Response(to_png(_picture(request, put, profile)), media_type="image/png")


def _picture(request: Request, put: Put, profile: str) -> Picture:
    """Raises BadQuestion where there is none to be drawn."""
    answer = _answer(request, put, profile)
    if answer.picture is None:
        raise BadQuestion(_("there is no picture of this answer: {said}").format(said=answer.says[0]))
    return replace(answer.picture, title=f"{answer.title} {answer.asked}")


def _answer(request: Request, put: Put, profile: str) -> Answer:
    desk = desk_of(request)
    record = Record(store=desk.store, profile=profile_for(request, profile), at=now(), actors=frozenset(desk.actors.actors), kept=desk.kept)
    return put_question(put.question(), record)


def _several(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in said.split(",") if one.strip()))


def _numbers(said: str) -> tuple[int, ...]:
    """Raises BadQuestion."""
    if not all(one.isdecimal() and len(one) < 4 for one in _several(said)):
        raise BadQuestion(_("days: {said} holds something else than numbers under 1,000; write them as 7, 14, 28").format(said=repr(said)))
    return tuple(map(int, _several(said)))


def _kinds() -> dict[str, str]:
    return {
        "rates": _("How many in each week or month, and is the newest different?"),
        "changes": _("When did the level change?"),
        "since": _("Has level or mix changed since a day?"),
        "recurrence": _("Does it repeat near in place, soon after?"),
        "excitation": _("Does one raise the rate of the next?"),
        "after": _("Is it raised in the days after something else?"),
        "forecast": _("How many in the months ahead? (of a family, in a country)"),
    }
