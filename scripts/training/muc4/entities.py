"""The second look: a phrase as a filler of an incident beside its rivals, an incident beside the others of its text, and phrases grouped to entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scripts.training.muc4.gates import logit
from scripts.training.muc4.looks import ALL_ROLES, Look
from scripts.training.muc4.mentions import Mention
from scripts.training.muc4.sources import TYPES
from waqai.learned.keyed import Floats

LEAST = 0.03
"""Phrases less likely than this at first sight are not looked at again."""
_CUTS = ("name", "untitled", "plain", "whole", "alone", "from capital", "from noun", "two", "counted", "run")
_LABELS = ("PERSON", "ORG", "GPE", "FAC", "NORP")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A phrase (`key`) offered as a filler: `at` are its mentions' places in the look, `best` the likeliest of them, `head` the lemma of its head."""

    role: str
    key: str
    at: tuple[int, ...]
    best: int
    head: str

    def mention(self, look: Look) -> Mention:
        """The likeliest mention."""
        return look.mentions[self.best]


def find_offers(look: Look, role: str) -> list[Offer]:
    """The phrases that may fill the role, likeliest first."""
    column = look.phrases[:, ALL_ROLES.index(role)] if len(look.mentions) else np.zeros(0)
    places: dict[str, list[int]] = {}
    for i, mention in enumerate(look.mentions):
        places.setdefault(mention.key, []).append(i)
    offers = []
    for key, at in places.items():
        best = max(at, key=lambda i: float(column[i]))
        if max(float(column[best]), float(look.pools[key][ALL_ROLES.index(role)])) >= LEAST:
            head = look.parsed.doc[look.mentions[best].head].lemma_.lower()
            offers.append(Offer(role=role, key=key, at=tuple(at), best=best, head=head))
    return sorted(offers, key=lambda o: -float(column[o.best]))


def compare_offers(look: Look, type: str, offers: Sequence[Offer]) -> Floats:
    """(n_offers, n_numbers): each phrase as a filler of an incident of this type."""
    if not offers:
        return np.zeros((0, 1), np.float32)
    column = look.phrases[:, ALL_ROLES.index(offers[0].role)]
    tells = sentence_chances(look, type)
    elsewhere = np.max([sentence_chances(look, t) for t in TYPES if t != type], axis=0)
    first = [float(column[o.best]) for o in offers]
    told = role_chances(look)
    rows = []
    for rank, offer in enumerate(offers):
        kin = [p for o, p in zip(offers, first, strict=True) if o is not offer and o.head == offer.head]
        within = [p for o, p in zip(offers, first, strict=True) if o is not offer and _is_part(o.key, offer.key)]
        around = [p for o, p in zip(offers, first, strict=True) if o is not offer and _is_part(offer.key, o.key)]
        rows.append([*_of_phrase(look, offer, column), *_of_place(look, offer, column, tells, elsewhere), float(rank), _top(kin), _top(within), _top(around)])
        rows[-1] += [*_of_pool(look, offer, offers), *map(float, told[look.parsed.sentence_of[offer.mention(look).head]])]
        rows[-1] += [first[0], float(sum(p > first[rank] for p in kin)), float(len(offers)), *_of_text(look, type)]
    return np.array(rows, dtype=np.float32)


def _of_phrase(look: Look, offer: Offer, column: Floats) -> list[float]:
    mention, doc = offer.mention(look), look.parsed.doc
    chances = column[list(offer.at)]
    best = look.phrases[offer.best]
    words = doc[mention.start : mention.end]
    label = next((t.ent_type_ for t in words if t.ent_type_), "")
    return [
        float(logit(chances.max())),
        float(logit(chances.mean())),
        float(logit(1 - np.prod(1 - chances * 0.5))),
        float(len(offer.at)),
        *(float(logit(p)) for p in best),
        float(_CUTS.index(mention.cut)),
        float(_in_longer_name(look, mention)),
        float(len(words)),
        float(_LABELS.index(label)) if label in _LABELS else -1.0,
        float(doc[mention.head].pos_ == "PROPN"),
        float(doc[mention.head].tag_ in ("NNS", "NNPS")),
    ]


def _in_longer_name(look: Look, mention: Mention) -> int:
    """Words by which the row of capitals around the phrase is longer."""
    runs = (m for m in look.mentions if m.cut == "run" and m.start <= mention.start and mention.end <= m.end)
    return max((m.end - m.start - mention.end + mention.start for m in runs), default=-1)


def _of_pool(look: Look, offer: Offer, offers: Sequence[Offer]) -> list[float]:
    number = ALL_ROLES.index(offer.role)
    own = look.pools[offer.key]
    others = [float(look.pools[o.key][number]) for o in offers if o is not offer]
    kin = [float(look.pools[o.key][number]) for o in offers if o is not offer and o.head == offer.head]
    return [*(float(logit(p)) for p in own), float(sum(p > own[number] for p in others)), _top(others), _top(kin)]


def role_chances(look: Look) -> Floats:
    """(n_sentences, n_roles) the likeliest phrase of each sentence in each role."""
    told = np.zeros((len(look.parsed.sentences), len(ALL_ROLES)), np.float32)
    for mention, row in zip(look.mentions, look.phrases, strict=True):
        number = look.parsed.sentence_of[mention.head]
        told[number] = np.maximum(told[number], row)
    return told


def _of_place(look: Look, offer: Offer, column: Floats, tells: Floats, elsewhere: Floats) -> list[float]:
    sentences = [look.parsed.sentence_of[look.mentions[i].head] for i in offer.at]
    best = look.parsed.sentence_of[offer.mention(look).head]
    joint = max(float(column[i]) * float(tells[s]) for i, s in zip(offer.at, sentences, strict=True))
    near = max(float(tells[max(0, s - 1) : s + 2].max()) for s in sentences)
    return [
        float(min(sentences)),
        float(best) / len(look.parsed.sentences),
        float(tells[best]),
        float(max(tells[s] for s in sentences)),
        joint,
        near,
        float(elsewhere[best]),
        float(tells[best] - elsewhere[best]),
        float(sum(tells[s] > tells[best] for s in range(len(tells)))),
    ]


def _of_text(look: Look, type: str) -> list[float]:
    number = TYPES.index(type)
    others = [float(p) for i, p in enumerate(look.text[1:]) if i != number]
    return [float(logit(look.text[0])), float(logit(look.text[1 + number])), float(logit(max(others))), float(number)]


def sentence_chances(look: Look, type: str) -> Floats:
    """(n_sentences,) how probably each sentence tells of an incident of this type."""
    return np.asarray(look.sentences[:, TYPES.index(type)])


def _top(chances: Sequence[float]) -> float:
    return max(chances, default=float("nan"))


def _is_part(short: str, long: str) -> bool:
    return short != long and f" {short} " in f" {long} "


def compare_incidents(look: Look) -> Floats:
    """(n_types, n_numbers): whether the text tells of an incident of each type that belongs into the base."""
    best = look.phrases.max(axis=0) if len(look.mentions) else np.zeros(len(ALL_ROLES))
    heads = np.array([look.parsed.sentence_of[m.head] for m in look.mentions], dtype=int)
    rows = []
    for number, type in enumerate(TYPES):
        tells = np.sort(sentence_chances(look, type))[::-1]
        joint = (look.phrases * look.sentences[heads, number][:, None]).max(axis=0) if len(look.mentions) else best
        rest = [i for i in range(len(TYPES)) if i != number]
        rows.append(
            [
                float(logit(look.text[0])),
                float(logit(look.text[1 + number])),
                float(logit(look.text[1:][rest].max())),
                float((look.text[1:] > look.text[1 + number]).sum()),
                *(float(tells[i]) if i < len(tells) else 0.0 for i in range(3)),
                float(tells.sum()),
                float(look.sentences[:, rest].max()),
                float(sentence_chances(look, type).argmax()),
                *map(float, best),
                *map(float, joint),
                float(len(tells)),
                float(number),
            ]
        )
    return np.array(rows, dtype=np.float32)


def group_offers(offers: Sequence[tuple[Offer, float]], *, aliases: Mapping[str, frozenset[str]]) -> list[tuple[Offer, float]]:
    """The likeliest phrase of each entity, of offers that come likeliest first. `aliases` are other names of a name in this text."""
    chosen: list[tuple[Offer, float]] = []
    for offer, p in offers:
        if not any(_same_entity(offer, other, aliases) for other, _ in chosen):
            chosen.append((offer, p))
    return chosen


def _same_entity(one: Offer, other: Offer, aliases: Mapping[str, frozenset[str]]) -> bool:
    if other.key in aliases.get(one.key, ()) or _is_part(one.key, other.key) or _is_part(other.key, one.key):
        return True
    return one.head == other.head and bool(set(one.at) & set(other.at) or not (_own_words(one) and _own_words(other)))


def _own_words(offer: Offer) -> frozenset[str]:
    return frozenset(offer.key.split()[:-1])


def find_aliases(look: Look) -> dict[str, frozenset[str]]:
    """Names that stand beside one another as "the long name (SHORT)", for each the other."""
    doc = look.parsed.doc
    ends = {m.end: m.key for m in look.mentions}
    found: dict[str, set[str]] = {}
    for mention in look.mentions:
        opens = mention.start >= 2 and doc[mention.start - 1].text in ("(", "[", "--")
        if opens and mention.start - 1 in ends:
            for long in (m.key for m in look.mentions if m.end == mention.start - 1):
                found.setdefault(mention.key, set()).add(long)
                found.setdefault(long, set()).add(mention.key)
    return {key: frozenset(others) for key, others in found.items()}
