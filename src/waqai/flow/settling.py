"""The end of a run: what was linked since the last one is fitted anew among the incidents as they are now, and reports in which nothing was coded are put
beside the incident whose story they tell.

What is to be done is found on a picture of the store and written at once, together with the row of the run: a run that is broken off before leaves nothing half
settled, and the next one settles what it left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from waqai.core import Card
from waqai.flow.picture import FindApart, Picture
from waqai.linking import MERGE, PASSES, Move, StoryFit, Union
from waqai.store import Store

MATES_MOST = 200
"""Reports of the incidents that were joined, beyond those of the run, that are fitted anew as well."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a run's end found: moves with the cards that move, and (sha256, incident with its nearest account) of reports without an account."""

    moves: list[tuple[Move, tuple[Card, ...]]]
    stories: list[tuple[str, StoryFit]]


def settle(
    store: Store,
    *,
    find_apart: FindApart,
    on_turn: Callable[[int, int], None] | None = None,
) -> Settled:
    """Find the moves of all reports that were linked since the last run and of those that share an incident with them, and the stories of those uncoded.

    `on_turn` is told how many of how many were looked at: there are up to PASSES rounds of reports, each of fewer, one of pairs of incidents, one of the
    uncoded.
    """
    picture, told = Picture(store, find_apart), on_turn or _tell_nobody
    linked = store.find_unsettled()
    rows = store.find_rows_of_any(linked)  # a dataset that is brought in moves nothing that reports told before
    fresh = tuple(sha256 for sha256 in linked if sha256 not in rows)
    turn, near = (*fresh, *store.find_mates(fresh, most=MATES_MOST)), dict[str, frozenset[tuple[str, str]]]()
    for _ in range(PASSES):
        touched: set[str] = set()
        for n, sha256 in enumerate(turn, start=1):
            thoughts = picture.refit(sha256)
            near[sha256] = thoughts.near
            touched |= {incident for move in thoughts.moves for incident in (move.source, move.target)}
            told(n, len(turn))
        turn = tuple(sha256 for sha256 in turn if touched & picture.incidents_of(sha256)) if touched else ()
    _unite_all(picture, {_pair(*pair) for pairs in near.values() for pair in pairs}, on_turn=told)
    return Settled(moves=picture.list_moves(), stories=list(_iter_stories(store, picture, beside=fresh, on_turn=told)))


def _unite_all(picture: Picture, near: set[tuple[str, str]], *, on_turn: Callable[[int, int], None]) -> None:
    """Make one of the incidents that fit best, until none reach MERGE."""
    fits: dict[tuple[str, str], Union | None] = {}
    for n, pair in enumerate(sorted(near), start=1):
        fits[pair] = picture.fit(*pair)
        on_turn(n, len(near))
    while (found := max(((union.score, pair) for pair, union in fits.items() if union is not None), default=None)) and found[0] >= MERGE:
        pair = found[1]
        union = fits[pair]
        assert union is not None
        gone, grown = picture.unite(*pair, union)
        touching = {_pair(*(grown if name == gone else name for name in other)) for other in fits if {gone, grown} & set(other)}
        fits = {other: kept for other, kept in fits.items() if not {gone, grown} & set(other)}
        fits |= {other: picture.fit(*other) for other in touching if other[0] != other[1]}


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _iter_stories(store: Store, picture: Picture, *, beside: Sequence[str], on_turn: Callable[[int, int], None]) -> Iterator[tuple[str, StoryFit]]:
    uncoded = store.find_uncoded(beside)
    for n, sha256 in enumerate(uncoded, start=1):
        said = store.find_said_of_attachment(sha256)
        if not said.settled and (fit := picture.find_story(store.get_report(sha256), barred=said.barred | picture.locked)) is not None:
            yield sha256, fit
        on_turn(n, len(uncoded))


def _tell_nobody(done: int, of: int) -> None:
    """For those who do not ask how far a run's end is."""


def log_move(move: Move, cards: Sequence[Card], store: Store, *, by: str, at: datetime) -> bool:
    """Log that these accounts moved, and say whether; nothing where they no longer sit where they sat when the move was found, or a person locked it since."""
    locked = {move.source, move.target} & store.find_locked().keys()
    if locked or any(store.find_incident_of(account) != move.source for account in move.accounts):
        return False
    for card in cards:
        lead = card is cards[0]
        right, because = (move.right, move.because) if lead else (cards[0].account.id, "moves with what it is part of")
        role = card.role or "main"
        account, score = card.account.id, move.score if lead else 1.0
        store.judge(account, right, incident=move.target, anchor=card.anchor, role=role, verdict="same", score=score, because=because, by=by, at=at)
    return True


def log_story(sha256: str, fit: StoryFit, store: Store, *, by: str, at: datetime) -> bool:
    """Log that a report tells the story of the incident where its nearest account sits now, and say whether; nothing where it stands there already."""
    incident, now = store.find_incident_of(fit.right), store.find_attachment(sha256)
    if incident is None or (now is not None and now.incident == incident):
        return False
    store.attach(sha256, incident, right=fit.right, verdict="same", score=fit.score, because=fit.because, by=by, at=at)
    return True
