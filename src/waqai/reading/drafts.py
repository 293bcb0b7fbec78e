"""From triggers to drafts of accounts: one happening told in several places becomes one draft.

A report names its happening in the headline, tells it in the lead and comes back to it as "the attack". A trigger joins an earlier draft when nothing that
it says (type, day, place, number) speaks against it; otherwise it opens one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon
from waqai.reading.triggers import Trigger

_NOT_YET = frozenset(("planned", "threatened", "pledged"))
_HAPPENED = frozenset(("occurred", "ongoing", "foiled", "attempted"))
_POINTING = frozenset(("the", "this", "that", "these", "those"))
_CORE_SLOTS = ("subj", "obj", "by", "of")


@dataclass(slots=True)
class Draft:
    """An account in the making: its triggers, the first of them the one that gives it its type. `draft_accounts` adds to it; afterwards it stays as it is."""

    triggers: list[Trigger]

    @property
    def lead(self) -> Trigger:
        return self.triggers[0]

    @property
    def type(self) -> str:
        return self.lead.type

    @property
    def status(self) -> str:
        return self.lead.told.value

    @property
    def last(self) -> Trigger:
        return self.triggers[-1]

    @property
    def body(self) -> list[Trigger]:
        """The triggers that stand in no headline; all of them where the headline alone tells it."""
        return [t for t in self.triggers if not t.heading] or self.triggers

    @property
    def start(self) -> int:
        """Index of the first token that tells it."""
        return min(t.token.i for t in self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What stands in a trigger's own clause and could set it apart from an earlier telling: phrases of days, names of places."""

    days: frozenset[str]
    places: frozenset[str]


def draft_accounts(triggers: Sequence[Trigger], clues: Mapping[int, Clues], *, lexicon: Lexicon) -> list[Draft]:
    """Drafts in the order of their first body trigger. `clues` are looked up by the index of the trigger's token."""
    drafter = _Drafter(lexicon, clues, [])
    body = [t for t in triggers if not t.heading]
    for trigger in body:
        if not trigger.effect:
            drafter.join_or_open(trigger)
    for trigger in body:
        if trigger.effect:
            drafter.attach_effect(trigger)
    for trigger in triggers:
        if trigger.heading:
            drafter.attach_heading(trigger)
    return sorted(drafter.drafts, key=lambda draft: draft.start)


@dataclass(frozen=True, slots=True)
class _Drafter:
    """Puts triggers into `drafts`, one after the other."""

    lexicon: Lexicon
    clues: Mapping[int, Clues]
    drafts: list[Draft]

    def join_or_open(self, trigger: Trigger) -> None:
        """Add the trigger to the last draft that it can go on with, else to a draft of its own."""
        for draft in reversed(self.drafts):
            if self._same_happening(trigger, draft):
                draft.triggers.append(trigger)
                return
            if self._explains_escape(trigger, draft):
                draft.triggers.insert(0, trigger)
                return
        if not self._tells_destination(trigger):
            self.drafts.append(Draft([trigger]))

    def _tells_destination(self, trigger: Trigger) -> bool:
        """ "They are expected to flee to X": where those who got out will go, and no further escape."""
        if (
            trigger.type not in ("escape", "displacement")
            or trigger.told.value not in _NOT_YET
            or not trigger.heads("to", "into", "toward", "towards", "across")
        ):
            return False
        return any(d.type in ("escape", "jailbreak") and d.status == "occurred" for d in self.drafts)

    def _explains_escape(self, trigger: Trigger, draft: Draft) -> bool:
        """Force from outside makes the escape told before it a jailbreak."""
        return trigger.type == "jailbreak" and draft.type == "escape" and trigger.told.value == draft.status and not self._contradicts(trigger, draft)

    def _same_happening(self, trigger: Trigger, draft: Draft) -> bool:
        if trigger.told.value != draft.status and {trigger.told.value, draft.status} & _NOT_YET:
            return False
        if trigger.type == draft.type:
            return not self._contradicts(trigger, draft) and (trigger.token.pos_ == "NOUN" or _restates(trigger, draft))
        if self._points_back(trigger, draft):
            return not self._contradicts(trigger, draft)
        if trigger.sentence == draft.last.sentence and {trigger.type, draft.type} <= self.lexicon.types.attacks:
            return _shares_slot(trigger, draft) or trigger.token.head == draft.last.token
        return trigger.type == "escape" and draft.type == "jailbreak" and not self._contradicts(trigger, draft)

    def _points_back(self, trigger: Trigger, draft: Draft) -> bool:
        """ "the attack", "this operation": an act told before under a word of another type."""
        types = self.lexicon.types
        return (
            is_definite(trigger.token)
            and trigger.token.lemma_.lower() in self.lexicon.words.telling_again
            and trigger.type in types.violence
            and draft.type in types.attacks | types.breaks
            and draft.status == trigger.told.value
        )

    def _contradicts(self, trigger: Trigger, draft: Draft) -> bool:
        """A day or a place of its own that no telling of the draft names."""
        own = self.clues[trigger.token.i]
        theirs = [self.clues[t.token.i] for t in draft.triggers]
        return _disjoint(own.days, [c.days for c in theirs]) or _disjoint(own.places, [c.places for c in theirs])

    def attach_effect(self, trigger: Trigger) -> None:
        """Add people killed or hurt to the act told in the sentence, else to the last act told before in the block, else open an account of their own."""
        acts = [d for d in self.drafts if d.type in self.lexicon.types.violence and d.status in _HAPPENED]
        home = _closest_in_sentence(trigger, acts) or _last_before(trigger, acts) or self._earlier_effects(trigger)
        if home is not None:
            home.triggers.append(trigger)
        elif not self.drafts or trigger.heads("by") or (trigger.heads("subj") and trigger.heads("obj")) or _leads_block(trigger):
            self.drafts.append(Draft([trigger]))

    def _earlier_effects(self, trigger: Trigger) -> Draft | None:
        return next((d for d in reversed(self.drafts) if d.lead.effect and d.lead.block in (trigger.block, trigger.block - 1)), None)

    def attach_heading(self, trigger: Trigger) -> None:
        """Add a headline to what the text below tells; it opens an account only where the text has none of its kind."""
        if trigger.token.tag_ == "VBG":
            return  # "Storming prisons: how the group ..." tells of no act
        following = next((d for d in self.drafts if self._alike(d.type, trigger.type)), None)
        if following is not None:
            following.triggers.append(trigger)
        elif not trigger.effect and trigger.block == 0:
            self.drafts.append(Draft([trigger]))

    def _alike(self, one: str, other: str) -> bool:
        return one == other or {one, other} <= self.lexicon.types.attacks or {one, other} <= self.lexicon.types.breaks


def is_definite(token: Token) -> bool:
    """A noun with "the", "this", "that": it goes on about something told before."""
    return token.pos_ == "NOUN" and any(t.lower_ in _POINTING for t in token.lefts)


def is_counted_from(token: Token) -> bool:
    """ "a few days before the escape": a happening told before, from which another is counted; what else the sentence tells is not its own."""
    return token.head.lower_ in ("before", "after") and token.dep_ == "pobj" and is_definite(token)


def _disjoint(own: frozenset[str], theirs: Sequence[frozenset[str]]) -> bool:
    """Whether both sides name something and nothing in common."""
    named = frozenset[str]().union(*theirs)
    return bool(own and named and not own & named)


def _restates(trigger: Trigger, draft: Draft) -> bool:
    """The same people or thing in a core slot, or none named: told again rather than once more."""
    if trigger.sentence == draft.last.sentence:
        return _shares_slot(trigger, draft) or not trigger.slots
    ours = _core_words(trigger)
    return not ours or any(ours & _core_words(t) for t in draft.triggers)


def _core_words(trigger: Trigger) -> set[str]:
    return {t.lemma_.lower() for t in trigger.heads(*_CORE_SLOTS) if t.pos_ in ("NOUN", "PROPN")}


def _shares_slot(trigger: Trigger, draft: Draft) -> bool:
    ours = set(trigger.heads(*trigger.slots))
    return any(ours & set(other.heads(*other.slots)) for other in draft.triggers)


def _closest_in_sentence(trigger: Trigger, acts: Sequence[Draft]) -> Draft | None:
    gaps = [(min((abs(t.token.i - trigger.token.i) for t in d.triggers if t.sentence == trigger.sentence), default=None), d) for d in acts]
    near = [(gap, draft) for gap, draft in gaps if gap is not None]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _last_before(trigger: Trigger, acts: Sequence[Draft]) -> Draft | None:
    """The act told last before the trigger, if one of its tellings stands in this block or the one before."""

    def tellings(draft: Draft) -> list[Trigger]:
        return [t for t in draft.triggers if t.token.i < trigger.token.i]

    near = [d for d in acts if any(t.block in (trigger.block, trigger.block - 1) for t in tellings(d))]
    return max(near, key=lambda d: max(t.token.i for t in tellings(d)), default=None)


def _leads_block(trigger: Trigger) -> bool:
    """Told in the first sentence of its block: an item of a round-up, or a lead."""
    sentence = trigger.token.sent
    return sentence.start == 0 or "\n" in sentence.doc[sentence.start - 1].text
