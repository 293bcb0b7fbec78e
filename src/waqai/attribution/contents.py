"""The content after a cue: a clause, a quotation, an object, an infinitive, a figure. All bounds are token indices, half-open."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from waqai.attribution.cues import INFINITIVE, NOUN, NUMBER_NOUNS, PREPOSITIONS, WITH_OBJECT, takes_clause
from waqai.attribution.layout import Layout, Quote
from waqai.attribution.stretches import FINITE, clause_end, phrase_end, run_on, without_paper
from waqai.attribution.subjects import INVERTED, dependent_of, is_told_of

# their objects are happenings, told with place and time
_FACTS = frozenset(["report", "document", "record", "announce", "hail", "denounce", "mock", "count", "accuse"])


def right_content(verb: Token, after: int, *, end: int, layout: Layout, detached: bool) -> tuple[tuple[int, int], str] | None:
    """The content after the cue, with the name of the pattern."""
    doc, lemma = verb.doc, verb.lemma_.lower()
    if after >= end:
        return None
    i = after
    comma = doc[i].text == ","
    j = i + 1 if comma and i + 1 < end else i
    first = doc[j]
    clause = takes_clause(lemma)
    if clause and first.lower_ == "that" and j + 1 < end:
        return ((j + 1, clause_end(doc, j + 1, _that_end(verb, j, end))), "that")
    if first.text == ":" and j + 1 < len(doc) and not detached:
        return _after_colon(doc, j + 1, end=end, layout=layout, quotes_only=not clause)
    if first.text == '"' and (quote := layout.quote_at(j)) and quote.start == j and not (comma and detached):
        return _quoted(doc, quote, end=end, clause=clause)
    if comma:
        return None
    if clause and lemma not in ("hold", "answer", "respond") and (own := _own_clause(verb, j)) is not None:
        return ((j, clause_end(doc, j, run_on(doc, min(max(own, j + 1), max(end, j + 1)), end))), "clause after")
    if detached and lemma in INVERTED:
        return None
    return _object_content(verb, j, end=end)


def _quoted(doc: Doc, quote: Quote, *, end: int, clause: bool) -> tuple[tuple[int, int], str]:
    """A quotation after the cue; words after it belong to the content when it is part of a longer clause ('said "40 men" had fled')."""
    finite = any(doc[k].tag_ in FINITE for k in range(quote.start, quote.end))
    if quote.end < end and not finite and doc[quote.end].text not in (",", ".", ";"):
        return ((quote.start, clause_end(doc, quote.start, end)), "part quoted")
    return ((quote.start, quote.end), "quote after" if clause else "object quoted")


def _after_colon(doc: Doc, index: int, *, end: int, layout: Layout, quotes_only: bool) -> tuple[tuple[int, int], str] | None:
    while index < len(doc) and doc[index].is_space:
        index += 1
    if index >= len(doc):
        return None
    quote = layout.quote_at(index)
    if quote is not None and quote.start == index:
        return ((quote.start, quote.end), "quote after colon")
    return None if quotes_only or index >= end else ((index, end), "after colon")


def _that_end(verb: Token, that: int, end: int) -> int:
    """One past the last word of the clause that "that" at this index begins, by the parser where it agrees that it is a clause."""
    token = verb.doc[that]
    if token.dep_ == "mark":
        return min(end, run_on(verb.doc, max(int(token.head.right_edge.i) + 1, that + 2), end))
    return end


def _own_clause(verb: Token, start: int) -> int | None:
    """One past the end of the clause that starts at `start` and completes this verb, if the parser sees one."""
    for child in verb.children:
        if child.i >= start and child.dep_ in ("ccomp",) and child.left_edge.i <= start + 1:
            return int(child.right_edge.i) + 1
        if child.i >= start and child.dep_ in ("advcl", "xcomp") and child.left_edge.i == start and _has_own_subject(child):
            return int(child.right_edge.i) + 1
    return None


def _has_own_subject(clause: Token) -> bool:
    marks = [c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod") and c.i == clause.left_edge.i]
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children) and not set(marks) - {"that", "how", "if", "whether"}


def _object_content(verb: Token, start: int, *, end: int) -> tuple[tuple[int, int], str] | None:
    """Content that is no clause: an object, an infinitive, or what a preposition leads to."""
    doc, lemma = verb.doc, verb.lemma_.lower()
    first = doc[start]
    wanted = PREPOSITIONS.get(lemma, frozenset())
    if doc[start - 1].lower_ in wanted and start - 1 > verb.i:
        return ((start, phrase_end(verb, start, end)), "of")
    if first.lower_ in wanted and (first.head.i == verb.i or is_told_of(first, verb)):
        return ((start + 1, phrase_end(verb, start, end)), "of")
    if lemma in INFINITIVE and first.lower_ == "to" and start + 1 < end and doc[start + 1].pos_ in ("VERB", "AUX", "ADV"):
        return ((start, phrase_end(verb, start, end)), "to")
    top = dependent_of(first, verb)
    if any(c.dep_ == "prt" for c in verb.children) and lemma in ("give", "call", "describe", "put", "set"):
        return None
    if lemma in ("put", "give", "count", "place", "set", "estimate"):
        return _figure(verb, start, end=end)
    if top.head.i == verb.i and top.dep_ in ("dobj", "ccomp", "xcomp", "attr", "oprd", "nsubj", "dative", "obj") and top.left_edge.i == start:
        if lemma in WITH_OBJECT and any(c.dep_ in ("xcomp", "ccomp", "prep") and c.i > top.i for c in verb.children):
            return ((start, phrase_end(verb, start, end)), "whom to")
        if lemma == "promise" and top.pos_ == "PRON" and top.i + 1 < end and doc[top.i + 1].text == '"':
            return ((top.i + 1, clause_end(doc, top.i + 1, end)), "object quoted")
        if lemma in WITH_OBJECT and top.dep_ in ("ccomp", "xcomp"):
            return ((start, phrase_end(verb, start, end)), "whom to")
        if lemma in NOUN and top.dep_ in ("dobj", "obj", "attr", "oprd"):
            stop = phrase_end(verb, start, end) if lemma in _FACTS else without_paper(doc, start, clause_end(doc, start, min(end, int(top.right_edge.i) + 1)))
            return ((start, stop), "what")
    return None


def _figure(verb: Token, start: int, *, end: int) -> tuple[tuple[int, int], str] | None:
    """ "put the number at 30", "gave a toll of nine": an object with a number in it or after it."""
    doc, stop = verb.doc, phrase_end(verb, start, end)
    words = doc[start:stop]
    if words[0].lower_ == "no" or any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children) or any(t.ent_type_ == "MONEY" for t in words):
        return None  # "will give 12 lorries", "gave $3 million"
    has_number = any(t.like_num or t.ent_type_ == "CARDINAL" for t in words)
    counts = any(t.lower_ in NUMBER_NOUNS for t in words)
    if verb.lemma_.lower() in ("put", "place", "set"):
        return ((start, stop), "figure") if has_number and any(t.lower_ == "at" for t in words) else None
    return ((start, stop), "figure") if counts or (has_number and any(c.dep_ == "dobj" and any(g.like_num for g in c.subtree) for c in verb.children)) else None
