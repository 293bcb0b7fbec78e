"""The second look's numbers with what the tuned language model saw beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scripts.training.muc4.entities import Offer, compare_incidents, compare_offers
from scripts.training.muc4.looks import ALL_ROLES, Look
from scripts.training.muc4.sources import TYPES
from waqai.learned.keyed import Floats

LEAST = -9.0
"""Log odds are held within this and its opposite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Log odds: (n_tokens, n_roles) that a word is part of a filler of a role, (n_sentences, n_types) that a sentence tells of a type."""

    words: Floats
    sentences: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrases:
    """Log odds of the look's mentions in every role, (n_mentions, n_roles) each: their words' mean and least, the word before them and the one behind."""

    mean: Floats
    least: Floats
    before: Floats
    behind: Floats


def offer_numbers(look: Look, seen: Seen, type: str, offers: Sequence[Offer]) -> Floats:
    """(n_offers, n_numbers): `compare_offers`, and how each phrase looks as a filler of its role in an incident of this type."""
    rows = compare_offers(look, type, offers)
    if not offers:
        return rows
    phrases, sentence_of = _phrases(look, seen), _sentences_of(look)
    role, number = ALL_ROLES.index(offers[0].role), TYPES.index(type)
    own, tells = phrases.mean[:, role], seen.sentences[:, number]
    rest = np.delete(seen.sentences, number, axis=1).max(axis=1)
    best = np.array([own[list(o.at)].max() for o in offers])
    more = []
    for offer, top in zip(offers, best, strict=True):
        at = list(offer.at)
        likeliest = max(at, key=lambda i: float(own[i]))
        sentence = sentence_of[likeliest]
        outside = max(phrases.before[likeliest, role], phrases.behind[likeliest, role])
        kin = [p for o, p in zip(offers, best, strict=True) if o is not offer and o.head == offer.head]
        more.append(
            [
                top,
                *phrases.mean[likeliest],
                phrases.least[likeliest, role],
                phrases.before[likeliest, role],
                phrases.behind[likeliest, role],
                phrases.least[likeliest, role] - outside,
                own[at].mean(),
                _chance(own[at]).sum(),
                (best > top).sum(),
                best.max(),
                tells[sentence],
                tells[sentence_of[at]].max(),
                (_chance(own[at]) * _chance(tells[sentence_of[at]])).max(),
                rest[sentence],
                max(kin, default=np.nan),
                tells.max(),
                rest.max(),
            ]
        )
    return np.concatenate([rows, np.array(more, np.float32)], axis=1)


def incident_numbers(look: Look, seen: Seen) -> Floats:
    """(n_types, n_numbers): `compare_incidents`, and how the sentences and the phrases look."""
    phrases, sentence_of = _phrases(look, seen).mean, _sentences_of(look)
    some = len(look.mentions) > 0
    best = phrases.max(axis=0) if some else np.full(len(ALL_ROLES), LEAST)
    more = []
    for number in range(len(TYPES)):
        tells, rest = seen.sentences[:, number], np.delete(seen.sentences, number, axis=1)
        likeliest = [*np.sort(tells)[::-1][:3], LEAST, LEAST, LEAST][:3]
        joint = (_chance(phrases) * _chance(tells[sentence_of])[:, None]).max(axis=0) if some else np.zeros(len(ALL_ROLES))
        more.append([*likeliest, _chance(tells).sum(), rest.max(), _chance(rest).sum(), *best, *joint, tells[:3].max()])
    return np.concatenate([compare_incidents(look), np.array(more, np.float32)], axis=1)


def _phrases(look: Look, seen: Seen) -> _Phrases:
    edge = np.full((1, len(ALL_ROLES)), LEAST, np.float32)
    padded = np.concatenate([edge, seen.words, edge])
    spans = [(m.start, m.end) for m in look.mentions]
    shape = (len(spans), len(ALL_ROLES))
    return _Phrases(
        mean=np.array([seen.words[a:b].mean(axis=0) for a, b in spans]).reshape(shape),
        least=np.array([seen.words[a:b].min(axis=0) for a, b in spans]).reshape(shape),
        before=np.array([padded[a] for a, _ in spans]).reshape(shape),
        behind=np.array([padded[b + 1] for _, b in spans]).reshape(shape),
    )


def _sentences_of(look: Look) -> np.ndarray:
    return np.array([look.parsed.sentence_of[m.head] for m in look.mentions], dtype=int)


def _chance(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))
