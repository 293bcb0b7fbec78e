"""Train small networks over the same candidates as the linear models: words that behave alike come to lie near each other, so that few examples tell more.

One hidden layer over sums of feature vectors (as fastText: Joulin et al. 2017, with a hidden rectifier), trained with Adam (Kingma and Ba 2015) on
minibatches of sparse rows. Features and hidden units are dropped at random while it learns. scikit-learn's MLPClassifier does the same without dropping and
some six times slower, since it moves all vectors with every batch and not only those that the batch holds (decision 0020).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp

from scripts.training.fit import Table
from waqai.learned.keyed import Floats
from waqai.learned.linear import in_steps, softmax
from waqai.learned.network import Network

_EPOCHS = 8
_BATCH = 512
_RATE = 4e-3
_DROP_FEATURES = 0.2
_DROP_HIDDEN = 0.3
_SPREAD = 0.05  # standard deviation of the first vectors
_LEAST = 8  # candidates that a feature must stand in to be given a vector
_FAINT = 0.15  # the share of the features, those with the shortest vectors, that is left out in the end
_DECAY = 0.01  # of the dense weights, as in AdamW (Loshchilov and Hutter 2019)


@dataclass(slots=True)
class _Adam:
    """Adam's running means for one array; rows may be moved alone."""

    values: Floats
    first: Floats = field(init=False)
    second: Floats = field(init=False)
    steps: int = 0

    def __post_init__(self) -> None:
        self.first, self.second = np.zeros_like(self.values), np.zeros_like(self.values)

    def step(self, slope: Floats, *, rate: float, rows: np.ndarray | slice = slice(None), decay: float = 0.0) -> None:
        """Move against the slope (of these rows)."""
        self.steps += 1
        first = self.first[rows] = 0.9 * self.first[rows] + 0.1 * slope
        second = self.second[rows] = 0.999 * self.second[rows] + 0.001 * slope * slope
        pace = rate * np.sqrt(1 - 0.999**self.steps) / (1 - 0.9**self.steps)
        self.values[rows] -= pace * first / (np.sqrt(second) + 1e-8) + rate * decay * self.values[rows]


def fit_network(table: Table, labels: np.ndarray, *, where: np.ndarray, weight: np.ndarray, hidden: int = 64, epochs: int = _EPOCHS, seed: int = 0) -> Network:
    """A network that gives each row of `where` a probability for every label; `labels` are strings, one a row of the table."""
    names = sorted(set(labels[where]))
    number = {name: i for i, name in enumerate(names)}
    used = np.flatnonzero(table.matrix[where].sum(axis=0).A1 >= _LEAST)
    matrix, wanted, weights = table.matrix[where][:, used], np.array([number[label] for label in labels[where]]), weight[where].astype(np.float32)
    rng = np.random.default_rng(seed)
    vectors = _Adam(rng.normal(0, _SPREAD, (matrix.shape[1], hidden)).astype(np.float32))
    bias = _Adam(np.zeros(hidden, np.float32))
    out = _Adam(rng.uniform(-1, 1, (hidden, len(names))).astype(np.float32) / np.float32(np.sqrt(hidden)))
    out_bias = _Adam(np.zeros(len(names), np.float32))
    order = np.arange(len(wanted))
    for epoch in range(epochs):
        rng.shuffle(order)
        rate = _RATE * (1 - epoch / epochs)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            rows = _thinned(matrix[batch], rng)
            seen, local = np.unique(rows.indices, return_inverse=True)
            rows = sp.csr_matrix((rows.data, local, rows.indptr), shape=(len(batch), len(seen)))
            raw = rows @ vectors.values[seen] + bias.values
            kept = (rng.random(raw.shape) >= _DROP_HIDDEN).astype(np.float32) / np.float32(1 - _DROP_HIDDEN)
            units = np.maximum(raw, 0) * kept
            wrong = softmax(units @ out.values + out_bias.values)
            wrong[np.arange(len(batch)), wanted[batch]] -= 1
            wrong *= weights[batch, None] / len(batch)
            back = (wrong @ out.values.T) * kept * (raw > 0)
            out.step(units.T @ wrong, rate=rate, decay=_DECAY)
            out_bias.step(wrong.sum(axis=0), rate=rate)
            bias.step(back.sum(axis=0), rate=rate)
            vectors.step(rows.T @ back, rate=rate, rows=seen)
    kept = np.sort(np.argsort(np.linalg.norm(vectors.values, axis=1))[int(_FAINT * len(used)) :])
    steps, scales = in_steps(vectors.values[kept])
    return Network(
        labels=tuple(str(n) for n in names),
        keys=table.keys[used][kept],
        vectors=steps,
        scales=scales,
        bias=bias.values,
        out=out.values,
        out_bias=out_bias.values,
    )


def _thinned(rows: sp.csr_matrix, rng: np.random.Generator) -> sp.csr_matrix:
    """Without a share of the features, drawn anew for each batch."""
    kept = rng.random(len(rows.indices)) >= _DROP_FEATURES
    ends = np.concatenate(([0], np.cumsum(kept)))[rows.indptr]
    return sp.csr_matrix((rows.data[kept], rows.indices[kept], ends), shape=rows.shape)
