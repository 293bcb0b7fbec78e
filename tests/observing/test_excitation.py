"""Does one raise the rate of the next? The answer in words."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from waqai.observing import Happening, Happenings
from waqai.observing.excitation import ask_excitation

BLANK = Happening("", "clash", "combat", "occurred", None, None, "SY", None, None, None, None)


def on(days: list[int]) -> Happenings:
    dated = [date(2020, 1, 1) + timedelta(days=day) for day in sorted(days)]
    return Happenings(all=tuple(BLANK._replace(id=f"e{n}", earliest=day, latest=day) for n, day in enumerate(dated)))


def families(seed: int = 4) -> list[int]:
    """Each happening brings .6 more, a day or two later, over 200 days."""
    rng, days = np.random.default_rng(seed), list[int]()
    ahead = [int(day) for day in rng.integers(0, 200, 60)]
    while ahead:
        day = ahead.pop()
        days.append(day)
        ahead += [day + int(rng.integers(1, 3)) for _ in range(rng.poisson(0.6)) if day < 198]
    return days


def test_happenings_that_bring_others_are_told_with_a_range_beside_what_the_usual_fit_says() -> None:
    answer = ask_excitation(on(families()), asked="clashes")
    assert answer.says[0].startswith("More happenings come soon after happenings than a changing rate explains: for each one 0.")
    assert "The usual fit, with a constant rate, would have said" in answer.says[1] and "does not see a trend" in answer.says[2]
    assert answer.plain["low"] > 0 and answer.tables[0].rows[0][0] == "constant"
    assert answer.picture is not None and answer.asked.startswith("clashes, 2020-01-")


def test_a_trend_alone_is_not_told_as_excitation_though_the_usual_fit_would() -> None:
    rng = np.random.default_rng(7)
    days = [*rng.integers(0, 60, 30), *rng.integers(60, 120, 240), *rng.integers(120, 240, 40)]
    answer = ask_excitation(on([int(day) for day in days]), asked="clashes")
    assert answer.says[0].startswith("Whether one raises the rate of the next cannot be told from a changing rate") and answer.plain["low"] == 0
    assert answer.plain["readings"][0]["branching"] > 0.3


def test_under_fifty_is_not_testable() -> None:
    few = ask_excitation(on(list(range(0, 98, 2))), asked="clashes")
    assert not few.testable and "49 incidents over 97 days" in few.says[0]
    vague = Happenings(all=(BLANK._replace(earliest=date(2020, 1, 1), latest=date(2020, 2, 1)),))
    assert ask_excitation(vague, asked="clashes").notes == ("left out: 1 without a sure day",)
