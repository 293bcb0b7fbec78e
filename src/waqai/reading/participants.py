"""Who took part, in which role: the heads in a trigger's slots, turned into involved parties by the frame of the type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon
from waqai.core import ActorNames, Involvement, Span
from waqai.reading.classes import WordClasses
from waqai.reading.drafts import Draft
from waqai.reading.phrases import bare_phrase, coordinated, head_noun
from waqai.reading.triggers import Trigger

_PLACE_ROLES = {"origin", "destination", "host"}
_PERSON_ROLES = {"person_held", "victim", "participant", "responder", "facilitator", "beneficiary", "donor", "initiator", "custodian"}
_CUSTODY = {
    "escape",
    "jailbreak",
    "prison_riot",
    "detention",
    "death_in_custody",
    "release",
    "transfer",
    "arrest",
    "recapture",
    "execution",
    "ill_treatment",
    "sentence",
    "prisoner_exchange",
    "repatriation",
    "surrender",
}
_FACILITY_TYPES = {"escape", "jailbreak", "prison_riot", "detention", "death_in_custody", "ill_treatment"}
_AFFILIATED = {"belong", "affiliate", "link", "tie", "ally"}
_MEMBERS = {"member", "element", "fighter", "militant", "leader", "operative", "cell", "supporter", "follower", "affiliate", "commander"}
_EFFECT_VICTIMS = {"attack_on_civilians": "victim", "clash": "victim", "bombing": "victim", "air_strike": "victim", "shelling": "victim", "suicide_attack": "victim", "jailbreak": "victim", "prison_riot": "victim",
                   "crowd_violence": "victim", "raid": "victim", "protest_repression": "victim", "looting_or_destruction": "victim", "abduction": "victim", "territory_change": "victim", "escape": "victim",
                   "unconventional_attack": "victim"}  # fmt: skip


class Participants:
    """Finds those involved in a draft. One object serves a whole run."""

    def __init__(self, lexicon: Lexicon, classes: WordClasses, actors: ActorNames) -> None:
        self.lexicon, self.classes, self.actors = lexicon, classes, actors

    def of_draft(self, draft: Draft) -> tuple[Involvement, ...]:
        """Everybody in a role, each once, in order of the text."""
        found = [i for trigger in draft.triggers for i in self._of_trigger(trigger, type=draft.type)]
        if draft.type in _FACILITY_TYPES and not any(i.role == "facility" for i in found):
            found += self._facility_nearby(draft)
        if draft.type in _CUSTODY:
            found += self._affiliations(draft, found)
        return tuple(_once(sorted(found, key=lambda i: i.phrase)))

    def _of_trigger(self, trigger: Trigger, *, type: str) -> Iterator[Involvement]:
        if trigger.effect:
            yield from self._victims(trigger, type=type)
            return
        frame = self.lexicon.frames.get(type, {})
        for slot, heads in trigger.slots.items():
            role = frame.get(slot)
            if role is None:
                continue
            for head in heads:
                fitted = self._fit(role, head, type=type, slot=slot)
                if fitted is not None:
                    yield self._involve(fitted, head, rule=f"{trigger.rule.name} {slot}")

    def _victims(self, trigger: Trigger, *, type: str) -> Iterator[Involvement]:
        slot = "subj" if trigger.token.lemma_.lower() in ("die", "lose") else "obj"
        role = _EFFECT_VICTIMS.get(type)
        for head in trigger.slots.get(slot, ()):
            noun = head_noun(head)
            if role and noun.pos_ in ("NOUN", "PROPN") and not self.classes.is_place(noun):
                yield self._involve("target" if type == "clash" and self.classes.has(noun, "armed") else role, head, rule=f"{trigger.rule.name} {slot}", p=0.6)
        if slot == "obj":
            for head in (*trigger.slots.get("subj", ()), *trigger.slots.get("by", ())):
                if self.classes.has(head, "outlaw") or (head.pos_ == "PROPN" and not self.classes.is_place(head)):
                    yield self._involve("initiator", head, rule=f"{trigger.rule.name} subj", p=0.6)

    def _fit(self, role: str, head: Token, *, type: str, slot: str) -> str | None:
        """The role that this head can really fill: none for pronouns, days and bare places; facility for prisons."""
        noun = head_noun(head)
        if noun.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ") or noun.ent_type_ in ("DATE", "TIME", "PERCENT") or (noun.pos_ == "NUM" or noun.like_num):
            return None
        facility, place = self.classes.is_facility(noun), self.classes.is_place(noun)
        if role == "facility":
            return "facility" if facility else "person_held" if self.classes.has(noun, "held") else None
        if facility and role in ("target", "victim", "initiator", "origin"):
            return "facility" if type in _CUSTODY or role != "initiator" else None
        if role == "person_held" and type == "jailbreak" and not self.classes.has(noun, "held"):
            return None
        if role in _PLACE_ROLES:
            return role if place or facility or noun.pos_ == "PROPN" or self.classes.has(noun, "ground") else None
        if slot in ("to", "for", "on", "against", "at", "with", "from", "into") and (place or self.classes.has(noun, "settlement")):
            return None
        if role in ("target", "victim") and (place or self.classes.has(noun, "ground")) and not self.classes.has(noun, "armed"):
            return None
        if role == "victim" and not (
            self.classes.has(noun, "civilian") or self.classes.has(noun, "armed") or self.classes.has(noun, "held") or noun.pos_ == "PROPN"
        ):
            return "target" if type != "attack_on_civilians" or not self.classes.has(noun, "settlement") else None
        if role == "target" and type in ("bombing", "air_strike", "shelling", "suicide_attack") and self.classes.has(noun, "civilian"):
            return "victim"
        if role == "initiator" and (self.classes.has(noun, "device") or self.classes.has(noun, "missile") or noun.lemma_.lower() in _ABSTRACT):
            return None
        return None if noun.lemma_.lower() in _ABSTRACT else role

    def _facility_nearby(self, draft: Draft) -> Iterator[Involvement]:
        """The first prison or camp named in the sentences that tell of it, the headline last."""
        for trigger in sorted(draft.triggers, key=lambda t: t.heading):
            for token in trigger.token.sent:
                if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound" and self.classes.is_facility(token):
                    yield self._involve("facility", token, rule="facility in the sentence", p=0.7)
                    return

    def _affiliations(self, draft: Draft, found: list[Involvement]) -> Iterator[Involvement]:
        held = {i.phrase for i in found if i.role in ("person_held", "initiator" if draft.type == "surrender" else "person_held")}
        for trigger in draft.triggers:
            for heads in trigger.slots.values():
                for head in heads:
                    if bare_phrase(head) in held:
                        for group in self._groups_of(head):
                            yield self._involve("affiliation", group, rule="group of the people held", p=0.75)

    def _groups_of(self, head: Token) -> Iterator[Token]:
        """ "ISIS prisoners", "members of ISIS", "prisoners … all of whom belong to ISIS"."""
        noun = head_noun(head)
        for child in noun.lefts:
            if (
                child.dep_ in ("compound", "nmod", "amod", "poss")
                and child.pos_ == "PROPN"
                and not self.classes.is_place(child)
                and (child.ent_type_ in ("ORG", "NORP") or self.actors.find_actor(child.text))
            ):
                yield child
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of" and noun.lemma_.lower() in _MEMBERS:
                yield from (t for t in child.children if t.dep_ == "pobj" and t.pos_ in ("PROPN", "NOUN"))
            if child.dep_ in ("relcl", "acl") and child.lemma_ in _AFFILIATED:
                yield from (t for prep in child.children if prep.lower_ in ("to", "with") for t in prep.children if t.dep_ == "pobj")
            if child.dep_ in ("appos", "amod", "acl"):
                yield from (
                    t for prep in child.children if prep.lower_ in ("to", "with") and child.lemma_ in _AFFILIATED for t in prep.children if t.dep_ == "pobj"
                )

    def _involve(self, role: str, head: Token, *, rule: str, p: float = 0.8) -> Involvement:
        noun = head_noun(head)
        span = bare_phrase(noun, site=role == "facility")
        name = " ".join(span.of(noun.doc.text).split())
        return Involvement(role=role, name=name, phrase=span, p=p, rule=rule, actor_id=self.actors.find_actor(name))


_ABSTRACT = {"fire", "attack", "operation", "number", "control", "report", "statement", "incident", "violence", "clash", "fighting", "death", "part", "place", "time", "way", "day", "night", "morning", "people_", "year", "result",
             "explosion", "blast", "bomb", "charge", "rise", "street", "talk", "allegiance", "power", "weapon", "thing", "situation", "event", "claim", "news", "reason", "life", "end", "shot", "rally", "fact", "information"}  # fmt: skip


def _once(found: Iterable[Involvement]) -> Iterator[Involvement]:
    """Each name once a role; the longer form of the same words wins."""
    kept: list[Involvement] = []
    for one in found:
        words = one.name.lower()
        twin = next(
            (k for k in kept if k.role == one.role and (k.name.lower() == words or words in k.name.lower().split() or k.phrase.overlaps(one.phrase))), None
        )
        if twin is None:
            kept.append(one)
    yield from kept


def mentions_of(tokens: Iterable[Token]) -> list[Token]:
    return [t for token in tokens for t in coordinated(token)]


def merge_phrase(first: Span, second: Span) -> Span:
    return Span(min(first.start, second.start), max(first.end, second.end))
