"""What a report says of the prison itself and of those who got out of it: who runs it, where it lies, where they are expected to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from waqai.codebook.lexicon import WordLists
from waqai.core import ActorNames, Involvement
from waqai.reading.classes import WordClasses
from waqai.reading.phrases import bare_phrase, words_of
from waqai.reading.slots import subjects_of

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_POINTING = frozenset(("this", "the", "that", "same"))
_STATES = frozenset(("be", "fall", "remain", "come", "lie", "operate"))
_TOWARDS = frozenset(("to", "into", "toward", "towards", "across", "for"))
_UNSURE = frozenset(("may", "might", "could", "would", "will"))
_FAR = 120  # tokens behind the telling, beyond which "the facility" is another one


@dataclass(frozen=True, slots=True)
class Custody:
    """Facts on prisons and escapees. One object serves a whole run."""

    classes: WordClasses
    actors: ActorNames

    @property
    def words(self) -> WordLists:
        return self.classes.lexicon.words

    def facility_sentences(self, doc: Doc, *, after: int) -> tuple[int, ...]:
        """Starts of the sentences behind token `after` whose subject is "this prison", "the facility": they go on about the prison last named."""
        found = []
        for sentence in doc.sents:
            if not after < sentence.start <= after + _FAR:
                continue
            subject = next((t for t in sentence if t.dep_ in _SUBJECTS and t.head.dep_ in ("ROOT", "conj", "ccomp")), None)
            if subject is not None and self._is_that_facility(subject):
                found.append(int(sentence.start))
        return tuple(found)

    def _is_that_facility(self, token: Token) -> bool:
        known = self.classes.is_facility(token) or token.lemma_.lower() in self.words.facility_again
        return known and any(t.lower_ in _POINTING for t in token.lefts)

    def custodians(self, doc: Doc, *, sentences: Sequence[int], own: Sequence[int]) -> tuple[Involvement, ...]:
        """Who runs the prison: in the sentences about it, and beside its name in the telling itself ("a jail run by the SDF")."""
        found: list[Involvement] = []
        for start in dict.fromkeys((*own, *sentences)):
            for token in doc[start].sent:
                if self.classes.is_facility(token) or (start in sentences and token.dep_ in _SUBJECTS and self._is_that_facility(token)):
                    found += self._runners(token)
        return tuple({i.phrase: i for i in found}.values())

    def _runners(self, facility: Token) -> Iterator[Involvement]:
        verbs = [t for t in facility.children if t.dep_ in ("acl", "relcl")]
        if facility.dep_ in _SUBJECTS:
            verbs += [facility.head, *(t for t in facility.head.conjuncts if t.pos_ == "VERB")]
        for verb in verbs:
            yield from self._of_verb(verb)
        for prep in facility.children:
            if prep.dep_ == "prep" and prep.lower_ == "under":
                yield from self._under(prep)
        yield from self._in_compound(facility)

    def _of_verb(self, verb: Token) -> Iterator[Involvement]:
        """ "run by the army", "affiliated with the militia", "is under the control of the party"."""
        word = verb.lemma_.lower()
        wanted = ("by",) if word in self.words.running else ("to", "with") if word in self.words.attaching else ()
        for prep in verb.children:
            if prep.dep_ in ("prep", "agent") and prep.lower_ in wanted:
                yield from (self._custodian(t, f"{word} {prep.lower_}") for t in _objects(prep))
            if prep.dep_ == "prep" and prep.lower_ in ("under", "in") and word in _STATES:
                yield from self._under(prep)

    def _under(self, prep: Token) -> Iterator[Involvement]:
        """ "under the control of the army", "under army control", "in the hands of the militia"."""
        for noun in _objects(prep):
            for child in noun.children if noun.lemma_.lower() in self.words.authority else ():
                if child.dep_ == "prep" and child.lower_ == "of":
                    yield from (self._custodian(t, f"under the {noun.lemma_} of") for t in _objects(child))
                elif child.dep_ in ("poss", "amod", "compound") and child.pos_ == "PROPN":
                    yield self._custodian(child, f"under {noun.lemma_}")

    def _in_compound(self, facility: Token) -> Iterator[Involvement]:
        """ "the SDF-run prison"."""
        for child in facility.lefts:
            if child.lemma_.lower() in self.words.running and child.dep_ in ("amod", "compound"):
                yield from (self._custodian(t, f"{t.text}-{child.text}") for t in child.children if t.pos_ == "PROPN")

    def _custodian(self, head: Token, rule: str) -> Involvement:
        span = bare_phrase(head)
        name = words_of(span, head)
        return Involvement(role="custodian", name=name, phrase=span, p=0.75, rule=rule, actor_id=self.actors.find_actor(name))

    def destinations(self, doc: Doc, *, after: int) -> tuple[Involvement, ...]:
        """Where the escaped went or are expected to go, each with its modality when it is no fact."""
        found: list[Involvement] = []
        for verb in doc[after:]:
            if verb.pos_ == "VERB" and verb.lemma_.lower() in self.words.going and any(t.lemma_.lower() in self.words.escaped for t in subjects_of(verb)):
                found += [self._destination(verb, t) for t in _goals(verb) if self._is_goal(t)]
        return tuple(found)

    def _is_goal(self, noun: Token) -> bool:
        return noun.lemma_.lower() in self.words.goals or self.classes.is_place(noun)

    def _destination(self, verb: Token, noun: Token) -> Involvement:
        span = bare_phrase(noun)
        return Involvement(role="destination", name=words_of(span, noun), phrase=span, p=0.7, rule=f"{verb.lemma_} to", modality=self._modality(verb))

    def _modality(self, verb: Token) -> str | None:
        """ "are feared to have crossed" is suspected, "are expected to cross" and "could cross" are expected; None: told as a fact."""
        governor = verb.head.lemma_.lower() if verb.dep_ in ("xcomp", "ccomp", "conj", "advcl", "acl") else ""
        if governor in self.words.doubting:
            return "suspected"
        unsure = governor in self.words.expecting or any(t.dep_ == "aux" and t.lower_ in _UNSURE for t in verb.children)
        return "expected" if unsure else None


def _objects(prep: Token) -> Iterable[Token]:
    return [t for t in prep.children if t.dep_ == "pobj"]


def _goals(verb: Token) -> Iterator[Token]:
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in _TOWARDS:
            yield from _objects(prep)
