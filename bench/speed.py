"""How fast reports are read: the whole chain beside spaCy's own pipeline on the same texts in the same run, in CPU time of one process."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from types import FrameType

from bench.figures import Figure, Skipped
from bench.gold import GOLD
from bench.reading_gold import gold_reports, rules_chain, shipped_chain
from waqai.flow import iter_outcomes
from waqai.parsing.pipeline import load_pipeline

ROUNDS = 3
_OF_PLACES = ("/waqai/places/", "/reading/placenames.py", "/reading/placing.py")


def measure_speed() -> Iterator[Figure]:
    """Reports per CPU-second and their ratios to spaCy's own; the median of three rounds, the three run in turn."""
    reports = gold_reports()
    learned, rules, nlp = shipped_chain(), rules_chain(), load_pipeline(shipped_chain().ground.settings.reader.pipeline)
    works = (lambda: list(iter_outcomes(reports, learned)), lambda: list(iter_outcomes(reports, rules)), lambda: list(nlp.pipe(r.text for r in reports)))
    rounds = [tuple(_cpu(work) for work in works) for _ in range(ROUNDS)]
    n = len(reports)
    yield Figure("waqai read", n / _middle([r[0] for r in rounds]), "reports per CPU-second", None, n, noise=5.0)
    yield Figure("spaCy's pipeline alone", n / _middle([r[2] for r in rounds]), "reports per CPU-second", None, n, noise=8.0)
    yield Figure("CPU time beside spaCy's own", _middle([r[0] / r[2] for r in rounds]), "times", 3.0, n, better="lower", noise=0.25)
    yield Figure("CPU time of the rules alone beside spaCy's own", _middle([r[1] / r[2] for r in rounds]), "times", 1.6, n, better="lower", noise=0.25)
    yield Figure("of it, finding and resolving places", _share(works[0], _OF_PLACES), "share", 0.25, n, better="lower", noise=0.02)
    files = sorted(map(str, (GOLD / "reports").glob("a*.json")))
    _, memory = _run(files)
    yield Figure("memory of `waqai read` at the peak", memory, "MB", 900, len(files), better="lower", noise=60.0)
    yield Figure(
        "start to the reading of one report", sorted(_run(files[:1])[0] for _ in range(ROUNDS))[ROUNDS // 2], "seconds", 4.0, 1, better="lower", noise=2.0
    )


_COMMAND = """
import sys
from waqai.cli.main import main
try:
    main()
finally:
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(peak.split()[1], file=sys.stderr)
"""


def _run(files: Sequence[str]) -> tuple[float, float]:
    """Seconds on the clock, and megabytes at the peak, of one command that reads these files. Raises Skipped where the system does not tell."""
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", _COMMAND, "read", *files, "--format", "json"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    took = time.monotonic() - began
    if done.returncode or not done.stderr.split() or not done.stderr.split()[-1].isdigit():
        raise Skipped(f"`waqai read` ended with {done.returncode}: {done.stderr[-200:]}")
    return took, int(done.stderr.split()[-1]) / 1024


def _share(work: Callable[[], object], files: tuple[str, ...]) -> float:
    """The share of the work's CPU time that is spent below these source files, by looking at the stack every five milliseconds of it."""
    inside = looks = 0

    def look(_: int, frame: FrameType | None) -> None:
        nonlocal inside, looks
        looks += 1
        while frame is not None and not any(file in frame.f_code.co_filename for file in files):
            frame = frame.f_back
        inside += frame is not None

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, 0.005, 0.005)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
        signal.signal(signal.SIGPROF, before)
    return inside / max(1, looks)


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
