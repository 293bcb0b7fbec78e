"""What the marked source does: the verb that it stands before, and the words that this verb leads on to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from waqai.core import Span

_LEADS_ON = ("xcomp", "ccomp", "dobj", "attr", "acomp", "oprd", "prep", "agent", "pobj", "pcomp", "prt", "nsubjpass", "acl", "dative")
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_DEEPEST = 4


def first_head(doc: Doc, spans: Sequence[Span]) -> Token | None:
    """The head of the first span's words; None without a span."""
    return next((words.root for s in spans if (words := doc.char_span(s.start, s.end, alignment_mode="expand")) is not None), None)


def main_predicate(doc: Doc, sources: Sequence[Span]) -> Token:
    """The verb (or noun) that the first source is the subject or agent of, else what it hangs on; without a source, the root of the first sentence."""
    head = first_head(doc, sources)
    if head is None:
        return next(iter(doc.sents)).root
    node = head
    while node.head.i != node.i and node.pos_ not in ("VERB", "AUX"):
        above = node.head
        if node.dep_ in _SUBJECTS or (node.dep_ == "pobj" and above.dep_ == "agent"):
            return above if node.dep_ in _SUBJECTS else above.head
        node = above
    return node


def led_on(predicate: Token) -> Iterator[Token]:
    """The words that the predicate leads on to, nearest first: "agreed to sign the accord with the union" gives sign, accord, with, union."""
    waiting = [(0, predicate)]
    while waiting:
        depth, node = waiting.pop(0)
        if depth:
            yield node
        if depth < _DEEPEST:
            waiting += [(depth + (child.dep_ not in ("prep", "agent")), child) for child in node.children if child.dep_ in _LEADS_ON and child.i != predicate.i]


def is_negated(token: Token) -> bool:
    """Whether a "not", a "never", or before a noun a "no" hangs on the word."""
    return any(child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no") for child in token.children)
