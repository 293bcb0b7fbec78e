"""Agreement beyond chance: Cohen's kappa and Krippendorff's alpha. A coefficient that is not defined is None."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Literal, TypeAlias

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
Distance: TypeAlias = Callable[[Any, Any], float]
"""The squared difference of two values, 0 for equal ones."""


def percent_agreement(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """The share of pairs of coders' values, over all units, that are equal; None without a pair. `None` in a unit: that coder gave no value.

    >>> percent_agreement([("a", "a"), ("a", "b"), ("a", None)])
    0.5
    """
    pairs = [left == right for unit in units for left, right in combinations([value for value in unit if value is not None], 2)]
    return sum(pairs) / len(pairs) if pairs else None


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Kappa of two coders, nominal; None without units, and where both gave one and the same value throughout: chance would then agree, too.

    Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20(1), 37-46: (p_o - p_c) / (1 - p_c).

    >>> cohen_kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.5
    """
    n = len(pairs)
    left, right = Counter(value for value, _ in pairs), Counter(value for _, value in pairs)
    same, by_chance = sum(one == other for one, other in pairs) * n, sum(left[value] * right[value] for value in left)
    return None if by_chance == n * n else (same - by_chance) / (n * n - by_chance)


def krippendorff_alpha(units: Iterable[Sequence[Any | None]], *, level: Level = "nominal") -> float | None:
    """Alpha of any number of coders, of whom some may have left out some units; None where fewer than two values are paired, or all are one and the same.

    A unit holds a value for each coder, or None. Values of the levels other than nominal are numbers, those of `ratio` none below 0.
    Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, section D: alpha = 1 - (n - 1) sum o_ck d2_ck / sum n_c n_k d2_ck.

    >>> krippendorff_alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", None)])
    0.4444444444444444
    """
    coincidences = _coincidences(units)
    totals: Counter[Any] = Counter()
    for (value, _), weight in coincidences.items():
        totals[value] += weight
    n, distance = sum(totals.values()), _DISTANCES[level](totals)
    observed = sum(weight * distance(*pair) for pair, weight in coincidences.items())
    expected = sum(totals[one] * totals[other] * distance(one, other) for one in totals for other in totals)
    return None if expected == 0 else 1 - (n - 1) * observed / expected


def _coincidences(units: Iterable[Sequence[Any | None]]) -> Counter[tuple[Any, Any]]:
    """How often each value stands beside each, pairs of a unit of m values weighing 1 / (m - 1)."""
    found: Counter[tuple[Any, Any]] = Counter()
    for unit in units:
        values = [value for value in unit if value is not None]
        for n, one in enumerate(values):
            for m, other in enumerate(values):
                if n != m:
                    found[one, other] += 1 / (len(values) - 1)  # type: ignore[assignment]
    return found


def _nominal(_: Mapping[Any, float]) -> Distance:
    return lambda one, other: float(one != other)


def _interval(_: Mapping[Any, float]) -> Distance:
    return lambda one, other: float(one - other) ** 2


def _ratio(_: Mapping[Any, float]) -> Distance:
    return lambda one, other: 0.0 if one == other else ((one - other) / (one + other)) ** 2


def _ordinal(totals: Mapping[Any, float]) -> Distance:
    """All values between two, with half of the two themselves: (sum n_g - (n_c + n_k) / 2) squared."""
    ranked = sorted(totals)

    def distance(one: Any, other: Any) -> float:
        low, high = min(one, other), max(one, other)
        between = sum(totals[value] for value in ranked if low <= value <= high)
        return 0.0 if one == other else float(between - (totals[one] + totals[other]) / 2) ** 2

    return distance


_DISTANCES: Mapping[Level, Callable[[Mapping[Any, float]], Distance]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}
