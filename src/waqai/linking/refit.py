"""Second thoughts: when a run is through, the news of each report is fitted anew among the incidents as they are now, and moves where it fits better.

The first reports of a happening meet few others, and often the vaguer ones come first; what they could not know then, they can know now. A mention is fitted
anew only where it still stands in an incident that is no report's news.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from waqai.core import Card
from waqai.linking.assign import gather_tellings
from waqai.linking.fits import Fit, Prospects, rank_fitting
from waqai.linking.roles import ReportRoles, sort_report
from waqai.linking.spots import compare_places
from waqai.linking.tellings import Telling, are_of_custody

SECOND = 0.26  # from which fit a telling moves: a little under JOIN, as by the end of a run incidents are better told
MARGIN = 0.02
COMPANY = 0.05  # what each report of an incident adds to its fit, up to COMPANY_MOST: of two incidents that fit alike, the better told one
COMPANY_MOST = 5
SURE = 0.7  # from which fit on news joins an incident that its own report mentions: the mention is the news, told twice. Breaks and riots
# in custody are kept apart: "a second riot in the same prison" mentions the first
SURE_IN_CUSTODY = 0.97
PASSES = 3
"""A run of passes that has not come to rest by then is left as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The accounts of one telling, its lead first, leave one incident for another; `right` is the account there that fits best."""

    accounts: tuple[str, ...]
    source: str
    target: str
    right: str
    score: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thoughts:
    """The moves of one report's tellings, and the pairs of incidents (where a telling sits now, another that it fits as well) that may be one."""

    moves: tuple[Move, ...]
    near: frozenset[tuple[str, str]]


def refit_report(
    cards: Sequence[Card],
    seats: Mapping[str, str],
    *,
    candidates: Prospects,
    fixed: Collection[str] = (),
    apart: Mapping[str, frozenset[str]] | None = None,
) -> Thoughts:
    """Second thoughts on one report: no telling moves to an incident where another telling of the report sits, unless that is one happening told twice.

    `seats`: the incident of each account. `fixed`: accounts that a person seated or locked in; their tellings stay. `apart` as for `link_report`.
    """
    moves: list[Move] = []
    near: set[tuple[str, str]] = set()
    here = dict(seats)
    report = sort_report(cards)
    for telling in gather_tellings(cards, report):
        ids = tuple(c.account.id for c in telling.cards)
        source = here.get(ids[0])
        if source is None or any(here.get(i) != source or i in fixed for i in ids):
            continue
        others = [c for c in cards if c.account.id in here and c.account.id not in ids and not _may_meet(telling, c, report)]
        told_apart = {here[c.account.id] for c in others if not telling.news or report.roles[c.account.id] == "main"}
        mentioned = {here[c.account.id] for c in others} - told_apart
        barred = frozenset(told_apart).union(*((apart or {}).get(i, frozenset()) for i in ids))
        known = [(incident, tuple(members) if incident == source else members) for incident, members in candidates(telling.lead)]
        if telling.news or not _has_news(source, known):
            ranked = rank_fitting(telling, [(incident, members) for incident, members in known if incident not in barred], least=SECOND)
            breaks = {here[c.account.id] for c in others if are_of_custody([(c.account.type, c.family)])} if telling.of_custody else set()
            fits = [f for f in ranked if f.incident not in mentioned or f.score >= (SURE_IN_CUSTODY if f.incident in breaks else SURE)]
            move = _find_move(telling, source, fits)
            if move is not None:
                moves.append(move)
                here.update(dict.fromkeys(ids, move.target))
            near |= {(here[ids[0]], fit.incident) for fit in fits if telling.news and fit.score >= SECOND and fit.incident != here[ids[0]]}
    return Thoughts(moves=tuple(moves), near=frozenset(near))


def _has_news(incident: str, known: Sequence[tuple[str, Sequence[Card]]]) -> bool:
    return any(card.role == "main" for one, members in known if one == incident for card in members)


def _may_meet(telling: Telling, other: Card, report: ReportRoles) -> bool:
    """Whether the news of a report may join an incident where another of its accounts sits: one that is no news, of the same day and not elsewhere."""
    lead = telling.lead
    if not telling.news or report.roles[other.account.id] == "main" or not (lead.earliest and lead.latest and other.earliest and other.latest):
        return False
    gap = (max(lead.earliest, other.earliest) - min(lead.latest, other.latest)).days
    return gap <= 1 and compare_places(lead.where, other.where)[0] in ("same place", "near", "within", "same region")


def _find_move(telling: Telling, source: str, fits: Sequence[Fit]) -> Move | None:
    now = next((_with_company(f) for f in fits if f.incident == source), 0.0)
    best = max((f for f in fits if f.incident != source and f.score >= SECOND), key=lambda f: (_with_company(f), f.incident), default=None)
    if best is None or _with_company(best) < now + MARGIN:
        return None
    ids = tuple(c.account.id for c in telling.cards)
    return Move(
        accounts=ids, source=source, target=best.incident, right=best.right.lead.account.id, score=best.score, because=f"on second thoughts: {best.because}"
    )


def _with_company(fit: Fit) -> float:
    return fit.score + COMPANY * min(fit.size, COMPANY_MOST)
