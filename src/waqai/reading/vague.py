"""Words for a number that nobody gives: dozens, several, a few, hundreds. Their bounds are the codebook's; they have no best value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from waqai.codebook import load_codebook
from waqai.codebook.lexicon import Lexicon
from waqai.reading.bounds import Quantity
from waqai.reading.phrases import char_span
from waqai.reading.slots import head_noun

_WORDS = {"few": "a few", **{word: word for word in ("couple", "several", "tens", "dozens", "scores", "hundreds", "thousands")}}
_TIMES = {"dozen": "dozens", "hundred": "hundreds", "thousand": "thousands"}  # "several dozen" are as many as "dozens"
_OF_THOUSANDS = {"tens": (20_000, 99_999), "hundreds": (200_000, 999_999)}
_QUANTIFYING = frozenset(("amod", "nummod", "advmod", "quantmod", "det"))
_STANDING_ALONE = frozenset(("nsubj", "nsubjpass", "dobj", "pobj"))
_NOUN_REACH = 8  # tokens between the word and the noun that still make one phrase


def find_vague(doc: Doc, *, lexicon: Lexicon) -> Iterator[Quantity]:
    """Each vague number that can count people or strikes, in order of the text."""
    for token in doc:
        if not _is_vague(token):
            continue
        counted = _counted_by(token)
        noun = head_noun(counted)
        if not _counts_nobody(token, noun, lexicon):
            low, high = _OF_THOUSANDS[token.lower_] if _follows_of_thousands(token) else _bounds()[_TIMES.get(_behind(token), token.lower_)]
            last = noun if 0 <= noun.i - token.i <= _NOUN_REACH else token
            named = None if noun is token else noun.text
            yield Quantity(low=low, high=high, best=None, kind="vague", phrase=char_span(_first(token), last), head=counted, noun=named)


def find_number_of(doc: Doc) -> Iterator[Quantity]:
    """Each "a number of prisoners", which says only that they are more than one."""
    some = load_codebook().vague["a number of"]
    for token in doc:
        if token.lower_ == "number" and _before(token) == "a" and (noun := head_noun(token)) is not token:
            yield Quantity(low=some.low, high=some.high, best=None, kind="vague", phrase=char_span(token.nbor(-1), noun), head=token, noun=noun.text)


@cache
def _bounds() -> dict[str, tuple[float, float | None]]:
    vague = load_codebook().vague
    return {word: (vague[entry].low, vague[entry].high) for word, entry in _WORDS.items()}


def _before(token: Token, steps: int = 1) -> str:
    return token.doc[token.i - steps].lower_ if token.i >= steps else ""


def _counted_by(token: Token) -> Token:
    """The noun that the word quantifies, behind "dozen" or "hundred" too; the word itself where it stands alone."""
    above = token.head
    if above.lower_ in _TIMES and above.i == token.i + 1 and above.dep_ in (*_QUANTIFYING, "compound"):
        above = above.head
    return above if token.dep_ in _QUANTIFYING and above.pos_ in ("NOUN", "PROPN") else token


def _behind(token: Token) -> str:
    return token.nbor().lower_ if token.lower_ in ("several", "few") and token.i + 1 < len(token.doc) else ""


def _is_vague(token: Token) -> bool:
    """One of the words, outside dates; "few" only as "a few", "thousands" not as part of "tens of thousands" or "hundreds of thousands"."""
    word = token.lower_
    if word not in _WORDS or (token.ent_type_ in ("DATE", "TIME") and not _counts_behind(token)):
        return False
    return not (word == "few" and _before(token) != "a") and not (word == "thousands" and _before(token, 2) in _OF_THOUSANDS)


def _counts_behind(token: Token) -> bool:
    """ "dozens of inmates", which the model takes for part of the date before it."""
    return any(t.dep_ == "pobj" and t.ent_type_ == "" for prep in token.children if prep.lower_ == "of" for t in prep.children)


def _counts_nobody(token: Token, noun: Token, lexicon: Lexicon) -> bool:
    """Neither a noun behind it nor a place in the sentence of its own, or a noun that is no people."""
    if noun is token and token.dep_ not in _STANDING_ALONE and not any(t.dep_ == "prep" for t in token.children):
        return True
    return counts_no_people(noun, lexicon)


def counts_no_people(noun: Token, lexicon: Lexicon) -> bool:
    """A noun whose number is no number of people or strikes: years, villages, rifles."""
    word = noun.lemma_.lower()
    return word in lexicon.words.not_people and word not in lexicon.words.strikes


def _follows_of_thousands(token: Token) -> bool:
    return token.lower_ in _OF_THOUSANDS and token.doc[token.i + 1 : token.i + 3].text.lower() == "of thousands"


def _first(token: Token) -> Token:
    return token.nbor(-1) if token.lower_ in ("few", "couple") and _before(token) == "a" else token
