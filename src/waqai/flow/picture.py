"""The store as it will be when a run is settled: its seats with the moves that are not written yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from waqai.core import IMPORTED, Card, Report, Unread
from waqai.linking import Move, StoryFit, Thoughts, Union, find_story, fit_union, make_moves, make_story, refit_report
from waqai.store import Store

FindApart: TypeAlias = Callable[[Sequence[Card], Store], Mapping[str, frozenset[str]]]

LEAD = 600
"""Code points of an uncoded text whose names find the incidents that it is held against."""


class Picture:
    """The seats of the store with the moves that are not written yet."""

    def __init__(self, store: Store, find_apart: FindApart) -> None:
        self._store, self._find_apart, self.locked = store, find_apart, frozenset(store.find_locked())
        self._now: dict[str, tuple[str, Card]] = {}  # where each account that moved sits now
        self._moves: dict[str, Move] = {}  # by the account that leads

    def refit(self, sha256: str) -> Thoughts:
        """Second thoughts on one report; its moves count as made from here on."""
        cards, seats = self._store.find_linked_cards(sha256), self._seats_of(sha256)
        fixed, apart = self._store.find_fixed(sha256), self._find_apart(cards, self._store)
        thoughts = refit_report(cards, seats, candidates=self._candidates, fixed=fixed, apart=apart)
        self._keep(thoughts.moves, cards)
        return thoughts

    def fit(self, one: str, other: str) -> Union | None:
        """How well two incidents fit that may become one; None where they must not, or a person's word stands between them."""
        if self.locked & {one, other}:
            return None
        source, target = self._in_order(one, other)
        leaving, staying = self._members(source), self._members(target)
        if (
            not leaving
            or not staying
            or are_rows_of_one_dataset(leaving, staying)
            or not self._may_meet(source, leaving, target)
            or not self._may_meet(target, staying, source)
        ):
            return None
        return None if self._holds(source, leaving) else fit_union((source, leaving), (target, staying))

    def unite(self, one: str, other: str, union: Union) -> tuple[str, str]:
        """Move all accounts of the younger incident to the older; (incident that is left, incident that is joined)."""
        source, target = self._in_order(one, other)
        members = self._members(source)
        self._keep(make_moves(members, source=source, target=target, union=union), members)
        return source, target

    def list_moves(self) -> list[tuple[Move, tuple[Card, ...]]]:
        """What was moved in the end, each telling once, with its cards."""
        found = [(replace(move, source=self._store.find_incident_of(move.accounts[0]) or "")) for move in self._moves.values()]
        return [(move, tuple(self._now[account][1] for account in move.accounts)) for move in found if move.source != move.target]

    def _keep(self, moves: Sequence[Move], cards: Sequence[Card]) -> None:
        """Take the moves as made; an account that moved before, with others, now moves with these."""
        by_id = {card.account.id: card for card in cards}
        for move in moves:
            for lead, before in tuple(self._moves.items()):
                left = tuple(account for account in before.accounts if account not in move.accounts)
                if left != before.accounts:
                    del self._moves[lead]
                    self._moves |= {left[0]: replace(before, accounts=left)} if left else {}
            self._now |= {account: (move.target, by_id[account]) for account in move.accounts}
            self._moves[move.accounts[0]] = move

    def _members(self, incident: str) -> tuple[Card, ...]:
        return self._members_now(incident, self._store.find_cards_of(incident))

    def _in_order(self, one: str, other: str) -> tuple[str, str]:
        """The younger incident first, unless a person's word holds accounts in it."""
        source, target = sorted((one, other), key=self._age, reverse=True)
        return (target, source) if self._holds(source, self._members(source)) else (source, target)

    def _age(self, incident: str) -> int:
        opening = self._store.find_opening(incident)
        return opening.id if opening else 0

    def _holds(self, incident: str, members: Sequence[Card]) -> bool:
        """Whether accounts sit in the incident that only a person moves."""
        return any({card.account.id for card in cards} & self._store.find_fixed(sha256) for sha256, cards in _by_report(members).items())

    def _may_meet(self, source: str, members: Sequence[Card], target: str) -> bool:
        """Whether nothing that a person said keeps accounts of one incident out of the other."""
        return not any(target in apart for cards in _by_report(members).values() for apart in self._find_apart(cards, self._store).values())

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

    def _candidates(self, card: Card) -> Sequence[tuple[str, Sequence[Card]]]:
        """Those incidents are read in which a move changed something, or which rows of datasets must be looked for in; the others when somebody asks."""
        known, joined = self._store.find_unread_candidates(card), {target for target, _ in self._now.values()}
        found = [
            (incident, self._members_now(incident, tuple(members)) if self._is_changed(members, incident in joined) else members) for incident, members in known
        ]
        if not card.account.rule.startswith(IMPORTED):
            return found
        return [(incident, members) for incident, members in found if not are_rows_of_one_dataset([card], [one for one in members if not _is_of(card, one)])]

    def _is_changed(self, members: Unread, is_joined: bool) -> bool:
        return is_joined or any(outline.account in self._now for outline in members.outlines)

    def _members_now(self, incident: str, members: tuple[Card, ...]) -> tuple[Card, ...]:
        staying = [c for c in members if self._now.get(c.account.id, (incident,))[0] == incident]
        here = {c.account.id for c in staying}
        return (*staying, *(card for account, (target, card) in self._now.items() if target == incident and account not in here))


def are_rows_of_one_dataset(cards: Sequence[Card], others: Sequence[Card]) -> bool:
    """Whether on both sides stands a row of the same dataset, which counts each happening once and so tells them apart."""
    rules = {card.account.rule for card in cards if card.account.rule.startswith(IMPORTED)}
    return bool(rules) and any(card.account.rule in rules for card in others)


def _is_of(card: Card, other: Card) -> bool:
    return card.anchor.report_sha256 == other.anchor.report_sha256


def _by_report(cards: Sequence[Card]) -> dict[str, list[Card]]:
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.anchor.report_sha256, []).append(card)
    return found
