"""What a happening may take (parties, numbers, days, places) beside the others that it may take, and beside the other happenings that may take the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from waqai.coding.acts import Belonging
from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.learned.keyed import Floats
from waqai.learned.linear import label_number
from waqai.learned.odds import NOTHING, log_odds, odds_if


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """One happening's claim on one item at first sight.

    `label` is the likeliest role or measure ("" for days and places), `rule` what the rules say of it: 1 that it is so, 0 nothing, -1 otherwise. `rank` orders
    the items of a decision by how narrow they are (of places: country, province, town, site), `traits` are numbers of the item alone, as many for all items
    of a decision. `p` is of two opinions: `first` is the linear model's, `seen` that of the view, where it has one.
    """

    teller: Teller
    item: Token
    p: float
    label: str
    label_p: float
    rule: float
    rank: float = 0.0
    traits: tuple[float, ...] = ()
    first: float = NOTHING
    seen: float = NOTHING


def compare_bids(scene: Scene, bids: Sequence[Bid], belonging: Belonging) -> Floats:
    """(n_bids, n_numbers): each bid beside those of the same happening and those on the same item, and how well the item belongs to the happening."""
    by_teller: dict[int, list[Bid]] = {}
    by_item: dict[int, list[Bid]] = {}
    for bid in bids:
        by_teller.setdefault(bid.teller.token.i, []).append(bid)
        by_item.setdefault(bid.item.i, []).append(bid)
    lemmas = {bid.item.i: bid.item.lemma_.lower() for bid in bids}
    rows = [[*_numbers(scene, bid, by_teller[bid.teller.token.i], by_item[bid.item.i], lemmas), *belonging.numbers(bid.item, bid.teller)] for bid in bids]
    return np.array(rows, dtype=np.float32)


def _numbers(scene: Scene, bid: Bid, own: Sequence[Bid], others: Sequence[Bid], lemmas: Mapping[int, str]) -> list[float]:
    token, item = bid.teller.token, bid.item
    beside = _beside(bid, own, lemmas)
    elsewhere = [b for b in others if b is not bid]
    best = max(elsewhere, key=lambda b: b.p, default=None)
    return [
        log_odds(bid.p),
        odds_if(bid.first),
        odds_if(bid.seen),
        bid.label_p,
        label_number(bid.label),
        bid.rule,
        log_odds(bid.teller.p),
        bid.teller.type_p,
        float(scene.sentence_of(item) - scene.sentence_of(token)),
        float(max(-50, min(50, item.i - token.i))),
        float(sum(b.p > bid.p for b in own)),
        float(beside.likelier),
        _odds_of(beside.best),
        _odds_of(beside.same),
        float(sum(b.p > bid.p for b in elsewhere)),
        NOTHING if best is None else log_odds(best.p),
        NOTHING if best is None else odds_if(best.seen),
        NOTHING if best is None else float(best.label == bid.label),
        NOTHING if best is None else float(best.teller.family == bid.teller.family),
        NOTHING if best is None else float(max(-60, min(60, best.teller.token.i - token.i))),
        float(len(own)),
        float(token.is_ancestor(item)),
        float(scene.text.block_at(token.idx) == scene.text.block_at(item.idx)),
        float(item.pos_ == "PROPN"),
        bid.rank,
        _odds_of(beside.narrower),
        _odds_of(beside.wider),
        *bid.traits,
    ]


@dataclass(slots=True)
class _Beside:
    """The rivals of a bid, those of its teller with its label: how many are likelier, and how likely the best is of all, of those for the same word, of the
    narrower and of the wider; below nought where there is none."""

    likelier: int = 0
    best: float = -1.0
    same: float = -1.0
    narrower: float = -1.0
    wider: float = -1.0


def _beside(bid: Bid, own: Sequence[Bid], lemmas: Mapping[int, str]) -> _Beside:
    found, lemma = _Beside(), lemmas[bid.item.i]
    for b in own:
        if b is bid or b.label != bid.label:
            continue
        found.likelier += b.p > bid.p
        found.best = max(found.best, b.p)
        if lemmas[b.item.i] == lemma:
            found.same = max(found.same, b.p)
        if b.rank > bid.rank:
            found.narrower = max(found.narrower, b.p)
        elif b.rank < bid.rank:
            found.wider = max(found.wider, b.p)
    return found


def _odds_of(p: float) -> float:
    return NOTHING if p < 0 else log_odds(p)
