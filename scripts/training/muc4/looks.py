"""The first look at a text: how probably it tells of which type of incident, so does each sentence, and which role each phrase fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scripts.training.fit import Table
from scripts.training.muc4.gates import chances, fit_gates
from scripts.training.muc4.mentions import Mention, Words, find_mentions, mention_features, normalise
from scripts.training.muc4.parsed import Parsed
from scripts.training.muc4.sources import DESCRIBED, ROLES, TYPES, types_of
from scripts.training.muc4.texts import described_targets, sentence_features, sentence_labels, text_features
from waqai.learned.keyed import Floats
from waqai.learned.linear import LinearModel

ALL_ROLES = (*ROLES, DESCRIBED)
RELEVANT = "relevant"
_POOLED = 6
_KEPT_OTHERS = 0.3
"""The share of the phrases without a role that the first look learns from; each then counts for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookModel:
    """The linear models of the first look: labels of `texts` are RELEVANT and TYPES, of `sentences` TYPES, of `phrases` and `pools` ALL_ROLES.

    `phrases` judges each mention for itself, `pools` a phrase by all its mentions together.
    """

    texts: LinearModel
    sentences: LinearModel
    phrases: LinearModel
    pools: LinearModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Probabilities: `text` (1 + n_types,), `sentences` (n_sentences, n_types), `phrases` (n_mentions, n_roles); `pools` (n_roles,) of each phrase."""

    parsed: Parsed
    mentions: Sequence[Mention]
    text: Floats
    sentences: Floats
    phrases: Floats
    pools: Mapping[str, Floats]


def look_at(parsed: Parsed, model: LookModel, *, words: Words) -> Look:
    """The first look at one text."""
    mentions = find_mentions(parsed.doc)
    features = [mention_features(parsed, m, words=words) for m in mentions]
    pooled = pool_features(mentions, features)
    return Look(
        parsed=parsed,
        mentions=mentions,
        text=chances(model.texts, [text_features(parsed, lexicon=words.lexicon)])[0],
        sentences=chances(model.sentences, [sentence_features(parsed, n, lexicon=words.lexicon) for n in range(len(parsed.sentences))]),
        phrases=chances(model.phrases, features),
        pools=dict(zip(pooled, chances(model.pools, list(pooled.values())), strict=True)),
    )


def pool_features(mentions: Sequence[Mention], features: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """For each phrase the features of its first mentions together."""
    pools: dict[str, list[list[str]]] = {}
    for mention, own in zip(mentions, features, strict=True):
        pools.setdefault(mention.key, []).append([*own])
    return {key: sorted({f for own in rows[:_POOLED] for f in own} | {f"mentions={min(4, len(rows))}"}) for key, rows in pools.items()}


def wanted_keys(parsed: Parsed) -> dict[str, set[str]]:
    """For each role the phrases that the keys hold, as the scorers compare them."""
    wanted: dict[str, set[str]] = {role: set() for role in ALL_ROLES}
    for key in parsed.document.keys:
        for role in ROLES:
            wanted[role].update(normalise(mention[0]) for entity in key[role] for mention in entity)
    wanted[DESCRIBED].update(phrase for _, phrases in described_targets(parsed.document) for phrase in phrases)
    return wanted


def wanted_by_type(parsed: Parsed) -> dict[tuple[str, str], list[frozenset[str]]]:
    """(type, role) to the entities that the keys hold, each as its phrases."""
    wanted: dict[tuple[str, str], list[frozenset[str]]] = {}
    for key in parsed.document.keys:
        for type in types_of(key["incident_type"]):
            for role in ROLES:
                wanted.setdefault((type, role), []).extend(frozenset(normalise(m[0]) for m in entity) for entity in key[role] if entity)
    for types, phrases in described_targets(parsed.document):
        for type in types:
            wanted.setdefault((type, DESCRIBED), []).append(phrases)
    return wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lesson:
    """Labelled phrases: `texts` says where each is from."""

    table: Table
    texts: np.ndarray
    weights: np.ndarray
    labels: Mapping[str, np.ndarray]

    def fit(self, where: np.ndarray, *, strength: float) -> LinearModel:
        """Gates learned from the phrases of the texts `where`."""
        return fit_gates(self.table, self.labels, where=np.flatnonzero(np.isin(self.texts, where)), strength=strength, weight=self.weights)


class _Rows:
    """Gathers labelled phrases."""

    def __init__(self) -> None:
        self.features: list[list[str]] = []
        self.texts: list[int] = []
        self.fills: list[frozenset[str]] = []

    def add(self, features: list[str], fills: frozenset[str], text: int) -> None:
        """One phrase more."""
        self.features.append(features)
        self.fills.append(fills)
        self.texts.append(text)

    def lesson(self) -> _Lesson:
        """What was gathered, as arrays."""
        return _Lesson(
            table=Table(self.features),
            texts=np.array(self.texts),
            weights=np.array([1.0 if fills else 1 / _KEPT_OTHERS for fills in self.fills]),
            labels={role: np.array([role in fills for fills in self.fills]) for role in ALL_ROLES},
        )


class LookLessons:
    """Labelled texts, sentences and phrases, from which first looks are fitted to any part of the documents."""

    def __init__(self, parsed: Sequence[Parsed], *, words: Words) -> None:
        self.texts = Table([text_features(p, lexicon=words.lexicon) for p in parsed])
        types = [p.document.types() for p in parsed]
        self.text_labels = {RELEVANT: np.array([bool(t) for t in types]), **{name: np.array([name in t for t in types]) for name in TYPES}}
        numbered = [(i, n) for i, p in enumerate(parsed) for n in range(len(p.sentences))]
        told = [t for p in parsed for t in sentence_labels(p)]
        self.sentences = Table([sentence_features(parsed[i], n, lexicon=words.lexicon) for i, n in numbered])
        self.sentence_texts = np.array([i for i, _ in numbered])
        self.sentence_labels = {name: np.array([name in t for t in told]) for name in TYPES}
        self._add_phrases(parsed, words)

    def _add_phrases(self, parsed: Sequence[Parsed], words: Words) -> None:
        singles, pools = _Rows(), _Rows()
        chosen = np.random.default_rng(0)
        for i, one in enumerate(parsed):
            if not one.document.keys:
                continue
            wanted = wanted_keys(one)
            mentions = find_mentions(one.doc)
            fills = {m.key: frozenset(role for role in ALL_ROLES if m.key in wanted[role]) for m in mentions}
            kept = {key for key in fills if fills[key] or chosen.random() < _KEPT_OTHERS}
            mentions = [m for m in mentions if m.key in kept]
            features = [mention_features(one, m, words=words) for m in mentions]
            for mention, own in zip(mentions, features, strict=True):
                singles.add(own, fills[mention.key], i)
            for key, own in pool_features(mentions, features).items():
                pools.add(own, fills[key], i)
        self.phrases, self.pools = singles.lesson(), pools.lesson()

    def fit(self, where: np.ndarray, *, strengths: tuple[float, float, float, float] = (20.0, 6.0, 10.0, 10.0)) -> LookModel:
        """A first look learned from the texts `where`, by their numbers."""
        texts, sentences, phrases, pools = strengths
        of_sentence = np.flatnonzero(np.isin(self.sentence_texts, where))
        return LookModel(
            texts=fit_gates(self.texts, self.text_labels, where=where, strength=texts, weight=np.ones(len(self.texts.keyed))),
            sentences=fit_gates(self.sentences, self.sentence_labels, where=of_sentence, strength=sentences, weight=np.ones(len(self.sentences.keyed))),
            phrases=self.phrases.fit(where, strength=phrases),
            pools=self.pools.fit(where, strength=pools),
        )
