"""Probabilities that mean what they say: of the things given 0.8, about eight in ten are so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Steps:
    """A rising curve from score to probability: straight between its points, level outside them."""

    scores: tuple[float, ...]
    probabilities: tuple[float, ...]

    def at(self, score: float) -> float:
        """The probability of a thing with this score.

        >>> Steps((0.0, 1.0), (0.2, 0.6)).at(0.5)
        0.4
        """
        return float(np.interp(score, self.scores, self.probabilities))


def rising_steps(scores: Sequence[float], right: Sequence[bool], *, least: int = 20) -> Steps:
    """The rising curve nearest to what was right (isotonic regression; Ayer et al. 1955, An Empirical Distribution Function for Sampling with Incomplete
    Information), with at least `least` things to a step, so that no step is certain of a handful. Raises ValueError without any score.

    >>> rising_steps([0.1, 0.2, 0.8, 0.9], [False, True, True, True], least=2)
    Steps(scores=(0.15000000000000002, 0.8500000000000001), probabilities=(0.5, 1.0))
    """
    if not len(scores):
        raise ValueError("no scores to learn a calibration from")
    order = np.argsort(np.asarray(scores, dtype=np.float64), kind="stable")
    ordered, truth = np.asarray(scores, dtype=np.float64)[order], np.asarray(right, dtype=np.float64)[order]
    blocks: list[tuple[float, float, int]] = []  # mean score, share right, size
    for chunk in np.array_split(np.arange(len(ordered)), max(1, len(ordered) // least)):
        blocks.append((float(ordered[chunk].mean()), float(truth[chunk].mean()), len(chunk)))
        while len(blocks) > 1 and blocks[-2][1] >= blocks[-1][1]:
            blocks[-2:] = [_pooled(blocks[-2], blocks[-1])]
    return Steps(tuple(b[0] for b in blocks), tuple(b[1] for b in blocks))


def _pooled(left: tuple[float, float, int], right: tuple[float, float, int]) -> tuple[float, float, int]:
    size = left[2] + right[2]
    return (left[0] * left[2] + right[0] * right[2]) / size, (left[1] * left[2] + right[1] * right[2]) / size, size


def calibration_error(probabilities: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> float:
    """How far the probabilities are from the share that was right, on average over bins of equal mass (expected calibration error; Naeini et al. 2015).

    >>> round(calibration_error([0.5, 0.5, 0.5, 0.5], [True, False, True, True], bins=1), 2)
    0.25
    """
    order = np.argsort(np.asarray(probabilities, dtype=np.float64), kind="stable")
    given, truth = np.asarray(probabilities, dtype=np.float64)[order], np.asarray(right, dtype=np.float64)[order]
    parts = [part for part in np.array_split(np.arange(len(given)), bins) if len(part)]
    return float(sum(abs(given[part].mean() - truth[part].mean()) * len(part) for part in parts) / max(len(given), 1))
