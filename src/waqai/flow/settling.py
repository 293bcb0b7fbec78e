"""The end of a run: what was linked since the last one is fitted anew among the incidents as they are now, and reports of which nothing was coded are put
beside the incident whose story they tell.

What is to be done is found on a picture of the store and written at once, together with the row of the run: a run that is broken off before leaves nothing half
settled, and the next one settles what it left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from waqai.core import Card, Report
from waqai.linking import PASSES, Move, StoryFit, find_story, make_story, refit_report
from waqai.store import Store

LEAD = 600
"""Code points of an uncoded text whose names find the incidents that it is held against."""
MATES_MOST = 200
"""Reports of the incidents that were joined, beyond those of the run, that are fitted anew as well."""


class Picture:
    """The seats of the store with the moves that are not written yet."""

    def __init__(self, store: Store, find_apart: Callable[[Sequence[Card], Store], Mapping[str, frozenset[str]]]) -> None:
        self._store, self._find_apart = store, find_apart
        self._now: dict[str, tuple[str, Card]] = {}  # where each account that moved sits now
        self._moves: dict[tuple[str, ...], Move] = {}

    def refit(self, sha256: str) -> tuple[Move, ...]:
        """The moves of one report, which from here on count as made."""
        cards, seats = self._store.find_linked_cards(sha256), self._seats_of(sha256)
        fixed, apart = self._store.find_fixed(sha256), self._find_apart(cards, self._store)
        moves = refit_report(cards, seats, candidates=self._candidates, fixed=fixed, apart=apart)
        by_id = {card.account.id: card for card in cards}
        for move in moves:
            self._now |= {account: (move.target, by_id[account]) for account in move.accounts}
            self._moves[move.accounts] = move
        return moves

    def list_moves(self) -> list[tuple[Move, tuple[Card, ...]]]:
        """What was moved in the end, each telling once, with its cards."""
        found = [(replace(move, source=self._store.find_incident_of(move.accounts[0]) or "")) for move in self._moves.values()]
        return [(move, tuple(self._now[account][1] for account in move.accounts)) for move in found if move.source != move.target]

    def find_story(self, report: Report, *, barred: frozenset[str]) -> StoryFit | None:
        """The incident whose story a report tells that has no account."""
        story = make_story(report)
        known = self._store.find_told_alike(f"{story.title}\n{story.body[:LEAD]}", without=report.sha256)
        return find_story(story, [(incident, self._members_now(incident, members)) for incident, members in known], barred=barred)

    def incidents_of(self, sha256: str) -> frozenset[str]:
        """Where the report's accounts sit now."""
        return frozenset(self._seats_of(sha256).values())

    def _seats_of(self, sha256: str) -> dict[str, str]:
        kept = self._store.find_seats(sha256)
        return {account: self._now[account][0] if account in self._now else incident for account, incident in kept.items()}

    def _candidates(self, card: Card) -> Sequence[tuple[str, tuple[Card, ...]]]:
        known = self._store.find_candidates(card)
        return [(incident, self._members_now(incident, members)) for incident, members in known] if self._now else known

    def _members_now(self, incident: str, members: tuple[Card, ...]) -> tuple[Card, ...]:
        staying = [c for c in members if self._now.get(c.account.id, (incident,))[0] == incident]
        here = {c.account.id for c in staying}
        return (*staying, *(card for account, (target, card) in self._now.items() if target == incident and account not in here))


@dataclass(frozen=True, slots=True)
class Settled:
    """What a run's end found: moves with the cards that move, and (sha256, incident with its nearest account) of reports without an account."""

    moves: list[tuple[Move, tuple[Card, ...]]]
    stories: list[tuple[str, StoryFit]]


def settle(
    store: Store,
    *,
    find_apart: Callable[[Sequence[Card], Store], Mapping[str, frozenset[str]]],
    on_turn: Callable[[int, int], None] | None = None,
) -> Settled:
    """Find the moves of all reports that were linked since the last run and of those that share an incident with them, and the stories of those uncoded.

    `on_turn` is told how many reports of how many were looked at; there are up to PASSES rounds, each of fewer reports, and one of the uncoded.
    """
    picture, fresh, told = Picture(store, find_apart), store.find_unsettled(), on_turn or _tell_nobody
    turn = (*fresh, *store.find_mates(fresh, most=MATES_MOST))
    for _ in range(PASSES):
        touched: set[str] = set()
        for n, sha256 in enumerate(turn, start=1):
            touched |= {incident for move in picture.refit(sha256) for incident in (move.source, move.target)}
            told(n, len(turn))
        turn = tuple(sha256 for sha256 in turn if touched & picture.incidents_of(sha256)) if touched else ()
    return Settled(moves=picture.list_moves(), stories=list(_iter_stories(store, picture, beside=fresh, on_turn=told)))


def _iter_stories(store: Store, picture: Picture, *, beside: Sequence[str], on_turn: Callable[[int, int], None]) -> Iterator[tuple[str, StoryFit]]:
    uncoded, locked = store.find_uncoded(beside), frozenset(store.find_locked())
    for n, sha256 in enumerate(uncoded, start=1):
        said = store.find_said_of_attachment(sha256)
        if not said.settled and (fit := picture.find_story(store.get_report(sha256), barred=said.barred | locked)) is not None:
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
