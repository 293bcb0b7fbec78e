"""Linear models over named features."""

from __future__ import annotations

import numpy as np
import pytest

from waqai.learned.keyed import feature_key
from waqai.learned.linear import LinearModel


def gate() -> LinearModel:
    return LinearModel(
        labels=("yes",),
        keys=np.array(sorted(map(feature_key, ("flee", "film"))), dtype=np.uint32),
        weights=np.array([[w] for _, w in sorted([(feature_key("flee"), 2.0), (feature_key("film"), -3.0)])], dtype=np.float32),
        bias=np.array([-1.0], dtype=np.float32),
    )


def kinds() -> LinearModel:
    return LinearModel(
        labels=("escape", "raid"),
        keys=np.array([feature_key("flee")], dtype=np.uint32),
        weights=np.array([[1.5, -0.5]], dtype=np.float32),
        bias=np.array([0.0, 0.25], dtype=np.float32),
    )


def test_a_feature_that_training_did_not_see_counts_nothing() -> None:
    assert gate().scores([["flee", "unheard of"], ["flee"]]).tolist() == [[1.0], [1.0]]


def test_a_feature_told_twice_counts_once() -> None:
    assert gate().scores([["film", "film"]]).tolist() == [[-4.0]]


def test_the_probability_of_yes_rises_with_the_sum_of_weights() -> None:
    chances = gate().probabilities([["film"], [], ["flee"]])[:, 0]
    assert chances[0] < chances[1] < 0.5 < chances[2]


def test_the_probabilities_of_labels_sum_to_one() -> None:
    chances = kinds().probabilities([["flee"], []])
    assert chances.sum(axis=1) == pytest.approx([1.0, 1.0]) and chances[0].argmax() == 0 and chances[1].argmax() == 1


def test_a_model_comes_back_from_its_arrays() -> None:
    arrays = kinds().to_arrays("kind.tellings")
    back = LinearModel.from_arrays(arrays, "kind.tellings")
    assert back.labels == ("escape", "raid") and back.scores([["flee"]]) == pytest.approx(kinds().scores([["flee"]]), abs=0.02)
    with pytest.raises(KeyError):
        LinearModel.from_arrays(arrays, "kind.parties")


def test_rows_of_several_weights_are_kept_in_steps_of_a_127th_of_the_largest() -> None:
    arrays = kinds().to_arrays("kind.tellings")
    assert arrays["kind.tellings.weights"].dtype == np.int8
    back = LinearModel.from_arrays(arrays, "kind.tellings").weights
    assert np.abs(back.astype(float) - kinds().weights).max() <= 1.5 / 127


def test_no_candidates_have_no_scores() -> None:
    assert kinds().probabilities([]).shape == (0, 2)
