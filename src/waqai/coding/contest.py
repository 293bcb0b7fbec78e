"""What a happening may take (parties, numbers, days, places) beside the others that it may take, and beside the other happenings that may take the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from waqai.coding.acts import Belonging
from waqai.coding.scene import Scene
from waqai.coding.teller import Teller
from waqai.learned.linear import Floats, label_number
from waqai.learned.odds import NOTHING, log_odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """One happening's claim on one item at first sight.

    `label` is the likeliest role or measure ("" for days and places), `rule` what the rules say of it: 1 that it is so, 0 nothing, -1 otherwise. `rank` orders
    the items of a decision by how narrow they are (of places: country, province, town, site), `traits` are numbers of the item alone, as many for all items
    of a decision.
    """

    teller: Teller
    item: Token
    p: float
    label: str
    label_p: float
    rule: float
    rank: float = 0.0
    traits: tuple[float, ...] = ()


def compare_bids(scene: Scene, bids: Sequence[Bid], belonging: Belonging) -> Floats:
    """(n_bids, n_numbers): each bid beside those of the same happening and those on the same item, and how well the item belongs to the happening."""
    by_teller: dict[int, list[Bid]] = {}
    by_item: dict[int, list[Bid]] = {}
    for bid in bids:
        by_teller.setdefault(bid.teller.token.i, []).append(bid)
        by_item.setdefault(bid.item.i, []).append(bid)
    rows = [[*_numbers(scene, bid, by_teller[bid.teller.token.i], by_item[bid.item.i]), *belonging.numbers(bid.item, bid.teller)] for bid in bids]
    return np.array(rows, dtype=np.float32)


def _numbers(scene: Scene, bid: Bid, own: Sequence[Bid], others: Sequence[Bid]) -> list[float]:
    rivals = [b for b in own if b is not bid and b.label == bid.label]
    elsewhere = [b for b in others if b is not bid]
    best_elsewhere = max(elsewhere, key=lambda b: b.p, default=None)
    same = [b for b in rivals if b.item.lemma_.lower() == bid.item.lemma_.lower()]
    gap = scene.sentence_of(bid.item) - scene.sentence_of(bid.teller.token)
    return [
        log_odds(bid.p),
        bid.label_p,
        label_number(bid.label),
        bid.rule,
        log_odds(bid.teller.p),
        bid.teller.type_p,
        float(gap),
        float(np.clip(bid.item.i - bid.teller.token.i, -50, 50)),
        float(sum(b.p > bid.p for b in own)),
        float(sum(b.p > bid.p for b in rivals)),
        _best(rivals),
        _best(same),
        float(sum(b.p > bid.p for b in elsewhere)),
        _best(elsewhere),
        NOTHING if best_elsewhere is None else float(best_elsewhere.label == bid.label),
        NOTHING if best_elsewhere is None else float(best_elsewhere.teller.family == bid.teller.family),
        NOTHING if best_elsewhere is None else float(np.clip(best_elsewhere.teller.token.i - bid.teller.token.i, -60, 60)),
        float(len(own)),
        float(bid.teller.token.is_ancestor(bid.item)),
        float(scene.text.block_at(bid.teller.token.idx) == scene.text.block_at(bid.item.idx)),
        float(bid.item.pos_ == "PROPN"),
        bid.rank,
        _best([b for b in rivals if b.rank > bid.rank]),
        _best([b for b in rivals if b.rank < bid.rank]),
        *bid.traits,
    ]


def _best(bids: Sequence[Bid]) -> float:
    return max((log_odds(b.p) for b in bids), default=NOTHING)
