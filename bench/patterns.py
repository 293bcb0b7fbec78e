"""Whether patterns hold what they promise: a line for each target, beside public data of real conflicts.

    python -m bench.patterns [--quick] [--only series,hawkes,forecasts]

Each line has the figure, its floor, "held" or "short", and what it was measured on. With --quick fewer runs are made, within a minute, and the names say so.
Exits with 1 where a figure is short of its floor, or where data are absent. Parts run one after the other, as one of them is timed against a library.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from bench.figures import Figure, Skipped

PARTS: Mapping[str, str] = {"series": "measure_series", "hawkes": "measure_hawkes", "forecasts": "measure_forecasts"}
"""By name, what of `bench.patterns_NAME` measures it."""
DATA = ("../shared/bench/patterns",)


def measure_patterns() -> Iterator[Figure]:
    """All parts, with all runs."""
    for name in PARTS:
        yield from _part(name)(quick=False)


def _part(name: str) -> Callable[..., Iterator[Figure]]:
    measure: Callable[..., Iterator[Figure]] = getattr(import_module(f"bench.patterns_{name}"), PARTS[name])
    return measure


def print_part(name: str, *, quick: bool) -> bool:
    """A part's lines as they come; whether all held."""
    held, began = True, time.perf_counter()
    try:
        for figure in _part(name)(quick=quick):
            held &= figure.reached is not False
            print(line_of(figure), flush=True)
    except Skipped as error:
        print(f"absent  {name}: {error}", flush=True)
        held = False
    print(f"        {name}: {time.perf_counter() - began:.0f} s", flush=True)
    return held


def line_of(figure: Figure) -> str:
    """
    >>> line_of(Figure("Knox cells equal to brute force", 40, "of 40", target=40, n=9010))
    'held    Knox cells equal to brute force: 40 of 40; floor at least 40; n 9,010'
    """
    word = {True: "held", False: "short", None: "-"}[figure.reached]
    floor = "" if figure.target is None else f"; floor {'at least' if figure.better == 'higher' else 'at most'} {figure.target:g}"
    return f"{word:8}{figure.name}: {figure.value:.4g} {figure.unit}{floor}; n {figure.n:,}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default=",".join(PARTS))
    told = parser.parse_args()
    wanted = told.only.split(",")
    if unknown := [name for name in wanted if name not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    held = [print_part(name, quick=told.quick) for name in wanted]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
