"""How often two records that are not of one happening agree by chance: stated, measured on pairs drawn from both, and by how rare a value is.

Two rules keep small and lopsided records sane. What is stated counts as much as `STATED_PAIRS` pairs (for a value's rarity as `STATED_ROWS` rows). And no step
says more than a closer one: where everything lies in one town, its name says nothing, and 20 km from it still says no more than that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from waqai.comparing.levels import COMPARED, Compared

STATED_PAIRS = 1_000
STATED_ROWS = 20
LEAST_U = 0.001
"""A value is taken for no rarer than this: names and numbers that stand in one record only once may be slips."""
STATED_U: Mapping[str, tuple[float, ...]] = {one.name: tuple(level.u for level in one.levels) for one in COMPARED}


def join_u(compared: Compared, measured: Sequence[float], *, drawn: int, prior: float) -> tuple[float, ...]:
    """Measured and stated `u` of each step as one. Among `drawn` pairs a share `prior` is of one happening: its part is taken off first.

    >>> [round(one, 4) for one in join_u(COMPARED[2], (0.5, 0.3, 0.2), drawn=9_000, prior=0.0)]
    [0.47, 0.3, 0.23]
    """
    parted = [max(0.0, share - prior * level.m) for share, level in zip(measured, compared.levels, strict=True)]
    counts = [share * drawn + level.u * STATED_PAIRS for share, level in zip(parted, compared.levels, strict=True)]
    return tuple(count / sum(counts) for count in counts)


def keep_order(compared: Compared, u: Sequence[float]) -> tuple[float, ...]:
    """The same, so that `m` over `u` never rises from a closer step to the next: steps that would are taken together (pool adjacent violators).

    >>> keep_order(COMPARED[2], (0.8, 0.1, 0.1))
    (0.635869565, 0.264130435, 0.1)
    """
    pools: list[tuple[float, float, int]] = []
    for level, share in zip(compared.levels, u, strict=True):
        pools.append((level.m, share, 1))
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] < pools[-1][0] * pools[-2][1]:
            m, chance, steps = pools.pop()
            pools[-1] = (pools[-1][0] + m, pools[-1][1] + chance, pools[-1][2] + steps)
    factors = [chance / m for m, chance, steps in pools for _ in range(steps)]
    return tuple(round(level.m * factor, 9) for level, factor in zip(compared.levels, factors, strict=True))


def count_rarity(compared: Compared, values: Sequence[object], u: Sequence[float]) -> dict[object, float]:
    """By value of both records' column, `u` of agreeing on that very value in the step that goes by rarity; never so common that the next step says more.

    >>> place = COMPARED[1]
    >>> found = count_rarity(place, ["aleppo"] * 300 + ["tel salam"] * 2 + [None], STATED_U["place"])
    >>> found["aleppo"] > found["tel salam"], len(found)
    (True, 2)
    """
    step = next(number for number, level in enumerate(compared.levels) if level.rarity)
    level, following = compared.levels[step], compared.levels[step + 1]
    most = max(LEAST_U, level.m * u[step + 1] / following.m)
    told = [value for value in values if value is not None]
    return {
        value: min(most, max(LEAST_U, (often - 1 + level.u * STATED_ROWS) / (len(told) + STATED_ROWS)))  # one of them is the happening itself
        for value, often in sorted(Counter(told).items(), key=lambda one: str(one[0]))
    }
