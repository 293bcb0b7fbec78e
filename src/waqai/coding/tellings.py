"""Which words tell of a happening that a coder would code, and of what type."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from waqai.coding.scene import Scene

_POINTING = frozenset(("the", "this", "that", "these", "those"))
_OBJECT_WORDS = frozenset(("NOUN", "VERB", "PROPN", "ADJ"))


def telling_features(scene: Scene, token: Token) -> list[str]:
    """What speaks for and against this word as a trigger: itself, what hangs on it, its sentence, and what was told before it."""
    return [*_own(scene, token), *_by_rule(scene, token), *_below(scene, token), *_around(scene, token), *_position(scene, token), *_before(scene, token)]


def _own(scene: Scene, token: Token) -> Iterator[str]:
    lemma = token.lemma_.lower()
    yield from (f"lemma={lemma}", f"word={token.lower_}", f"pos={token.pos_}", f"tag={token.tag_}", f"dep={token.dep_}", f"lemma={lemma}/{token.pos_}")
    yield f"head={token.head.lemma_.lower()}/{token.dep_}"
    yield f"head pos={token.head.pos_}"
    types = scene.types_of(token)
    if types:
        yield "known"
    for type in types:
        yield f"known={type}"
    path: list[str] = []
    node = token
    while node.head.i != node.i and len(path) < 3:
        path.append(node.dep_)
        node = node.head
    yield f"path={'>'.join(path)}"
    yield f"root={scene.root_of(token).lemma_.lower()}"
    yield from _modality(token)
    yield from _senses(scene, token)


def _senses(scene: Scene, token: Token) -> Iterator[str]:
    """What it is about, alone and with what is done by whom to whom."""
    own = scene.senses_of(token)
    near = [(child.dep_, name) for child in token.children for name in scene.senses_of(child)]
    near += [(f"{prep.lower_}", name) for prep in token.children if prep.dep_ in ("prep", "agent") for noun in prep.children for name in scene.senses_of(noun)]
    yield from (f"{dep}:~{name}" for dep, name in near)
    for sense in own or ("none",):
        yield from (f"~{sense}", f"~{sense}/{token.dep_}")
        yield from (f"~{sense} {dep}:~{name}" for dep, name in near)
    yield from (f"head~{name}/{token.dep_}" for name in scene.senses_of(token.head) if token.head.i != token.i)
    number = scene.sentence_of(token)
    yield from scene.once(
        ("with senses", number),
        lambda: sorted({f"with~{name}" for t in scene.sentence_span(token) for name in scene.senses_of(t)}),
    )
    for step in (-1, 1):
        if 0 <= token.i + step < len(scene.doc):
            yield from (f"{step}~{name}" for name in scene.senses_of(scene.doc[token.i + step]))
    if any(scene.senses_before(token, sense) for sense in own):
        yield "sense before"


def _modality(token: Token) -> Iterator[str]:
    """Auxiliaries, negation and subordination of the word and of the verb that it continues."""
    node = token
    for _ in range(2):
        for child in node.children:
            if child.dep_ == "aux":
                yield f"aux={child.lemma_.lower()}"
            elif child.dep_ == "neg":
                yield "neg"
            elif child.dep_ == "mark":
                yield f"mark={child.lower_}"
        if node.dep_ not in ("conj", "xcomp"):
            return
        node = node.head


def _by_rule(scene: Scene, token: Token) -> Iterator[str]:
    """What the rules make of it."""
    trigger = scene.triggers.get(token.i)
    if token.head.i in scene.triggers:
        yield f"head tells={scene.triggers[token.head.i].type}"
    if trigger is None:
        return
    telling = scene.telling_of.get(token.i)
    yield from ("rule", f"rule type={trigger.type}", f"rule status={trigger.told.value}", f"rule={trigger.rule.name}")
    if trigger.effect:
        yield "rule effect"
    yield from (f"rule slot={slot}" for slot in trigger.slots)
    if telling is None:
        yield "rule drops"
    else:
        yield f"rule leads={telling.draft.lead.token.i == token.i}/{telling.happens}"
        yield f"rule draft={telling.draft.type}"


def _below(scene: Scene, token: Token) -> Iterator[str]:
    found = set()
    for child in token.children:
        found.add(child.dep_)
        lemma = child.lemma_.lower()
        if child.dep_ == "det":
            yield f"det={lemma}"
        elif child.dep_ != "punct":
            yield f"{child.dep_}:{lemma}"
            yield from (f"{child.dep_}:{name}" for name in scene.classes_of(child))
            if child.ent_type_:
                yield f"{child.dep_}:{child.ent_type_}"
        if child.dep_ in ("prep", "agent"):
            yield from _complement(scene, child)
    yield from (f"has {dep}" for dep in found)
    if "nsubj" not in found and token.pos_ in ("VERB", "AUX"):
        yield "has no subject"


def _complement(scene: Scene, prep: Token) -> Iterator[str]:
    word = prep.lower_
    for noun in prep.children:
        yield f"{word}:{noun.lemma_.lower()}"
        yield from (f"{word}:{name}" for name in scene.classes_of(noun))
        if noun.ent_type_:
            yield f"{word}:{noun.ent_type_}"


def _around(scene: Scene, token: Token) -> Iterator[str]:
    doc, lemma = scene.doc, token.lemma_.lower()
    for step in (-2, -1, 1, 2, 3):
        if 0 <= token.i + step < len(doc):
            near = doc[token.i + step]
            yield f"{step}={near.lemma_.lower()}"
            if abs(step) == 1:
                yield f"{step} pos={near.pos_}"
                yield f"{step}={lemma} {near.lemma_.lower()}"
    number = scene.sentence_of(token)
    yield from scene.once(("with", number), lambda: [f"with={t.lemma_.lower()}" for t in scene.sentence_span(token) if t.pos_ in _OBJECT_WORDS])
    others = [trigger for i, trigger in scene.triggers.items() if i != token.i and scene.sentence_of(trigger.token) == number]
    yield f"other triggers={min(4, len(others))}"
    yield from (f"beside={t.type}" for t in others)
    yield from _situated(scene, token)


def _situated(scene: Scene, token: Token) -> Iterator[str]:
    """A day, a place, a number in its sentence, or below it in the parse."""
    sentence = scene.sentence_of(token)
    days = [d.token for d in scene.timeline.phrases if d.speech_of is None and scene.sentence_of(d.token) == sentence]
    places = [p for p in scene.told.places if scene.sentence_of(p.head) == sentence]
    numbers = [q.head for q in scene.quantities if scene.sentence_of(q.head) == sentence]
    for name, found in (("day", days), ("place", [p.head for p in places]), ("number", numbers)):
        if found:
            yield f"{name} near"
        if any(token.is_ancestor(t) for t in found):
            yield f"{name} below"
    if any(not p.country for p in places):
        yield "town near"


def _position(scene: Scene, token: Token) -> Iterator[str]:
    number, block = scene.sentence_of(token), scene.text.block_at(token.idx)
    yield from (f"sentence={min(number, 6)}", f"sentence from end={min(5, scene.sentences - number)}", f"block={min(block, 6)}")
    if block in scene.text.headings:
        yield "heading"
    inside = [c for c in scene.claims if c.content.start <= token.idx < c.content.end]
    if inside:
        yield from ("said", f"said={inside[-1].stance}")
    if any(c.cue.start <= token.idx < c.cue.end for c in scene.claims):
        yield from ("cue", f"cue={token.lemma_.lower()}")


def _before(scene: Scene, token: Token) -> Iterator[str]:
    """What was told before: the same type, the same word, and whether this one points back."""
    types = scene.types_of(token)
    before = [trigger.type for i, trigger in scene.triggers.items() if i < token.i]
    own = scene.triggers.get(token.i)
    if own is not None:
        yield f"told before={min(3, before.count(own.type))}"
    again = [type for type in types if type in before]
    if again:
        yield "known before"
    yield from (f"known before={type}" for type in again)
    yield f"word before={min(3, scene.times_before(token))}"
    if any(t.dep_ == "det" and t.lower_ in _POINTING for t in token.children):
        yield from ("definite", f"definite/{bool(again)}")
