"""What a report says of the prison itself and of those who got out of it: who runs it, where it lies, where they are expected to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from waqai.codebook.lexicon import WordLists
from waqai.core import ActorNames, Involvement, Span
from waqai.reading.classes import WordClasses
from waqai.reading.phrases import bare_phrase, sentence_before, words_of
from waqai.reading.slots import is_passive, subjects_of

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_POINTING = frozenset(("this", "the", "that", "same"))
_STATES = frozenset(("be", "fall", "remain", "come", "lie", "operate"))
_TOWARDS = frozenset(("to", "into", "toward", "towards", "across", "for"))
_UNSURE = frozenset(("may", "might", "could", "would", "will"))
_GOVERNED = frozenset(("xcomp", "ccomp", "conj", "advcl", "acl", "oprd"))
_REACHING = frozenset(("enter", "reach", "cross"))
_REFUGES = frozenset(("refuge", "shelter", "asylum", "sanctuary"))
_NO_FORCE = frozenset(
    ("control", "authority", "command", "administration", "supervision", "management", "guard", "custody", "condition", "law", "circumstance")
)
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
        found: list[int] = []
        for sentence in doc.sents:
            if not after < sentence.start <= after + _FAR:
                continue
            if self._says_who_runs_it(sentence[0]) or any(self._is_that_facility(t) for t in sentence if _is_core(t)):
                found.append(int(sentence.start))
        return (*self._introduced(doc, at=after), *found)

    def _says_who_runs_it(self, first: Token) -> bool:
        """ "It is run by the army": the sentence opens with the prison told before."""
        verb = first.head.lemma_.lower()
        return first.lower_ == "it" and first.dep_ in _SUBJECTS and (verb in self.words.running or verb in self.words.attaching)

    def _introduced(self, doc: Doc, *, at: int) -> tuple[int, ...]:
        """The sentence before the telling, where it introduces the prison that the telling calls "it"."""
        again = any(t.lower_ in ("it", "there") and t.dep_ in ("pobj", "dobj", "advmod") for t in doc[at].sent)
        before = sentence_before(doc[at]) if again else None
        return (int(before.start),) if before is not None and any(self.classes.is_facility(t) for t in before) else ()

    def _is_that_facility(self, token: Token) -> bool:
        known = self.classes.is_facility(token) or token.lemma_.lower() in self.words.facility_again
        return known and any(t.lower_ in _POINTING for t in token.lefts)

    def custodians(self, doc: Doc, *, sentences: Sequence[int], own: Sequence[int]) -> tuple[Involvement, ...]:
        """Who runs the prison: in the sentences about it, and beside its name in the telling itself ("a jail run by the SDF")."""
        found: list[Involvement] = []
        for start in dict.fromkeys((*own, *sentences)):
            if start in sentences:
                found += self._of_verb(doc[start].sent.root)
            for token in doc[start].sent:
                again = start in sentences and _is_core(token) and (self._is_that_facility(token) or token.lower_ == "it")
                if again or self.classes.is_facility(token):
                    found += self._runners(token)
        return tuple({i.phrase: i for i in found}.values())

    def _runners(self, facility: Token) -> Iterator[Involvement]:
        verbs = [t for t in facility.children if t.dep_ in ("acl", "relcl", "parataxis")]
        if facility.dep_ in _SUBJECTS:
            verbs += [facility.head, *(t for t in facility.head.conjuncts if t.pos_ == "VERB")]
        for verb in verbs:
            yield from self._of_verb(verb)
        yield from self._of_keeper(facility)
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
            if prep.dep_ == "acomp" and prep.lemma_.lower() in self.words.attaching:
                yield from self._of_verb(prep)  # "is subordinate to the army"

    def _of_keeper(self, facility: Token) -> Iterator[Involvement]:
        """ "the SDF run this prison", "a prison that the SDF run": the subject of a verb of running."""
        keepers = [t for t in facility.children if t.dep_ == "relcl" and not is_passive(t)]
        if facility.dep_ in ("dobj", "obj") and not is_passive(facility.head):
            keepers.append(facility.head)
        for verb in keepers:
            if verb.lemma_.lower() in self.words.running:
                own = [t for t in verb.children if t.dep_ == "nsubj" and t.tag_ not in ("WDT", "WP") and t.pos_ in ("NOUN", "PROPN")]
                yield from (self._custodian(t, f"subject of {verb.lemma_}") for t in own if not self.classes.is_facility(t))

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
        span = _with_command(head, bare_phrase(head))
        name = words_of(span, head)
        return Involvement(role="custodian", name=name, phrase=span, p=0.75, rule=rule, actor_id=self.actors.find_actor(name))

    def destinations(self, doc: Doc, *, after: int) -> tuple[Involvement, ...]:
        """Where the escaped went or are expected to go, each with its modality when it is no fact."""
        found: list[Involvement] = []
        for verb in doc[after:]:
            going = verb.lemma_.lower() in self.words.going and verb.pos_ in ("VERB", "ADJ", "ADV")
            if (going or _is_way(verb)) and any(t.lemma_.lower() in self.words.escaped for t in _goers(verb)):
                found += [self._destination(verb, t) for t in _goals(verb) if self._is_goal(t)]
        return tuple({i.phrase: i for i in found}.values())

    def _is_goal(self, noun: Token) -> bool:
        return noun.lemma_.lower() in self.words.goals or self.classes.is_place(noun)

    def _destination(self, verb: Token, noun: Token) -> Involvement:
        span = bare_phrase(noun)
        return Involvement(role="destination", name=words_of(span, noun), phrase=span, p=0.7, rule=f"{verb.lemma_} to", modality=self._modality(verb))

    def _modality(self, verb: Token) -> str | None:
        """ "are feared to have crossed" is suspected, "are expected to cross" and "could cross" are expected; None: told as a fact."""
        governor = verb.head.lemma_.lower() if verb.dep_ in _GOVERNED else ""
        if verb.dep_ == "pobj":
            governor = next((t.lemma_.lower() for t in verb.ancestors if t.lemma_.lower() in self.words.expecting), "")
        if governor in self.words.doubting:
            return "suspected"
        unsure = governor in self.words.expecting or any(t.dep_ == "aux" and t.lower_ in _UNSURE for t in verb.children)
        return "expected" if unsure else None


def _objects(prep: Token) -> Iterable[Token]:
    return [t for t in prep.children if t.dep_ == "pobj"]


def _is_core(token: Token) -> bool:
    """The subject of a clause, or the object of one in the active voice."""
    return token.dep_ in _SUBJECTS or (token.dep_ in ("dobj", "obj") and not is_passive(token.head))


def _with_command(head: Token, span: Span) -> Span:
    """A force with the one that commands it, wherever the parser hangs "under": "police of the factions under the Turkish army"."""
    behind = head.doc.char_span(span.start, span.end, alignment_mode="expand")
    following = head.doc[behind.end] if behind is not None and behind.end < len(head.doc) else None
    if following is None or following.lower_ != "under" or following.sent != head.sent:
        return span
    above = next((t for t in _objects(following) if t.i > following.i), None)
    return Span(span.start, bare_phrase(above).end) if above is not None and above.lemma_.lower() not in _NO_FORCE else span


def _is_way(token: Token) -> bool:
    """ "on their way to the border"."""
    return token.lower_ == "way" and token.dep_ == "pobj" and token.head.lower_ == "on"


def _goers(verb: Token) -> list[Token]:
    """Who goes: the subject, for "likely to head" and "on their way" that of the clause above."""
    own = subjects_of(verb)
    if own:
        planned = [t for t in own[0].children if t.dep_ == "compound"] if own[0].lower_ == "plan" else []  # "the runaways plan to", taken for a noun
        return planned or own
    for above in (*list(verb.ancestors)[:4],):
        found = [t for t in above.children if t.dep_ in _SUBJECTS and t.i < verb.i]
        if found:
            return found
    return []


def _goals(verb: Token) -> Iterator[Token]:
    """Where somebody goes: behind "to", "into" …; the object of "enter" and "reach"; what refuge is sought in."""
    refuge = any(t.dep_ == "dobj" and t.lower_ in _REFUGES for t in verb.children)
    named = any(t.dep_ == "prep" and t.lower_ in ("into", "to") for t in verb.children)
    for child in verb.children:
        if child.dep_ == "prep" and (child.lower_ in _TOWARDS or (refuge and child.lower_ == "in")) and not (named and child.lower_ == "across"):
            yield from _objects(child)
        elif child.dep_ in ("dobj", "obj"):
            if verb.lemma_.lower() in _REACHING:
                yield child
            yield from (t for prep in child.children if prep.lower_ in ("in", "to", "into", "for") for t in _objects(prep))
