"""Who took part, in which role: the heads in a trigger's slots, turned into involved parties by the frame of the type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from waqai.core import ActorNames, Involvement, Span
from waqai.reading.classes import WordClasses
from waqai.reading.drafts import Draft
from waqai.reading.phrases import bare_phrase, char_span, is_name_word, sentence_before, text_of, with_owner, words_of
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
                head = self._named_before(head) if frame[slot] == "facility" else head
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
        if role == "person_held" and (type == "jailbreak" or slot == "by") and not self.classes.has(noun, "held"):
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

    def _named_before(self, head: Token) -> Token:
        """For "it" ("had got out of it") the prison of the sentence before, else its subject; any other token as it is."""
        before = sentence_before(head) if head.lower_ in ("it", "there", "which") else None
        if before is None:
            return head
        prison = next((t for t in before if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound" and self.classes.is_facility(t)), None)
        return prison or next((t for t in before if t.dep_ in ("nsubj", "nsubjpass") and t.pos_ in ("NOUN", "PROPN")), head)

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
        heads = [h for trigger in draft.triggers for h in trigger.heads(*trigger.slots) if bare_phrase(head_noun(h)) in held]
        groups = dict.fromkeys(span for head in heads for span in self._groups_of(head_noun(head)))
        return [self._affiliation(text_of(head.doc), span) for head in heads[:1] for span in groups]

    def _affiliation(self, text: str, span: Span) -> Involvement:
        name = " ".join(span.of(text).split())
        return Involvement(role="affiliation", name=name, phrase=span, p=0.75, rule="group of the people held", actor_id=self.actors.find_actor(name))

    def _groups_of(self, noun: Token) -> Iterator[Span]:
        """ "ISIS prisoners", "members of ISIS", and what is said behind: "prisoners, all of whom belong to ISIS", "prisoners, most of them ISIS fighters"."""
        words = self.classes.lexicon.words
        yield from self._group_before(noun)
        if noun.lemma_.lower() in words.members:
            yield from _name_behind(noun, ("of",))
        for token in noun.doc[noun.i + 1 : min(noun.sent.end, noun.i + _GROUP_REACH)]:
            word = token.lemma_.lower()
            if token.tag_ in ("VBD", "VBZ", "VBP", "MD") and word not in ("be", "have") and word not in words.affiliating:
                return
            if word in words.affiliating:
                yield from _name_behind(token, ("to", "with"))
            elif word in words.members and token.pos_ in ("NOUN", "PROPN"):
                yield from _name_behind(token, ("of",))
                yield from self._group_before(token)

    def _group_before(self, noun: Token) -> Iterator[Span]:
        """The proper name in front of a noun, if it is no place and, by the model or the register, a body or a people."""
        first = noun.i
        while first > noun.sent.start and (
            (is_name_word(noun.doc[first - 1]) and not noun.doc[first - 1].like_num)
            or (noun.doc[first - 1].text == "-" and not noun.doc[first - 1].whitespace_)
        ):
            first -= 1
        if first == noun.i:
            return
        name = noun.doc[first : noun.i]
        labelled = any(t.ent_type_ in ("ORG", "NORP") for t in name)
        if (labelled and not self.classes.is_place(name[-1])) or self.actors.find_actor(name.text) is not None:
            yield char_span(name[0], name[-1])

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


def _name_behind(token: Token, prepositions: tuple[str, ...]) -> Iterator[Span]:
    """The name behind "of", "to" or "with": "members of the Haqqani Network", "belong to al-Shabaab"."""
    doc = token.doc
    at = token.i + 1
    if at >= len(doc) or doc[at].lower_ not in prepositions:
        return
    at += 1
    while at < token.sent.end and doc[at].lower_ in ("the", "a", "an", "so", "-", "called"):
        at += 1
    end = at
    while end < token.sent.end and (is_name_word(doc[end]) or (end + 1 < len(doc) and doc[end].text == "-" and not doc[end].whitespace_)):
        end += 1
    if end > at:
        yield char_span(doc[at], doc[end - 1])
    else:
        yield from (bare_phrase(t) for t in doc[at - 1].children if t.dep_ == "pobj" and t.pos_ == "NOUN")


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
