"""How well a telling fits an incident: average link, never connected components.

A telling is scored against one telling of each report in the incident, and the mean of the better half counts: one lucky pair joins nothing large, one badly
read member keeps nobody out. News is held against news where the incident is the news of some report; a mention against all, mentions counting for little.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TypeAlias

from waqai.core import Card, Unread
from waqai.linking.bounds import NOBODY, bound_fits
from waqai.linking.pairs import Scored, explain, score_tellings
from waqai.linking.tellings import Telling, tellings_of

Candidates: TypeAlias = Callable[[Card], Sequence[tuple[str, tuple[Card, ...]]]]
Prospects: TypeAlias = Callable[[Card], Sequence[tuple[str, Sequence[Card]]]]
"""As Candidates, read or `Unread`."""

# Raising JOIN splits incidents, lowering it merges them; between UNSURE and JOIN a person should look.
JOIN = 0.3
UNSURE = 0.15
ONLY_TOLD = 0.3  # what counts of the fit of news with an incident that is no report's news: mentions are short, and much looks like them
RETOLD = 0.3  # weight in the mean of a report that tells of the happening only beside its news


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """One telling against one incident of `size` other reports: the mean score, the pair that fits best, and that pair's telling in the incident."""

    telling: Telling
    incident: str
    score: float
    best: Scored
    right: Telling
    size: int

    @property
    def because(self) -> str:
        """The reasons of the best pair."""
        return explain(self.telling, self.right, self.best).because


def rank_incidents(telling: Telling, candidates: Sequence[tuple[str, Sequence[Card]]]) -> tuple[Fit, ...]:
    """The incidents that the telling could join, best first.

    Of those that are `Unread`, one is left out when by its bound it neither comes to JOIN nor is nearer than the nearest of those that do not.
    """
    bounds = _bounds_of(telling, candidates)
    fits, nearest = list[Fit](), NOBODY
    for incident, members in sorted(candidates, key=lambda one: -bounds[one[0]]):
        if bounds[incident] < JOIN and bounds[incident] < nearest:
            break
        fit = fit_incident(telling, incident, members)
        if fit is not None:
            fits.append(fit)
            nearest = max(nearest, fit.score) if fit.score < JOIN else nearest
    return tuple(sorted(fits, key=lambda f: (-f.score, -f.size, f.incident)))


def _bounds_of(telling: Telling, candidates: Sequence[tuple[str, Sequence[Card]]]) -> dict[str, float]:
    """What the score of each comes to at most; 1 for those that are read."""
    unread = {incident: members.outlines for incident, members in candidates if isinstance(members, Unread)}
    bounds = dict(zip(unread, bound_fits(telling, list(unread.values()), only_told=ONLY_TOLD), strict=True)) if unread else {}
    return {incident: bounds.get(incident, 1.0) for incident, _ in candidates}


def fit_incident(telling: Telling, incident: str, members: Sequence[Card]) -> Fit | None:
    """The fit with what other reports tell of the incident; None where none does."""
    own = telling.lead.anchor.report_sha256
    others = tellings_of([c for c in members if c.anchor.report_sha256 != own])
    if telling.news and any(other.news for other in others):
        others = tuple(other for other in others if other.news)
    if not others:
        return None
    scored = [(score_tellings(telling, other), other) for other in others]
    best, right = max(scored, key=lambda pair: (pair[0].score, pair[1].lead.account.id))
    doubt = ONLY_TOLD if telling.news and not any(other.news for other in others) else 1.0
    return Fit(telling=telling, incident=incident, score=round(doubt * _mean(scored), 4), best=best, right=right, size=len(others))


def _mean(scored: Sequence[tuple[Scored, Telling]]) -> float:
    """Mean of the better half, the reports that only mention the happening counting for less."""
    best = sorted(((pair.score, 1.0 if telling.news else RETOLD) for pair, telling in scored), reverse=True)
    half = best[: (len(best) + 1) // 2]
    return fmean([score for score, _ in half], [weight for _, weight in half])
