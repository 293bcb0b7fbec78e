"""Kill `add`, `judge`, `correct`, `undo`, `erase`, `migrate`, `backup`, `move` and `restore` before each of their writes, and look at what is left.

    python -m bench.crashing [STEP …] [--every N]

The steps and what is asked of what they leave stand in tests/crashes.py, of which the tests take a few writes each. Exit 1 when something is left half.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.figures import ROOT, Figure


def measure_crashing() -> Iterator[Figure]:
    """Before each write of each step."""
    done = [kill_at_each(name) for name in _crashes().STEPS]
    kills = sum(one.kills for one in done)
    yield Figure("kills before a write that leave something half or doubled", sum(len(one.wrong) for one in done), "kills", 0, kills, better="lower")


def main(arguments: Sequence[str] | None = None) -> int:
    """A line for each step: how many writes it is, before how many it was killed, how many of these left something wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.crashing")
    parser.add_argument("steps", nargs="*")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only before every Nth write")
    options = parser.parse_args(arguments)
    is_wrong = False
    for name in options.steps or _crashes().STEPS:
        done = kill_at_each(name, every=options.every)
        for fault in done.faults:
            print(f"  {name}, {fault[:300]}")
        print(
            f"{name:<10} {done.writes:>4} writes, killed before {done.kills:>4}, something wrong after {len(done.wrong):>3}   {done.cpu_s:6.1f} s", flush=True
        )
        is_wrong = is_wrong or bool(done.wrong)
    return int(is_wrong)


@dataclass(slots=True, kw_only=True)
class Killed:
    """One step: its writes, before how many of them it was killed, the writes after which something was wrong, and what; CPU seconds of this process."""

    writes: int
    kills: int
    wrong: list[int]
    faults: list[str]
    cpu_s: float = 0.0


def kill_at_each(name: str, *, every: int = 1) -> Killed:
    """Kill a step before each of its writes, or before every Nth."""
    crashes, started = _crashes(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="waqai-crashing-") as home:
        with crashes.fixed():
            course = crashes.run_undisturbed(crashes.STEPS[name], Path(home))
        points = range(1, course.writes + 1, every)
        done = Killed(writes=course.writes, kills=len(points), wrong=[], faults=[])
        for kill_at in points:
            faults = crashes.run_killed(crashes.STEPS[name], course, Path(home), kill_at=kill_at)
            done.wrong += [kill_at] if faults else []
            done.faults += [f"write {kill_at}: {fault}" for fault in faults]
    done.cpu_s = time.process_time() - started
    return done


def _crashes() -> Any:
    """The tests' own steps."""
    if str(ROOT / "tests") not in sys.path:
        sys.path.insert(0, str(ROOT / "tests"))
    return importlib.import_module("crashes")


if __name__ == "__main__":
    sys.exit(main())
