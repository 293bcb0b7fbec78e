"""What a whole text and each of its sentences tell of: features of the models that judge whether there is an incident and of what type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from spacy.tokens import Token

from scripts.training.muc4.mentions import normalise, types_of_word
from scripts.training.muc4.parsed import Parsed
from scripts.training.muc4.sources import Document, types_of
from waqai.codebook.lexicon import Lexicon

_CONTENT = frozenset(("NOUN", "VERB", "ADJ", "PROPN", "ADV"))
_MARKS = ("hum_tgt_name", "hum_tgt_desc", "phys_tgt_id", "instrument_id")
_PERPETRATORS = ("perp_individual", "perp_org")


def text_features(parsed: Parsed, *, lexicon: Lexicon) -> list[str]:
    """Words and pairs of words of the text, those of its beginning apart, and how often it tells of what, by our lexicon."""
    doc = parsed.doc
    words = [t for t in doc if t.is_alpha]
    opening = parsed.sentences[min(2, len(parsed.sentences) - 1)][1]
    counts: Counter[str] = Counter()
    features = {f"place={parsed.document.place.lower()}"}
    for token, following in zip_longest(words, words[1:]):
        lemma = token.lemma_.lower()
        if token.pos_ in _CONTENT:
            features.add(f"w={lemma}")
            if token.i < opening:
                features.add(f"opening={lemma}")
        if following is not None:
            features.add(f"pair={lemma} {following.lemma_.lower()}")
        counts.update(types_of_word(token, lexicon))
        for child in token.children if token.pos_ == "VERB" else ():
            if child.dep_ in ("dobj", "nsubjpass", "nsubj"):
                features.add(f"{child.dep_}={lemma} {child.lemma_.lower()}")
    features.update(f"tells={name}/{min(4, n)}" for name, n in counts.items())
    features.add(f"length={min(8, len(words) // 80)}")
    return sorted(features)


def sentence_features(parsed: Parsed, number: int, *, lexicon: Lexicon) -> list[str]:
    """Words, pairs, verbs with their objects of one sentence; what it tells of by our lexicon; the verbs of its neighbours; its place."""
    features = {f"position={min(number, 6)}"}
    start, end = parsed.sentences[number]
    tokens = [t for t in parsed.doc[start:end] if t.is_alpha or t.like_num]
    for token, following in zip_longest(tokens, tokens[1:]):
        lemma = token.lemma_.lower()
        features.update((f"w={lemma}", f"name={token.ent_type_}") if token.ent_type_ else (f"w={lemma}",))
        if following is not None:
            features.add(f"pair={lemma} {following.lemma_.lower()}")
        features.update(f"tells={name}" for name in types_of_word(token, lexicon))
        features.update(_frame(token))
    for step in (-1, 1):
        if 0 <= number + step < len(parsed.sentences):
            first, last = parsed.sentences[number + step]
            features.update(f"{step}={t.lemma_.lower()}" for t in parsed.doc[first:last] if t.pos_ in ("VERB", "NOUN"))
    return sorted(features)


def _frame(token: Token) -> Iterator[str]:
    if token.pos_ not in ("VERB", "NOUN"):
        return
    for child in token.children:
        if child.dep_ in ("dobj", "nsubjpass", "nsubj", "compound", "amod", "neg", "aux"):
            yield f"{child.dep_}={token.lemma_.lower()} {child.lemma_.lower()}"


def sentence_labels(parsed: Parsed) -> list[frozenset[str]]:
    """For each sentence the incident types of whose targets or instruments (where a key has none, perpetrators) it holds the words."""
    told: list[set[str]] = [set() for _ in parsed.sentences]
    texts = [f" {normalise(parsed.doc[start:end].text)} " for start, end in parsed.sentences]
    for key in parsed.document.full_keys:
        types = [name for value in filler_values(key, "incident_type") for name in types_of(value)]
        marks = [v for slot in _MARKS for v in filler_values(key, slot)] or [v for slot in _PERPETRATORS for v in filler_values(key, slot)]
        for number, text in enumerate(texts):
            if any(f" {normalise(mark)} " in text for mark in marks):
                told[number].update(types)
    return [frozenset(types) for types in told]


def filler_values(key: Mapping[str, Any], slot: str) -> Iterator[str]:
    """All values of a slot of the official form."""
    for filler in key.get(slot, ()):
        yield from (value for value in filler["value"] if value)


def described_targets(document: Document) -> list[tuple[frozenset[str], frozenset[str]]]:
    """(types, phrases) of each human target that the key describes without a name."""
    found = []
    for key in document.full_keys:
        types = frozenset(name for value in filler_values(key, "incident_type") for name in types_of(value))
        names = frozenset(filler_values(key, "hum_tgt_name"))
        for filler in key.get("hum_tgt_desc", ()):
            if not names.intersection(v for v in filler.get("of", ()) if v):
                found.append((types, frozenset(normalise(v) for v in filler["value"] if v)))
    return found
