"""The seed report, its twin and the variants, item by item: how many of the tests' own items hold."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

from bench.figures import ROOT, Figure, Skipped


def measure_seed() -> Iterator[Figure]:
    """Items that hold, of the seed with and without its day of publication, of the twin, and of the forty variants. Raises Skipped where pytest cannot run."""
    yield _items("seed report (not in the repository)", ["tests/flow/test_seed.py", "-k", "not twin"])
    yield _items("synthetic twin", ["tests/flow/test_seed.py", "-k", "twin"])
    yield _items("forty variants", ["tests/flow/test_variants.py"])


def _items(name: str, words: list[str]) -> Figure:
    command = [sys.executable, "-m", "pytest", "-o", "addopts=--import-mode=importlib", "--no-header", "--tb=no", *words]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    closing = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
    passed, failed = (int(found[1]) if (found := re.search(rf"(\d+) {word}", closing)) else 0 for word in ("passed", "failed"))
    if not passed + failed:
        raise Skipped(f"{name}: {closing or 'pytest printed nothing'}")
    return Figure(name, passed, f"of {passed + failed} items", passed + failed, passed + failed)
