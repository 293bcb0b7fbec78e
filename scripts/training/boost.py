"""Grow boosted trees with scikit-learn and take them over into arrays."""

from __future__ import annotations

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from waqai.learned.trees import BoostedTrees, Floats


def grow(numbers: Floats, taken: np.ndarray, *, weight: np.ndarray, trees: int = 150, rate: float = 0.06, leaves: int = 12, least: int = 25) -> BoostedTrees:
    """Trees that tell the taken candidates from the others; `numbers` is (n_candidates, n_features), NaN where a value is missing."""
    model = HistGradientBoostingClassifier(
        max_iter=trees, learning_rate=rate, max_leaf_nodes=leaves, min_samples_leaf=least, l2_regularization=5.0, early_stopping=False, random_state=0
    )
    model.fit(numbers.astype(np.float32), taken, sample_weight=weight)
    nodes, roots, offset = [], [], 0
    for (predictor,) in model._predictors:
        roots.append(offset)
        part = predictor.nodes.copy()
        part["left"] += offset
        part["right"] += offset
        nodes.append(part)
        offset += len(part)
    joined = np.concatenate(nodes)
    return BoostedTrees(
        roots=np.array(roots, dtype=np.int32),
        feature=joined["feature_idx"].astype(np.int16),
        limit=_just_below_next(joined["num_threshold"]),
        left=joined["left"].astype(np.int32),
        right=joined["right"].astype(np.int32),
        value=joined["value"].astype(np.float32),
        leaf=joined["is_leaf"].astype(bool),
        missing_left=joined["missing_go_to_left"].astype(bool),
        start=float(model._baseline_prediction.ravel()[0]),
    )


def _just_below_next(limits: np.ndarray) -> np.ndarray:
    """Limits as 32-bit numbers that part the 32-bit values as the 64-bit ones did."""
    return np.where(np.isfinite(limits), limits, np.finfo(np.float32).max).astype(np.float32)
