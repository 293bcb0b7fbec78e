"""How fast reports are read: the whole chain beside spaCy's own pipeline on the same texts in the same run, in CPU time of one process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from bench.figures import Figure
from bench.reading_gold import gold_reports, shipped_chain
from waqai.flow import iter_outcomes
from waqai.reading.pipeline import load_pipeline

ROUNDS = 3


def measure_speed() -> Iterator[Figure]:
    """Reports per CPU-second and their ratio; the median of three rounds, the two run in turn."""
    reports = gold_reports()
    chain, nlp = shipped_chain(), load_pipeline(shipped_chain().ground.settings.reader.pipeline)
    pairs = [(_cpu(lambda: list(iter_outcomes(reports, chain))), _cpu(lambda: list(nlp.pipe(r.text for r in reports)))) for _ in range(ROUNDS)]
    ours, theirs = (sorted(pair[i] for pair in pairs)[ROUNDS // 2] for i in (0, 1))
    ratio = sorted(a / b for a, b in pairs)[ROUNDS // 2]
    n = len(reports)
    yield Figure("waqai read", n / ours, "reports per CPU-second", None, n, noise=5.0)
    yield Figure("spaCy's pipeline alone", n / theirs, "reports per CPU-second", None, n, noise=8.0)
    yield Figure("CPU time beside spaCy's own", ratio, "times", 3.0, n, better="lower", noise=0.25)


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
