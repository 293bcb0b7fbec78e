"""A person's word on what tells of what. It is a constraint: no later run moves what it seated, or joins what it told apart.

An account that is named stands for itself and the parts that its report tells with it; an incident for all its accounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from waqai.core import Card, LinkRole, NotPossible, UnknownId, Verdict
from waqai.flow.attaching import is_uncoded, judge_story
from waqai.flow.changes import Before, Change
from waqai.flow.clock import now
from waqai.flow.meanwhile import check_cards
from waqai.flow.undoing import mint_free_id, parts_of
from waqai.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two that are judged: an incident with all its cards, or an account with its parts, the account first."""

    incident: str
    cards: tuple[Card, ...]
    is_incident: bool

    @property
    def head(self) -> Card:
        return self.cards[0]


@dataclass(slots=True)
class Act:
    """What a person says in one breath. Mutable: it grows by entries."""

    store: Store
    because: str
    by: str
    at: datetime = field(default_factory=now)
    number: int = 0

    def __post_init__(self) -> None:
        self.number = self.store.last_entry() + 1

    def judge(self, card: Card, verdict: Verdict, incident: str, *, right: Card, role: LinkRole, beside: bool) -> None:
        """One entry; `beside`: the judgement is about the account `right`, wherever it sits."""
        said: dict[str, Any] = {"because": self.because, "by": self.by, "at": self.at, "act": self.number, "score": 1.0}
        anchor = right.anchor if beside else None
        self.store.judge(card.account.id, right.account.id, incident=incident, anchor=card.anchor, role=role, verdict=verdict, right_anchor=anchor, **said)

    def open(self, card: Card, *, role: LinkRole) -> str:
        """A new incident, opened by this card."""
        incident = mint_free_id(card, self.store)
        said: dict[str, Any] = {"because": self.because, "by": self.by, "at": self.at, "act": self.number}
        self.store.open_incident(incident, account=card.account.id, anchor=card.anchor, role=role, **said)
        return incident


def judge_same(one: str, other: str, store: Store, *, because: str, by: str, expects: int | None = None) -> Change:
    """Both tell of one happening: an account joins the other side's incident, of two incidents the younger the older.

    A report without an account is put beside the incident whose story it tells. `expects` is the number of the log's last entry when the person looked.
    Raises UnknownId, ChangedMeanwhile, and NotPossible where a person told the two apart before.
    """
    if (uncoded := _find_uncoded(one, other, store)) is not None:
        return judge_story(*uncoded, "same", store, because=because, by=by, expects=expects)
    with store.transaction():
        moving, staying = find_side(one, store), find_side(other, store)
        if moving.is_incident and (not staying.is_incident or _age(moving, store) < _age(staying, store)):
            moving, staying = staying, moving
        _check_unchanged(store, expects, moving, staying, by=by)
        _check_not_itself(moving, staying, one, other)
        check_not_apart(moving, staying, store)
        before, act = Before(store, _shas(moving, staying)), Act(store, because, by)
        seat_all(moving.cards, staying, act, before)
        return before.compare()


def judge_different(one: str, other: str, store: Store, *, because: str, by: str, expects: int | None = None) -> Change:
    """They tell of two happenings: where they sit together, the first leaves and opens an incident of its own.

    Raises UnknownId, ChangedMeanwhile and NotPossible.
    """
    if (uncoded := _find_uncoded(one, other, store)) is not None:
        return judge_story(*uncoded, "different", store, because=because, by=by, expects=expects)
    with store.transaction():
        left, right = find_side(one, store), find_side(other, store)
        _check_unchanged(store, expects, left, right, by=by)
        together = left.incident == right.incident
        if left.is_incident and together:
            left, right = right, left  # an account leaves its incident, whichever was named first
        left, right = _disentangle(left, right, one, other)
        before, act = Before(store, _shas(left, right)), Act(store, because, by)
        if together:
            _leave(left, right, act, before)
        else:
            _tell_apart(left, right, act, before)
            _tell_apart(right, left, act, before)
        return before.compare()


def judge_unsure(one: str, other: str, store: Store, *, because: str, by: str, expects: int | None = None) -> Change:
    """Nobody can say yet: noted, and nothing moves. Raises UnknownId, ChangedMeanwhile and NotPossible."""
    with store.transaction():
        left, right = find_side(one, store), find_side(other, store)
        _check_unchanged(store, expects, left, right, by=by)
        _check_not_itself(left, right, one, other)
        before, act = Before(store, _shas(left, right)), Act(store, because, by)
        act.judge(left.head, "unsure", right.incident, right=right.head, role=before.role_of(left.head.account.id), beside=not right.is_incident)
        return before.compare()


def split_incident(incident: str, accounts: Sequence[str], store: Store, *, because: str, by: str, expects: int | None = None) -> Change:
    """These accounts, with their parts, leave the incident and tell of one happening of its own.

    Raises UnknownId, ChangedMeanwhile, and NotPossible for accounts that sit elsewhere and where nobody would stay.
    """
    with store.transaction():
        whole = find_side(incident, store)
        _check_unchanged(store, expects, whole, by=by)
        leaving: dict[str, Card] = {}
        for name in accounts:
            side = find_side(name, store)
            if side.is_incident or side.incident != whole.incident:
                raise NotPossible(f"{name!r} is no account of incident {whole.incident}; `waqai show {whole.incident}` lists its accounts")
            leaving |= {card.account.id: card for card in side.cards}
        if not leaving:
            raise NotPossible(f"no account is named that leaves incident {whole.incident}: name those that tell of another happening")
        if len(leaving) == len(whole.cards):
            raise NotPossible(f"all accounts of incident {whole.incident} would leave it: name fewer")
        staying = tuple(card for card in whole.cards if card.account.id not in leaving)
        before, act = Before(store, _shas(whole)), Act(store, because, by)
        _leave(
            Side(incident=whole.incident, cards=tuple(leaving.values()), is_incident=False),
            Side(incident=whole.incident, cards=staying, is_incident=True),
            act,
            before,
        )
        return before.compare()


def _find_uncoded(one: str, other: str, store: Store) -> tuple[str, str] | None:
    """(report without an account, the other side), if one of the two is such a report."""
    return (one, other) if is_uncoded(one, store) else (other, one) if is_uncoded(other, store) else None


def seat_all(cards: Sequence[Card], staying: Side, act: Act, before: Before) -> None:
    """Put these accounts into the other side's incident: the first as what it was, parts with it."""
    own = {card.account.id for card in cards}
    right = next((card for card in staying.cards if card.account.id not in own), staying.head)
    for n, card in enumerate(cards):
        role = before.role_of(card.account.id)
        role = "main" if n == 0 and role == "part" else role
        act.judge(card, "same", staying.incident, right=right, role=role, beside=not staying.is_incident)


def find_side(name: str, store: Store) -> Side:
    """What a name stands for. Raises UnknownId, saying what could be named instead."""
    if store.find_report(name) is not None:
        cards = list(store.iter_cards(report=name))
        listed = ", ".join(f"{card.account.id} ({card.account.type})" for card in cards) or "it has none"
        raise UnknownId(f"{name!r} is a report; name one of its accounts: {listed}")
    if name.startswith("i-"):
        view = store.get_incident(name)
        by_id = {card.account.id: card for report in dict.fromkeys(a.report for a in view.accounts) for card in store.iter_cards(report=report)}
        return Side(incident=view.id, cards=tuple(by_id[a.account] for a in view.accounts), is_incident=True)
    account = store.get_account(name)
    by_id = {card.account.id: card for card in store.iter_cards(report=account.report)}
    incident = store.find_incident_of(name)
    if name not in by_id or incident is None:
        listed = ", ".join(f"{card.account.id} ({card.account.type})" for card in by_id.values()) or "none"
        raise UnknownId(f"account {name!r} is of an older reading of report {account.report}; its accounts today: {listed}")
    parts = [by_id[part] for part in parts_of(name, incident, store, sha256=by_id[name].anchor.report_sha256) if part in by_id]
    return Side(incident=incident, cards=(by_id[name], *parts), is_incident=False)


def _leave(left: Side, right: Side, act: Act, before: Before) -> None:
    """The left side leaves the incident that it shares with the right one, and opens its own; those who stay are told apart from that one too."""
    for card in left.cards:
        role = before.role_of(card.account.id)
        act.judge(card, "different", left.incident, right=right.head, role=role, beside=not right.is_incident)
    head, *others = left.cards
    role = before.role_of(head.account.id)
    opened = act.open(head, role="main" if role == "part" else role)
    for card in others:
        act.judge(card, "same", opened, right=head, role=before.role_of(card.account.id), beside=False)
    for card in right.cards if right.is_incident else (right.head,):
        act.judge(card, "different", opened, right=head, role=before.role_of(card.account.id), beside=not right.is_incident)


def _tell_apart(left: Side, right: Side, act: Act, before: Before) -> None:
    for card in left.cards:
        act.judge(card, "different", right.incident, right=right.head, role=before.role_of(card.account.id), beside=not right.is_incident)


def _disentangle(left: Side, right: Side, one: str, other: str) -> tuple[Side, Side]:
    """The two without what they share: the first keeps its head, the second what is left. Raises NotPossible where that is nothing."""
    _check_not_itself(left, right, one, other)
    mine = [card for n, card in enumerate(left.cards) if n == 0 or right.is_incident or card.account.id != right.head.account.id]
    taken = {card.account.id for card in mine}
    theirs = tuple(card for card in right.cards if card.account.id not in taken)
    if not theirs:
        raise NotPossible(f"incident {right.incident} holds nothing but account {left.head.account.id} and its parts: there is nothing to tell it apart from")
    return replace(left, cards=tuple(mine)), replace(right, cards=theirs)


def _check_unchanged(store: Store, expects: int | None, *sides: Side, by: str) -> None:
    """Raises ChangedMeanwhile: somebody else wrote on the reports of these accounts, or on an incident that is named."""
    check_cards(store, expects, by=by, cards=[card for side in sides for card in side.cards], incidents={side.incident for side in sides if side.is_incident})


def _check_not_itself(left: Side, right: Side, one: str, other: str) -> None:
    both = left.is_incident == right.is_incident
    if both and (left.incident == right.incident if left.is_incident else left.head.account.id == right.head.account.id):
        raise NotPossible(f"{one!r} and {other!r} are one already: name two accounts, two incidents, or one of each")


def check_not_apart(moving: Side, staying: Side, store: Store) -> None:
    """Raises NotPossible where a person's word keeps one of the accounts out of the other side's incident."""
    for side, other in ((moving, staying), (staying, moving)):
        for card in side.cards:
            for apart in store.find_apart(card.anchor.report_sha256):
                if apart.incident == other.incident and side.incident != other.incident and apart.holds_for(card):
                    entry, who = apart.entry, apart.entry.by.removeprefix("person:")
                    raise NotPossible(
                        f"entry {entry.id} ({who}, {entry.at.date().isoformat()}) says that account {card.account.id} does not tell of incident "
                        f"{other.incident}: {entry.because}. If that is no longer so, `waqai undo {entry.id}` first"
                    )


def _age(side: Side, store: Store) -> int:
    opening = store.find_opening(side.incident)
    return opening.id if opening is not None else 0


def _shas(*sides: Side) -> set[str]:
    return {card.anchor.report_sha256 for side in sides for card in side.cards}
