"""Two incidents that are one: average link between all that is told of them as news, as second thoughts move single reports only.

Where a story is told in two waves, the deed and the trial, each wave knows itself best and no report leaves it. Taken together they fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from waqai.core import Card
from waqai.linking.days import MET
from waqai.linking.fits import Fit, fit_incident
from waqai.linking.refit import Move
from waqai.linking.tellings import Telling, make_telling, tellings_of

MERGE = 0.4
TOLD_APART = 7  # days that what is told of one break or riot in custody may lie apart: a siege has its storm, its clashes and its end
ALIKE = 0.7  # how like in kind two must be of which one is a break or a riot in custody, and their days must meet: the transfer after a riot is none
MOST = 36  # accounts of an incident that are compared, its news first


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """How well two incidents fit: the mean of how well the news of each fits the other, and the best of these fits."""

    score: float
    best: Fit


def fit_union(one: tuple[str, Sequence[Card]], other: tuple[str, Sequence[Card]]) -> Union | None:
    """The fit of two incidents with their members; None where one is no report's news, or where a report tells of both and so tells them apart.

    A report tells two apart whose news both are; of breaks and riots in custody also where its news is more than TOLD_APART days from what it mentions.
    """
    custody = any(make_telling(card).of_custody for card in (*one[1], *other[1]))
    if any(_tells_apart(left, right, custody=custody) for left in one[1] for right in other[1]):
        return None
    (a, mine), (b, yours) = ((name, members[:MOST]) for name, members in (one, other))
    ours, theirs = _fit_all(mine, (b, yours)), _fit_all(yours, (a, mine))
    if not ours or not theirs:
        return None
    score = (fmean(fit.score for fit in ours) + fmean(fit.score for fit in theirs)) / 2
    fits = [fit for fit in (*ours, *theirs) if not custody or (fit.best.features.kinds >= ALIKE and fit.best.features.time in MET)]
    return Union(score=round(score, 4), best=max(fits, key=lambda fit: (fit.score, fit.telling.lead.account.id))) if fits else None


def _tells_apart(left: Card, right: Card, *, custody: bool) -> bool:
    """Whether one report tells the two as two: both its news, or, in custody, one of them its news and the other days away."""
    if left.anchor.report_sha256 != right.anchor.report_sha256 or "main" not in (left.role, right.role):
        return False
    if left.role == right.role or not custody:
        return left.role == right.role
    if left.earliest is None or left.latest is None or right.earliest is None or right.latest is None:
        return False
    return (max(left.earliest, right.earliest) - min(left.latest, right.latest)).days > TOLD_APART


def _fit_all(members: Sequence[Card], incident: tuple[str, Sequence[Card]]) -> list[Fit]:
    news = [telling for telling in tellings_of(members) if telling.news]
    return [fit for telling in news if (fit := fit_incident(telling, *incident)) is not None]


def make_moves(members: Sequence[Card], *, source: str, target: str, union: Union) -> tuple[Move, ...]:
    """The moves by which all accounts of one incident go to the other, a report at a time."""
    right = union.best.right if union.best.incident == target else union.best.telling
    because = f"both incidents are one on second thoughts: {union.best.because}"
    return tuple(_move(telling, source, target, right, union.score, because) for telling in tellings_of(members))


def _move(telling: Telling, source: str, target: str, right: Telling, score: float, because: str) -> Move:
    accounts = tuple(card.account.id for card in telling.cards)
    return Move(accounts=accounts, source=source, target=target, right=right.lead.account.id, score=score, because=because)
