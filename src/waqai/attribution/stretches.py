"""How far a content reaches: where a clause ends, where the words before a speaker begin.

The parser is good at clauses after a cue and poor at what stands before the speaker; there the comma and the start of the sentence are surer. All bounds are
token indices, half-open.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from waqai.attribution.cues import CLAUSE, TRAILING
from waqai.attribution.layout import Layout, Quote, is_break

_PAPERS = frozenset(("statement", "interview", "report", "message", "tweet", "speech", "letter", "communique", "post"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_SUBORDINATORS = frozenset(["if", "when", "although", "though", "while", "because", "since", "unless", "should", "whether", "once"])
JOINERS = frozenset(
    ["and", "but", "while", "as", "when", "after", "before", "who", "which", "though", "although", "where", "whereas", "because", "so", "without", "if", "not"]
)


def clause_end(doc: Doc, start: int, end: int) -> int:
    """`end`, or the place before it where the report takes up another utterance: ", and warned that", ", adding", ", according to"."""
    for i in range(start + 2, end - 1):
        if doc[i].text in (",", ";") and _takes_up(doc, i + 1, end):
            return i
        if doc[i].lower_ in ("and", "but") and doc[i - 1].text != "," and _cue_that(doc, i + 1, end):
            return i
    return end


def _takes_up(doc: Doc, index: int, end: int) -> bool:
    token = doc[index]
    if token.lower_ in ("and", "but", "while", "who", "which", "also", "though") and index + 1 < end:
        index += 1
        token = doc[index]
        while token.pos_ == "ADV" and index + 1 < end:
            index += 1
            token = doc[index]
        return token.tag_ in ("VBD", "VBZ", "VBP") and token.lemma_.lower() in CLAUSE and _cue_follows(doc, index, end)
    if token.tag_ == "VBG" and token.lemma_.lower() in (
        "add",
        "say",
        "cite",
        "quote",
        "warn",
        "note",
        "stress",
        "call",
        "accuse",
        "claim",
        "describe",
        "urge",
        "blame",
        "tell",
    ):
        return True
    return token.lower_ == "according" and index + 1 < end and doc[index + 1].lower_ == "to"


def _cue_follows(doc: Doc, index: int, end: int) -> bool:
    return index + 1 < end and (
        doc[index + 1].lower_ in ("that", "to", "on", "for", "it", "the", "a", "an", "of", "he", "she", "they")
        or doc[index + 1].text in ('"', ":")
        or doc[index + 1].pos_ in ("PROPN", "NUM", "DET", "PRON", "NOUN", "ADJ")
    )


def _cue_that(doc: Doc, index: int, end: int) -> bool:
    while index < end and doc[index].pos_ == "ADV":
        index += 1
    return index + 1 < end and doc[index].tag_ in ("VBD", "VBZ", "VBP") and doc[index].lemma_.lower() in CLAUSE and doc[index + 1].lower_ == "that"


def run_on(doc: Doc, reach: int, end: int) -> int:
    """`reach`, moved on to the next comma or the end of the sentence where the parser broke a clause off in the middle of a phrase."""
    if reach >= end or is_break(doc, reach) or (doc[reach].is_punct and (doc[reach].text != "-" or doc[reach - 1].whitespace_)) or doc[reach].lower_ in JOINERS:
        return reach
    while reach < end and doc[reach].text not in (",", ";", ":", ".", '"') and not is_break(doc, reach):
        reach += 1
    return reach


def phrase_end(verb: Token, start: int, end: int) -> int:
    """One past the last dependent of the verb that still belongs to a content that is no clause: no further cue, no clause set off by a comma."""
    doc = verb.doc
    reach = start + 1
    for child in verb.children:
        if child.right_edge.i < start or child.dep_ in ("punct", "conj", "cc") or _is_setting(child):
            continue
        if child.dep_ in ("advcl", "parataxis") and doc[child.left_edge.i - 1].text == ",":
            continue
        reach = max(reach, int(child.right_edge.i) + 1)
    return _before_next_act(doc, start, clause_end(doc, start, min(reach, end)))


def without_paper(doc: Doc, start: int, end: int) -> int:
    """`end`, or the place before an "in a statement" that the parser hung on the object."""
    for i in range(start + 1, end - 1):
        if doc[i].lower_ in ("in", "on") and doc[i].dep_ == "prep" and _is_setting(doc[i]):
            return i
    return end


def _is_setting(child: Token) -> bool:
    """When, where or in which paper it was said: "on Sunday", "in a statement"."""
    if child.dep_ == "npadvmod" and child.ent_type_ in ("DATE", "TIME"):
        return True
    return child.dep_ == "prep" and any(c.dep_ == "pobj" and (c.ent_type_ in ("DATE", "TIME") or c.lower_ in _PAPERS) for c in child.children)


def _before_next_act(doc: Doc, start: int, end: int) -> int:
    """`end`, or the "and" or "but" before a further finite verb that the same speaker governs."""
    for i in range(start + 1, end - 1):
        if doc[i].lower_ not in ("and", "but"):
            continue
        following = next((j for j in range(i + 1, end) if doc[j].pos_ != "ADV"), end - 1)
        if doc[following].tag_ in ("VBD", "VBZ", "VBP") and doc[following].pos_ == "VERB" and doc[following].dep_ not in ("relcl", "amod", "acl"):
            return i
        if doc[i].lower_ == "but" and doc[i - 1].text == ",":
            return i - 1
    return end


def left_content(doc: Doc, low: int, *, start: int, layout: Layout, verb: Token) -> tuple[int, int] | None:
    """The content before the speaker: the quotation that ends there, else from the start of the sentence (or the last semicolon) to the comma."""
    end = low
    while end > start and (doc[end - 1].text in (",", "-", "--", ";") or doc[end - 1].is_space):
        end -= 1
    quote = layout.quote_ending_at(end)
    if quote is not None and _stands_alone(doc, quote, start=layout.starts[quote.start]):
        return quote.start, quote.end
    if end <= start:
        return None
    begin = _after_semicolon(doc, start, end, layout=layout)
    begin = skip_dateline(doc, begin, end)
    while begin < end and (doc[begin].is_space or doc[begin].lower_ in ("but", "and", "so") or doc[begin].text in ("*", "-", "•", ",")):
        begin += 1
    return (begin, end) if begin < end else None


def _stands_alone(doc: Doc, quote: Quote, *, start: int) -> bool:
    """Whether nothing of the sentence comes before the quotation, or the quotation is a sentence of its own."""
    before = [doc[i] for i in range(start, quote.start) if not doc[i].is_space and not doc[i].is_punct]
    has_verb = any(doc[i].tag_ in FINITE for i in range(quote.start, quote.end))
    closes = doc[quote.end - 2].text in (",", ".", "!", "?") if quote.end - 2 > quote.start else False
    return (
        not before
        or (has_verb and closes and doc[quote.start - 1].text in (":", ","))
        or (has_verb and doc[quote.start + 1].text[:1].isupper() and doc[quote.start - 1].text in (":", ","))
    )


def _after_semicolon(doc: Doc, start: int, end: int, *, layout: Layout) -> int:
    for i in range(end - 1, start, -1):
        if doc[i].text == ";" and layout.quote_at(i) is None and any(doc[j].lemma_.lower() in TRAILING and doc[j].pos_ == "VERB" for j in range(start, i)):
            return i + 1
    return start


def skip_dateline(doc: Doc, start: int, end: int) -> int:
    """Past "DAMASCUS, July 14 (Xinhua) --": a dash or colon among the first words with a place in capitals or an agency before it."""
    for i in range(start + 1, min(end, start + 16)):
        if doc[i].text in ("-", "--", "–", "—", ".-") and doc[i - 1].whitespace_ and doc[i].whitespace_ and (doc[start].is_upper or _no_verb(doc, start, i)):
            return i + 1
        if doc[i].text == ".-":
            return i + 1
    if end > start and doc[start].text[:1].isdigit() and ":" in doc[start].text:
        return start + 1
    return start


def _no_verb(doc: Doc, start: int, end: int) -> bool:
    return not any(doc[i].tag_ in FINITE for i in range(start, end))


def has_finite(doc: Doc, start: int, end: int) -> bool:
    return any(doc[i].tag_ in FINITE and (doc[i].dep_ not in ("relcl",)) for i in range(start, end))


def is_subordinate(doc: Doc, span: tuple[int, int]) -> bool:
    """Whether the words are one subordinate clause: "If nobody fills that void"."""
    return doc[span[0]].lower_ in _SUBORDINATORS and not any(
        doc[i].text == "," and doc[i + 1].lower_ not in ("however", "though") for i in range(span[0], span[1] - 1)
    )


def skip_comma(doc: Doc, index: int) -> int:
    return index + 1 if index < len(doc) and doc[index].text in (",", "-", "--") else index


def starts_clause(doc: Doc, index: int, end: int) -> bool:
    return any(doc[j].tag_ in FINITE for j in range(index + 1, min(len(doc), end + 1, index + 25)))
