"""Numbers whose people are named elsewhere: "the dead number 30", "they are seven", "the toll: three men", "30 in the capital and seven on the coast"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon
from waqai.coding.plain_measures import Plain, has_happened, measure_in_slot
from waqai.parsing.word_sets import word_set
from waqai.reading.bounds import Quantity
from waqai.reading.governors import iter_governors
from waqai.reading.phrases import char_span, text_of
from waqai.reading.slots import head_noun
from waqai.reading.triggers import Trigger

_AMOUNTING = word_set("be number total reach exceed top pass")
_AMOUNTING_TO = word_set("number run go come amount stand rise climb add")
_LEADING_TO = word_set("in into to at as")
_AMOUNT = word_set("number figure total count tally estimate")
_THEY = word_set("they these those them")
_LOSS = word_set("loss toll casualty death fatality")
_NAMING = word_set("mention claim cite give name report")
_AS_NUMBER = re.compile(r" as the (?:number|total|figure)\b")
_DEGREES = word_set("far high much")
_ACCOUNTS = word_set("post report account claim source estimate message")
_LISTING = word_set("list count")
_LEAVING = word_set("leave vanish disappear")
_THEIR_NUMBER = re.compile(r" of (?:them|us)\b[,.]")
_SENTENCES = 1  # back from "they" to the noun that it stands for


class Elsewhere:
    """Looks for the people of a number in its report; `lexicon` and `triggers` are those of the report's scene."""

    def __init__(self, *, lexicon: Lexicon, triggers: Mapping[int, Trigger]) -> None:
        self.lexicon = lexicon
        self.triggers = triggers

    def find_measure(self, quantity: Quantity) -> Plain | None:
        """What a number counts by the subject of which it is told, by the word of loss before its colon, or by the question that it answers."""
        if _THEIR_NUMBER.match(text_of(quantity.head.doc), quantity.phrase.end) and (measure := self._of_pronoun_before(quantity)) is not None:
            return Plain(measure, "a number of them set behind what they did")
        subject = _subject_of(quantity.head) if quantity.noun is None or quantity.head.like_num else None
        measure = self._of_subject(subject) if subject is not None else None
        if measure is not None:
            return Plain(measure, "a number of those named by its subject")
        if _is_listed_loss(quantity.head):
            return Plain("killed", "listed under losses")
        answer = self._of_question(quantity)
        return Plain(answer, "answers the question before it") if answer is not None else None

    def _of_pronoun_before(self, quantity: Quantity) -> str | None:
        """ "They got out at dawn, 1,200 of them": what is told of those for whom a pronoun opens the sentence."""
        first = quantity.head.sent[0]
        if first.lower_ != "they" or first.dep_ != "nsubj" or text_of(first.doc)[: quantity.phrase.start].rstrip()[-1:] != ",":
            return None
        people, verb = replace(quantity, head=first, noun=None), first.head
        left = verb.lemma_ in _LEAVING and not any(t.dep_ == "dobj" and t.head.i == verb.i and not t.like_num for t in verb.children)
        measure = measure_in_slot("subj", verb, people, lexicon=self.lexicon, triggers=self.triggers) if has_happened(verb) else None
        return measure or ("escaped" if left and has_happened(verb) else None)

    def _of_question(self, quantity: Quantity) -> str | None:
        """ "Who died? The army lists four guards." "How many got out? Anything from 40 to 60." """
        answer = quantity.head.sent
        governors = [verb for _, verb in iter_governors(quantity.head) if verb.pos_ in ("VERB", "AUX")]
        told = answer.root.lemma_.lower() in _NAMING | _LISTING or not any(t.pos_ in ("VERB", "AUX") for t in answer)
        told = told and all(verb == answer.root for verb in governors)
        question = answer.doc[answer.start - 1].sent if answer.start else answer
        if not told or question.text.rstrip()[-1:] != "?":
            return None
        asked = next((t for t in question if t.lower_ == "who" or (t.lower_ == "many" and t.nbor(-1).lower_ == "how")), None)
        return self._of_people(asked.head if asked is not None and asked.dep_ == "amod" else asked) if asked is not None else None

    def _of_subject(self, subject: Token) -> str | None:
        if subject.lower_ in _THEY and not any(t.dep_ in ("relcl", "acl", "advmod") for t in subject.children):
            people = self._antecedent(subject)
            return self._of_people(people) or self._as_attackers(people) if people is not None else None
        if subject.lemma_.lower() not in _AMOUNT:
            return self._of_people(subject)
        counted = (t for prep in subject.children if prep.lower_ == "of" for t in prep.children if t.dep_ == "pobj")
        return next((measure for noun in counted if (measure := self._of_people(noun)) is not None), None)

    def _of_people(self, noun: Token) -> str | None:
        """The measure that a noun names, or what is told of its bearers: "the dead", "members who got out", "those inside"."""
        if (own := self.lexicon.measures.of_noun.get(noun.lemma_.lower())) is not None:
            return own
        if any(t.lower_ == "inside" for t in noun.children):
            return "held"
        people = Quantity(low=1, high=None, best=None, kind="vague", phrase=char_span(noun, noun), head=noun, noun=noun.text)
        found = (measure_in_slot(s, v, people, lexicon=self.lexicon, triggers=self.triggers) for s, v in iter_governors(noun) if has_happened(v))
        return next((measure for measure in found if measure is not None), None)

    def _as_attackers(self, noun: Token) -> str | None:
        able = noun.lemma_.lower() in self.lexicon.classes["outlaw"] - self.lexicon.classes["held"]
        return "perpetrators" if able and (noun.dep_ in ("nsubj", "nsubjpass") or noun.head.dep_ == "agent") else None

    def _antecedent(self, pronoun: Token) -> Token | None:
        """The last people in the plural before a "they", who can have fled or attacked."""
        able = self.lexicon.classes["outlaw"] | self.lexicon.classes["held"]
        start = pronoun.sent.start
        for _ in range(_SENTENCES):
            start = pronoun.doc[start - 1].sent.start if start else start
        before = (t for t in reversed(pronoun.doc[start : pronoun.i]) if t.tag_ in ("NNS", "NNPS"))
        return next((t for t in before if t.lemma_.lower() in able), None)


def _subject_of(number: Token) -> Token | None:
    """Whom or what a number is said to be: the subject of "number", "come to", "are"; in "there were 200 of them" the pronoun."""
    node = number.head if number.dep_ == "conj" and number.head.like_num else number
    verb = node.head
    if node.dep_ == "pobj" and verb.lower_ in _LEADING_TO:
        above = verb.head if verb.head.pos_ in ("VERB", "AUX") else verb.head.head
        verb = above if above.lemma_.lower() in _AMOUNTING_TO else node
    elif node.dep_ not in ("attr", "dobj") or verb.lemma_.lower() not in _AMOUNTING:
        return None
    if verb is node or not has_happened(verb):
        return None
    if any(t.dep_ == "expl" for t in verb.children):
        return next((t for of in node.children if of.lower_ == "of" for t in of.children if t.lower_ in _THEY), None)
    return next((t for t in verb.children if t.dep_ == "nsubj" and t.i < node.i), None)


def _is_listed_loss(head: Token) -> bool:
    """ "gave the losses: three men shot at the gate": people behind a colon before which a loss is named."""
    sentence = head.sent
    colon = next((t.i for t in sentence if t.text == ":"), None)
    return colon is not None and colon < head.i and any(t.lemma_.lower() in _LOSS for t in head.doc[sentence.start : colon])


def is_rival(quantity: Quantity, *, held: frozenset[str]) -> bool:
    """Whether somebody only names a number: "mentioned 541 prisoners", "gives 384 as the number", "the figure is 500", "posts went as far as 900"."""
    head, verb = quantity.head, quantity.head.head
    if quantity.noun is None:
        if verb.lower_ == "as" and head.dep_ == "pobj" and verb.head.lower_ in _DEGREES:
            return any(t.dep_ == "nsubj" and t.lemma_.lower() in _ACCOUNTS | _AMOUNT for t in verb.head.head.children)
        subject = _subject_of(head)
        if subject is not None and subject.lemma_.lower() in _AMOUNT and not any(t.dep_ == "prep" for t in subject.children):
            return True
    if head.dep_ != "dobj" or verb.lemma_.lower() not in _NAMING or not has_happened(verb):
        return False
    if quantity.noun is None:
        return _AS_NUMBER.match(text_of(head.doc), quantity.phrase.end) is not None
    return head.lemma_.lower() in held and not any(t.dep_ in ("relcl", "acl", "prep", "amod") for t in head.children)


def find_sibling(quantity: Quantity, before: Sequence[Quantity]) -> Quantity | None:
    """The number before it with which a bare number is joined: "30 caught at the river and seven in town"; None where there is none."""
    top = _top(quantity.head)
    if quantity.noun is not None and head_noun(quantity.head) is not quantity.head:
        return None
    return next((q for q in reversed(before) if q.head.sent == quantity.head.sent and top.dep_ == "conj" and top.head in (_top(q.head), q.head)), None)


def _top(token: Token) -> Token:
    return token.head if token.dep_ == "pobj" else token
