"""Linear chains: the best labels and their probabilities, against trying every row of labels."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.learned.chains import Chain, chain_arrays, chain_of

LABELS = ("B", "I", "O")
WEIGHT = st.floats(-4, 4, width=32)


def chain(weights: list[list[float]], steps: list[list[float]]) -> Chain:
    rows = {f"f{k}": k for k in range(len(weights))}
    return Chain(labels=LABELS, rows=rows, weights=np.array([*weights, [0.0] * 3], np.float32), steps=np.array(steps, np.float32))


MATRIX = st.lists(st.lists(WEIGHT, min_size=3, max_size=3), min_size=3, max_size=3)
SEQUENCE = st.lists(st.lists(st.sampled_from(["f0", "f1", "f2", "new"]), min_size=1, max_size=3), min_size=1, max_size=4)


@settings(max_examples=40)
@given(MATRIX, MATRIX, SEQUENCE)
def test_labels_and_probabilities_are_those_of_every_row_tried(weights: list[list[float]], steps: list[list[float]], sequence: list[list[str]]) -> None:
    tried = chain(weights, steps)
    scores = tried.scores(sequence).astype(np.float64)
    rows = list(product(range(3), repeat=len(sequence)))
    totals = np.array([sum(scores[i, k] for i, k in enumerate(row)) + sum(tried.steps[a, b] for a, b in pairwise(row)) for row in rows])
    best = [LABELS.index(label) for label in tried.best(tried.scores(sequence))]
    assert totals[rows.index(tuple(best))] == pytest.approx(totals.max(), abs=1e-3)
    odds = np.exp(totals - totals.max()) / np.exp(totals - totals.max()).sum()
    expected = [[sum(p for p, row in zip(odds, rows, strict=True) if row[i] == k) for k in range(3)] for i in range(len(sequence))]
    assert tried.marginals(tried.scores(sequence)) == pytest.approx(np.array(expected), abs=1e-3)


def test_unknown_features_weigh_nothing() -> None:
    assert chain([[1.0, 2.0, 3.0]], [[0.0] * 3] * 3).scores([["new"], ["f0", "new"]]).tolist() == [[0, 0, 0], [1, 2, 3]]


def test_an_empty_sequence_has_no_labels() -> None:
    empty = chain([[0.0] * 3], [[0.0] * 3] * 3)
    assert empty.best(empty.scores([])) == []


def test_a_chain_comes_back_from_its_arrays() -> None:
    one = chain([[1.0, 0.0, -1.0], [0.5, 0.25, 0.0]], [[0.0, 1.0, 0.0]] * 3)
    two = chain_of(chain_arrays(one, prefix="cues_"), prefix="cues_")
    assert (two.labels, two.rows) == (one.labels, one.rows)
    assert np.array_equal(two.weights, one.weights) and np.array_equal(two.steps, one.steps)
