"""What a marked sentence offers to a learned choice of its root: the coder's own features of the main predicate, its words, and what the rules make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from bench.plv import Marked
from bench.plv_predicates import head_of, is_negated, led_on, main_predicate
from bench.plv_rules import iter_findings, rank, read_root
from waqai.codebook import Codebook
from waqai.coding.scene import Scene
from waqai.coding.tellings import telling_features
from waqai.core import Span

_WORDS = frozenset(("VERB", "NOUN", "ADJ", "ADV", "ADP", "PART", "AUX"))
_BEHIND = 12  # words behind the predicate that are read in order


def relation_features(scene: Scene, marked: Marked, codebook: Codebook, stances: Mapping[str, str]) -> list[str]:
    """Names of all features that hold. `stances` maps a cue's lemma to its stance."""
    predicate = main_predicate(scene.doc, marked.sources)
    return [
        *telling_features(scene, predicate),
        *_chain(predicate, stances),
        *_behind(scene, predicate, marked),
        *_bag(scene, marked),
        *_target(scene, predicate, marked),
        *_by_rule(scene, marked, codebook),
    ]


def _chain(predicate: Token, stances: Mapping[str, str]) -> Iterator[str]:
    """The predicate and the words that it leads on to, alone and in pairs."""
    top = predicate.lemma_.lower()
    sign = "not " if is_negated(predicate) else ""
    yield f"does={sign}{top}"
    if top in stances:
        yield f"does stance={sign}{stances[top]}"
    for child in predicate.children:
        if child.dep_ in ("aux", "prt", "neg", "auxpass"):
            yield f"does {child.dep_}={child.lemma_.lower()}"
            yield f"does={top} {child.lemma_.lower()}"
    for depth, word in led_on(predicate):
        lemma = word.lemma_.lower()
        yield from (f"on={lemma}", f"on {depth}={lemma}", f"on {word.dep_}={lemma}", f"does={top} {lemma}", f"on head={word.head.lemma_.lower()} {lemma}")
        if is_negated(word):
            yield f"on not={lemma}"
        if lemma in stances:
            yield f"on stance={stances[lemma]}"


def _behind(scene: Scene, predicate: Token, marked: Marked) -> Iterator[str]:
    """The words behind the predicate in order, one, two and three at a time, names and marked words left out."""
    plain = [_masked(t, marked) for t in scene.doc[predicate.i : predicate.i + _BEHIND] if not t.is_punct]
    for size in (1, 2, 3):
        for i in range(len(plain) - size + 1):
            yield f"behind={' '.join(plain[i : i + size])}"


def _bag(scene: Scene, marked: Marked) -> Iterator[str]:
    """All words of the sentence, and pairs of neighbours."""
    plain = [_masked(t, marked) for t in scene.doc if not t.is_punct]
    yield from (f"bag={word}" for word in plain)
    yield from (f"bag={a} {b}" for a, b in zip(plain, plain[1:], strict=False))


def _masked(token: Token, marked: Marked) -> str:
    if _in(token, marked.sources):
        return "S"
    if _in(token, marked.targets):
        return "T" if token.pos_ not in _WORDS else f"T:{token.lemma_.lower()}"
    return token.ent_type_ if token.pos_ == "PROPN" and token.ent_type_ else token.lemma_.lower()


def _target(scene: Scene, predicate: Token, marked: Marked) -> Iterator[str]:
    """How the target hangs on the predicate, and what it is."""
    head = next((h for span in marked.targets if (h := head_of(scene.doc, span)) is not None), None)
    if head is None:
        yield "no target"
        return
    yield from (f"target={head.lemma_.lower()}", f"target dep={head.dep_}", f"target head={head.head.lemma_.lower()}/{head.dep_}", f"target kind={head.ent_type_}")
    yield from (f"target is={name}" for name in scene.classes_of(head))
    path, node = [], head
    while node.i != predicate.i and node.head.i != node.i and len(path) < 6:
        path.append(f"{node.dep_}<{node.head.lemma_.lower() if node.head.i != predicate.i else '*'}")
        yield f"over={node.head.lemma_.lower()}"
        node = node.head
    yield f"target path={' '.join(path)}"
    if node.i != predicate.i:
        yield "target elsewhere"
    source = next((h for span in marked.sources if (h := head_of(scene.doc, span)) is not None), None)
    if source is not None:
        yield from (f"source={source.lemma_.lower()}", f"source kind={source.ent_type_}")
        yield from (f"source is={name}" for name in scene.classes_of(source))
        low, high = sorted((source, head), key=lambda t: t.i)
        yield f"target first={head.i < source.i}"
        yield from (f"between={t.lemma_.lower()}" for t in scene.doc[low.i + 1 : high.i] if t.pos_ in _WORDS)


def _by_rule(scene: Scene, marked: Marked, codebook: Codebook) -> Iterator[str]:
    """The root that the rules tell, and all that they found."""
    yield f"rules={read_root(scene, marked, codebook)}"
    for finding in iter_findings(scene, codebook):
        near = rank(finding, marked)[0]
        yield from (f"found={finding.type}", f"found root={finding.root}", f"found {near}={finding.type}/{finding.status}", f"found root {near}={finding.root}")
        yield from (f"found attr={name}:{value}" for name, value in finding.attrs.items())


def _in(token: Token, spans: Sequence[Span]) -> bool:
    return any(s.start <= token.idx < s.end for s in spans)
