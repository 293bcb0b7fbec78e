"""Several tests at once: p-values that hold for all of them together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def holm_adjusted(p_values: Sequence[float]) -> tuple[float, ...]:
    """The p-values, each made as large as it must be for all to hold together, in the order given.

    Holm, S. (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6(2), 65-70: the i-th smallest of m is
    multiplied by m - i + 1, and none may be below a smaller one. Holds whatever the dependence between the tests.

    >>> holm_adjusted([0.01, 0.04, 0.03])
    (0.03, 0.06, 0.06)
    >>> holm_adjusted([])
    ()
    """
    raw = np.asarray(p_values, dtype=float)
    order = np.argsort(raw, kind="stable")
    stepped = np.minimum(np.maximum.accumulate(raw[order] * np.arange(len(raw), 0, -1)), 1.0)
    adjusted = np.empty_like(raw)
    adjusted[order] = stepped
    return tuple(float(p) for p in adjusted)
