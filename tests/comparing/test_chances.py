from __future__ import annotations

import pytest

from waqai.comparing.chances import LEAST_U, STATED_U, count_rarity, join_u, keep_order
from waqai.comparing.levels import COMPARED, Compared, Level

DAY, PLACE, *_, PARTIES = COMPARED


def test_few_pairs_leave_what_is_stated_and_many_replace_it() -> None:
    everywhere = (0.9, 0.05, 0.03, 0.02)
    assert join_u(PARTIES, everywhere, drawn=10, prior=0.0)[0] == pytest.approx(STATED_U["parties"][0], abs=0.01)
    assert join_u(PARTIES, everywhere, drawn=1_000_000, prior=0.0)[0] == pytest.approx(0.9, abs=0.01)


def test_the_share_of_true_pairs_among_those_drawn_is_taken_off() -> None:
    """Of ten rows against the same ten, a tenth of all pairs is one happening: that they agree on the day is no chance."""
    measured = tuple(0.1 * level.m + 0.9 * level.u for level in DAY.levels)
    joined = join_u(DAY, measured, drawn=1_000_000, prior=0.1)
    assert joined[0] == pytest.approx(DAY.levels[0].u, abs=0.001) and sum(joined) == pytest.approx(1)


@pytest.mark.parametrize("compared", COMPARED, ids=lambda one: one.name)
def test_what_is_stated_is_in_order_already(compared: Compared) -> None:
    assert keep_order(compared, STATED_U[compared.name]) == pytest.approx(STATED_U[compared.name])


def test_no_step_says_more_than_a_closer_one() -> None:
    """Everything lies in one town: that two do is no sign, and that two lie 20 km apart is none either."""
    u = keep_order(PLACE, (0.97, 0.01, 0.01, 0.005, 0.001, 0.001, 0.001, 0.002))
    says = [level.m / share for level, share in zip(PLACE.levels, u, strict=True)]
    assert says == sorted(says, reverse=True) and says[0] < 1.1


def test_a_rare_value_says_more_than_a_common_one_up_to_a_bound() -> None:
    values = ["aleppo"] * 900 + ["a village"] * 2 + ["another"] + [None] * 5000
    found = count_rarity(PLACE, values, STATED_U["place"])
    assert found["aleppo"] > found["a village"] == pytest.approx(found["another"], abs=0.002) and min(found.values()) >= LEAST_U
    assert None not in found


def test_the_most_common_value_still_says_as_much_as_the_next_step() -> None:
    step: tuple[Level, Level] = PLACE.levels[:2]
    common = count_rarity(PLACE, ["aleppo"] * 500, STATED_U["place"])["aleppo"]
    assert step[0].m / common == pytest.approx(step[1].m / step[1].u)
