from __future__ import annotations

from collections.abc import Sequence

import pytest

from waqai.comparing.matching import Pair
from waqai.comparing.weighing import weigh_together


def pair(ours: int, theirs: int, weight: float = 8.0) -> Pair:
    return Pair(ours=ours, theirs=theirs, weight=weight, probability=0.9, because=())


def weigh(*pairs: Pair, fewest: int = 2, per_telling: bool = False) -> dict[tuple[int, int], float]:
    return {(one.ours, one.theirs): one.probability for one in weigh_together(pairs, fewest=fewest, per_telling=per_telling)}


def test_a_pair_that_stands_alone_keeps_what_it_weighs() -> None:
    assert weigh(pair(0, 0), fewest=1)[0, 0] > 0.98
    assert weigh(pair(0, 0, -6.0), fewest=1)[0, 0] < 0.1


@pytest.mark.parametrize("pairs", [[pair(0, 0), pair(0, 1)], [pair(0, 0), pair(1, 0)]])
def test_two_that_fit_as_well_share_what_is_probable(pairs: Sequence[Pair]) -> None:
    assert all(0.4 < chance <= 0.5 for chance in weigh(*pairs).values())


def test_what_is_surely_elsewhere_is_no_rival() -> None:
    """Theirs 0 is the first of ours beyond doubt, so that the second of ours is theirs 1, which it fits no better."""
    found = weigh(pair(0, 0, 20.0), pair(1, 0, 6.0), pair(1, 1, 6.0))
    assert found[0, 0] > 0.99 and found[1, 1] > 0.95 and found[1, 0] < 0.01


def test_two_pairs_that_can_be_swapped_are_as_probable_either_way() -> None:
    found = weigh(pair(0, 0), pair(0, 1), pair(1, 0), pair(1, 1))
    assert all(chance == pytest.approx(0.5, abs=0.02) for chance in found.values())


def test_several_tellings_of_one_are_no_rivals_and_two_that_one_may_tell_of_are() -> None:
    assert min(weigh(pair(0, 0), pair(0, 1), pair(0, 2), per_telling=True).values()) > 0.98
    assert max(weigh(pair(0, 0), pair(1, 0), per_telling=True).values()) <= 0.5


def test_where_little_is_in_both_a_middling_pair_is_less_probable() -> None:
    middling = pair(0, 0, 1.0)
    alone = weigh(middling, fewest=100)[0, 0]
    beside = weigh(middling, *(pair(number, number, 15.0) for number in range(1, 100)), fewest=100)[0, 0]
    assert alone < 0.3 < 0.8 < beside


def test_no_pairs_are_no_pairs() -> None:
    assert weigh_together([], fewest=0) == []
