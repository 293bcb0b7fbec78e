"""Several yes-or-no models over the same features as one: fitted each for itself by `scripts.training.fit`, read in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from scripts.training.fit import Table, fit_gate
from waqai.learned.linear import Floats, LinearModel


def fit_gates(table: Table, taken: Mapping[str, np.ndarray], *, where: np.ndarray, strength: float, weight: np.ndarray) -> LinearModel:
    """A column for each name in `taken`, which holds for each row whether it is so; a name that is never so gets a column that always says no."""
    gates = {}
    for name, answers in taken.items():
        if answers[where].any():
            gates[name] = fit_gate(table, answers, where=where, label=name, strength=strength, weight=weight)
    keys = sorted({key for gate in gates.values() for key in gate.rows})
    rows = {key: i for i, key in enumerate(keys)}
    weights = np.zeros((len(keys), len(taken)), np.float32)
    bias = np.full(len(taken), -9.0, np.float32)
    for column, name in enumerate(taken):
        if name in gates:
            gate = gates[name]
            weights[[rows[key] for key in gate.rows], column] = gate.weights[list(gate.rows.values()), 0]
            bias[column] = gate.bias[0]
    return LinearModel(labels=tuple(taken), rows=rows, weights=weights, bias=bias)


def chances(model: LinearModel, candidates: Sequence[Iterable[str]]) -> Floats:
    """(n_candidates, n_labels): each label's probability, whatever the others'."""
    return np.asarray(1 / (1 + np.exp(-model.scores(candidates))))


def logit(p: Floats | float) -> Floats:
    """Log odds, held within [-9.2, 9.2]."""
    held = np.clip(p, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(held / (1 - held)))
