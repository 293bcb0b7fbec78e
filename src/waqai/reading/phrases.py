"""Noun phrases of a parse: which words belong to a noun, bare as coders write them."""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from waqai.core import Span
from waqai.parsing.word_sets import word_set

_DROPPED = frozenset(("det", "predet", "poss", "nummod", "case", "punct", "cc", "preconj", "quantmod", "mark", "advmod"))
_DROPPED_WORDS = word_set(
    "a an the this that these those its their his her own same such any no every each all both few several some many most other another further additional more"
    " than least up about around nearly almost so so-called called dozens hundreds thousands scores number numerous various one two three four five six seven"
    " eight nine ten dead fellow dozen hundred thousand couple"
)
_INMATES = frozenset(("women", "men", "children", "juveniles", "soldiers"))  # "women's prison"
_PERSON_PREPS = frozenset(("of", "under"))
_SITE_PREPS = frozenset(("of", "in", "near", "at", "outside", "for"))
_JOINERS = frozenset(("of", "for", "to", "on", "the", "and", "al", "de", "la", "del"))  # between the words of one name
_DATED = frozenset(("DATE", "TIME"))
_TEXT = "waqai text"  # where a parse keeps its own text
_NAMED = frozenset(("ORG", "FAC", "GPE", "PERSON", "NORP", "WORK_OF_ART"))


def char_span(first: Token, last: Token) -> Span:
    """From the first character of one token to the last of another."""
    return Span(first.idx, last.idx + len(last))


def text_of(doc: Doc) -> str:
    """The text of a parse, put together once; spaCy's own `doc.text` joins all tokens each time."""
    known = doc.user_data.get(_TEXT)
    if known is None:
        known = doc.user_data[_TEXT] = doc.text
    return str(known)


def words_of(span: Span, token: Token) -> str:
    """The words of a span of the token's text, runs of white space as one space."""
    return " ".join(span.of(text_of(token.doc)).split())


def plain_phrase(head: Token) -> Span:
    """The noun with the words before it only: "ISIS prisoners" of "25 ISIS prisoners of different nationalities"."""
    return char_span(_phrase_start(head), head)


def bare_phrase(head: Token, *, site: bool = False) -> Span:
    """The noun phrase on this head without article, number, quantifier or possessive; with its "of" complement, for a site also "in", "near"."""
    return char_span(_phrase_start(head), _phrase_end(head, preps=_SITE_PREPS if site else _PERSON_PREPS))


def _phrase_start(head: Token) -> Token:
    first, start = head, head.sent.start
    while first.i > start:
        left = first.nbor(-1)
        if not head.is_ancestor(left) or _ends_phrase(left):
            break
        first = left
    while first.i < head.i and (first.is_punct or first.lower_ in _DROPPED_WORDS or first.pos_ == "DET"):
        first = first.nbor()
    return first


def _ends_phrase(token: Token) -> bool:
    """An article, number, quantifier, day, possessive or comma in front of a noun phrase, unless it is part of a name ("The Hague", "Al-Shabaab")."""
    if (token.text in ("-", "'") and not token.whitespace_) or _numbers_name(token):
        return False
    if token.ent_type_ in _NAMED and token.ent_iob_ == "I":
        return token.lower_ in _DROPPED_WORDS and token.lower_ != "the"
    if token.ent_type_ in _DATED:
        return True
    if token.dep_ in ("poss", "case") and (token.head if token.dep_ == "case" else token).lower_ in _INMATES:
        return False
    return token.dep_ in _DROPPED or token.lower_ in _DROPPED_WORDS or token.like_num or token.is_punct or token.pos_ == "DET"


def _numbers_name(token: Token) -> bool:
    """The "Nine" of "Block Nine": a number behind a capitalised word that it belongs to."""
    before = token.nbor(-1) if token.i > token.sent.start else token
    numbering = token.like_num and (token.text[:1].isupper() or token.is_digit)
    return numbering and before.i != token.i and before.text[:1].isupper() and before.pos_ == "PROPN" and before.ent_type_ not in _DATED


def _phrase_end(head: Token, *, preps: frozenset[str]) -> Token:
    """The last token of the phrase: of its complements with these prepositions, or of a participle ("run by the militia")."""
    last = head
    for right in head.rights:
        if not _follows(right, last):
            break
        if right.dep_ == "prep" and (right.lower_ in preps or _opposes(right, last)) and (end := _complement_end(right)) is not None:
            last = end
        elif right.dep_ == "acl" and right.tag_ == "VBN" and right.i + 1 < len(right.doc) and right.nbor(1).lower_ in ("by", "from"):
            last = _clause_end(right)
        else:
            break
    return _name_end(last)


def _opposes(prep: Token, last: Token) -> bool:
    """Inside a name: "Alliance | against ISIS"."""
    return prep.lower_ == "against" and last.pos_ == "PROPN" and any(t.dep_ == "pobj" and t.pos_ == "PROPN" for t in prep.children)


def _follows(right: Token, last: Token) -> bool:
    """Right behind, or behind a hyphen."""
    return bool(right.i <= last.i + 1 or (right.i == last.i + 2 and last.nbor().text == "-"))


def _complement_end(prep: Token) -> Token | None:
    objects = [t for t in prep.children if t.dep_ in ("pobj", "pcomp") and t.i > prep.i]
    if not objects or objects[0].ent_type_ in _DATED:
        return None
    return _phrase_end(objects[0], preps=_PERSON_PREPS)


def _clause_end(verb: Token) -> Token:
    """The last token of a participle's clause before a date, a comma or a further verb."""
    last = verb
    for token in verb.subtree:
        if token.i < verb.i:
            continue
        if token.is_punct or token.ent_type_ in _DATED or token.i > last.i + 1 or token.tag_ in ("VBP", "VBD", "VB") or token.dep_ == "cc":
            break
        last = token
    return last


def _name_end(last: Token) -> Token:
    """Run on to the end of a proper name: "Coalition | to Combat ISIS"."""
    doc, end = last.doc, last
    if not last.text[:1].isupper():
        return last
    while end.i + 1 < len(doc):
        following, beyond = doc[end.i + 1], doc[end.i + 2] if end.i + 2 < len(doc) else None
        if following.ent_iob_ != "I":
            break
        if following.text[:1].isupper() and following.sent == last.sent:
            end = following
        elif following.lower_ in _JOINERS and beyond is not None and beyond.ent_iob_ == "I":
            end = beyond
        else:
            break
    return end


def with_owner(noun: Token, phrase: Span) -> Span:
    """For a state named by its people ("his country", "her government") the phrase with its pronoun; any other as it is."""
    if noun.lemma_.lower() not in ("country", "government", "nation", "administration"):
        return phrase
    owner = next((t for t in noun.lefts if t.tag_ == "PRP$"), None)
    return Span(owner.idx, phrase.end) if owner is not None and owner.idx < phrase.start else phrase


def sentence_before(token: Token) -> TokenSpan | None:
    """The sentence before the token's own, past line ends; None for the first."""
    i = token.sent.start - 1
    while i >= 0 and token.doc[i].is_space:
        i -= 1
    return token.doc[i].sent if i >= 0 else None


def is_name_word(token: Token) -> bool:
    """A word of a proper name: capitalised, or the article of an Arabic one ("al-Shabaab")."""
    return (token.text[0].isupper() and token.is_alpha) or token.lower_ in ("al", "el")
