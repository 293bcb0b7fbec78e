"""Which words fill the slots of a verb or noun: who does it, to whom, and what its prepositions name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon
from waqai.parsing.word_sets import word_set

_OBJECTS = frozenset(("dobj", "obj", "nsubjpass", "nsubj:pass", "attr"))
_SUBJECTS = frozenset(("nsubj", "csubj"))
_CONTINUED = frozenset(("conj", "xcomp", "advcl", "ccomp"))  # a verb in one of these relations goes on from the verb above
_SHARES = frozenset(("all", "some", "most", "many", "none", "several", "half"))
_DEEPEST = 4
_PARTITIVE = word_set("dozen hundred thousand score number group some several many one all most ten total couple rest remainder")


def head_noun(token: Token) -> Token:
    """The noun that counts: for "three of the guards" and "a group of gunmen" the noun after "of"."""
    if token.like_num or token.lemma_.lower() in _PARTITIVE:
        nouns = (t for prep in token.children if prep.dep_ == "prep" and prep.lower_ == "of" for t in prep.children)
        return next((t for t in nouns if t.dep_ == "pobj" and t.pos_ in ("NOUN", "PROPN")), token)
    return token


def coordinated(head: Token) -> list[Token]:
    """The token and those joined to it by "and": "a policeman and two soldiers"."""
    return [head, *(t for t in head.conjuncts if t.i > head.i and _share_in(t) is None)]


def antecedent(token: Token) -> Token:
    """For "who", "which", "that" the noun of the relative clause; for "all of whom", "most of them" the noun before; else the token itself."""
    if (named := _before_partitive(token)) is not None:
        return named
    clause = token.head
    if clause.dep_ != "relcl":
        return token
    relative = token.tag_ in ("WDT", "WP")
    some_of_whom = token.lower_ in ("all", "some", "most", "many", "none") and any(t.tag_ in ("WDT", "WP") for t in token.subtree)
    return clause.head if relative or some_of_whom else token


def _before_partitive(token: Token) -> Token | None:
    """ "25 prisoners, most of them fighters, fled": the parser takes "most" for the subject; those meant are the prisoners."""
    doc = token.doc
    share = _share_in(token)
    if share is None:
        return None
    comma = share.i - 1
    if comma <= token.sent.start or doc[comma].text != ",":
        return None
    nouns = [t for t in doc[token.sent.start : comma] if t.pos_ in ("NOUN", "PROPN") and _reaches(t, comma) and t.dep_ != "compound"]
    return nouns[0] if nouns else None


def _share_in(token: Token) -> Token | None:
    """The "most" of "most of them", the "all" of "all belonging to", in the phrase on this token."""
    for share in token.subtree:
        if share.i > token.i:
            return None
        behind = token.doc[share.i + 1 : share.i + 3].text.lower()
        if share.lower_ in _SHARES and (behind in ("of them", "of whom") or behind.split(" ")[0] in ("belonging", "affiliated", "linked", "suspected")):
            return share
    return None


def _reaches(noun: Token, comma: int) -> bool:
    """Whether the noun's phrase runs up to the comma, by the words between: "25 prisoners of several nationalities,"."""
    between = noun.doc[noun.i + 1 : comma]
    return all(t.pos_ in ("ADP", "ADJ", "NOUN", "PROPN", "DET", "NUM", "PUNCT", "CCONJ") and t.text not in (",", ";") for t in between)


def is_passive(verb: Token) -> bool:
    """Whether the verb's subject, or the noun that a participle hangs on, is what the act is done to."""
    if any(t.dep_ in ("nsubjpass", "auxpass", "agent") for t in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl", "amod") and not any(t.dep_ in ("dobj", "aux") for t in verb.children)


def subjects_of(verb: Token, *, depth: int = 0) -> list[Token]:
    """The subject of a verb (of a passive: its grammatical subject), looked for up the chain of verbs that it continues."""
    own = [antecedent(t) for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")]
    if own or depth > _DEEPEST:
        return own
    if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
        return [verb.head]
    if verb.dep_ in _CONTINUED and verb.head.pos_ in ("VERB", "AUX"):
        return subjects_of(verb.head, depth=depth + 1)
    if verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ" and verb.head.dep_ == "acomp":
        return subjects_of(verb.head.head, depth=depth + 1)  # "were able to drive out"
    return []


@dataclass(frozen=True, slots=True)
class SlotFinder:
    """Finds slots; the lexicon says which verbs are light ("launch an assault") and which steer their object ("force them to flee")."""

    lexicon: Lexicon

    def slots_of(self, trigger: Token) -> dict[str, tuple[Token, ...]]:
        """Head tokens by slot: subj, obj, by, of, mod (words before a noun), and every preposition ("out of" counts as "from").

        The passive's subject is its obj; a participle and a relative clause take the noun that they hang on; a verb without a subject of its own takes
        that of the verb it continues.
        """
        found: dict[str, list[Token]] = {}
        for slot, token in self._of_verb(trigger) if trigger.pos_ in ("VERB", "AUX") else self._of_noun(trigger):
            for one in coordinated(token):
                if one not in found.setdefault(slot, []):
                    found[slot].append(one)
        return {slot: tuple(tokens) for slot, tokens in found.items()}

    def _of_verb(self, verb: Token) -> Iterator[tuple[str, Token]]:
        passive = is_passive(verb)
        yield from _dependents(verb, subject="obj" if passive and not any(c.dep_ == "nsubjpass" for c in verb.children) else "subj")
        if not _has_subject(verb):
            yield from self._inherited(verb, slot="obj" if passive else "subj")

    def _of_noun(self, noun: Token) -> Iterator[tuple[str, Token]]:
        yield from _dependents(noun, subject="subj")
        yield from self._of_light_verb(noun)

    def _inherited(self, verb: Token, *, slot: str) -> Iterator[tuple[str, Token]]:
        """The slot that a verb without a subject fills from above."""
        head = verb.head
        if verb.dep_ in ("relcl", "acl") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            yield ("obj" if verb.tag_ == "VBN" else "subj"), head
        elif (verb.dep_ in _CONTINUED or verb.dep_ == "dep") and head.pos_ in ("VERB", "AUX"):
            yield from ((slot, token) for token in self._steered(verb) or subjects_of(head))
        elif verb.dep_ == "xcomp" and head.dep_ == "acomp":
            yield from ((slot, token) for token in subjects_of(head.head))
        elif verb.dep_ == "pcomp" and head.head.pos_ in ("VERB", "AUX"):
            yield from ((slot, token) for token in _addressed(head) or subjects_of(head.head))

    def _steered(self, verb: Token) -> list[Token]:
        if verb.dep_ != "xcomp" or verb.head.lemma_ not in self.lexicon.words.steering_verbs:
            return []
        return [t for t in verb.head.children if t.dep_ in ("dobj", "obj")][:1]

    def _of_light_verb(self, noun: Token) -> Iterator[tuple[str, Token]]:
        """The parties of a nominal trigger that its verb names: "launched an assault", "came under attack", "an attack was carried out by"."""
        verb = noun.head
        light = verb.lemma_ in self.lexicon.words.light_verbs
        if light and noun.dep_ in ("dobj", "obj", "ccomp"):
            yield from (("subj", token) for token in subjects_of(verb))
            yield from _prepositions(verb, names=("on", "against", "at", "with", "from"), labels=("prep",))
        elif light and noun.dep_ == "nsubjpass":
            yield from _prepositions(verb, names=("by",), labels=("agent",))
        elif noun.dep_ == "pobj" and verb.lower_ in ("under", "in") and verb.head.lemma_ in ("come", "be", "fall"):
            yield from (("obj", token) for token in subjects_of(verb.head))
            yield from (("by", token) for _, token in _prepositions(verb.head, names=("by", "from"), labels=("prep", "agent")))


def _addressed(prep: Token) -> list[Token]:
    """Who a gerund behind "from" or "of" is about, where the verb has an object: "prevented them from fleeing", "accused him of burning"."""
    return [t for t in prep.head.children if t.dep_ in ("dobj", "nsubjpass")][:1] if prep.lower_ in ("from", "of") else []


def _has_subject(verb: Token) -> bool:
    subjects = [t for t in verb.children if t.dep_ in _SUBJECTS]
    return bool(subjects) or any(t.dep_.startswith("nsubj") for t in verb.children)


def _dependents(trigger: Token, *, subject: str) -> Iterator[tuple[str, Token]]:
    """The slots that the trigger's own dependents fill; of several subjects before it the nearest counts."""
    verbal = trigger.pos_ in ("VERB", "AUX")
    passed_over = [t for t in trigger.children if t.dep_ in _SUBJECTS and t.i < trigger.i][:-1]
    for child in trigger.children:
        if child in passed_over:
            continue
        if child.dep_ in _SUBJECTS:
            yield subject, antecedent(child)
        elif child.dep_ in _OBJECTS:
            yield "obj", antecedent(child)
            yield from (pair for prep in child.children if _leads_away(prep, trigger) for pair in _prep_slots(prep))
        elif child.dep_ in ("prep", "agent", "dative"):
            yield from _prep_slots(child)
        elif child.dep_ == "prt" or (verbal and (child.dep_ in ("advmod", "acomp") or (child.pos_ == "ADJ" and child.i == trigger.i + 1))):
            yield from (pair for prep in child.children if prep.dep_ == "prep" for pair in _prep_slots(prep))
        elif not verbal and child.dep_ in ("compound", "amod", "poss", "nmod"):
            yield "mod", child


def _leads_away(prep: Token, trigger: Token) -> bool:
    """ "freed men from the jail": the parser hangs "from" on the object, it belongs to the act."""
    return prep.dep_ == "prep" and prep.lower_ in ("from", "out") and prep.i > trigger.i


def _prepositions(verb: Token, *, names: tuple[str, ...], labels: tuple[str, ...]) -> Iterator[tuple[str, Token]]:
    for prep in verb.children:
        if prep.dep_ in labels and (prep.lower_ in names or prep.dep_ == "agent"):
            yield from _prep_slots(prep)


def _prep_slots(prep: Token) -> Iterator[tuple[str, Token]]:
    if prep.lower_ == "according":
        return
    name = "from" if prep.lower_ == "out" else "by" if prep.dep_ == "agent" else prep.lower_
    for child in prep.children:
        if child.dep_ == "pobj":
            yield name, child
            yield from ((name, one) for one in child.conjuncts if prep.lower_ in ("between", "among"))
        elif child.dep_ == "prep":
            yield from ((name if slot == "of" else slot, token) for slot, token in _prep_slots(child))
