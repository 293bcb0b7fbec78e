"""How well a telling fits an incident: average link, never connected components.

A telling is scored against one telling of each report in the incident, and the mean of the better half counts: one lucky pair joins nothing large, one badly
read member keeps nobody out. News is held against news where the incident is the news of some report; a mention against all, mentions counting for little.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from statistics import fmean
from typing import TypeAlias

from waqai.core import Card, Unread
from waqai.linking.bounds import LAST_STAGE, NOBODY, Bounds
from waqai.linking.pairs import Scored, explain, score_tellings
from waqai.linking.tellings import Telling, tellings_of

Candidates: TypeAlias = Callable[[Card], Sequence[tuple[str, tuple[Card, ...]]]]
Prospects: TypeAlias = Callable[[Card], Sequence[tuple[str, Sequence[Card]]]]
"""As Candidates, read or `Unread`."""
Rank: TypeAlias = tuple[float, int, str]

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
    def rank(self) -> Rank:
        """What fits are ordered by, the best first."""
        return _rank(self.score, self.size, self.incident)

    @property
    def because(self) -> str:
        """The reasons of the best pair."""
        return explain(self.telling, self.right, self.best).because


def rank_incidents(telling: Telling, candidates: Sequence[tuple[str, Sequence[Card]]], *, rivals: int | None = None) -> tuple[Fit, ...]:
    """The incidents that the telling could join, best first, then the nearest of the others, and perhaps more of them.

    Of those that are `Unread` only such are read as could, by their bounds, come to JOIN, or come to UNSURE and be that nearest one; where none could, the one
    with the highest bound stands for the nearest. `rivals` is how many other tellings choose among the same incidents, each one of them: with more to join
    than rivals there are, nobody asks for the nearest of the others.
    """
    fits, nearest, joined = list[Fit](), _rank(NOBODY, 0, ""), 0
    for bound, rank, incident, members in _iter_promising(telling, candidates):
        if bound < JOIN and (rank >= nearest or (bound < UNSURE and len(fits) > joined) or (rivals is not None and joined > rivals)):
            break
        fit = None if members is None else fit_incident(telling, incident, members)
        if fit is not None:
            fits.append(fit)
            joined += fit.score >= JOIN
            nearest = min(nearest, fit.rank) if fit.score < JOIN else nearest
    return tuple(sorted(fits, key=lambda fit: fit.rank))


def rank_fitting(telling: Telling, candidates: Sequence[tuple[str, Sequence[Card]]], *, least: float) -> tuple[Fit, ...]:
    """The incidents that the telling fits at least so well, best first, and perhaps more of them: of those that are `Unread` only such are read as could."""
    fits = list[Fit]()
    for bound, _, incident, members in _iter_promising(telling, candidates):
        if bound < least:
            break
        fit = None if members is None else fit_incident(telling, incident, members)
        fits += [fit] if fit is not None else []
    return tuple(sorted(fits, key=lambda fit: fit.rank))


def rank_nearest(telling: Telling, candidates: Sequence[tuple[str, Sequence[Card]]], *, most: int) -> tuple[Fit, ...]:
    """The incidents that the telling fits best, at most so many, best first, whether or not it could join one: for a person to choose from."""
    fits = list[Fit]()
    for _, rank, incident, members in _iter_promising(telling, candidates):
        if most < 1 or (len(fits) >= most and rank >= fits[most - 1].rank):
            break
        fit = None if members is None else fit_incident(telling, incident, members)
        if fit is not None:
            fits = sorted([*fits, fit], key=lambda fit: fit.rank)
    return tuple(fits[:most])


def _rank(score: float, size: int, incident: str) -> Rank:
    """Of two incidents the one with the lower rank fits better: by score, then by how many reports tell of it, then by id."""
    return -score, -size, incident


def _iter_promising(telling: Telling, candidates: Sequence[tuple[str, Sequence[Card]]]) -> Iterator[tuple[float, Rank, str, Sequence[Card] | None]]:
    """(what the score comes to at most, what the rank comes to at best, incident, members) in order of ranks; those that are read come first.

    Of an incident that is not, members are None as long as a closer look at what is known of it can lower the number: for whoever asks on, it comes again.
    """
    bounds = Bounds(telling, {incident: members.outlines for incident, members in candidates if isinstance(members, Unread)}, only_told=ONLY_TOLD)

    def look(place: int, stage: int) -> tuple[Rank, int, int]:
        incident = candidates[place][0]
        return _rank(bounds.bound(incident, stage=stage), bounds.size(incident), incident), place, stage

    yield from ((math.inf, _rank(math.inf, 0, ""), incident, members) for incident, members in candidates if not isinstance(members, Unread))
    waiting = [look(place, 0) for place, (_, members) in enumerate(candidates) if isinstance(members, Unread)]
    heapify(waiting)
    while waiting:
        rank, place, stage = heappop(waiting)
        incident, members = candidates[place]
        yield -rank[0], rank, incident, members if stage == LAST_STAGE else None
        if stage < LAST_STAGE:
            closer, _, _ = look(place, stage + 1)
            heappush(waiting, (max(rank, closer), place, stage + 1))


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
    mean = mean_of_better_half([(pair.score, 1.0 if other.news else RETOLD) for pair, other in scored])
    return Fit(telling=telling, incident=incident, score=round(doubt * mean, 4), best=best, right=right, size=len(others))


def mean_of_better_half(scored: Sequence[tuple[float, float]]) -> float:
    """Mean of the better half of (score, weight), by these weights: reports that only mention a happening count for less.

    >>> mean_of_better_half([(0.9, 1.0), (0.1, 1.0), (0.7, 1.0)])
    0.8
    """
    best = sorted(scored, reverse=True)
    half = best[: (len(best) + 1) // 2]
    return fmean([score for score, _ in half], [weight for _, weight in half])
