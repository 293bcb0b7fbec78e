"""A weighing: features to a probability, and back from its arrays."""

from __future__ import annotations

import pytest

from waqai.learned.calibration import Steps
from waqai.learned.weights import Weighing, weighing_arrays, weighing_of

WEIGHING = Weighing(bias=-1.0, weights={"rule=a": 2.0, "rule=b": -3.0}, curve=Steps((0.0, 1.0), (0.1, 0.9)))


def test_a_feature_that_speaks_for_it_makes_it_likelier() -> None:
    assert WEIGHING.score(["rule=b"]) < WEIGHING.score([]) < WEIGHING.score(["rule=a"])


def test_no_probability_leaves_the_curve() -> None:
    assert 0.1 <= WEIGHING.score(["rule=b"] * 100) <= WEIGHING.score(["rule=a"] * 100) <= 0.9


def test_a_weighing_comes_back_from_its_arrays() -> None:
    again = weighing_of(weighing_arrays(WEIGHING, prefix="judge_"), prefix="judge_")
    assert again.score(["rule=a"]) == pytest.approx(WEIGHING.score(["rule=a"]))
    assert again.weights == WEIGHING.weights
