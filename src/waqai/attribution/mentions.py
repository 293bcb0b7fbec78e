"""Noun phrases that can speak: their bounds, with and without appositions, and what kind of speaker they are.

All bounds are token indices, half-open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from waqai.attribution.cues import BODY_NOUNS, PERSON_NOUNS
from waqai.attribution.subjects import DAY_WORDS, can_describe, climb

_LEADING_TO_NAMES = frozenset(("of", "for", "from", "at"))
_LONGEST_NAME = 6  # words between quotation marks
_TITLES = frozenset(
    ["archbishop", "ayatollah", "caliph", "cardinal", "emir", "mufti", "mullah", "patriarch", "pope", "princess", "queen", "shah", "sheikh", "sultan"]
)
TITLE_WORDS = frozenset(["mr", "mrs", "ms", "dr", "gen.", "col.", "maj.", "lt.", "capt.", "sgt.", "mr.", "mrs.", "ms.", "dr.", "sheikh"])


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that can speak. Token bounds: `span` without what is set off by commas, `full` with appositions.

    `kind` is "person", "body" (organisation, paper), "many" (a plural) or "" (could not tell).
    """

    head: int
    span: tuple[int, int]
    full: tuple[int, int]
    kind: str
    name: str
    words: frozenset[str]


def mention_of(head: Token) -> Mention:
    """The noun phrase around this head."""
    doc = head.doc
    low = _past_phrase(head)
    span_end = _core_end(head)
    while low < head.i and (doc[low].is_punct or doc[low].is_space or doc[low].pos_ in ("ADV", "CCONJ", "SCONJ", "ADP")):
        low += 1
    comma = next((i for i in range(head.i - 1, low, -1) if doc[i].text in (",", '"', ":", ";") or doc[i].is_space or _is_dash(doc[i])), None)
    if comma is not None and not any(doc[i].dep_ == "appos" or doc[i].dep_ == "conj" for i in range(low, head.i)) and doc[comma].text != '"':
        low = comma + 1
    while low < head.i and doc[low].lower_ in DAY_WORDS:
        low += 1  # "On Sunday Ada Bell told"
    low = _with_first_name(doc, low)
    full_end = max(span_end, _apposition_end(head, span_end))
    name = squeeze(doc[low:full_end].text)
    return Mention(head.i, (low, span_end), (low, full_end), _kind(head), name, word_set(name))


def _past_phrase(head: Token) -> int:
    """Where a noun phrase begins, without "At last", which the parser hangs on the speaker behind it: "At last the army said"."""
    edge = head.left_edge
    opens = edge.dep_ == "prep" and edge.head.i == head.i and edge.right_edge.i < head.i
    return int(edge.right_edge.i) + 1 if opens else int(edge.i)


def _is_dash(token: Token) -> bool:
    """The dash of "LAGOS - Police said", no hyphen."""
    return token.text in ("-", "--") and bool(token.whitespace_) and token.i > 0 and bool(token.nbor(-1).whitespace_)


def _with_first_name(doc: Doc, low: int) -> int:
    """`low`, moved back to the first word of a name that the parser took for a sentence of its own (it does so after a heading) or that a hyphen joins."""
    while low and doc[low].is_alpha and not doc[low - 1].whitespace_ and (doc[low - 1].text == "-" or doc[low - 1].is_alpha):
        low -= 2 if doc[low - 1].text == "-" and low > 1 else 1
    while (
        low
        and doc[low].pos_ == "PROPN"
        and (first := doc[low - 1]).pos_ == "PROPN"
        and first.lower_ not in DAY_WORDS
        and (first.head.i == first.i or doc[low].ent_iob_ == "I")
    ):
        low -= 1
    return low


def _core_end(head: Token) -> int:
    """One past the phrase, up to the first comma, relative clause or verb."""
    doc, end = head.doc, head.i + 1
    stop = head.right_edge.i + 1
    while end < stop:
        token = doc[end]
        if token.text == '"' and doc[end - 1].lower_ in _LEADING_TO_NAMES and (close := _closing_mark(doc, end)) is not None:
            return close + 1
        hyphen = token.text == "-" and not doc[end - 1].whitespace_ and not token.whitespace_
        if (token.text in (",", ":", ";", '"', "-", "--") and not hyphen) or token.is_space or (token.dep_ == "appos" and token.pos_ != "PROPN"):
            break
        if (token.tag_ == "POS" and token.head.i == head.i) or _counts_what_follows(token, stop):
            break
        if token.lower_ == "that" and (token.tag_ == "IN" or (token.tag_ == "WDT" and head.pos_ == "PROPN")):
            break
        if token.text == "(":
            close = next((j for j in range(end, min(stop + 1, end + 8, len(doc))) if doc[j].text == ")"), None)
            if close is None:
                break
            end = close + 1
            continue
        if (
            token.tag_ in ("WP", "WDT", "WRB", "VBG", "VBD", "VBZ", "VBN")
            and token.dep_ in ("nsubj", "nsubjpass", "relcl", "acl", "dobj", "advmod", "poss", "ROOT", "conj")
            and not _restrictive(head, token)
        ):
            break
        end += 1
    return end


def _counts_what_follows(number: Token, stop: int) -> bool:
    """ "According to the Prison Service | 40 men fled": a number behind a name, before people in the plural that the parser left out of the name."""
    doc, i = number.doc, number.i + 1
    if not number.like_num or doc[number.i - 1].pos_ != "PROPN":
        return False
    while i < len(doc) and doc[i].pos_ == "ADJ":
        i += 1
    return stop <= i < len(doc) and doc[i].tag_ == "NNS"


def _closing_mark(doc: Doc, opening: int) -> int | None:
    """Where the quotation marks close round a name that begins here: "the correspondent of "Valley Post""."""
    close = next((i for i in range(opening + 2, min(len(doc), opening + _LONGEST_NAME)) if doc[i].text == '"'), None)
    return close if close is not None and all(t.text[:1].isupper() for t in doc[opening + 1 : close]) else None


def _restrictive(head: Token, token: Token) -> bool:
    """A relative clause without a comma tells which one is meant, when the noun is common."""
    return head.pos_ == "NOUN" and token.lemma_ != "say" and token.tag_ in ("WP", "WDT", "VBN", "VBG", "VBD", "VBZ") and token.dep_ not in ("ROOT", "conj")


def _apposition_end(head: Token, start: int) -> int:
    """One past the apposition set off by a comma: "Hesham El-Naggar, a researcher ...". The same index when there is none."""
    doc = head.doc
    if start + 1 >= len(doc) or doc[start].text != ",":
        return start
    appositive = next((c for c in head.children if c.dep_ == "appos" and c.left_edge.i == start + 1), None)
    if appositive is None and (named := doc[start - 1]).pos_ == "PROPN" and doc[start + 1].dep_ in ("det", "poss", "compound", "amod"):
        top = doc[start + 1].head
        appositive = top if top.dep_ == "appos" and top.head.i in (head.i, named.i) else None
    if appositive is None or not can_describe(appositive):
        return start
    end = appositive.right_edge.i + 1
    for i in range(start + 1, end):
        if doc[i].text in (",", '"', ";") or doc[i].lower_ in ("who", "which"):
            return i
    return end


def _has_article(head: Token) -> bool:
    """ "the Observatory", which the model takes for a person: persons' bare names stand without, but "the Emir"."""
    return head.i > head.sent.start and head.nbor(-1).lower_ == "the" and head.pos_ == "PROPN" and head.lower_ not in _TITLES


def _kind(head: Token) -> str:
    lemma = head.lemma_.lower()
    if head.tag_ in ("NNS", "NNPS") or lemma in ("people", "police") or any(c.dep_ == "conj" for c in head.children):
        return "many"
    if head.ent_type_ == "PERSON" and not _has_article(head):
        return "person"
    if lemma in PERSON_NOUNS:
        return "person"
    if lemma in BODY_NOUNS or head.ent_type_ in ("ORG", "NORP", "GPE", "PRODUCT", "FAC", "PERSON"):
        return "body"
    if head.pos_ == "PROPN":
        return (
            "person"
            if any(c.dep_ in ("compound", "appos") and c.lemma_.lower() in PERSON_NOUNS | TITLE_WORDS for c in head.children)
            else "body"
            if head.text.isupper()
            else ""
        )
    return ""


def described_by(head: Token) -> Token:
    """Whom a place is taken for: "a jail of northern Syria, the correspondent reports" tells of a correspondent, whom the parser hangs on Syria."""
    people = (c for c in head.children if c.dep_ == "appos" and c.i > head.i and c.lemma_.lower() in PERSON_NOUNS)
    return next(people, head) if head.ent_type_ in ("GPE", "LOC") else head


def antecedent_of(pronoun: Token) -> Token | None:
    """The noun that "who" or "which" stands for."""
    verb = pronoun.head
    for _ in range(4):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.head.i == verb.i:
            break
        verb = verb.head
    doc, i = pronoun.doc, pronoun.i - 1
    while i > 0 and doc[i].text in (",", '"'):
        i -= 1
    if doc[i].text == ")":
        i = next((j - 1 for j in range(i, max(0, i - 8), -1) if doc[j].text == "("), i)
    return climb(doc[i]) if doc[i].pos_ in ("NOUN", "PROPN") else None


def word_set(name: str) -> frozenset[str]:
    return frozenset(w.lower() for w in re.findall(r"[A-Za-z][\w-]*", name))


def proper_words(doc: Doc, mention: Mention) -> frozenset[str]:
    return frozenset(squeeze(doc[i].text) for i in range(*mention.span) if doc[i].pos_ == "PROPN" and doc[i].lower_ not in TITLE_WORDS)


def last_name(doc: Doc, mention: Mention) -> str:
    return doc[mention.head].text.removeprefix("El-").removeprefix("Al-").removeprefix("al-").removeprefix("el-").lower()


def squeeze(text: str) -> str:
    return " ".join(text.split())
