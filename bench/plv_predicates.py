"""What the marked source does: the verb that it stands before, and the words that this verb leads on to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from waqai.core import Span

_LEADS_ON = ("xcomp", "ccomp", "dobj", "attr", "acomp", "oprd", "prep", "agent", "pobj", "pcomp", "prt", "nsubjpass", "acl", "dative")
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_DEEPEST = 4


def head_of(doc: Doc, span: Span) -> Token | None:
    """The head of the span's words; None where no word lies in it."""
    words = doc.char_span(span.start, span.end, alignment_mode="expand")
    return words.root if words is not None and len(words) else None


def main_predicate(doc: Doc, sources: Sequence[Span]) -> Token:
    """The verb (or noun) that the first source is the subject or agent of, else what it hangs on; without a source, the root of the first sentence."""
    head = next((h for span in sources if (h := head_of(doc, span)) is not None), None)
    if head is None:
        return next(iter(doc.sents)).root
    node = head
    while node.head.i != node.i and node.pos_ not in ("VERB", "AUX"):
        above = node.head
        if node.dep_ in _SUBJECTS or (node.dep_ == "pobj" and above.dep_ == "agent"):
            return above if node.dep_ in _SUBJECTS else above.head
        node = above
    return node


def led_on(predicate: Token) -> Iterator[tuple[int, Token]]:
    """The content words that the predicate leads on to, with their depth below it: "agreed to sign the accord" gives sign at 1, accord at 2."""
    waiting = [(0, predicate)]
    while waiting:
        depth, node = waiting.pop(0)
        if depth:
            yield depth, node
        if depth < _DEEPEST:
            waiting += [(depth + (child.dep_ not in ("prep", "agent")), child) for child in node.children if child.dep_ in _LEADS_ON and child.i != predicate.i]


def is_negated(token: Token) -> bool:
    """Whether "not", "never", "no longer" hangs on the word.

    A noun is negated by "no".
    """
    return any(child.dep_ == "neg" or (child.dep_ == "det" and child.lower_ == "no") for child in token.children)
