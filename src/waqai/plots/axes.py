"""Round numbers for axes."""

from __future__ import annotations

_STEPS = (1, 2, 5)


def choose_ticks(top: float) -> tuple[float, ...]:
    """0 and one to five round numbers up to at least `top`.

    >>> choose_ticks(25), choose_ticks(879), choose_ticks(0)
    ((0, 5, 10, 15, 20, 25), (0, 200, 400, 600, 800, 1000), (0, 1))
    """
    power = 10 ** max(len(str(int(top))) - 2, 0)
    step = next(s * power * ten for ten in (1, 10, 100) for s in _STEPS if top / (s * power * ten) <= 5)
    return tuple(step * n for n in range(max(int(-(-top // step)), 1) + 1))
