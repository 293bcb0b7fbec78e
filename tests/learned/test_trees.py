"""Boosted trees, read with numpy alone."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.learned.trees import BoostedTrees


def stump(*, missing_left: bool) -> BoostedTrees:
    """One tree: up to 0.5 goes left (-2), above goes right (+2)."""
    return BoostedTrees(
        roots=np.array([0], dtype=np.int32),
        feature=np.array([0, 0, 0], dtype=np.int16),
        limit=np.array([0.5, 0.0, 0.0], dtype=np.float32),
        left=np.array([1, 0, 0], dtype=np.int32),
        right=np.array([2, 0, 0], dtype=np.int32),
        value=np.array([0.0, -2.0, 2.0], dtype=np.float32),
        leaf=np.array([False, True, True]),
        missing_left=np.array([missing_left, False, False]),
        start=0.0,
    )


def test_a_value_at_the_limit_goes_left() -> None:
    low, high = stump(missing_left=True).probabilities(np.array([[0.5], [0.6]], dtype=np.float32))
    assert low == pytest.approx(1 / (1 + np.exp(2))) and high == pytest.approx(1 / (1 + np.exp(-2)))


@pytest.mark.parametrize("missing_left", [True, False])
def test_a_missing_value_goes_where_its_node_says(missing_left: bool) -> None:
    (chance,) = stump(missing_left=missing_left).probabilities(np.array([[np.nan]], dtype=np.float32))
    assert bool(chance < 0.5) is missing_left


def test_trees_come_back_from_their_arrays() -> None:
    back = BoostedTrees.from_arrays(stump(missing_left=True).to_arrays("contest.days"), "contest.days")
    assert back.probabilities(np.array([[0.9]], dtype=np.float32)) == pytest.approx(stump(missing_left=True).probabilities(np.array([[0.9]], dtype=np.float32)))


def test_no_candidates_have_no_probabilities() -> None:
    assert len(stump(missing_left=True).probabilities(np.zeros((0, 1), dtype=np.float32))) == 0


def test_what_scikit_learn_grew_is_read_as_scikit_learn_reads_it() -> None:
    pytest.importorskip("sklearn")  # only where models are trained
    from sklearn.ensemble import HistGradientBoostingClassifier

    from scripts.training.boost import grow

    draw = np.random.default_rng(4)
    numbers = draw.normal(size=(400, 3)).astype(np.float32)
    numbers[draw.random((400, 3)) < 0.2] = np.nan
    taken = np.nan_to_num(numbers[:, 0]) + draw.normal(size=400) > 0
    ours = grow(numbers, taken, weight=np.ones(400), trees=20)
    theirs = HistGradientBoostingClassifier(
        max_iter=20, learning_rate=0.06, max_leaf_nodes=12, min_samples_leaf=25, l2_regularization=5.0, early_stopping=False, random_state=0
    ).fit(numbers, taken)
    assert ours.probabilities(numbers) == pytest.approx(theirs.predict_proba(numbers)[:, 1], abs=1e-5)
