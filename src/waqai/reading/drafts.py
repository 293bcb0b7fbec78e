"""From triggers to drafts of accounts: one happening told in several places becomes one draft.

A report names its happening in the headline, tells it in the lead and comes back to it as "the attack". A trigger joins an earlier draft when nothing that
it says (type, day, place, number) speaks against it; otherwise it opens one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from waqai.reading.placenames import FoundPlace
from waqai.reading.triggers import Trigger

VIOLENCE = frozenset({"clash", "territory_change", "air_strike", "shelling", "bombing", "suicide_attack", "unconventional_attack", "attack_on_civilians", "crowd_violence", "protest_repression",
                      "jailbreak", "prison_riot", "raid", "abduction", "escape", "looting_or_destruction", "execution", "sexual_violence"})  # fmt: skip
_BREAKS = frozenset({"escape", "jailbreak", "prison_riot"})
_ATTACKS = frozenset(
    {
        "clash",
        "attack_on_civilians",
        "jailbreak",
        "bombing",
        "suicide_attack",
        "air_strike",
        "shelling",
        "raid",
        "looting_or_destruction",
        "territory_change",
        "abduction",
    }
)
_GENERIC_NOUNS = frozenset(
    {
        "attack",
        "assault",
        "raid",
        "incident",
        "operation",
        "escape",
        "breakout",
        "riot",
        "blast",
        "explosion",
        "bombing",
        "strike",
        "clash",
        "fighting",
        "violence",
        "shooting",
        "killing",
        "ambush",
        "jailbreak",
        "meeting",
        "talk",
        "summit",
    }
)


@dataclass(slots=True)
class Draft:
    """An account in the making: its triggers, the first of them the one that gives it its type."""

    triggers: list[Trigger]
    own_days: bool = False
    places: list[FoundPlace] = field(default_factory=list)
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def lead(self) -> Trigger:
        return self.triggers[0]

    @property
    def type(self) -> str:
        return self.lead.type

    @property
    def last(self) -> Trigger:
        return self.triggers[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What stands in a trigger's own clause and could set it apart from an earlier telling: phrases of days, names of places."""

    days: frozenset[str]
    places: frozenset[str]


def draft_accounts(triggers: Sequence[Trigger], clues: dict[int, Clues]) -> list[Draft]:
    """Drafts in the order of their first body trigger. `clues` are looked up by the index of the trigger's token."""
    drafts: list[Draft] = []
    body = [t for t in triggers if not t.heading]
    acts = [t for t in body if not t.effect]
    for trigger in acts:
        _join_or_open(trigger, drafts, clues)
    for trigger in body:
        if trigger.effect:
            _attach_effect(trigger, drafts)
    for trigger in (t for t in triggers if t.heading):
        _attach_heading(trigger, drafts)
    drafts.sort(key=lambda d: min(t.token.i for t in d.triggers if not t.heading) if any(not t.heading for t in d.triggers) else d.lead.token.i)
    return drafts


def _join_or_open(trigger: Trigger, drafts: list[Draft], clues: dict[int, Clues]) -> None:
    for draft in reversed(drafts):
        if _same_happening(trigger, draft, clues):
            draft.triggers.append(trigger)
            return
        if trigger.type == "jailbreak" and draft.type == "escape" and trigger.told.value == draft.lead.told.value and not _contradicts(trigger, draft, clues):
            draft.triggers.insert(0, trigger)  # force from outside makes the escape told before it a jailbreak
            return
    drafts.append(Draft([trigger]))


def _same_happening(trigger: Trigger, draft: Draft, clues: dict[int, Clues]) -> bool:
    if trigger.told.value != draft.lead.told.value and {trigger.told.value, draft.lead.told.value} & {"planned", "threatened", "pledged"}:
        return False
    definite = trigger.token.pos_ == "NOUN" and any(t.lower_ in ("the", "this", "that", "these", "those") for t in trigger.token.lefts)
    if trigger.type == draft.type:
        return not _contradicts(trigger, draft, clues) and (definite or trigger.token.pos_ == "NOUN" or _restates(trigger, draft))
    if (
        definite
        and trigger.token.lemma_.lower() in _GENERIC_NOUNS
        and trigger.type in VIOLENCE
        and draft.type in _ATTACKS | _BREAKS
        and draft.lead.told.value == trigger.told.value
    ):
        return not _contradicts(trigger, draft, clues)
    if trigger.sentence == draft.last.sentence and {trigger.type, draft.type} <= _ATTACKS:
        return _shares_slot(trigger, draft) or trigger.token.head == draft.last.token
    if {trigger.type, draft.type} <= _BREAKS and trigger.type == "escape" and draft.type == "jailbreak":
        return not _contradicts(trigger, draft, clues)
    return False


def _contradicts(trigger: Trigger, draft: Draft, clues: dict[int, Clues]) -> bool:
    """A day or a place of its own that no telling of the draft names."""
    own = clues[trigger.token.i]
    theirs = [clues[t.token.i] for t in draft.triggers]
    days = frozenset().union(*(c.days for c in theirs))
    places = frozenset().union(*(c.places for c in theirs))
    return bool(own.days and days and not own.days & days) or bool(own.places and places and not own.places & places)


def _restates(trigger: Trigger, draft: Draft) -> bool:
    """The same people or thing in a core slot, or none named: told again rather than once more."""
    if trigger.sentence == draft.last.sentence:
        return _shares_slot(trigger, draft) or not trigger.slots
    ours, theirs = _core_words(trigger), set().union(*(_core_words(t) for t in draft.triggers))
    return bool(ours & theirs) or not ours


def _core_words(trigger: Trigger) -> set[str]:
    return {t.lemma_.lower() for slot in ("subj", "obj", "by", "of") for t in trigger.slots.get(slot, ()) if t.pos_ in ("NOUN", "PROPN")}


def _shares_slot(trigger: Trigger, draft: Draft) -> bool:
    ours: set[Token] = {t for tokens in trigger.slots.values() for t in tokens}
    return any(ours & {t for tokens in other.slots.values() for t in tokens} for other in draft.triggers)


def _attach_effect(trigger: Trigger, drafts: list[Draft]) -> None:
    """People killed or hurt belong to the act told in the sentence, else to the last act told before it in the block, else they are an account of their own."""
    near = [d for d in drafts if d.type in VIOLENCE and d.lead.told.value in ("occurred", "ongoing", "foiled", "attempted")]
    same = [d for d in near if any(t.sentence == trigger.sentence for t in d.triggers)]
    if same:
        closest = min(same, key=lambda d: min(abs(t.token.i - trigger.token.i) for t in d.triggers if t.sentence == trigger.sentence))
        closest.triggers.append(trigger)
        return
    before = [d for d in near if any(t.block in (trigger.block, trigger.block - 1) and t.token.i < trigger.token.i for t in d.triggers)]
    if before:
        max(before, key=lambda d: max(t.token.i for t in d.triggers if t.token.i < trigger.token.i)).triggers.append(trigger)
        return
    own = [d for d in drafts if d.lead.effect and d.lead.block in (trigger.block, trigger.block - 1)]
    if own:
        own[-1].triggers.append(trigger)
    elif not drafts or trigger.slots.get("by") or (trigger.slots.get("subj") and trigger.slots.get("obj")) or _leads_block(trigger):
        drafts.append(Draft([trigger]))


def _leads_block(trigger: Trigger) -> bool:
    """Told in the first sentence of its block: an item of a round-up, or a lead."""
    sentence = trigger.token.sent
    return sentence.start == 0 or "\n" in sentence.doc[sentence.start - 1].text


def _attach_heading(trigger: Trigger, drafts: list[Draft]) -> None:
    """A headline tells what the text below tells; it opens an account only where the text has none of its kind."""
    following = [d for d in drafts if d.type == trigger.type or {d.type, trigger.type} <= _ATTACKS or {d.type, trigger.type} <= _BREAKS]
    if following:
        following[0].triggers.append(trigger)
    elif not trigger.effect and trigger.block == 0 and trigger.token.tag_ != "VBG":
        drafts.append(Draft([trigger]))
