"""Who took part, in which role: the heads in a trigger's slots, turned into involved parties by the frame of the type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from waqai.core import ActorNames, Involvement
from waqai.reading.classes import WordClasses
from waqai.reading.drafts import Draft
from waqai.reading.phrases import bare_phrase, sentence_before, with_owner, words_of
from waqai.reading.slots import head_noun
from waqai.reading.triggers import Trigger

_PLACE_ROLES = frozenset(("origin", "destination", "host"))
_PLACE_SLOTS = frozenset(("to", "for", "on", "against", "at", "with", "from", "into"))
_GROUP_REACH = 18  # tokens behind the people held in which their group is told
_DATED = frozenset(("DATE", "TIME", "PERCENT"))


@dataclass(frozen=True, slots=True)
class Participants:
    """Finds those involved in a draft. One object serves a whole run."""

    classes: WordClasses
    actors: ActorNames

    def of_draft(self, draft: Draft) -> tuple[Involvement, ...]:
        """Everybody in a role, each once, in order of the text."""
        types = self.classes.lexicon.types
        found = [i for trigger in draft.triggers for i in self._of_trigger(trigger, type=draft.type)]
        if draft.type in types.in_facility and not any(i.role == "facility" for i in found):
            found += self._facility_nearby(draft)
        if draft.type in types.custody:
            found += self._affiliations(draft, found)
        return _once(sorted(found, key=lambda i: i.phrase))

    def _of_trigger(self, trigger: Trigger, *, type: str) -> Iterator[Involvement]:
        if trigger.effect:
            yield from self._victims(trigger, type=type)
            yield from self._killers(trigger)
            return
        if type == "aid":
            yield from (self._involve("beneficiary", t, rule="helped by the money", p=0.7) for t in _helped(trigger.token))
        frame = self.classes.lexicon.frames.get(type, {})
        for slot, heads in trigger.slots.items():
            for head in heads if slot in frame else ():
                if trigger.phrase.start <= head.idx < trigger.phrase.end:
                    continue
                head = _named_before(head) if frame[slot] == "facility" else head
                role = self._fit(frame[slot], head, type=type, slot=slot)
                if role is not None:
                    yield self._involve(role, head, rule=f"{trigger.rule.name} {slot}")

    def _victims(self, trigger: Trigger, *, type: str) -> Iterator[Involvement]:
        """Those killed or hurt; in a clash armed ones are a side, not victims."""
        if type not in self.classes.lexicon.types.with_victims:
            return
        slot = _harmed_slot(trigger)
        for head in trigger.heads(slot):
            noun = head_noun(head)
            if noun.pos_ in ("NOUN", "PROPN") and not self.classes.is_place(noun):
                role = "target" if type == "clash" and self.classes.has(noun, "armed") else "victim"
                yield self._involve(role, head, rule=f"{trigger.rule.name} {slot}", p=0.6)

    def _killers(self, trigger: Trigger) -> Iterator[Involvement]:
        if _harmed_slot(trigger) == "subj":
            return
        for head in trigger.heads("subj", "by"):
            if self.classes.has(head, "outlaw") or (head.pos_ == "PROPN" and not self.classes.is_place(head)):
                yield self._involve("initiator", head, rule=f"{trigger.rule.name} subj", p=0.6)

    def _fit(self, role: str, head: Token, *, type: str, slot: str) -> str | None:
        """The role that this head can really fill: none for pronouns, numbers, days and bare places; facility for prisons."""
        noun = head_noun(head)
        if noun.pos_ not in ("NOUN", "PROPN", "ADJ") or noun.ent_type_ in _DATED or noun.like_num:
            return None
        facility, place = self.classes.is_facility(noun), self.classes.is_place(noun)
        if role == "facility":
            return "facility" if facility else "person_held" if self.classes.has(noun, "held") else None
        if facility and role in ("target", "victim", "initiator", "origin"):
            return "facility" if type in self.classes.lexicon.types.custody or role != "initiator" else None
        if role == "person_held" and type == "jailbreak" and not self.classes.has(noun, "held"):
            return None
        if role in _PLACE_ROLES:
            return role if place or facility or noun.pos_ == "PROPN" or self.classes.has(noun, "ground") else None
        if slot in _PLACE_SLOTS and (place or self.classes.has(noun, "settlement")):
            return None
        if role in ("target", "victim"):
            return self._fit_harmed(role, noun, type=type, place=place)
        return None if self._takes_no_part(noun) or (role == "initiator" and self.classes.has_any(noun, "device", "missile")) else role

    def _fit_harmed(self, role: str, noun: Token, *, type: str, place: bool) -> str | None:
        """Target or victim: land is neither, things are no victims, people without arms under fire are no targets."""
        if (place or self.classes.has(noun, "ground")) and not self.classes.has(noun, "armed"):
            return None
        if role == "victim" and noun.pos_ != "PROPN" and not self.classes.has_any(noun, "civilian", "armed", "held"):
            return "target" if type != "attack_on_civilians" or not self.classes.has(noun, "settlement") else None
        if role == "target" and type in self.classes.lexicon.types.remote and self.classes.has(noun, "civilian"):
            return "victim"
        return None if self._takes_no_part(noun) else role

    def _takes_no_part(self, noun: Token) -> bool:
        return noun.lemma_.lower() in self.classes.lexicon.words.abstract

    def _facility_nearby(self, draft: Draft) -> list[Involvement]:
        """The first prison or camp named in the sentences that tell of it, the headline last."""
        for trigger in sorted(draft.triggers, key=lambda t: t.heading):
            for token in trigger.token.sent:
                if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound" and self.classes.is_facility(token):
                    return [self._involve("facility", token, rule="facility in the sentence", p=0.7)]
        return []

    def _affiliations(self, draft: Draft, found: Sequence[Involvement]) -> list[Involvement]:
        """The groups that the people held (of a surrender: those who give up) belong to."""
        roles = ("person_held", "initiator") if draft.type == "surrender" else ("person_held",)
        held = {i.phrase for i in found if i.role in roles}
        heads = [h for trigger in draft.triggers for h in trigger.heads(*trigger.slots) if bare_phrase(h) in held]
        return [self._involve("affiliation", group, rule="group of the people held", p=0.75) for head in heads for group in self._groups_of(head)]

    def _groups_of(self, head: Token) -> Iterator[Token]:
        """ "ISIS prisoners", "members of ISIS", "prisoners … all of whom belong to ISIS"."""
        noun, words = head_noun(head), self.classes.lexicon.words
        yield from (child for child in noun.lefts if self._names_group(child))
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of" and noun.lemma_.lower() in words.members:
                yield from (t for t in child.children if t.dep_ == "pobj" and t.pos_ in ("PROPN", "NOUN"))
        yield from self._groups_behind(noun)

    def _groups_behind(self, noun: Token) -> Iterator[Token]:
        """ "prisoners, all of whom belong to ISIS", "prisoners, most of them ISIS fighters": up to the verb that they are the subject of."""
        words = self.classes.lexicon.words
        for token in noun.doc[noun.i + 1 : min(noun.sent.end, noun.i + _GROUP_REACH)]:
            if token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.lemma_ not in ("be", "have") and token.lemma_ not in words.affiliating:
                return
            if token.lemma_.lower() in words.affiliating:
                yield from (t for prep in token.children if prep.lower_ in ("to", "with") for t in prep.children if t.dep_ == "pobj")
            elif token.lemma_.lower() in words.members and token.pos_ in ("NOUN", "PROPN"):
                yield from (t for prep in token.children if prep.lower_ == "of" for t in prep.children if t.dep_ == "pobj")
                yield from (child for child in token.lefts if self._names_group(child))

    def _names_group(self, child: Token) -> bool:
        """A noun in front of the people held, no place, that the model or the register takes for a body. The tagger calls "ISIS" a common noun."""
        if child.dep_ not in ("compound", "nmod", "amod", "poss") or child.pos_ not in ("PROPN", "NOUN") or self.classes.is_place(child):
            return False
        return child.ent_type_ in ("ORG", "NORP") or self.actors.find_actor(child.text) is not None

    def _involve(self, role: str, head: Token, *, rule: str, p: float = 0.8) -> Involvement:
        noun = head_noun(head)
        span = with_owner(noun, bare_phrase(noun, site=role == "facility"))
        name = words_of(span, noun)
        return Involvement(role=role, name=name, phrase=span, p=p, rule=rule, actor_id=self.actors.find_actor(name))


def _helped(verb: Token) -> list[Token]:
    """Whom money is to help: "has allocated $5 million to help areas hit by war improve ..."."""
    for purpose in verb.subtree:
        if purpose.lemma_ in ("help", "support", "assist", "aid") and purpose.pos_ == "VERB" and purpose.i > verb.i:
            objects = [t for t in purpose.children if t.dep_ in ("dobj", "obj")]
            subjects = [t for clause in purpose.children if clause.dep_ in ("ccomp", "xcomp") for t in clause.children if t.dep_ == "nsubj"]
            return (objects or subjects)[:1]
    return []


def _named_before(head: Token) -> Token:
    """For "it" ("had got out of it") the noun of the sentence before that a pronoun can stand for: its subject; else the token itself."""
    before = sentence_before(head) if head.lower_ in ("it", "there", "which") else None
    return next((t for t in before or () if t.dep_ in ("nsubj", "nsubjpass") and t.pos_ in ("NOUN", "PROPN")), head)


def _harmed_slot(trigger: Trigger) -> str:
    """Where those killed or hurt stand: "three men died", "they lost their lives", but "killed three men"."""
    return "subj" if trigger.token.lemma_.lower() in ("die", "lose") else "obj"


def _once(found: Iterable[Involvement]) -> tuple[Involvement, ...]:
    """Each name once a role: the first that is told, before others of the same or fewer words, or that overlap it."""
    kept: list[Involvement] = []
    for one in found:
        words = one.name.lower()
        if not any(k.role == one.role and (k.name.lower() == words or words in k.name.lower().split() or k.phrase.overlaps(one.phrase)) for k in kept):
            kept.append(one)
    return tuple(kept)
