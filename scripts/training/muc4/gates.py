"""Several yes-or-no models over the same features as one `LinearModel`; rare features count more, long lists of features no more than short ones.

Each feature counts by its inverse document frequency, and a candidate's sum is divided by the length of its vector. Both are held in the model's own weights:
the last column, SQUARES, sums the squares that the length is the root of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from scripts.training.fit import Table
from waqai.learned.keyed import Floats
from waqai.learned.linear import LinearModel

SQUARES = "squares"
_NEVER = -9.0


def fit_gates(table: Table, taken: Mapping[str, np.ndarray], *, where: np.ndarray, strength: float, weight: np.ndarray) -> LinearModel:
    """A column for each name in `taken`, which holds for each row whether it is so, and SQUARES; a name that is never so gets a column that always says no."""
    seen = np.asarray((table.matrix[where] > 0).sum(axis=0)).ravel()
    rarity = np.log((len(where) + 1) / (seen + 1)).astype(np.float32)
    rows = sp.diags(1 / _lengths(table, where, rarity)) @ table.matrix[where] @ sp.diags(rarity)
    weights = np.zeros((len(rarity), len(taken) + 1), np.float32)
    bias = np.full(len(taken) + 1, _NEVER, np.float32)
    for column, answers in enumerate(taken.values()):
        if answers[where].any():
            model = LogisticRegression(C=strength, solver="liblinear", max_iter=200).fit(rows, answers[where], weight[where])
            weights[:, column], bias[column] = model.coef_[0] * rarity, model.intercept_[0]
    weights[:, -1], bias[-1] = rarity**2, 0.0
    keys = np.array(sorted(table.columns), dtype=np.uint32)  # a column's place is that of its key
    return LinearModel(labels=(*taken, SQUARES), keys=keys, weights=weights, bias=bias)


def _lengths(table: Table, where: np.ndarray, rarity: np.ndarray) -> np.ndarray:
    return np.asarray(np.sqrt(np.maximum(np.asarray((table.matrix[where] > 0) @ rarity**2).ravel(), 1e-6)))


def chances(model: LinearModel, candidates: Sequence[Iterable[str]]) -> Floats:
    """(n_candidates, n_labels): each label's probability, whatever the others'; without SQUARES."""
    if not len(candidates):
        return np.zeros((0, len(model.labels) - 1), np.float32)
    sums = model.scores(candidates) - model.bias
    scores = sums[:, :-1] / np.sqrt(np.maximum(sums[:, -1:], 1e-6)) + model.bias[:-1]
    return np.asarray(1 / (1 + np.exp(-scores)))


def logit(p: Floats | float) -> Floats:
    """Log odds, held within [-9.2, 9.2]."""
    held = np.clip(p, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(held / (1 - held)))
