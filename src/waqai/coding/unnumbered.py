"""Escapees whom nobody counts: "some prisoners got away", "a considerable number got out", "those who had fled". They are at least one.

Coders leave "some" and "many" uncoded (data/gold/CODING.md); that anybody got out at all is what reports of a break disagree on, so it is kept where a report
gives no number of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from waqai.parsing.word_sets import word_set
from waqai.reading.bounds import Quantity
from waqai.reading.phrases import char_span
from waqai.reading.slots import head_noun

_SOME = word_set("some many")
_ASKING = word_set("how so as too")
_ARTICLES = word_set("a an")
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))


def find_unnumbered(doc: Doc) -> Iterator[Quantity]:
    """Each "some prisoners", "many of the inmates", "a large number", in order of the text, as at least one."""
    for token in doc:
        if any(t.lower_ in _ASKING for t in token.lefts):
            continue  # "how many prisoners", "so many"
        if token.lower_ in _SOME and token.dep_ in ("det", "amod") and token.head.tag_ in ("NNS", "NNPS"):
            yield _at_least_one(token, token.head, head=token.head)
        elif (token.lower_ in _SOME or _is_any_number(token)) and token.dep_ in _SUBJECTS:
            yield _at_least_one(token.left_edge, head_noun(token), head=token)
        elif token.lower_ == "those" and any(t.dep_ == "relcl" for t in token.children):
            yield _at_least_one(token, token, head=token)


def _at_least_one(first: Token, noun: Token, *, head: Token) -> Quantity:
    named = noun.text if noun.lower_ not in _SOME | {"number", "those"} else None
    return Quantity(low=1, high=None, best=None, kind="vague", phrase=char_span(first, noun), head=head, noun=named)


def _is_any_number(token: Token) -> bool:
    """ "a considerable number": not the bare "a number of", which is two at least."""
    return token.lower_ == "number" and token.left_edge.lower_ in _ARTICLES and any(t.dep_ == "amod" for t in token.lefts)
