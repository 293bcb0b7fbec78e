"""Several incidents of one type in one text: which of its targets were hit together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scripts.training.boost import grow
from scripts.training.muc4.days import find_days
from scripts.training.muc4.entities import Offer, find_offers, sentence_chances
from scripts.training.muc4.filling import Incident
from scripts.training.muc4.looks import Look
from scripts.training.muc4.mentions import normalise
from scripts.training.muc4.sources import DESCRIBED, TYPES, types_of
from scripts.training.muc4.texts import filler_values
from waqai.learned.keyed import Floats
from waqai.learned.trees import BoostedTrees

ANCHORS = ("Target", "Victim", DESCRIBED)
"""Roles whose fillers part one incident from another; the rest may be the same in all."""
NEAREST = ("PerpInd", "PerpOrg", "Weapon")
"""Roles whose fillers go to the incident whose targets they stand nearest to."""
_SLOTS = ("phys_tgt_id", "hum_tgt_name", "hum_tgt_desc")


def compare_anchors(look: Look, type: str, pairs: Sequence[tuple[Offer, Offer]]) -> Floats:
    """(n_pairs, n_numbers): what speaks for two targets being hit in one incident."""
    dated = sorted({number for offer in find_days(look) for _, number in offer.phrases})
    tells = sentence_chances(look, type)
    rows = [_pair(look, one, other, dated, tells) for one, other in pairs]
    return np.array(rows, dtype=np.float32)


def _pair(look: Look, one: Offer, other: Offer, dated: Sequence[int], tells: Floats) -> list[float]:
    doc = look.parsed.doc
    spots = [[look.mentions[i].head for i in offer.at] for offer in (one, other)]
    a, b = min(((i, j) for i in spots[0] for j in spots[1]), key=lambda pair: abs(pair[0] - pair[1]))
    first, last = sorted((look.parsed.sentence_of[a], look.parsed.sentence_of[b]))
    between = doc[min(a, b) : max(a, b)]
    breaks = sum("\n" in t.text for t in between)
    verbs = [next((t.lemma_ for t in (doc[i], *doc[i].ancestors) if t.pos_ == "VERB"), "") for i in (a, b)]
    places = {t.text for t in between if t.ent_type_ == "GPE"}
    best = [look.parsed.sentence_of[offer.mention(look).head] for offer in (one, other)]
    return [
        float(last - first),
        float(min(len(between), 200)),
        float(breaks),
        float(sum(first < number <= last for number in dated)),
        float(len(places)),
        float(verbs[0] == verbs[1]),
        float(one.role == other.role),
        float(ANCHORS.index(one.role) * 3 + ANCHORS.index(other.role)),
        float(tells[best[0]]),
        float(tells[best[1]]),
        float((tells > 0.3).sum()),
        float(abs(best[0] - best[1])),
        float(len(one.at) + len(other.at)),
        float(len(look.parsed.sentences)),
        float(one.head == other.head),
        float(any(t.lower_ in ("meanwhile", "another", "other", "also", "previously", "earlier") for t in doc[look.parsed.sentences[last][0] :][:6])),
        float(doc[a].dep_ == "conj" or doc[b].dep_ == "conj"),
        float(len(dated)),
    ]


class SplitLessons:
    """Pairs of coded targets of one type in one text: were they hit together?"""

    def __init__(self, looks: Sequence[Look]) -> None:
        rows, answers, texts = [], [], []
        for i, look in enumerate(looks):
            for type in TYPES:
                pairs, together = _coded_pairs(look, type)
                if pairs:
                    rows.append(compare_anchors(look, type, pairs))
                    answers += together
                    texts += [i] * len(pairs)
        self.rows, self.answers, self.texts = np.concatenate(rows), np.array(answers), np.array(texts)

    def fit(self, texts: np.ndarray) -> BoostedTrees:
        """Trees learned from these texts, by their numbers; each text counts the same however many targets it has."""
        where = np.isin(self.texts, texts)
        _, back, counts = np.unique(self.texts[where], return_inverse=True, return_counts=True)
        return grow(self.rows[where], self.answers[where], weight=1 / np.sqrt(counts[back]), trees=60, rate=0.06, leaves=8, least=15)


def _coded_pairs(look: Look, type: str) -> tuple[list[tuple[Offer, Offer]], list[bool]]:
    keys = [k for k in look.parsed.document.full_keys if any(type in types_of(v) for v in filler_values(k, "incident_type"))]
    of_phrase: dict[str, set[int]] = {}
    for number, key in enumerate(keys):
        for phrase in (normalise(v) for slot in _SLOTS for v in filler_values(key, slot)):
            of_phrase.setdefault(phrase, set()).add(number)
    offers = {offer.key: offer for role in ANCHORS for offer in find_offers(look, role) if offer.key in of_phrase}
    found = list(offers.values())
    pairs = [(one, other) for i, one in enumerate(found) for other in found[i + 1 :]]
    return pairs, [bool(of_phrase[one.key] & of_phrase[other.key]) for one, other in pairs]


def split_incident(look: Look, incident: Incident, trees: BoostedTrees, *, least: float) -> list[Incident]:
    """The incident in as many as its targets make: two groups of targets stay together where they belong so at least this likely, on the average."""
    anchors = [(role, one) for role in ANCHORS for one in incident.fillers[role]]
    if len(anchors) < 2:
        return [incident]
    together = _together(look, incident.type, [one[0] for _, one in anchors], trees)
    groups = _link(together, least=least)
    return [_part(look, incident, [anchors[i] for i in group], groups, anchors) for group in groups]


def _together(look: Look, type: str, offers: Sequence[Offer], trees: BoostedTrees) -> Floats:
    pairs = [(i, j) for i in range(len(offers)) for j in range(i + 1, len(offers))]
    chances = trees.probabilities(compare_anchors(look, type, [(offers[i], offers[j]) for i, j in pairs]))
    table = np.eye(len(offers))
    for (i, j), p in zip(pairs, chances, strict=True):
        table[i, j] = table[j, i] = p
    return table


def _link(together: Floats, *, least: float) -> list[list[int]]:
    """Groups by average linkage."""
    groups = [[i] for i in range(len(together))]
    while len(groups) > 1:
        p, i, j = max((float(together[np.ix_(a, b)].mean()), i, j) for i, a in enumerate(groups) for j, b in enumerate(groups) if i < j)
        if p < least:
            break
        groups[i] += groups.pop(j)
    return groups


def _part(
    look: Look, incident: Incident, own: list[tuple[str, tuple[Offer, float]]], groups: list[list[int]], anchors: list[tuple[str, tuple[Offer, float]]]
) -> Incident:
    fillers: dict[str, tuple[tuple[Offer, float], ...]] = dict(incident.fillers)
    for role in ANCHORS:
        fillers[role] = tuple(one for r, one in own if r == role)
    if len(groups) > 1:
        rest = [anchors[i] for group in groups for i in group if anchors[i] not in own]
        for role in NEAREST:
            fillers[role] = tuple(one for one in fillers[role] if _gap(look, one[0], own) <= _gap(look, one[0], rest))
    return replace(incident, fillers=fillers)


def _gap(look: Look, offer: Offer, anchors: Sequence[tuple[str, tuple[Offer, float]]]) -> int:
    """Words between the phrase and the nearest of the targets."""
    own = look.mentions[offer.best].head
    return min(abs(own - look.mentions[i].head) for _, (anchor, _) in anchors for i in anchor.at)


def parts_of(look: Look, incidents: Sequence[Incident], trees: BoostedTrees, *, least: float) -> list[Incident]:
    """All incidents, each split."""
    return [part for incident in incidents for part in split_incident(look, incident, trees, least=least)]
