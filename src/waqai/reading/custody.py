"""What a report says of the prison itself and of those who got out of it: who runs it, where it lies, where they are expected to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from waqai.core import ActorNames, Involvement, PlaceNames
from waqai.reading.classes import WordClasses
from waqai.reading.phrases import antecedent, bare_phrase, char_span, slots_of_subject

_RUN_BY = frozenset({"run", "control", "operate", "manage", "guard", "administer", "hold", "supervise", "oversee", "secure", "command", "own", "maintain"})
_OF = frozenset({"affiliate", "belong", "link", "subordinate", "attach", "tie"})
_UNDER = frozenset({"control", "authority", "command", "administration", "supervision", "management", "guard", "custody"})
_GOING = frozenset({"head", "flee", "cross", "go", "move", "travel", "escape", "enter", "make", "slip", "run", "reach", "return", "infiltrate"})
_EXPECT = frozenset({"expect", "think", "believe", "suspect", "fear", "likely", "say", "plan", "try", "attempt", "bind"})
_OUT = frozenset(
    {
        "escapee",
        "fugitive",
        "terrorist",
        "prisoner",
        "inmate",
        "detainee",
        "convict",
        "militant",
        "man",
        "fighter",
        "runaway",
        "member",
        "group",
        "they",
        "element",
        "jihadist",
        "captive",
        "suspect",
    }
)


class Custody:
    """Facts on prisons and escapees. One object serves a whole run."""

    def __init__(self, classes: WordClasses, actors: ActorNames, places: PlaceNames) -> None:
        self.classes, self.actors, self.places = classes, actors, places

    def facility_sentences(self, doc: Doc, *, after: int) -> tuple[int, ...]:
        """Starts of the sentences behind token `after` whose subject is "this prison", "the facility": they go on about the prison last named."""
        found = []
        for sentence in doc.sents:
            if sentence.start <= after or sentence.start - after > 120:
                continue
            subject = next((t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ in ("ROOT", "conj", "ccomp")), None)
            if subject is not None and self._is_that_facility(subject):
                found.append(sentence.start)
        return tuple(found)

    def _is_that_facility(self, token: Token) -> bool:
        word = token.lemma_.lower()
        known = self.classes.is_facility(token) or word in ("facility", "centre", "center", "complex", "compound", "site", "building")
        return known and any(t.lower_ in ("this", "the", "that", "same") for t in token.lefts)

    def custodians(self, doc: Doc, *, sentences: Sequence[int], own: Sequence[int]) -> tuple[Involvement, ...]:
        """Who runs the prison: in the sentences about it, and beside its name in the telling itself ("a jail run by the SDF")."""
        found: list[Involvement] = []
        for start in dict.fromkeys((*own, *sentences)):
            for token in doc[start].sent:
                if self.classes.is_facility(token) or (start in sentences and token.dep_ in ("nsubj", "nsubjpass") and self._is_that_facility(token)):
                    found += self._runners(token)
        return tuple({i.phrase: i for i in found}.values())

    def _runners(self, facility: Token) -> Iterator[Involvement]:
        verbs = [t for t in facility.children if t.dep_ in ("acl", "relcl")]
        if facility.dep_ in ("nsubj", "nsubjpass"):
            verbs += [facility.head, *(t for t in facility.head.conjuncts if t.pos_ == "VERB")]
        for verb in verbs:
            yield from self._of_verb(verb)
        for child in facility.children:
            if child.dep_ == "prep" and child.lower_ == "under":
                yield from self._under(child)
        yield from self._compound(facility)

    def _of_verb(self, verb: Token) -> Iterator[Involvement]:
        word = verb.lemma_.lower()
        wanted = ("by",) if word in _RUN_BY else ("to", "with") if word in _OF else ()
        for prep in verb.children:
            if prep.dep_ in ("prep", "agent") and prep.lower_ in wanted:
                yield from (self._custodian(t, f"{word} {prep.lower_}") for t in prep.children if t.dep_ == "pobj")
            if prep.dep_ == "prep" and prep.lower_ in ("under", "in") and word in ("be", "fall", "remain", "come", "lie", "operate"):
                yield from self._under(prep)

    def _under(self, prep: Token) -> Iterator[Involvement]:
        for noun in prep.children:
            if noun.dep_ == "pobj" and noun.lemma_.lower() in _UNDER | {"hand"}:
                for of in noun.children:
                    if of.dep_ == "prep" and of.lower_ == "of":
                        yield from (self._custodian(t, f"under the {noun.lemma_} of") for t in of.children if t.dep_ == "pobj")
                    elif of.dep_ in ("poss", "amod", "compound") and of.pos_ == "PROPN":
                        yield self._custodian(of, f"under {noun.lemma_}")

    def _compound(self, facility: Token) -> Iterator[Involvement]:
        """ "the SDF-run prison"."""
        for child in facility.lefts:
            if child.lemma_.lower() in _RUN_BY and child.dep_ in ("amod", "compound"):
                yield from (self._custodian(t, f"{t.text}-{child.text}") for t in child.children if t.pos_ == "PROPN")

    def _custodian(self, head: Token, rule: str) -> Involvement:
        span = bare_phrase(head)
        name = " ".join(span.of(head.doc.text).split())
        return Involvement(role="custodian", name=name, phrase=span, p=0.75, rule=rule, actor_id=self.actors.find_actor(name))

    def destinations(self, doc: Doc, *, after: int) -> tuple[Involvement, ...]:
        """Where the escaped went or are expected to go, each with its modality when it is no fact."""
        found = []
        for verb in doc[after:]:
            if verb.pos_ == "VERB" and verb.lemma_.lower() in _GOING and any(t.lemma_.lower() in _OUT for t in slots_of_subject(verb)):
                found += [self._destination(verb, t) for t in _goals(verb) if self._is_goal(t)]
        return tuple(found)

    def _is_goal(self, noun: Token) -> bool:
        if noun.lemma_.lower() in (
            "territory",
            "soil",
            "border",
            "land",
            "side",
            "country",
            "town",
            "city",
            "village",
            "area",
            "desert",
            "mountain",
            "countryside",
        ):
            return True
        return self.classes.is_place(noun)

    def _destination(self, verb: Token, noun: Token) -> Involvement:
        span = bare_phrase(noun)
        governor = verb.head.lemma_.lower() if verb.dep_ in ("xcomp", "ccomp", "conj", "advcl", "acl") else ""
        unsure = governor in _EXPECT or any(t.dep_ == "aux" and t.lower_ in ("may", "might", "could", "would", "will") for t in verb.children)
        modality = "suspected" if governor in ("suspect", "fear", "believe", "think") else "expected" if unsure else None
        name = " ".join(span.of(noun.doc.text).split())
        return Involvement(role="destination", name=name, phrase=span, p=0.7, rule=f"{verb.lemma_} to", modality=modality)


def _goals(verb: Token) -> Iterator[Token]:
    for prep in verb.children:
        if prep.dep_ == "prep" and prep.lower_ in ("to", "into", "toward", "towards", "across", "for"):
            yield from (t for t in prep.children if t.dep_ == "pobj")


def clause_span(token: Token) -> tuple[int, int]:
    span = char_span(token.left_edge, token.right_edge)
    return span.start, span.end


__all__ = ["Custody", "antecedent", "clause_span"]
