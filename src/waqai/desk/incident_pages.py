"""One incident: what is held to have happened, by whom it is said, and how that came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from waqai.codebook import RULES, FigureKey, FigureRange, FigureStanding, group_figures
from waqai.core import Figure, Incident, Report
from waqai.desk.house import Desk
from waqai.desk.pages import desk_of, link, render
from waqai.export import Combiner
from waqai.flow import Reviewed, check_incident
from waqai.people import list_persons
from waqai.plots.charts import Chart, make_chart
from waqai.reviewing import find_asides
from waqai.wording import MARKS, describe_entries

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An account of the incident with the report that tells it."""

    role: str
    seen: Reviewed
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGroup:
    """Figures that count the same: each with whether it counts, low, best and high by the rule that was chosen, and a chart over time."""

    key: FigureKey
    standing: dict[Figure, FigureStanding]
    range: FigureRange | None
    chart: Chart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another incident to which an account of this one stands in a relation; `of_ours`: the relation is told from this side."""

    kind: str
    incident: str
    type: str
    report: str
    of_ours: bool


@router.get("/incidents/{incident}")
def incident(request: Request, incident: str, figures: Annotated[str, Query()] = "") -> Response:
    """The page of an incident; the id of one that was merged leads on. `figures`: the rule for low, best and high."""
    desk = desk_of(request)
    with desk.store.at_one_moment():
        found = desk.store.get_incident(incident)
        if found.id != incident:
            return RedirectResponse(link(f"/incidents/{found.id}"), status_code=302)
        return _render(request, found, desk, figures=figures, failed="")


def render_incident(request: Request, incident: str, *, failed: str = "") -> Response:
    """The page, after something `failed` with the reason above it."""
    desk = desk_of(request)
    with desk.store.at_one_moment():
        return _render(request, desk.store.get_incident(incident), desk, figures="", failed=failed)


def _render(request: Request, found: Incident, desk: Desk, *, figures: str, failed: str) -> Response:
    told, entries = find_told(found, desk), list(desk.store.iter_standing(incident=found.id))
    return render(
        request,
        "incident.html",
        status=409 if failed else 200,
        failed=failed,
        asides=find_asides(desk.store, found.id),
        persons=[one.name for one in list_persons(desk.store) if one.disabled_at is None],
        history=list(zip(entries, describe_entries(entries, desk.store), strict=True))[::-1],
        incident=found,
        told=told,
        groups=find_groups(found, replace(desk.combiner, rule=RULES.get(figures))),
        rules=RULES,
        rule=figures if figures in RULES else "",
        related=find_related(found, told, desk),
        notices=check_incident(found, desk.store),
        attached=[(one, desk.store.get_report(one.report)) for one in desk.store.find_attached(found.id)],
        lock=desk.store.find_lock(found.id),
        remarks=MARKS,
        places=find_places(found, told),
        last=desk.store.last_entry(),
    )


def find_told(incident: Incident, desk: Desk) -> Sequence[Told]:
    """The incident's accounts with their reports, in its order."""
    seen, reports = desk.store.get_all_reviewed([one.account for one in incident.accounts]), desk.store.find_reports([one.report for one in incident.accounts])
    return [Told(role=one.role, seen=seen[one.account], report=reports[one.report]) for one in incident.accounts]


def find_groups(incident: Incident, combiner: Combiner) -> Sequence[FigureGroup]:
    """The figures by what they count, those that most give first."""
    groups = sorted(group_figures(incident.figures).items(), key=lambda item: (-len(item[1]), item[0]))
    found = []
    for key, group in groups:
        standing = combiner.sort_out(group)
        made = combiner.combine(group) if combiner.rule is not None else None
        found.append(FigureGroup(key=key, standing=standing, range=made, chart=make_chart(standing)))
    return found


def find_related(incident: Incident, told: Sequence[Told], desk: Desk) -> Sequence[Related]:
    """Other incidents that reports relate to this one, each relation once."""
    seats = desk.store.find_seats_in({one.report.sha256 for one in told})
    if all(seat == incident.id for seat in seats.values()):  # most are: nothing else is told in the same reports
        return ()
    own, accounts = {one.seen.account.id for one in told}, desk.store.get_accounts(seats)
    reports = {one.report.id: n for n, one in enumerate(told)}
    found: dict[tuple[str, str, bool], Related] = {}
    for account in sorted(accounts.values(), key=lambda account: reports[account.report]):
        for relation in account.relations:
            ours, other = account.id in own, relation.to if account.id in own else account.id
            if (account.id in own) == (relation.to in own) or other not in accounts:
                continue
            key = (relation.kind, seats[other], ours)
            found.setdefault(key, Related(kind=relation.kind, incident=seats[other], type=accounts[other].type, report=account.report, of_ours=ours))
    return [one for one in found.values() if one.incident != incident.id]


def find_places(incident: Incident, told: Sequence[Told]) -> Sequence[Mapping[str, object]]:
    """What the map shows: the incident's own place first, then where others of its accounts put it; points and radii only, each once."""
    wheres = [incident.where, *(one.seen.account.where for one in told if one.role == "main")]
    points = {
        (where.lat, where.lon): {"name": where.name, "lat": where.lat, "lon": where.lon, "radius_km": where.radius_km}
        for where in reversed(wheres)
        if where is not None and where.lat is not None
    }
    return list(points.values())[::-1]
