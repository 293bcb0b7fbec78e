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
_NO = word_set("no neither nor")
_NOT = word_set("no not")
_DENYING = word_set("deny reject refute dismiss dispute")
_CORE = frozenset(("nsubj", "nsubjpass", "dobj"))
OF_PRISONERS = frozenset(("escaped", "recaptured"))
_REACH = 12  # words behind "denied" in which the escape must stand


def find_none_told(doc: Doc, *, lexicon: Lexicon, triggers: Mapping[int, Trigger]) -> Iterator[tuple[Quantity, str]]:
    """Each nought that is told of prisoners, with its measure, in order of the text."""
    for token in doc:
        quantity = _nobody(token, lexicon) or _no_escape(token, lexicon) or _denied(token, lexicon)
        if quantity is None:
            continue
        plain = find_plain_measure(quantity, lexicon=lexicon, triggers=triggers) if quantity.noun is None else None
        measure = "escaped" if quantity.noun is not None else plain.measure if plain is not None else None
        if measure in OF_PRISONERS:
            yield quantity, measure


def _none(first: Token, last: Token, *, head: Token, noun: str | None) -> Quantity:
    return Quantity(low=0, high=0, best=0, kind="none_reported", phrase=char_span(first, last), head=head, noun=noun)


def _nobody(token: Token, lexicon: Lexicon) -> Quantity | None:
    """ "nobody", "no one", "none of the inmates", "not one person", "no prisoner", of whom something is told that has happened."""
    if token.dep_ not in _CORE or token.head.tag_ not in ("VBD", "VBN") or not has_happened(token.head):
        return None
    if token.lower_ in _NOBODY:
        return _none(token, token, head=token, noun=None)
    before = next((t for t in token.lefts if t.lower_ in ("no", "one")), token if token.lower_ == "one" else None)
    if before is None or (before is not token and token.lemma_.lower() not in lexicon.words.people | lexicon.classes["held"] | {"one"}):
        return None
    first = before if before.lower_ == "no" else before.nbor(-1) if before.i > 0 and before.nbor(-1).lower_ in _NOT else None
    return _none(first, token, head=token, noun=None) if first is not None else None


def _no_escape(token: Token, lexicon: Lexicon) -> Quantity | None:
    """ "no escape", "neither an escape nor"."""
    if not _is_escape(token, lexicon) or token.pos_ != "NOUN":
        return None
    word = next((t for t in token.lefts if t.lower_ in _NO), None)
    return _none(word, token, head=token, noun=token.text) if word is not None and word.i < token.i else None


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
