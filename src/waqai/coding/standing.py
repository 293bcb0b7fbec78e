"""How a happening stands: whether it took place, is planned, was foiled; whether it is the report's news or its background."""

from __future__ import annotations

from collections.abc import Iterator

from waqai.coding.relating import path_between
from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.coding.tellings import telling_features


def standing_features(scene: Scene, teller: Teller) -> list[str]:
    """What speaks for each status, and for news or background: the telling's own features, its verb's form, the days and years beside it."""
    own = telling_features(scene, teller.token)
    return [*own, f"type={teller.type}", f"family={teller.family}", *_verb_form(teller), *_days(scene, teller), *_of_report(scene, teller)]


def _verb_form(teller: Teller) -> Iterator[str]:
    token = teller.token
    verb = token if token.pos_ in ("VERB", "AUX") else token.head
    auxiliaries = " ".join(t.lower_ for t in verb.children if t.dep_ in ("aux", "auxpass", "neg"))
    yield f"form={verb.tag_}/{auxiliaries}"
    yield f"governed by={verb.lemma_.lower()}"
    if verb.head.i != verb.i:
        yield f"under={verb.head.lemma_.lower()}/{verb.dep_}"
    yield from (f"with adverb={t.lemma_.lower()}" for t in verb.children if t.dep_ == "advmod")
    yield from (f"after word={t.lower_}" for t in token.doc[max(0, token.i - 5) : token.i])


def _days(scene: Scene, teller: Teller) -> Iterator[str]:
    """The date phrases of the sentence, and how far from the report's day the rules put the telling."""
    for dated in scene.timeline.phrases:
        if scene.sentence_of(dated.token) == scene.sentence_of(teller.token):
            path = path_between(scene, teller.token, dated.token)
            yield f"day={dated.phrase.kind}/{dated.phrase.bearing}"
            yield f"day at={dated.phrase.kind}/{path}"
            yield from (f"day word={t.lower_}" for t in dated.token.subtree)
    telling = scene.telling_of.get(teller.token.i)
    published = scene.report.published
    if telling is not None and telling.when is not None and published is not None:
        age = (published - telling.when.latest).days
        yield f"age={'ahead' if age < 0 else next((limit for limit in (3, 10, 30, 100, 400, 2000) if age <= limit), 9999)}"


def _of_report(scene: Scene, teller: Teller) -> Iterator[str]:
    title = (scene.report.title or "").lower()
    if teller.token.lemma_.lower() in title or teller.token.lower_ in title:
        yield "in title"
    first = next(iter(sorted(scene.triggers)), None)
    yield f"first trigger={first == teller.token.i}"
