"""What a marked sentence offers to a learned choice of its root: the coder's own features of the main predicate, its words, and what the rules make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Token

from bench.plv import Marked
from bench.plv_predicates import first_head, is_negated, led_on, main_predicate
from bench.plv_rules import iter_findings, rank, read_root_by_verb
from waqai.codebook import Codebook
from waqai.coding.scene import Scene
from waqai.coding.tellings import telling_features
from waqai.core import Span

_WORDS = frozenset(("VERB", "NOUN", "ADJ", "ADV", "ADP", "PART", "AUX"))


def relation_features(scene: Scene, marked: Marked, codebook: Codebook) -> list[str]:
    """Names of all features that hold."""
    predicate = main_predicate(scene.doc, marked.sources)
    return [
        *telling_features(scene, predicate),
        *_chain(predicate, codebook),
        *_bag(scene, marked),
        *_source(scene, marked),
        *_target(scene, predicate, marked),
        *_by_rule(scene, marked, codebook),
    ]


def _chain(predicate: Token, codebook: Codebook) -> Iterator[str]:
    """The predicate and the words that it leads on to, alone and in pairs."""
    top = predicate.lemma_.lower()
    sign = "not " if is_negated(predicate) else ""
    yield f"does={sign}{top}"
    if (stance := codebook.stance_of_cue(top)) is not None:
        yield f"does stance={sign}{stance}"
    for child in predicate.children:
        if child.dep_ in ("aux", "prt", "neg", "auxpass"):
            yield f"does {child.dep_}={child.lemma_.lower()}"
            yield f"does={top} {child.lemma_.lower()}"
    for word in led_on(predicate):
        lemma = word.lemma_.lower()
        yield from (f"on={lemma}", f"does={top} {lemma}")
        if is_negated(word):
            yield f"on not={lemma}"
        if (stance := codebook.stance_of_cue(lemma)) is not None:
            yield f"on stance={stance}"


def _bag(scene: Scene, marked: Marked) -> Iterator[str]:
    """All words of the sentence, and pairs of neighbours."""
    plain = [_masked(t, marked) for t in scene.doc if not t.is_punct]
    yield from (f"bag={word}" for word in plain)
    yield from (f"bag={a} {b}" for a, b in pairwise(plain))


def _masked(token: Token, marked: Marked) -> str:
    if _in(token, marked.sources):
        return "S"
    if _in(token, marked.targets):
        return "T" if token.pos_ not in _WORDS else f"T:{token.lemma_.lower()}"
    return token.ent_type_ if token.pos_ == "PROPN" and token.ent_type_ else token.lemma_.lower()


def _target(scene: Scene, predicate: Token, marked: Marked) -> Iterator[str]:
    """How the target hangs on the predicate, and what it is."""
    head = first_head(scene.doc, marked.targets)
    if head is None:
        yield "no target"
        return
    yield from (
        f"target={head.lemma_.lower()}",
        f"target dep={head.dep_}",
        f"target head={head.head.lemma_.lower()}/{head.dep_}",
        f"target kind={head.ent_type_}",
    )
    yield from (f"target is={name}" for name in scene.classes_of(head))
    node = head
    while node.i != predicate.i and node.head.i != node.i:
        node = node.head
        yield f"over={node.lemma_.lower()}"


def _source(scene: Scene, marked: Marked) -> Iterator[str]:
    """Who acts, and the words between source and target."""
    source, target = first_head(scene.doc, marked.sources), first_head(scene.doc, marked.targets)
    if source is None:
        return
    yield from (f"source={source.lemma_.lower()}", f"source kind={source.ent_type_}")
    yield from (f"source is={name}" for name in scene.classes_of(source))
    if target is not None:
        low, high = sorted((source.i, target.i))
        yield f"target first={target.i < source.i}"
        yield from (f"between={t.lemma_.lower()}" for t in scene.doc[low + 1 : high] if t.pos_ in _WORDS)


def _by_rule(scene: Scene, marked: Marked, codebook: Codebook) -> Iterator[str]:
    """The root that the rules tell, and all that they found."""
    yield f"rules={read_root_by_verb(scene, marked, codebook)}"
    for finding in iter_findings(scene, codebook):
        near = rank(finding, marked)[0]
        yield from (f"found={finding.type}", f"found root={finding.root}", f"found {near}={finding.type}/{finding.status}", f"found root {near}={finding.root}")
        yield from (f"found attr={name}:{value}" for name, value in finding.attrs.items())


def _in(token: Token, spans: Sequence[Span]) -> bool:
    return any(s.start <= token.idx < s.end for s in spans)
