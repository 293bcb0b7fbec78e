"""What it costs to be lied to: every trap of the hostile server, fetched once; seconds, processor seconds and memory.

    python -m bench.fetching

The server runs in a process of its own, so that what is measured is the fetcher's. Slow servers are given up after SECONDS here, after 30 as shipped.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from bench.figures import Figure
from tests.fetching.hostile import TRAPS, gives, serving
from waqai.fetching import PUBLIC_ONLY, Fetcher, FetchFailed, FetchLimits

SECONDS = 3.0
PAGE = b"<html><body>a page</body></html>" * 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Trapped:
    """One trap: how the fetch ended and how it should, seconds on the clock and of a processor, and kB by which the peak of memory grew."""

    name: str
    outcome: str
    expected: str
    wall_s: float
    cpu_s: float
    grown_kb: int


def run() -> list[Trapped]:
    """Every trap once; the bombs first: a peak does not sink again, so that what comes later shows only what it needs beyond it."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    port = int(ours.recv())
    fetcher = Fetcher(rule=PUBLIC_ONLY.with_own([f"127.0.0.1:{port}"]), now=lambda: datetime.now(UTC), limits=FetchLimits(total_s=SECONDS), politeness=None)
    fetcher.fetch(f"http://127.0.0.1:{port}/page")
    done = [_measure(name, fetcher, port) for name in sorted(TRAPS, key=lambda name: ("zeros" not in name, name))]
    ours.send("over")
    return done


def measure_fetching() -> Iterator[Figure]:
    """What the worst of them costs."""
    done = run()
    n = len(done)
    yield Figure("traps with another end than they should have", sum(one.outcome != one.expected for one in done), "traps", 0, n, better="lower")
    yield Figure(f"the longest, of {SECONDS:g} s that it may take", max(one.wall_s for one in done), "seconds", SECONDS + 0.5, n, better="lower", noise=0.5)
    yield Figure("the most time of a processor", max(one.cpu_s for one in done), "seconds", None, n, better="lower", noise=0.5)
    yield Figure("memory beyond that of a small page", sum(one.grown_kb for one in done) / 1024, "MB", 100, n, better="lower", noise=10.0)


def main() -> None:
    """Print a line for each trap, and the sums."""
    done = run()
    for one in done:
        print(f"{one.name:45} {one.outcome:24} {one.wall_s:6.2f} s {one.cpu_s:6.2f} s of processor {one.grown_kb / 1024:6.1f} MB more")
    wrong = [one.name for one in done if one.outcome != one.expected]
    print(f"{len(done)} traps, {len(wrong)} with another end than expected {wrong or ''}")
    print(f"longest {max(one.wall_s for one in done):.2f} s, most of a processor {max(one.cpu_s for one in done):.2f} s")
    print(f"peak of memory {sum(one.grown_kb for one in done) / 1024:.1f} MB over that of a small page")


def _measure(name: str, fetcher: Fetcher, port: int) -> Trapped:
    path = {"redirects in a circle": "/round", "redirects on and on": "/on"}.get(name, f"/{list(TRAPS).index(name)}")
    peak, wall, cpu, outcome = _peak_kb(), time.monotonic(), time.process_time(), "a page"
    try:
        fetcher.fetch(f"http://127.0.0.1:{port}{path}")
    except FetchFailed as error:
        outcome = error.outcome
    took = {"wall_s": time.monotonic() - wall, "cpu_s": time.process_time() - cpu}
    return Trapped(name=name, outcome=outcome, expected=TRAPS[name][1], grown_kb=_peak_kb() - peak, **took)


def _peak_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _serve(pipe: Connection) -> None:
    paths = {f"/{n}": behaviour for n, (behaviour, _outcome) in enumerate(TRAPS.values())}
    paths |= {"/round": TRAPS["redirects in a circle"][0], "/on": TRAPS["redirects on and on"][0], "/page": gives(PAGE)}
    with serving(paths) as site:
        pipe.send(site.port)
        pipe.recv()


if __name__ == "__main__":
    main()
