"""What a learned tagger sees of a parsed report: its words, their grammar and its quotations, as columns with one entry a token."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from waqai.attribution.cues import BODY_NOUNS, PERSON_NOUNS, StanceOfCue
from waqai.attribution.layout import Layout

_FRAMES = frozenset(
    ("ccomp", "xcomp", "dobj", "nsubj", "nsubjpass", "prep", "agent", "prt", "advcl", "dative", "acl", "attr", "acomp", "mark", "neg", "aux", "auxpass")
)
_MARKS = frozenset(('"', "''", "``"))


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry a token in each. `heads` and the edges are token indices, the right edge included; `quotes` is the index of the quotation or -1;
    `stances` is the codebook's stance of the word as a cue, "-" for none; `kinds` says what a noun can be; `frames` are the dependents of a word.
    """

    doc: Doc
    layout: Layout
    lowers: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    poses: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    kinds: tuple[str, ...]
    stances: tuple[str, ...]
    frames: tuple[str, ...]
    states: tuple[str, ...]
    quotes: tuple[int, ...]


def columns_of(doc: Doc, *, layout: Layout, lookup: StanceOfCue) -> Columns:
    """The columns of a parsed report."""
    tokens = list(doc)
    states, quotes = _quotation(doc, layout)
    lemmas = tuple(t.lemma_.lower().replace("\n", "¶") for t in tokens)  # a feature is one line of a model file
    stances = {lemma: lookup(lemma) or "-" for lemma in set(lemmas)}
    frames: list[list[str]] = [[] for _ in tokens]
    for t in tokens:
        if t.dep_ in _FRAMES and t.head.i != t.i:
            frames[t.head.i].append(f"prep:{lemmas[t.i]}" if t.dep_ == "prep" else t.dep_)
    return Columns(
        doc=doc,
        layout=layout,
        lowers=tuple(t.lower_.replace("\n", "¶") for t in tokens),
        lemmas=lemmas,
        tags=tuple(t.tag_ for t in tokens),
        poses=tuple(t.pos_ for t in tokens),
        deps=tuple(t.dep_ for t in tokens),
        heads=tuple(t.head.i for t in tokens),
        lefts=tuple(t.left_edge.i for t in tokens),
        rights=tuple(t.right_edge.i for t in tokens),
        kinds=tuple(_kind(t, lemma) for t, lemma in zip(tokens, lemmas, strict=True)),
        stances=tuple(stances[lemma] for lemma in lemmas),
        frames=tuple(" ".join(sorted(set(names))) for names in frames),
        states=states,
        quotes=quotes,
    )


def _kind(token: Token, lemma: str) -> str:
    if token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return str(token.ent_type_)
    if token.pos_ == "PRON":
        return f"pron:{token.lower_}"
    if lemma in PERSON_NOUNS:
        return "person"
    if lemma in BODY_NOUNS:
        return "body"
    return "date" if token.ent_type_ in ("DATE", "TIME") else str(token.pos_)


def _quotation(doc: Doc, layout: Layout) -> tuple[tuple[str, ...], tuple[int, ...]]:
    states, quotes = ["O"] * len(doc), [-1] * len(doc)
    for number, quote in enumerate(layout.quotes):
        for i in range(quote.start, quote.end):
            states[i], quotes[i] = "I", number
        states[quote.start] = "("
        if doc[quote.end - 1].text in _MARKS:
            states[quote.end - 1] = ")"
    return tuple(states), tuple(quotes)
