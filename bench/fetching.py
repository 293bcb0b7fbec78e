"""What it costs to be lied to: every trap of the hostile server, fetched once; seconds, processor seconds and memory.

    python -m bench.fetching

The server runs in a process of its own, so that what is measured is the fetcher's. Slow servers are given up after SECONDS here, after 30 as shipped.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from tests.fetching.hostile import TRAPS, gives, serving
from waqai.fetching import PUBLIC_ONLY, Fetcher, FetchFailed, FetchLimits

SECONDS = 3.0
PAGE = b"<html><body>a page</body></html>" * 100


def main() -> None:
    """Print a line for each trap, and the sums."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    port = int(ours.recv())
    fetcher = Fetcher(rule=PUBLIC_ONLY.with_own([f"127.0.0.1:{port}"]), now=lambda: datetime.now(UTC), limits=FetchLimits(total_s=SECONDS), politeness=None)
    fetcher.fetch(f"http://127.0.0.1:{port}/page")
    first = _peak_kb()
    # The bombs come first: a peak does not sink again, so that what comes later shows only what it needs beyond it.
    lines = [_measure(name, fetcher, port) for name in sorted(TRAPS, key=lambda name: ("zeros" not in name, name))]
    for name, outcome, wall_s, cpu_s, grown_kb in lines:
        print(f"{name:45} {outcome:24} {wall_s:6.2f} s {cpu_s:6.2f} s of processor {grown_kb / 1024:6.1f} MB more")
    wrong = [name for name, outcome, *_ in lines if outcome != TRAPS[name][1]]
    print(f"{len(lines)} traps, {len(wrong)} with another end than expected {wrong or ''}")
    print(f"longest {max(line[2] for line in lines):.2f} s, most of a processor {max(line[3] for line in lines):.2f} s")
    print(f"peak of memory {(_peak_kb() - first) / 1024:.1f} MB over that of a small page ({first / 1024:.1f} MB)")
    ours.send("over")


def _measure(name: str, fetcher: Fetcher, port: int) -> tuple[str, str, float, float, int]:
    path = {"redirects in a circle": "/round", "redirects on and on": "/on"}.get(name, f"/{list(TRAPS).index(name)}")
    peak, wall, cpu, outcome = _peak_kb(), time.monotonic(), time.process_time(), "a page"
    try:
        fetcher.fetch(f"http://127.0.0.1:{port}{path}")
    except FetchFailed as error:
        outcome = error.outcome
    return name, outcome, time.monotonic() - wall, time.process_time() - cpu, _peak_kb() - peak


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
