"""The expectations register: claims as questions, registered and resolved by who may judge; entries; scores with a picture."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from waqai.codebook.strength import load_strength
from waqai.core import NotPossible, UnknownId, to_plain
from waqai.desk.entrance import needs
from waqai.desk.pages import desk_of, link, render
from waqai.expectations import DIRECTIONS, ROUTES, Draft, Given, Scores, adjust, describe_answer, describe_entry, describe_rule, describe_state
from waqai.expectations.wording import describe_band, describe_horizon, describe_silence
from waqai.flow import undo_entry
from waqai.flow.expecting import (
    answer_question,
    draft_named,
    expecting_means,
    find_draft,
    look_at_expectation,
    look_at_register,
    register_expectation,
    resolve_expectation,
    score_register,
)
from waqai.openapi.shapes import Scored, file_of, json_of
from waqai.people import act_to_undo
from waqai.plots import Picture, WordRow, make_reliability, to_png, to_svg
from waqai.wording import _

router = APIRouter(prefix="/expectations")
Text = Annotated[str, Form()]
FIELDS = ("what", "country", "admin1", "actor", "direction", "until", "low", "high", "silence", "after")
DESCRIBED: dict[str, Any] = {"asked": describe_rule, "band": describe_band, "horizon": describe_horizon, "silence": describe_silence, "state": describe_state}


@router.get("/register", include_in_schema=False)
def register_page(request: Request) -> Response:
    """All entries, the last registered first."""
    desk = desk_of(request)
    return render(request, "register.html", entries=look_at_register(desk.store, expecting_means(desk.settings)), routes=ROUTES, **DESCRIBED)


@router.get("/draft", include_in_schema=False)
def draft_page(request: Request, claim: str = "", report: str = "", words: str = "", route: str = "") -> Response:
    """What a claim, or words of a report, come to, and the form that registers it."""
    return _render_draft(request, _draft(request, claim, report, words, route), given=dict.fromkeys(FIELDS, ""))


@router.post("/register", include_in_schema=False, dependencies=[needs("judge")])
def register(
    request: Request,
    claim: Text = "",
    report: Text = "",
    words: Text = "",
    route: Text = "",
    what: Text = "",
    country: Text = "",
    admin1: Text = "",
    actor: Text = "",
    direction: Text = "",
    until: Text = "",
    low: Text = "",
    high: Text = "",
    silence: Text = "",
    after: Text = "",
    late: Text = "",
    because: Text = "",
) -> Response:
    """Freeze it."""
    desk, draft = desk_of(request), _draft(request, claim, report, words, route)
    said = dict(zip(FIELDS, (what, country, admin1, actor, direction, until, low, high, silence, after), strict=True))
    try:
        adjusted = adjust(draft, _given(said, route), means=expecting_means(desk.settings))
        signed = {"because": because.strip(), "by": request.state.visitor.signature}
        one = register_expectation(adjusted, desk.store, accept_late=bool(late), **signed)
    except NotPossible as error:
        return _render_draft(request, draft, given=said, failed=str(error), status=409)
    return RedirectResponse(link(f"/expectations/entries/{one.id}"), status_code=303)


@router.get("/entries/{expectation}", include_in_schema=False)
def entry_page(request: Request, expectation: str) -> Response:
    """An entry with what its rule makes of the record."""
    return _render_entry(request, expectation)


@router.post("/entries/{expectation}/resolve", include_in_schema=False, dependencies=[needs("judge")])
def resolve(request: Request, expectation: str, outcome: Text, incidents: Text = "", because: Text = "") -> Response:
    """A person's outcome."""
    desk = desk_of(request)
    named, signed = incidents.replace(",", " ").split(), {"because": because.strip(), "by": request.state.visitor.signature}
    try:
        resolve_expectation(expectation, "" if outcome == "proposed" else outcome, desk.store, expecting_means(desk.settings), incidents=named, **signed)
    except (NotPossible, UnknownId) as error:
        return _render_entry(request, expectation, failed=str(error), status=409)
    return RedirectResponse(link(f"/expectations/entries/{expectation}"), status_code=303)


@router.post("/entries/{expectation}/undo", include_in_schema=False, dependencies=[needs("judge")])
def undo(request: Request, expectation: str, entry: Annotated[int, Form()]) -> Response:
    """Take an outcome back, or withdraw the entry."""
    store, visitor = desk_of(request).store, request.state.visitor
    visitor.check(act_to_undo((one.entry.by for one in store.get_act(entry)), by=visitor.signature))
    try:
        undo_entry(entry, store, because=_("taken back at the desk"), by=visitor.signature)
    except NotPossible as error:
        return _render_entry(request, expectation, failed=str(error), status=409)
    return RedirectResponse(link(f"/expectations/entries/{expectation}"), status_code=303)


@router.get("/scores", include_in_schema=False)
def scores_page(request: Request) -> Response:
    """What was resolved, scored."""
    return render(request, "scores.html", scores=_scores(request), table=load_strength())


@router.get("/scores.json", responses=json_of(Scored))
def scores_as_json(request: Request) -> JSONResponse:
    """Counts by state, scores as intervals over the bands beside the base rate, calibration by strength word, and by speaker for bodies and public offices."""
    scores = _scores(request)
    return JSONResponse({**to_plain(scores), "verdict": scores.summary.verdict})


@router.get("/scores.svg", include_in_schema=False, response_class=Response, responses=file_of("image/svg+xml"))
def scores_as_svg(request: Request) -> Response:
    """Strength words against what came."""
    return Response(to_svg(_picture(request)), media_type="image/svg+xml")


@router.get("/scores.png", include_in_schema=False, response_class=Response, responses=file_of("image/png"))
def scores_as_png(request: Request) -> Response:
    """The same."""
    return Response(to_png(_picture(request)), media_type="image/png")


# -- inside


def _scores(request: Request) -> Scores:
    desk = desk_of(request)
    return score_register(desk.store, expecting_means(desk.settings))


def _picture(request: Request) -> Picture:
    told = [(one.word, one.n, one.yes, one.band, one.share) for one in _scores(request).words]
    rows = [WordRow(word=word, n=n, yes=yes, band=(band.low, band.high), interval=(share.low, share.high)) for word, n, yes, band, share in told]
    return make_reliability(rows, title=_("Strength words against what came"))


def _draft(request: Request, claim: str, report: str, words: str, route: str) -> Draft:
    desk = desk_of(request)
    means = expecting_means(desk.settings)
    return find_draft(claim, desk.store, means) if claim else draft_named(report.strip(), words, desk.store, means, route=route or None)


def _given(said: dict[str, str], route: str) -> Given:
    """What the form says, where it says something. Raises NotPossible for a number or a day that is none."""
    named: dict[str, Any] = {name: value.strip() for name, value in said.items() if value.strip()}
    try:
        named |= {name: float(named[name]) for name in ("low", "high") if name in named}
        named |= {name: date.fromisoformat(named[name]) for name in ("until",) if name in named}
    except ValueError as error:
        raise NotPossible(_("write probabilities as 0.65 and days as 2023-07-20")) from error
    named |= {name: tuple(named[name].replace(",", " ").split()) for name in ("what", "after") if name in named}
    return Given(route=route or None, **named)


def _render_draft(request: Request, draft: Draft, *, given: dict[str, str], failed: str = "", status: int = 200) -> Response:
    codebook = desk_of(request).codebook
    told = {"draft": draft, "given": given, "failed": failed, "directions": DIRECTIONS, "kinds": (*codebook.families, *codebook.types)}
    return render(request, "expectation_draft.html", status=status, **told, **DESCRIBED)


def _render_entry(request: Request, expectation: str, *, failed: str = "", status: int = 200) -> Response:
    desk = desk_of(request)
    one = look_at_expectation(expectation, desk.store, expecting_means(desk.settings))
    answer = describe_answer(answer_question(one, desk.store)) if one.frozen.rule.route != "event" else ""
    told = {"one": one, "lines": tuple(describe_entry(one)), "answer": answer}
    return render(request, "expectation.html", status=status, failed=failed, **told, **DESCRIBED)
