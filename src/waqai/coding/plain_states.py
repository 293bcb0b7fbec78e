"""What a clause tells of those counted by where they are or what is done with them there: holed up, caught inside, used as shields, held beside others."""

from __future__ import annotations

import re

from spacy.tokens import Token

from waqai.codebook.lexicon import Lexicon
from waqai.parsing.word_sets import word_set
from waqai.reading.bounds import Quantity
from waqai.reading.phrases import text_of
from waqai.reading.slots import head_noun

_HOLDING = {"entrench": "", "barricade": "", "dig": "in", "hole": "up", "hold": "out"}  # verbs of a last stand, with their particles
_CAUGHT = word_set("catch trap")
_USED = word_set("use take keep")
_SHIELDS = word_set("shield hostage")
_BESIDE = word_set("alongside beside among amid")
_TO_BE_FOUND = re.compile(r" (?:still )?to be (?:found|caught|traced|recaptured|tracked)\b")
_BODY = word_set("body corpse")
_MORE = word_set("more further additional")
_PASSING = word_set("go get come pass crawl climb")


def measure_of_state(slot: str, verb: Token, quantity: Quantity, *, lexicon: Lexicon) -> str | None:
    """ "500 rebels entrenched in the last wing" did it; "700 boys used as shields", "caught inside", "beside 5,000 prisoners" are held."""
    word, classes = head_noun(quantity.head).lemma_.lower(), lexicon.classes
    lemma = verb.lemma_.lower()
    if _holds_out(verb) and word in classes["outlaw"] | lexicon.words.members and word not in classes["held"]:
        return "perpetrators"
    if slot == "obj" and lemma in _CAUGHT and any(t.dep_ == "advmod" and t.lower_ == "inside" for t in verb.children):
        return "held"
    if slot == "obj" and lemma in _USED and any(t.lemma_.lower() in _SHIELDS for t in verb.subtree):
        return "held"
    if slot == "obj" and lemma == "leave" and _TO_BE_FOUND.match(text_of(verb.doc), quantity.phrase.end):
        return "at_large"
    if slot in _BESIDE or (slot == "to" and _is_next_to(quantity.head.head)):
        return "held" if word in classes["held"] else None
    if slot == "subj" and lemma in _PASSING and any(t.lower_ == "through" for t in verb.children):
        return "escaped" if any(t.lemma_.lower() == "tunnel" for t in verb.doc) else None
    return None


def _holds_out(verb: Token) -> bool:
    particle = _HOLDING.get(verb.lemma_.lower())
    return particle is not None and (not particle or any(t.dep_ in ("prt", "advmod") and t.lower_ == particle for t in verb.children))


def _is_next_to(prep: Token) -> bool:
    return prep.i > 0 and prep.lower_ == "to" and prep.nbor(-1).lower_ == "next"


def is_more_dead(quantity: Quantity) -> bool:
    """ "three more bodies": dead who were not counted before, as found bodies mostly were."""
    noun = head_noun(quantity.head)
    return quantity.noun is not None and noun.lemma_.lower() in _BODY and any(t.lower_ in _MORE for t in noun.lefts)
