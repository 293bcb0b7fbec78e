"""The first look at a text: how probably it tells of which type of incident, so does each sentence, and which role each phrase fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scripts.training.fit import Table
from scripts.training.muc4.gates import chances, fit_gates
from scripts.training.muc4.mentions import Mention, find_mentions, mention_features, normalise
from scripts.training.muc4.parsed import Parsed
from scripts.training.muc4.sources import DESCRIBED, ROLES, TYPES, types_of
from scripts.training.muc4.texts import described_targets, sentence_features, sentence_labels, text_features
from waqai.codebook.lexicon import Lexicon
from waqai.learned.linear import Floats, LinearModel

ALL_ROLES = (*ROLES, DESCRIBED)
RELEVANT = "relevant"
_KEPT_OTHERS = 0.3
"""The share of the phrases without a role that the first look learns from; each then counts for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookModel:
    """The linear models of the first look: labels of `texts` are RELEVANT and TYPES, of `sentences` TYPES, of `phrases` ALL_ROLES."""

    texts: LinearModel
    sentences: LinearModel
    phrases: LinearModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Probabilities: `text` (1 + n_types,), `sentences` (n_sentences, n_types), `phrases` (n_mentions, n_roles)."""

    parsed: Parsed
    mentions: Sequence[Mention]
    text: Floats
    sentences: Floats
    phrases: Floats


def look_at(parsed: Parsed, model: LookModel, *, lexicon: Lexicon) -> Look:
    """The first look at one text."""
    mentions = find_mentions(parsed.doc)
    return Look(
        parsed=parsed,
        mentions=mentions,
        text=chances(model.texts, [text_features(parsed, lexicon=lexicon)])[0],
        sentences=chances(model.sentences, [sentence_features(parsed, n, lexicon=lexicon) for n in range(len(parsed.sentences))]),
        phrases=chances(model.phrases, [mention_features(parsed, m, lexicon=lexicon) for m in mentions]),
    )


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


class LookLessons:
    """Labelled texts, sentences and phrases, from which first looks are fitted to any part of the documents."""

    def __init__(self, parsed: Sequence[Parsed], *, lexicon: Lexicon) -> None:
        self.texts = Table([text_features(p, lexicon=lexicon) for p in parsed])
        types = [p.document.types() for p in parsed]
        self.text_labels = {RELEVANT: np.array([bool(t) for t in types]), **{name: np.array([name in t for t in types]) for name in TYPES}}
        numbered = [(i, n) for i, p in enumerate(parsed) for n in range(len(p.sentences))]
        told = [t for p in parsed for t in sentence_labels(p)]
        self.sentences = Table([sentence_features(parsed[i], n, lexicon=lexicon) for i, n in numbered])
        self.sentence_texts = np.array([i for i, _ in numbered])
        self.sentence_labels = {name: np.array([name in t for t in told]) for name in TYPES}
        self._add_phrases(parsed, lexicon)

    def _add_phrases(self, parsed: Sequence[Parsed], lexicon: Lexicon) -> None:
        features, texts, roles, weights = [], [], [], []
        chosen = np.random.default_rng(0)
        for i, one in enumerate(parsed):
            if not one.document.keys:
                continue
            wanted = wanted_keys(one)
            for mention in find_mentions(one.doc):
                fills = frozenset(role for role in ALL_ROLES if mention.key in wanted[role])
                if fills or chosen.random() < _KEPT_OTHERS:
                    features.append(mention_features(one, mention, lexicon=lexicon))
                    texts.append(i)
                    roles.append(fills)
                    weights.append(1.0 if fills else 1 / _KEPT_OTHERS)
        self.phrases = Table(features)
        self.phrase_texts, self.phrase_weights = np.array(texts), np.array(weights)
        self.phrase_labels = {role: np.array([role in fills for fills in roles]) for role in ALL_ROLES}

    def fit(self, where: np.ndarray, *, strengths: tuple[float, float, float] = (0.02, 0.02, 0.05)) -> LookModel:
        """A first look learned from the texts `where`, by their numbers."""
        texts, sentences, phrases = strengths
        of_sentence = np.flatnonzero(np.isin(self.sentence_texts, where))
        of_phrase = np.flatnonzero(np.isin(self.phrase_texts, where))
        return LookModel(
            texts=fit_gates(self.texts, self.text_labels, where=where, strength=texts, weight=np.ones(len(self.texts.keyed))),
            sentences=fit_gates(self.sentences, self.sentence_labels, where=of_sentence, strength=sentences, weight=np.ones(len(self.sentences.keyed))),
            phrases=fit_gates(self.phrases, self.phrase_labels, where=of_phrase, strength=phrases, weight=self.phrase_weights),
        )
