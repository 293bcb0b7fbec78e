"""What one report tells of one happening, parts included: the unit that the linker compares.

A report tells of a jailbreak in pieces: the blast, the clash, the flight, the people held. Taken one by one the pieces lack a day or a place; taken
together they have them. A `Telling` is the main account completed by its parts, and only where it lacks a facet itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from waqai.core import Account, Card, Count, Day, Involvement, Where
from waqai.linking.headlines import find_frames
from waqai.linking.means import Means, find_means
from waqai.linking.spots import facility_tokens, is_house
from waqai.linking.words import fold, name_tokens, weight

SIEGE = 10
"""Days that the storm of a prison and its end may lie apart: al-Sina'a was fought over for ten."""
FIGHTS = frozenset({"raid", "clash", "territory_change", "surrender", "suicide_attack", "bombing"})
_PRISON = re.compile(r"\b(prison|jail)\b")
_CUSTODY = frozenset({"custody_exit", "custody_inside"})
_ACT = r"(riot|revolt|mutin|uprising|unrest|escap|break|broke|jailbreak|attack|strike|raid|flee|fled|clash)"
_AGAIN = re.compile(
    rf"\b{_ACT}\w*( \w+)? again\b|\bagain {_ACT}|\b(second|third|fourth) (\w+ ){{0,3}}({_ACT}|time\b|in \w+ (weeks|months))"
    rf"|\b(another|renewed|fresh|new) (\w+ )?{_ACT}",
    re.I,
)
_AGAIN_NEEDS = ("again", "second", "third", "fourth", "another", "renewed", "fresh", "new")
"""Of these one stands in all that _AGAIN finds; looked for first, as that takes a fiftieth of the time."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """`lead` is the main account's card with what its parts add, `cards` are all of them as they were, main first.

    `news`: the happening is what the report is about, so that title and body speak of it; else only the sentence around the evidence does.
    What is derived is derived once: a telling is compared with many.
    """

    lead: Card
    cards: tuple[Card, ...]
    news: bool

    @cached_property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """(type, family) of every account, the main one's first; last what the headline of news speaks of, should the reader have missed it."""
        told = [(c.account.type, c.family) for c in self.cards]
        hinted = find_frames(self.lead.title) if self.news else ()
        return tuple(dict.fromkeys([*told, *hinted]))

    @cached_property
    def days(self) -> tuple[tuple[Day | None, Day | None], ...]:
        """(first, last) day of the main account, and of a siege those of the parts that come before or after: its storm, its clashes, its end."""
        lead = self.lead
        if lead.earliest is None:
            return ((lead.earliest, lead.latest),)
        near = [(c.earliest, c.latest) for c in self.cards if c.earliest and c.latest and abs((c.earliest - lead.earliest).days) <= SIEGE]
        return tuple(dict.fromkeys([(lead.earliest, lead.latest), *near]))

    @cached_property
    def of_custody(self) -> bool:
        """Whether it tells of people leaving custody or rising in it."""
        return are_of_custody(self.kinds) or any(is_fight_for_prison(c.account.type, c.where.place_id if c.where else None) for c in self.cards)

    @cached_property
    def text(self) -> str:
        """The words that speak of the happening."""
        return words_of_news(self.lead.title, self.lead.body) if self.news else self.lead.context or self.lead.words

    @cached_property
    def facility(self) -> frozenset[str]:
        """What tells its prison, camp or court from others."""
        return facility_tokens(self.lead)

    @cached_property
    def houses(self) -> frozenset[str]:
        """The gazetteer's ids of the prisons, camps and courts where its accounts lie."""
        return frozenset(c.where.place_id for c in self.cards if c.where and c.where.place_id and is_house(c.where))

    @cached_property
    def means(self) -> Means | None:
        """By what means people got out, in the headline and first lines of news of custody."""
        return find_means(f"{self.lead.title}\n{self.lead.lead}") if self.news and self.of_custody else None

    @cached_property
    def repeats(self) -> bool:
        """Whether title or sentence call it a second, another, a renewed one."""
        words = (f"{self.lead.title}. {self.lead.context} {self.lead.lead}" if self.news else self.lead.context).lower()
        return any(need in words for need in _AGAIN_NEEDS) and _AGAIN.search(words) is not None

    @cached_property
    def actors(self) -> frozenset[str]:
        """The folded names of those who take part and that few reports use."""
        names = {fold(i.name) for i in self.lead.account.involved if i.role != "facility"}
        return frozenset(n for n in names if max((weight(t) for t in name_tokens(n)), default=0.0) >= 0.6)


def are_of_custody(kinds: Sequence[tuple[str, str]]) -> bool:
    """Whether one of these (type, family) is of people leaving custody or rising in it."""
    return any(family in _CUSTODY for _, family in kinds)


def is_fight_for_prison(type_id: str, place_id: str | None) -> bool:
    """Whether an act of this type at this place is one of those by which prisons are stormed and taken back."""
    return bool(place_id and type_id in FIGHTS and _PRISON.search(place_id))


def words_of_news(title: str, body: str) -> str:
    """The words by which a report's news is compared: headline and first lines."""
    return f"{title}\n{body}"


def make_telling(main: Card, *, parts: Sequence[Card] = (), news: bool | None = None, beside: Sequence[Card] = ()) -> Telling:
    """The telling of one happening; `news` defaults to: the main account is no background.

    `beside` are other accounts of the report that may lend their place where neither the main account nor a part has one finer than a country.
    """
    ordered = tuple(sorted(parts, key=lambda c: c.order))
    return Telling(lead=_complete(main, ordered, beside), cards=(main, *ordered), news=not main.account.background if news is None else news)


def tellings_of(cards: Sequence[Card]) -> tuple[Telling, ...]:
    """The cards of one incident as tellings, one for each report, in order of report hash and place in the report."""
    by_report: dict[str, list[Card]] = {}
    for card in sorted(cards, key=lambda c: (c.anchor.report_sha256, c.account.background, c.order, c.account.id)):
        by_report.setdefault(card.anchor.report_sha256, []).append(card)
    return tuple(_make_known(_head(group), group) for group in by_report.values())


def _make_known(head: Card, group: Sequence[Card]) -> Telling:
    news = None if head.role is None else head.role == "main"
    return make_telling(head, parts=[c for c in group if c is not head], news=news)


def _head(group: Sequence[Card]) -> Card:
    """The account that is no part of the incident's, else the one that others of the group are part of, else the first."""
    whole = [c for c in group if c.role not in (None, "part")]
    if whole:
        return min(whole, key=lambda c: c.role != "main")
    joined = {r.to for c in group for r in c.account.relations if r.kind == "part_of"}
    return next((c for c in group if c.account.id in joined), group[0])


def _complete(main: Card, parts: Sequence[Card], beside: Sequence[Card]) -> Card:
    account = main.account
    filled = replace(
        account,
        when=account.when or next((p.account.when for p in parts if p.account.when), None),
        where=_find_where([main, *parts, *sorted(beside, key=lambda c: c.order)]),
        counts=_join_counts(account, parts),
        involved=_join_involved(account, parts),
    )
    return main if filled == account else replace(main, account=filled)


def _find_where(cards: Sequence[Card]) -> Where | None:
    """The first place finer than a country, else the first."""
    told = [c.where for c in cards if c.where]
    return next((w for w in told if w.precision[:2] not in ("P6", "P7")), told[0] if told else None)


def _join_counts(main: Account, parts: Sequence[Card]) -> tuple[Count, ...]:
    return tuple(dict.fromkeys((*main.counts, *(c for p in parts for c in p.account.counts))))


def _join_involved(main: Account, parts: Sequence[Card]) -> tuple[Involvement, ...]:
    return tuple(dict.fromkeys((*main.involved, *(i for p in parts for i in p.account.involved))))
