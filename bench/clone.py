"""A new clone to the end of `make demo`: minutes and megabytes, as a newcomer on this machine would meet them (pip's cache as it is)."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import ROOT, Figure, Skipped


def measure_clone() -> Iterator[Figure]:
    """Clone the last commit into an empty folder, run `make demo` and then again. Raises Skipped when it fails."""
    with tempfile.TemporaryDirectory(prefix="waqai-clone-") as folder:
        clone = Path(folder) / "waqai"
        first = _seconds(["git", "clone", "--quiet", str(ROOT), str(clone)]) + _seconds(["make", "demo"], at=clone)
        yield Figure("clone and make demo", first / 60, "minutes", None, 1, better="lower", noise=2.0)
        yield Figure("make demo again", _seconds(["make", "demo"], at=clone), "seconds", None, 1, better="lower", noise=20.0)
        yield Figure("everything on disk", _megabytes(clone), "MB", None, 1, better="lower", noise=20.0)
        yield Figure("of that the libraries", _megabytes(clone / ".venv"), "MB", None, 1, better="lower", noise=20.0)


def _seconds(command: list[str], *, at: Path = ROOT) -> float:
    began = time.perf_counter()
    done = subprocess.run(command, cwd=at, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise Skipped(f"`{' '.join(command)}` ended with {done.returncode}: {done.stdout[-400:]}")
    return time.perf_counter() - began


def _megabytes(folder: Path) -> float:
    """Size of all files (links not followed), in MB of 10^6 bytes."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir()) / 1e6
