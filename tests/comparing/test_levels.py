from __future__ import annotations

import pytest

from waqai.comparing.levels import COMPARED, Compared


@pytest.mark.parametrize("compared", COMPARED, ids=lambda one: one.name)
def test_the_steps_of_each_thing_sum_to_one_and_the_last_takes_the_rest(compared: Compared) -> None:
    assert sum(level.m for level in compared.levels) == pytest.approx(1)
    assert sum(level.u for level in compared.levels) == pytest.approx(1)
    assert [level.sql == "" for level in compared.levels] == [False] * (len(compared.levels) - 1) + [True]


@pytest.mark.parametrize("compared", COMPARED, ids=lambda one: one.name)
def test_the_closest_step_speaks_for_one_happening_and_the_last_against_it(compared: Compared) -> None:
    assert compared.levels[0].m > compared.levels[0].u and compared.levels[-1].m < compared.levels[-1].u


def test_a_step_is_called_by_its_number_from_the_last_one_up() -> None:
    day = COMPARED[0]
    assert (day.says(0), day.says(len(day.levels) - 1), day.says(-1)) == ("more than a week apart", "same day", None)
