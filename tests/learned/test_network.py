"""Small networks over named features, and their training."""

from __future__ import annotations

import numpy as np
import pytest

from scripts.training.fit import Table
from scripts.training.network import fit_network
from waqai.learned.keyed import feature_key
from waqai.learned.linear import in_steps
from waqai.learned.network import Network


def network() -> Network:
    keys = np.array(sorted(map(feature_key, ("flee", "raid"))), dtype=np.uint32)
    vector = {feature_key("flee"): [3, -1], feature_key("raid"): [-1, 2]}
    return Network(
        labels=("", "escape"),
        keys=keys,
        vectors=np.array([vector[int(k)] for k in keys], dtype=np.int8),
        scales=np.ones(2, dtype=np.float32),
        bias=np.array([0.5, 0.5], dtype=np.float32),
        out=np.array([[-1.0, 1.0], [1.0, -1.0]], dtype=np.float32),
        out_bias=np.array([0.0, 0.5], dtype=np.float32),
    )


def test_hidden_units_below_nothing_have_no_say() -> None:
    chances = network().probabilities([["flee"]])[0]
    assert np.log(chances[1] / chances[0]) == pytest.approx(2 * 3.5 + 0.5)  # only the first unit: 3.0 + 0.5


def test_a_feature_that_training_did_not_see_counts_nothing_and_one_told_twice_once() -> None:
    plain, odd = network().probabilities([["raid"], ["raid", "raid", "unheard of"]])
    assert plain == pytest.approx(odd)


def test_no_candidates_have_no_probabilities() -> None:
    assert network().probabilities([]).shape == (0, 2)


def test_a_network_comes_back_from_its_arrays() -> None:
    arrays = network().to_arrays("network.tellings")
    back = Network.from_arrays(arrays, "network.tellings")
    assert back.labels == ("", "escape") and back.probabilities([["flee"], []]) == pytest.approx(network().probabilities([["flee"], []]))
    with pytest.raises(KeyError):
        Network.from_arrays(arrays, "network.parties")


def candidates() -> tuple[list[list[str]], np.ndarray]:
    """Two hundred words whose label hangs on two features together: neither says anything alone."""
    rng = np.random.default_rng(5)
    rows, labels = [], []
    for left, right in rng.integers(0, 2, (200, 2)):
        rows.append([f"left={left}", f"right={right}"])
        labels.append("apart" if left != right else "")
    return rows, np.array(labels, dtype=object)


def test_training_learns_what_no_sum_of_weights_can() -> None:
    rows, labels = candidates()
    trained = fit_network(Table(rows), labels, where=np.arange(200), weight=np.ones(200), epochs=150)
    found = [trained.labels[int(row.argmax())] for row in trained.probabilities(rows)]
    assert np.mean([f == label for f, label in zip(found, labels, strict=True)]) > 0.95


def test_the_same_training_gives_the_same_network() -> None:
    rows, labels = candidates()
    one, other = (fit_network(Table(rows), labels, where=np.arange(200), weight=np.ones(200), epochs=2) for _ in range(2))
    assert (one.vectors == other.vectors).all() and (one.out == other.out).all()


def test_rows_left_out_and_features_seen_too_seldom_are_not_learned() -> None:
    rows, labels = candidates()
    for row in rows[:7]:
        row.append("rare")
    trained = fit_network(Table(rows), labels, where=np.arange(100), weight=np.ones(200), epochs=1)
    assert feature_key("rare") not in trained.keys and feature_key("left=1") in trained.keys


def test_vectors_in_steps_come_back_within_half_a_step() -> None:
    vectors = np.random.default_rng(3).normal(0, 0.3, (50, 8)).astype(np.float32)
    steps, scales = in_steps(vectors)
    assert np.abs(steps * scales[:, None] - vectors).max() <= scales.max() / 2 + 1e-6 and np.abs(steps).max() == 127
