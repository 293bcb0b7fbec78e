"""The verbs and nouns whose slots a noun fills, read from the noun upwards."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from waqai.reading.slots import antecedent

_STEPS = 4
_IN_PHRASE = frozenset(("nummod", "appos", "amod", "quantmod", "compound"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_CORE = _SUBJECTS | {"dobj", "obj", "attr", "oprd"}
_CONTINUING = frozenset(("xcomp", "conj", "ccomp", "advcl"))
_ROUNDING = frozenset(("around", "about", "over"))
_AMOUNTS = frozenset(("number", "group", "total"))


def iter_governors(head: Token) -> Iterator[tuple[str, Token]]:
    """(slot, verb or noun) pairs that this head fills, nearest first: subj, obj, of, by, or a preposition."""
    noun = _top_of_phrase(head)
    for clause in noun.children:
        if clause.dep_ == "relcl" and (subjects := [t for t in clause.children if t.dep_ in _SUBJECTS]) and any(_stands_for(t, noun) for t in subjects):
            yield ("obj" if any(t.dep_ == "nsubjpass" for t in subjects) else "subj"), clause
        elif clause.dep_ == "acl":
            yield ("obj" if clause.tag_ == "VBN" else "subj"), clause
    yield from _upward(noun)


def _top_of_phrase(head: Token) -> Token:
    """From a number or a coordinated noun to the noun that stands for the whole phrase."""
    node = head
    for _ in range(_STEPS):
        coordinated = node.dep_ == "conj" and node.head.pos_ in ("NOUN", "PROPN", "NUM", "PRON")
        if not coordinated and not (node.dep_ in _IN_PHRASE and node.head.pos_ in ("NOUN", "NUM")):
            break
        node = node.head
    return node


def _stands_for(pronoun: Token, noun: Token) -> bool:
    return antecedent(pronoun) == noun and pronoun != noun


def _upward(node: Token) -> Iterator[tuple[str, Token]]:
    if node.dep_ in _CORE:
        yield from _of_clause(node.head, node.dep_)
    elif node.dep_ == "pobj" and _rounds_subject(node.head):
        yield from _of_clause(node.head.head, "nsubjpass" if _reads_passive(node.head.head) else "nsubj")
    elif node.dep_ == "pobj":
        yield from _of_preposition(node.head)


def _rounds_subject(prep: Token) -> bool:
    """ "Around 300 have been caught": the parser takes "around" for a preposition, and so leaves the verb without a subject."""
    verb = prep.head
    bare = verb.pos_ in ("VERB", "AUX") and prep.i < verb.i and not any(t.dep_ in (*_SUBJECTS, "expl") for t in verb.children)
    return bare and prep.lower_ in _ROUNDING


def _of_clause(verb: Token, dep: str) -> Iterator[tuple[str, Token]]:
    """The verb, and the verbs that go on with the same subject: "six men fled and were caught"."""
    yield ("subj" if dep == "nsubj" else "obj"), verb
    if dep in _SUBJECTS:
        for other in verb.children:
            if other.dep_ in _CONTINUING and other.pos_ == "VERB" and not any(c.dep_ in _SUBJECTS for c in other.children):
                yield ("obj" if _reads_passive(other) else "subj"), other
    if verb.lemma_ in ("leave", "find", "shoot") and any(t.lower_ in ("dead", "killed") for t in verb.children):
        yield "obj", verb


def _reads_passive(verb: Token) -> bool:
    if any(c.dep_ == "auxpass" for c in verb.children):
        return True
    return verb.tag_ == "VBN" and not any(c.dep_ == "aux" for c in verb.children)


def _of_preposition(prep: Token) -> Iterator[tuple[str, Token]]:
    """ "the escape of six", "a group of six fled", "killed by six men"."""
    above = prep.head
    if prep.lower_ == "of" and above.pos_ in ("NOUN", "PROPN"):
        yield "of", above
        yield from _upward(above) if above.lemma_ in _AMOUNTS else ()
    elif prep.dep_ == "agent" or prep.lower_ == "by":
        yield "by", above
    else:
        yield prep.lower_, above
