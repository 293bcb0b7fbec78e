"""How probable each pair is when one of ours can be one of theirs at most, and the other way round: what fits two as well is neither's for sure.

The pairs are the edges of a graph between both records, and the answer a matching in it, each edge weighing as its odds. The share of matchings that hold an
edge follows from messages along the edges: what one end would say of being free if that edge were not there. On trees this is exact, and elsewhere it settles
on one answer (Bayati, Gamarnik, Katz, Nair and Tetali 2007, "Simple deterministic approximation algorithms for counting matchings").
How much of the smaller record is in the other at all is taken from the answer, and the answer made anew from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from waqai.comparing.matching import EXPECTED_SHARE, Pair

ROUNDS, STEPS = 4, 60
SHARES = (0.05, 0.95)
"""Within these the share may come to lie: that nothing, or everything, is in both is never certain."""
MOST_BITS = 60.0
_Numbers = NDArray[np.float64]


def weigh_together(pairs: Sequence[Pair], *, fewest: int, per_telling: bool = False) -> list[Pair]:
    """The pairs with what of their probability is left beside the others, the most probable first. `fewest`: how many the smaller record has.

    `per_telling`: several of theirs may be one of ours, so that only what one of theirs may be instead stands beside a pair.

    >>> twins = [Pair(ours=0, theirs=place, weight=9.0, probability=0.998, because=()) for place in (0, 1)]
    >>> [round(pair.probability, 2) for pair in weigh_together(twins, fewest=1)]
    [0.5, 0.5]
    """
    if not pairs:
        return []
    left, right = (np.array([getattr(pair, side) for pair in pairs]) for side in ("ours", "theirs"))
    factors = np.exp2(np.minimum([pair.weight for pair in pairs], MOST_BITS)) / EXPECTED_SHARE
    share, chances = EXPECTED_SHARE, np.zeros(len(pairs))
    for _ in range(ROUNDS):
        odds = factors * share / (1 - share)  # against being in one record only
        chances = odds / (1 + odds + _others(odds, right)) if per_telling else _share_of_matchings(odds, left, right)
        share = float(np.clip(chances.sum() / fewest, *SHARES))
    weighed = [replace(pair, probability=round(float(chance), 4)) for pair, chance in zip(pairs, chances, strict=True)]
    return sorted(weighed, key=lambda pair: (-pair.probability, -pair.weight, pair.ours, pair.theirs))


def _share_of_matchings(odds: _Numbers, left: NDArray[np.int64], right: NDArray[np.int64]) -> _Numbers:
    from_left, from_right = np.ones(len(odds)), np.ones(len(odds))
    for _ in range(STEPS):
        from_left = (from_left + 1 / (1 + _others(odds * from_right, left))) / 2
        from_right = (from_right + 1 / (1 + _others(odds * from_left, right))) / 2
    both: _Numbers = odds * from_left * from_right
    return both / (1 + both)


def _others(values: _Numbers, ends: NDArray[np.int64]) -> _Numbers:
    """For each edge, the sum over the other edges at that end."""
    sums: _Numbers = np.bincount(ends, weights=values)[ends] - values
    return np.maximum(sums, 0.0)
