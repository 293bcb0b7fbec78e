"""Drafts into accounts: every facet with its words, its rule, its probability, and the claim that it was said in."""

from __future__ import annotations

import re
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
    Relation,
    Report,
    Span,
    Status,
    When,
    account_id,
)
from waqai.reading.classes import WordClasses
from waqai.reading.counts import assign_counts
from waqai.reading.custody import Custody
from waqai.reading.drafts import Clues, Draft, draft_accounts
from waqai.reading.participants import Participants
from waqai.reading.placenames import FoundPlace, find_places
from waqai.reading.situating import place_mentions
from waqai.reading.text import WorkingText
from waqai.reading.timing import Timeline
from waqai.reading.triggers import Trigger, find_triggers

_CONTEXT = frozenset(
    {"meeting", "agreement", "statement", "aid", "sanction", "policy", "amnesty", "group_change", "deployment", "displacement", "return", "territory_change"}
)
_BREAKS = frozenset({"escape", "jailbreak", "prison_riot"})
_OLD_DAYS = 21  # an act so long before the report, or before its news, is told as background
_BEFORE_NEWS_DAYS = 7
_METHODS = {"tunnel": "tunnel", "bribe": "bribery", "bribery": "bribery", "collusion": "collusion", "complicity": "collusion", "chaos": "disorder"}

Facet = TypeVar("Facet", Status, When, PlaceMention, Involvement, Count)


@dataclass(frozen=True, slots=True)
class AccountReader:
    """Reads the accounts of one parsed report. Needs the lexicon, the gazetteer's names and the actor register."""

    lexicon: Lexicon
    places: PlaceNames
    actors: ActorNames

    def read(self, report: Report, doc: Doc, text: WorkingText, *, timeline: Timeline, stamp: ReaderStamp, claims: Sequence[Claim]) -> tuple[Account, ...]:
        """The accounts in order of the text."""
        classes = WordClasses(self.lexicon, self.places)
        triggers = find_triggers(doc, text, lexicon=self.lexicon, classes=classes)
        found = find_places(doc, self.places)
        drafts = draft_accounts(triggers, {t.token.i: _clues(t, timeline, found) for t in triggers})
        whens = _dated(drafts, timeline)
        parts = Participants(self.lexicon, classes, self.actors)
        custody = Custody(classes, self.actors, self.places)
        counts = assign_counts(doc, drafts, classes)
        said = _SaidBy(claims)
        accounts: list[Account] = []
        earlier: list[tuple[Draft, tuple[PlaceMention, ...]]] = []
        for index, draft in enumerate(drafts):
            involved, sentences = self._involved(draft, doc, parts, custody)
            mentions = place_mentions(draft, found, facility_sentences=sentences, earlier=earlier)
            earlier.append((draft, mentions))
            involved = _with_counted(draft, involved, counts[index])
            account = _account(report, draft, when=whens[index], involved=involved, mentions=mentions, counts=counts[index], stamp=stamp, said=said)
            if account is not None:
                accounts.append(account)
        return _finished(accounts, report)

    def _involved(self, draft: Draft, doc: Doc, parts: Participants, custody: Custody) -> tuple[tuple[Involvement, ...], tuple[int, ...]]:
        involved = parts.of_draft(draft)
        if draft.type not in _BREAKS | {"detention", "death_in_custody", "ill_treatment"}:
            return involved, ()
        body = [t for t in draft.triggers if not t.heading] or draft.triggers
        sentences = custody.facility_sentences(doc, after=body[0].token.i)
        extra = custody.custodians(doc, sentences=sentences, own=[t.sentence for t in body])
        if draft.type in ("escape", "jailbreak"):
            extra += custody.destinations(doc, after=body[0].token.i)
        have = {i.phrase for i in involved}
        return (*involved, *(i for i in extra if i.phrase not in have)), sentences


class _SaidBy:
    """Which claim a stretch of words stands in: the innermost one that covers it."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = sorted(claims, key=lambda c: c.content.end - c.content.start)

    def of(self, span: Span) -> str | None:
        return next((c.id for c in self.claims if c.content.covers(span)), None)

    def mark(self, facets: Sequence[Facet]) -> tuple[Facet, ...]:
        return tuple(replace(f, said_by=self.of(f.phrase)) for f in facets)


def _clues(trigger: Trigger, timeline: Timeline, places: Sequence[FoundPlace]) -> Clues:
    dated = timeline.own_phrase(trigger)
    near = [p for p in places if p.head.sent == trigger.token.sent and not p.country and trigger.token.is_ancestor(p.head)]
    return Clues(days=frozenset({dated.phrase.words.lower()}) if dated is not None else frozenset(), places=frozenset(p.name.lower() for p in near))


def _dated(drafts: Sequence[Draft], timeline: Timeline) -> list[When | None]:
    whens: list[When | None] = []
    earlier: list[tuple[Draft, When | None]] = []
    for draft in drafts:
        when = timeline.date_draft(draft, earlier=earlier)
        whens.append(when)
        earlier.append((draft, when))
    return whens


def _account(
    report: Report,
    draft: Draft,
    *,
    when: When | None,
    involved: Sequence[Involvement],
    mentions: Sequence[PlaceMention],
    counts: Sequence[Count],
    stamp: ReaderStamp,
    said: _SaidBy,
) -> Account | None:
    """The account, or None when the draft names neither who, where nor when: then it tells of no happening."""
    lead = draft.lead
    own_places = [m for m in mentions if m.rule not in ("place of the telling before", "last place named before")]
    if not involved and when is None and not own_places and not counts:
        return None
    if lead.token.dep_ in ("amod", "acl") and lead.token.tag_ == "VBN" and not counts and not _situated_below(lead, when, own_places):
        return None
    told = lead.told
    status = Status(value=told.value, phrase=told.phrase, p=told.p, rule=told.rule)
    return Account(
        id=account_id(report_sha256=report.sha256, reader=stamp, evidence=lead.phrase, type=draft.type),
        key="",
        report=report.id,
        type=draft.type,
        status=replace(status, said_by=said.of(status.phrase)),
        evidence=lead.phrase,
        p=round(lead.rule.p * (0.6 if lead.effect else 1.0) * (1.0 if when is not None or own_places else 0.8), 3),
        rule=lead.rule.name,
        when=replace(when, said_by=said.of(when.phrase)) if when is not None else None,
        attrs={**lead.rule.attrs, **_attrs(draft)},
        place_mentions=said.mark(mentions),
        involved=said.mark(involved),
        counts=said.mark(counts),
        said_by=said.of(lead.phrase),
    )


def _situated_below(lead: Trigger, when: When | None, places: Sequence[PlaceMention]) -> bool:
    """Whether a day or a place hangs on the participle itself: "areas liberated from the group" tells of no happening, "men freed on Monday" does."""
    low, high = lead.token.left_edge.idx, lead.token.right_edge.idx
    return any(low <= s.start <= high for s in ([when.phrase] if when is not None else []) + [m.phrase for m in places])


def _with_counted(draft: Draft, involved: tuple[Involvement, ...], counts: Sequence[Count]) -> tuple[Involvement, ...]:
    """People counted as killed or hurt who are in no role yet are victims (gold/CODING.md, rule 3)."""
    have = {i.name.lower().split()[-1].rstrip("s") for i in involved if i.role in ("victim", "target", "person_held", "initiator")}
    extra: list[Involvement] = []
    for count in counts:
        if count.measure not in ("killed", "wounded") or not count.of_whom or draft.type == "execution":
            continue
        head = count.of_whom.lower().split()[-1].rstrip("s")
        if head not in have and head not in ("other", "death"):
            have.add(head)
            extra.append(Involvement(role="victim", name=count.of_whom, phrase=count.phrase, p=0.6, rule="counted as killed or hurt"))
    return (*involved, *extra)


def _attrs(draft: Draft) -> dict[str, AttrValue]:
    if draft.type not in _BREAKS:
        return {}
    words = {t.lemma_.lower() for trigger in draft.triggers for t in trigger.token.sent}
    return {"method": next((m for w, m in _METHODS.items() if w in words), "other")} if words & set(_METHODS) else {}


def _finished(accounts: list[Account], report: Report) -> tuple[Account, ...]:
    """Background flags, relations between the accounts and keys, once all of them are known."""
    news = _news(accounts, report)
    marked = [replace(a, background=_is_background(a, news, report)) for a in accounts]
    keyed = _with_keys(marked)
    main = next((a for a in keyed if news is not None and a.id == news.id), None)
    return tuple(replace(a, relations=_relations(a, main)) if main is not None and a is not main else a for a in keyed)


def _news(accounts: Sequence[Account], report: Report) -> Account | None:
    """The report's news: its first account that is neither context nor long past, else its first."""
    days = [
        a.when.latest
        for a in accounts
        if a.when is not None and (a.when.latest - a.when.earliest).days < _OLD_DAYS and a.status.value in ("occurred", "ongoing")
    ]
    today = report.published or max(days, default=None)
    recent = [a for a in accounts if a.when is None or today is None or (today - a.when.latest).days <= _OLD_DAYS]
    return next((a for a in recent if a.type not in _CONTEXT | {"detention"}), accounts[0] if accounts else None)


def _is_background(account: Account, news: Account | None, report: Report) -> bool:
    if account.type == "detention":
        return True
    if account is news:
        return bool(account.when and report.published and (report.published - account.when.latest).days > 365)
    if account.when is not None and account.status.value not in ("planned", "pledged", "threatened"):
        if report.published is not None and (report.published - account.when.latest).days > _OLD_DAYS:
            return True
        if news is not None and news.when is not None and (news.when.earliest - account.when.latest).days > _BEFORE_NEWS_DAYS:
            return True
    return account.type in ("meeting", "agreement", "aid", "sanction", "policy") and news is not None and news.type not in _CONTEXT


def _with_keys(accounts: Sequence[Account]) -> list[Account]:
    keyed: list[Account] = []
    used: set[str] = set()
    for account in accounts:
        place = next((m.name for m in account.place_mentions if m.role == "event_place"), "")
        stem = re.sub(r"[^a-z0-9]+", "-", f"{place} {account.type}".lower()).strip("-") or account.type
        key, n = stem, 2
        while key in used:
            key, n = f"{stem}-{n}", n + 1
        used.add(key)
        keyed.append(replace(account, key=key))
    return keyed


def _relations(account: Account, main: Account) -> tuple[Relation, ...]:
    if account.type == "recapture" and main.type in _BREAKS:
        return (Relation(to=main.id, kind="recaptures", p=0.8, rule="recapture beside a break"),)
    if account.background:
        return (Relation(to=main.id, kind="context_of", p=0.5, rule="background of the news"),)
    if account.type in ("arrest", "raid", "deployment", "restriction", "meeting", "sentence") and account.evidence.start > main.evidence.start:
        return (Relation(to=main.id, kind="follows_up", p=0.4, rule="later act beside the news"),)
    return ()
