"""Work on several cores over data that is too big to send: the workers are forks and see it as it lies."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_work: Callable[[Any], Any] | None = None


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """What `work` makes of each item, in order; as many at once as there are cores. Raises BrokenProcessPool where a worker
    was killed (no memory left)."""
    global _work
    _work = work
    try:
        with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=multiprocessing.get_context("fork")) as pool:
            return list(pool.map(_call, items))
    finally:
        _work = None


def _call(item: Any) -> Any:
    assert _work is not None
    return _work(item)
