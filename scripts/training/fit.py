"""Fit linear models to labelled candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from waqai.learned.keyed import feature_key
from waqai.learned.linear import LinearModel

_FAINT_GATE, _FAINT_KIND = 0.012, 0.02  # a feature whose weights are all smaller is left out; larger bounds cost figures on data/gold


class Table:
    """Candidates as a sparse matrix (n_candidates, n_features) of zeros and ones; a feature counts once it was seen `least` times."""

    def __init__(self, features: Sequence[Sequence[str]], *, least: int = 2) -> None:
        keys = {name: feature_key(name) for one in features for name in one}
        self.keyed = [np.unique([keys[name] for name in one]) for one in features]
        seen = Counter(int(k) for keys in self.keyed for k in keys)
        self.columns = {key: i for i, key in enumerate(sorted(k for k, n in seen.items() if n >= least))}
        rows = [i for i, keys in enumerate(self.keyed) for k in keys if int(k) in self.columns]
        cols = [self.columns[int(k)] for keys in self.keyed for k in keys if int(k) in self.columns]
        self.keys = np.array(sorted(self.columns), dtype=np.uint32)  # a column's place is that of its key
        self.matrix = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, cols)), shape=(len(features), len(self.columns)))


def fit_gate(table: Table, taken: np.ndarray, *, where: np.ndarray, label: str, strength: float, weight: np.ndarray) -> LinearModel:
    """A yes-or-no model on the rows `where`. `strength` is scikit-learn's C: the smaller, the more the weights are held down."""
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=200).fit(table.matrix[where], taken[where], weight[where])
    return _linear(table, model.coef_, model.intercept_, (label,))


def fit_kind(table: Table, labels: np.ndarray, *, where: np.ndarray, strength: float, weight: np.ndarray) -> LinearModel:
    """A model of which label, on the rows `where`; all of them carry one."""
    names = sorted(set(labels[where]))
    model = LogisticRegression(C=strength, max_iter=80, tol=1e-3).fit(table.matrix[where], labels[where], weight[where])
    if len(names) == 2:  # scikit-learn gives one row for two labels
        return _linear(table, np.vstack([-model.coef_[0] / 2, model.coef_[0] / 2]), np.array([-model.intercept_[0] / 2, model.intercept_[0] / 2]), tuple(names))
    return _linear(table, model.coef_, model.intercept_, tuple(str(c) for c in model.classes_))


def _linear(table: Table, weights: np.ndarray, bias: np.ndarray, labels: tuple[str, ...]) -> LinearModel:
    """Without the features that carry next to nothing."""
    columns = weights.T.astype(np.float32)
    kept = np.flatnonzero(np.abs(columns).max(axis=1) > (_FAINT_GATE if len(labels) == 1 else _FAINT_KIND))
    return LinearModel(labels=labels, keys=table.keys[kept], weights=columns[kept], bias=bias.astype(np.float32))
