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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figures import ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    """A line for each step: how many writes it is, before how many it was killed, how many of these left something wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.crashing")
    parser.add_argument("steps", nargs="*")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only before every Nth write")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT / "tests"))
    crashes = importlib.import_module("crashes")
    wrong = [kill_at_each(crashes, name, every=options.every) for name in options.steps or crashes.STEPS]
    return int(any(wrong))


def kill_at_each(crashes: Any, name: str, *, every: int) -> bool:
    """Whether something was left half."""
    started, wrong = time.process_time(), 0
    with tempfile.TemporaryDirectory(prefix="waqai-crashing-") as home:
        with crashes.fixed():
            course = crashes.run_undisturbed(crashes.STEPS[name], Path(home))
        points = range(1, course.writes + 1, every)
        for kill_at in points:
            faults = crashes.run_killed(crashes.STEPS[name], course, Path(home), kill_at=kill_at)
            wrong += bool(faults)
            for fault in faults:
                print(f"  {name}, write {kill_at}: {fault[:300]}", flush=True)
    seconds = time.process_time() - started
    print(f"{name:<10} {course.writes:>4} writes, killed before {len(points):>4}, something wrong after {wrong:>3}   {seconds:6.1f} s", flush=True)
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
