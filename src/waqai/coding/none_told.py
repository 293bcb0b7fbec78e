"""Nought told as a figure: "nobody escaped", "not one person had fled", "no escape had occurred", "denied that any prisoner had got out".

Only of what becomes of prisoners: that nobody was hurt is no figure (data/gold/CODING.md, "Settled since").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from waqai.codebook.lexicon import Lexicon
from waqai.coding.plain_measures import find_plain_measure, has_happened
from waqai.parsing.word_sets import word_set
from waqai.reading.bounds import Quantity
from waqai.reading.phrases import char_span
from waqai.reading.triggers import Trigger

_NOBODY = word_set("nobody none")
_NO = word_set("no not neither")
_DENYING = word_set("deny reject refute dismiss dispute")
_CORE = frozenset(("nsubj", "nsubjpass", "dobj"))
OF_PRISONERS = frozenset(("escaped", "recaptured"))
_SINGLE = word_set("a single")
_ATTACKERS = word_set("attacker assailant raider gunman bomber intruder")
_REACH = 12  # words behind "denied" in which the escape must stand


def find_none_told(doc: Doc, *, lexicon: Lexicon, triggers: Mapping[int, Trigger]) -> Iterator[tuple[Quantity, str]]:
    """Each nought that is told of prisoners, with its measure, in order of the text."""
    for token in doc:
        quantity = _nobody(token) if token.lower_ in _NOBODY else _no(token, lexicon) if token.lower_ in _NO else _denied(token, lexicon)
        if quantity is None or _is_of_attackers(token):
            continue
        plain = find_plain_measure(quantity, lexicon=lexicon, triggers=triggers) if quantity.noun is None else None
        measure = "escaped" if quantity.noun is not None or _leaves_place(quantity.head) else plain.measure if plain is not None else None
        if measure in OF_PRISONERS:
            yield quantity, measure


def _is_of_attackers(token: Token) -> bool:
    """ "As for the gunmen, not one was caught": no prisoners."""
    opening = token.doc[token.sent.start : token.i]
    about = len(opening) > 1 and (opening[0].lower_ == "of" or (opening[0].lower_ == "as" and opening[1].lower_ == "for"))
    return about and any(t.lemma_.lower() in _ATTACKERS for t in opening)


def _none(first: Token, last: Token, *, head: Token, noun: str | None) -> Quantity:
    return Quantity(low=0, high=0, best=0, kind="none_reported", phrase=char_span(first, last), head=head, noun=noun)


def _nobody(token: Token) -> Quantity | None:
    """ "nobody", "none of the inmates", of whom something is told that has happened."""
    return _none(token, token, head=token, noun=None) if _is_told_of(token) else None


def _no(token: Token, lexicon: Lexicon) -> Quantity | None:
    """ "no one", "not one person", "no prisoner"; "no escape", "neither an escape nor"."""
    if token.i + 1 >= len(token.doc):
        return None
    one = next((t for t in token.doc[token.i + 1 : token.i + 4] if t.lower_ == "one"), None)
    if one is not None and any(t.lower_ not in _SINGLE for t in token.doc[token.i + 1 : one.i]):
        one = None
    if one is None and token.lower_ == "not":
        return None
    counted = token.head if one is None else one.head if one.dep_ in ("nummod", "det") and one.head.i > one.i else one
    if counted.i > token.i and token.lower_ != "not" and counted.pos_ == "NOUN" and _is_escape(counted, lexicon):
        return _none(token, counted, head=counted, noun=counted.text)
    people = one is not None or counted.lemma_.lower() in lexicon.words.people | lexicon.classes["held"]
    return _none(token, counted, head=counted, noun=None) if people and counted.i > token.i and _is_told_of(counted) else None


def _is_told_of(noun: Token) -> bool:
    return noun.dep_ in _CORE and noun.head.tag_ in ("VBD", "VBN") and has_happened(noun.head)


def _leaves_place(head: Token) -> bool:
    """ "not one left Belo"."""
    return head.dep_ == "nsubj" and head.head.lemma_ == "leave" and any(t.dep_ == "dobj" and t.pos_ == "PROPN" for t in head.head.children)


def _denied(token: Token, lexicon: Lexicon) -> Quantity | None:
    """ "denied that any prisoner had escaped", "denied the escape of prisoners"."""
    if token.lemma_.lower() not in _DENYING or token.pos_ != "VERB" or any(t.dep_ == "neg" for t in token.children):
        return None
    behind = token.doc[token.i + 1 : token.i + _REACH]
    escape = next((t for t in behind if token.is_ancestor(t) and _is_escape(t, lexicon)), None)
    if escape is None or any(t.like_num for t in behind if t.i < escape.i):
        return None  # "denied that 20 had escaped": perhaps it was 10
    return _none(token, escape, head=escape, noun=escape.text)


def _is_escape(token: Token, lexicon: Lexicon) -> bool:
    rules = lexicon.verbs if token.pos_ == "VERB" else lexicon.nouns if token.pos_ == "NOUN" else {}
    return any(rule.type == "escape" and not rule.rest for rule in rules.get(token.lemma_.lower(), ()))
