"""Candidates with their features as keys."""

from __future__ import annotations

import numpy as np

from waqai.learned.keyed import feature_key, keyed

KEYS = np.array(sorted(map(feature_key, ("flee", "film", "raid"))), dtype=np.uint32)
WORTH = {feature_key("flee"): [1.0, 10.0], feature_key("film"): [2.0, 20.0], feature_key("raid"): [4.0, 40.0]}
VECTORS = np.array([WORTH[int(key)] for key in KEYS], dtype=np.float32)


def test_the_vectors_of_a_candidates_features_are_added() -> None:
    found = keyed([["flee", "raid"], ["unheard of"], [], ["film", "film"], ["raid", "unheard of"]]).sums(KEYS, VECTORS)
    assert found.tolist() == [[5, 50], [0, 0], [0, 0], [2, 20], [4, 40]]


def test_vectors_in_steps_are_taken_times_their_scale() -> None:
    found = keyed([["flee", "raid"]]).sums(KEYS, VECTORS.astype(np.int8), scales=np.full(3, 0.5, dtype=np.float32))
    assert found.tolist() == [[2.5, 25]]


def test_some_of_the_candidates_are_taken_in_the_order_asked_for() -> None:
    taken = keyed([["flee"], ["film"], ["raid"]]).take([2, 0])
    assert len(taken) == 2 and taken.sums(KEYS, VECTORS)[:, 0].tolist() == [4, 1]


def test_nothing_has_sums_of_nothing() -> None:
    assert keyed([]).sums(KEYS, VECTORS).shape == (0, 2)
    assert keyed([["flee"]]).take([]).sums(KEYS, VECTORS).shape == (0, 2)
    assert keyed([["flee"]]).sums(KEYS[:0], VECTORS[:0]).tolist() == [[0, 0]]


def test_what_is_keyed_is_not_keyed_again() -> None:
    once = keyed([["flee"]])
    assert keyed(once) is once
