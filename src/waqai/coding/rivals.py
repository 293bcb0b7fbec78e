"""A word that may tell of a happening beside the others that may: does it tell of one more, or tell the same again?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from waqai.coding.scene import Scene
from waqai.learned.keyed import Floats
from waqai.learned.odds import NOTHING, log_odds, odds_if

_FURTHER = frozenset(
    ("another", "second", "third", "separate", "separately", "also", "earlier", "previous", "previously", "other", "similar", "later", "meanwhile")
)
_ALIKE = frozenset(("combat", "remote_violence", "violence_on_civilians", "security_ops", "unrest"))
_SURE = 0.3
_NEAR = 80  # candidates before and behind one that are looked at as its rivals
_BESIDE = 16  # numbers that set one beside a rival


@dataclass(frozen=True, slots=True, kw_only=True)
class Impression:
    """A word at first sight: how probably it is a teller, of which type, and how probably of that type.

    `types` are the probabilities of all types, `column` is the number of its own. `p` and `types` are of two opinions: `first` is the linear models', `seen`
    that of the view (not a number where it was not shown the word).
    """

    token: Token
    p: float
    type: str
    family: str
    type_p: float
    types: Floats
    column: int
    first: float
    seen: float

    def agreement(self, other: Impression) -> float:
        """How probably both tell of one type."""
        return float(self.types @ other.types)


def compare_tellers(scene: Scene, impressions: Sequence[Impression], relevance: float) -> Floats:
    """(n_impressions, n_numbers): each beside its rivals, in the order given (that of the text). `relevance`: how probably the report tells of conflict."""
    totals = _totals(scene, impressions)
    rows = []
    for k, one in enumerate(impressions):
        near = impressions[max(0, k - _NEAR) : k + _NEAR + 1]
        rows.append([*_numbers(scene, one, near), *totals, log_odds(relevance)])
    return np.array(rows, dtype=np.float32)


def _numbers(scene: Scene, one: Impression, all_: Sequence[Impression]) -> list[float]:
    family = [r for r in all_ if r is not one and r.family == one.family]
    before = [r for r in family if r.token.i < one.token.i]
    all_before = [r for r in all_ if r.token.i < one.token.i]
    stronger = [r for r in family if r.p > one.p]
    sentence = scene.sentence_of(one.token)
    beside = [r for r in all_ if r is not one and scene.sentence_of(r.token) == sentence and _alike(r, one)]
    return [
        *_own(scene, one),
        *_beside(scene, one, before[-1] if before else None),
        *_beside(scene, one, max(before, key=lambda r: r.p, default=None)),
        *_beside(scene, one, max(stronger, key=lambda r: r.p, default=None)),
        *_beside(scene, one, max(beside, key=lambda r: r.p, default=None)),
        *_beside(scene, one, max(all_before, key=lambda r: r.p * one.agreement(r), default=None)),
        *_counts(scene, one, all_, before),
    ]


def _own(scene: Scene, one: Impression) -> list[float]:
    token, trigger = one.token, scene.triggers.get(one.token.i)
    telling = scene.telling_of.get(token.i)
    near = token.doc[max(scene.sentence_span(token).start, token.i - 8) : token.i + 6]
    return [
        log_odds(one.p),
        log_odds(one.first),
        odds_if(one.seen),
        one.type_p,
        float(token.pos_ in ("VERB", "AUX")),
        float(any(t.lower_ in _FURTHER for t in near)),
        float(any(t.dep_ == "det" and t.lower_ in ("the", "this", "that") for t in token.children)),
        0.0 if trigger is None else 1.0 + (trigger.type == one.type),
        NOTHING if telling is None else float(telling.happens),
        NOTHING if telling is None else float(telling.draft.lead.token.i == token.i),
        float(scene.sentence_of(token)),
        float(scene.text.block_at(token.idx) in scene.text.headings),
    ]


def _beside(scene: Scene, one: Impression, rival: Impression | None) -> list[float]:
    """How the two stand to each other; all missing where there is no rival."""
    if rival is None:
        return [NOTHING] * _BESIDE
    ours, theirs = scene.telling_of.get(one.token.i), scene.telling_of.get(rival.token.i)
    return [
        log_odds(rival.p),
        odds_if(rival.seen),
        float(scene.sentence_of(one.token) - scene.sentence_of(rival.token)),
        float(max(-60, min(60, one.token.i - rival.token.i))),
        float(one.token.lemma_ == rival.token.lemma_),
        float(one.type == rival.type),
        NOTHING if ours is None or theirs is None else float(ours is theirs),
        _apart(scene.days_of(one.token), scene.days_of(rival.token)),
        _apart(scene.towns_of(one.token), scene.towns_of(rival.token)),
        _shared(scene.nouns_of(one.token), scene.nouns_of(rival.token)),
        float(one.token.is_ancestor(rival.token)) - float(rival.token.is_ancestor(one.token)),
        float(scene.text.block_at(one.token.idx) == scene.text.block_at(rival.token.idx)),
        one.agreement(rival),
        float(one.types[rival.column]),
        float(rival.types[one.column]),
        float(bool(set(scene.senses_of(one.token)).intersection(scene.senses_of(rival.token)))),
    ]


def _counts(scene: Scene, one: Impression, all_: Sequence[Impression], before: Sequence[Impression]) -> list[float]:
    return [
        float(sum(r.p > _SURE for r in before)),
        float(sum(r.p > _SURE for r in all_ if scene.sentence_of(r.token) == scene.sentence_of(one.token))),
    ]


def _totals(scene: Scene, all_: Sequence[Impression]) -> list[float]:
    return [
        float(sum(r.p > _SURE for r in all_)),
        max((r.p for r in all_), default=0.0),
        sum(r.p for r in all_) / max(1, scene.sentences),
        float(scene.other_world),
        float(scene.conflict_share),
    ]


def _alike(one: Impression, other: Impression) -> bool:
    return one.family == other.family or {one.family, other.family} <= _ALIKE


def _apart(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """1 where both name something and nothing in common, 0 where they share something, missing where one names nothing."""
    if not ours or not theirs:
        return NOTHING
    return float(not ours & theirs)


def _shared(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))
