"""Drafts into accounts: every facet with its words, its rule, its probability, and the claim that it was said in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from spacy.tokens import Doc

from waqai.codebook.lexicon import Lexicon
from waqai.core import (
    Account,
    ActorNames,
    AttrValue,
    Claim,
    Count,
    Involvement,
    PlaceMention,
    PlaceNames,
    ReaderStamp,
    Report,
    Span,
    Status,
    When,
    account_id,
)
from waqai.parsing.text import WorkingText
from waqai.reading.classes import WordClasses
from waqai.reading.counts import assign_counts
from waqai.reading.custody import Custody
from waqai.reading.drafts import Clues, Draft, draft_accounts, is_counted_from, is_definite
from waqai.reading.participants import Participants
from waqai.reading.placenames import FoundPlace, find_places
from waqai.reading.situating import BORROWED, Situator
from waqai.reading.standing import with_standing
from waqai.reading.timing import Timeline
from waqai.reading.triggers import Trigger, find_triggers

_EFFECT_SHARE = 0.6  # of the rule's probability, where only people killed or hurt are told
_NOWHERE_SHARE = 0.8  # where neither a day nor a place of its own is told

_OWNERS = ("his ", "her ", "its ", "their ", "our ", "my ")

Facet = TypeVar("Facet", Status, When, PlaceMention, Involvement, Count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A draft with the facets found for it."""

    draft: Draft
    when: When | None
    involved: Sequence[Involvement]
    mentions: Sequence[PlaceMention]
    counts: Sequence[Count]

    @property
    def own_places(self) -> list[PlaceMention]:
        """The places that its own words name."""
        return [m for m in self.mentions if m.rule not in BORROWED]

    @property
    def happens(self) -> bool:
        """Whether it tells of a happening: it names who, where, when or how many, and is no mere participle ("areas liberated from the group")."""
        if not self.involved and self.when is None and not self.own_places and not self.counts:
            return False
        return not _is_bare_participle(self.draft.lead) or bool(self.counts) or self._is_situated_below()

    def _is_situated_below(self) -> bool:
        """Whether a day or a place hangs on the trigger itself: "men freed on Monday" tells of a happening."""
        token = self.draft.lead.token
        starts = [m.phrase.start for m in self.own_places] + ([self.when.phrase.start] if self.when is not None else [])
        return any(token.left_edge.idx <= start <= token.right_edge.idx for start in starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the rules found in one report: triggers and place names in order of the text, and the tellings drafted from them."""

    triggers: Sequence[Trigger]
    places: Sequence[FoundPlace]
    tellings: Sequence[Telling]
    classes: WordClasses


@dataclass(frozen=True, slots=True)
class AccountReader:
    """Reads the accounts of one parsed report. Needs the lexicon, the gazetteer's names and the actor register."""

    lexicon: Lexicon
    places: PlaceNames
    actors: ActorNames

    def read(self, report: Report, doc: Doc, text: WorkingText, *, timeline: Timeline, stamp: ReaderStamp, claims: Sequence[Claim]) -> tuple[Account, ...]:
        """The accounts in order of the text."""
        told = self.tell(doc, text, timeline=timeline)
        said = SaidBy(claims)
        accounts = [self.account(report, telling, stamp=stamp, said=said) for telling in told.tellings if telling.happens]
        return with_standing(accounts, published=report.published, types=self.lexicon.types)

    def tell(self, doc: Doc, text: WorkingText, *, timeline: Timeline) -> Told:
        """What the rules find in a parsed report, before anything of it becomes an account."""
        classes = WordClasses(self.lexicon, self.places)
        triggers = find_triggers(doc, text, lexicon=self.lexicon, classes=classes)
        found = find_places(doc, self.places, lexicon=self.lexicon)
        drafts = draft_accounts(triggers, {t.token.i: _clues(t, timeline, found) for t in triggers}, lexicon=self.lexicon)
        tellings = self._tellings(doc, drafts, found, timeline=timeline, classes=classes)
        return Told(triggers=triggers, places=found, tellings=tellings, classes=classes)

    def _tellings(self, doc: Doc, drafts: Sequence[Draft], places: Sequence[FoundPlace], *, timeline: Timeline, classes: WordClasses) -> list[Telling]:
        whens = _dated(drafts, timeline)
        counts = assign_counts(doc, drafts, classes)
        involver = _Involver(Participants(classes, self.actors), Custody(classes, self.actors))
        situator = Situator(self.lexicon)
        tellings: list[Telling] = []
        for i, draft in enumerate(drafts):
            sentences = involver.facility_sentences(doc, draft)
            earlier = [(t.draft, tuple(t.mentions)) for t in tellings]
            mentions = situator.place_mentions(draft, places, facility_sentences=sentences, earlier=earlier)
            involved = _with_counted(draft, (*involver.involved(doc, draft, sentences), *_host(draft, mentions, places, self.actors)), counts[i])
            tellings.append(Telling(draft=draft, when=whens[i], involved=involved, mentions=mentions, counts=counts[i]))
        return tellings

    def account(self, report: Report, telling: Telling, *, stamp: ReaderStamp, said: SaidBy) -> Account:
        """The account, without its key and its standing among the others."""
        draft, lead = telling.draft, telling.draft.lead
        (status,) = said.mark([Status(value=lead.told.value, phrase=lead.told.phrase, p=lead.told.p, rule=lead.told.rule)])
        return Account(
            id=account_id(report_sha256=report.sha256, reader=stamp, evidence=lead.phrase, type=draft.type),
            key="",
            report=report.id,
            type=draft.type,
            status=status,
            evidence=lead.phrase,
            p=_probability(telling),
            rule=lead.rule.name,
            when=said.mark([telling.when])[0] if telling.when is not None else None,
            attrs={**lead.rule.attrs, **self._method(draft)},
            place_mentions=said.mark(telling.mentions),
            involved=tuple(self._with_state(i, said) for i in said.mark(telling.involved)),
            counts=said.mark(telling.counts),
            said_by=said.of(lead.phrase),
        )

    def _with_state(self, involved: Involvement, said: SaidBy) -> Involvement:
        """For "his country" the state of the office that its speaker holds."""
        claim = said.claim_of(involved.said_by)
        if involved.actor_id is not None or claim is None or not involved.name.lower().startswith(_OWNERS):
            return involved
        return replace(involved, actor_id=self.actors.find_state(claim.speaker_name))

    def _method(self, draft: Draft) -> dict[str, AttrValue]:
        """How a prison's order was broken, where a word of the sentences that tell of it says so."""
        if draft.type not in self.lexicon.types.breaks:
            return {}
        words = {t.lemma_.lower() for trigger in draft.triggers for t in trigger.token.sent}
        return next(({"method": method} for word, method in self.lexicon.methods.items() if word in words), {})


@dataclass(frozen=True, slots=True)
class _Involver:
    """Who takes part in a draft, with custodians and destinations where it is about a prison."""

    participants: Participants
    custody: Custody

    def facility_sentences(self, doc: Doc, draft: Draft) -> tuple[int, ...]:
        """First tokens of the sentences that go on about the draft's prison."""
        in_facility = draft.type in self.custody.classes.lexicon.types.in_facility
        return self.custody.facility_sentences(doc, after=draft.body[0].token.i) if in_facility else ()

    def involved(self, doc: Doc, draft: Draft, sentences: Sequence[int]) -> tuple[Involvement, ...]:
        involved = self.participants.of_draft(draft)
        if draft.type not in self.custody.classes.lexicon.types.in_facility:
            return involved
        extra = self.custody.custodians(doc, sentences=sentences, own=[t.sentence for t in draft.body])
        if draft.type in ("escape", "jailbreak"):
            extra += self.custody.destinations(doc, after=draft.body[0].token.i)
        have = {i.phrase for i in involved}
        return (*involved, *(i for i in extra if i.phrase not in have))


class SaidBy:
    """Which claim a stretch of words stands in: the innermost one that covers it."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = sorted(claims, key=lambda c: c.content.end - c.content.start)

    def of(self, span: Span) -> str | None:
        return next((c.id for c in self.claims if c.content.covers(span)), None)

    def claim_of(self, claim_id: str | None) -> Claim | None:
        return next((c for c in self.claims if c.id == claim_id), None) if claim_id is not None else None

    def mark(self, facets: Sequence[Facet]) -> tuple[Facet, ...]:
        return tuple(replace(f, said_by=self.of(f.phrase)) for f in facets)


def _host(draft: Draft, mentions: Sequence[PlaceMention], places: Sequence[FoundPlace], actors: ActorNames) -> tuple[Involvement, ...]:
    """The country in which a meeting was held is its host."""
    if draft.type != "meeting":
        return ()
    countries = {p.phrase for p in places if p.country}
    held_in = [m for m in mentions if m.role == "event_place" and m.rule not in BORROWED and m.phrase in countries]
    return tuple(
        Involvement(role="host", name=m.name, phrase=m.phrase, p=0.6, rule="country of the meeting", actor_id=actors.find_actor(m.name)) for m in held_in[:1]
    )


def _clues(trigger: Trigger, timeline: Timeline, places: Sequence[FoundPlace]) -> Clues:
    dated = timeline.own_phrase(trigger)
    again = trigger.token.pos_ == "NOUN" and is_definite(trigger.token)
    if dated is not None and again and (dated.phrase.kind == "anchored" or is_counted_from(trigger.token)):
        dated = None  # "the escape came days after", "a few days before the escape": counted from the escape, it is not another one
    own = trigger.token.sent
    near = [p for p in places if own.start <= p.head.i < own.end and not p.country and trigger.token.is_ancestor(p.head)]
    return Clues(days=frozenset({dated.phrase.words.lower()}) if dated is not None else frozenset(), places=frozenset(p.name.lower() for p in near))


def _dated(drafts: Sequence[Draft], timeline: Timeline) -> list[When | None]:
    dated: list[tuple[Draft, When | None]] = []
    for draft in drafts:
        dated.append((draft, timeline.date_draft(draft, earlier=dated)))
    return [when for _, when in dated]


def _is_bare_participle(trigger: Trigger) -> bool:
    return trigger.token.dep_ in ("amod", "acl") and trigger.token.tag_ == "VBN"


def _probability(telling: Telling) -> float:
    situated = telling.when is not None or telling.own_places
    return round(telling.draft.lead.rule.p * (_EFFECT_SHARE if telling.draft.lead.effect else 1.0) * (1.0 if situated else _NOWHERE_SHARE), 3)


def _with_counted(draft: Draft, involved: tuple[Involvement, ...], counts: Sequence[Count]) -> tuple[Involvement, ...]:
    """People counted as killed or hurt who are in no role yet are victims (gold/CODING.md, rule 3)."""
    have = {_head_word(i.name) for i in involved if i.role in ("victim", "target", "person_held", "initiator")}
    extra: list[Involvement] = []
    for count in counts:
        if count.measure not in ("killed", "wounded") or not count.of_whom or draft.type == "execution":
            continue
        head = _head_word(count.of_whom)
        if head not in have and head not in ("other", "death"):
            have.add(head)
            extra.append(Involvement(role="victim", name=count.of_whom, phrase=count.phrase, p=0.6, rule="counted as killed or hurt"))
    return (*involved, *extra)


def _head_word(name: str) -> str:
    """The last word without its plural's s, near enough to tell two groups of people apart.

    >>> _head_word("Iraqi soldiers")
    'soldier'
    """
    return name.lower().split()[-1].rstrip("s")
