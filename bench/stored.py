"""Whether a store of a million reports still takes in more, and still finds words, about as fast as one of ten thousand.

    python -m bench.stored [--many 1000000] [--few 10000]

The stores are the made-up ones of `bench.linking_speed`: so many incidents, of 1.28 reports in the mean. Taking in is reading, keeping and linking: CPU time;
how much is stored does not matter to reading. Searches are those of `bench.browsing`, on the clock.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from bench import browsing, linking_speed
from bench.figures import Figure
from bench.linking_speed import percentile
from bench.scale import measure_reading

FEW, MANY = 10_000, 1_000_000
READ = 256  # reports whose reading is measured
MOST = 2.0
"""So many times as long it may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A store of so many incidents: CPU milliseconds of keeping and linking one report more (mean), milliseconds of searches (p50, p95)."""

    incidents: int
    adding_ms: float
    search_p50_ms: float
    search_p95_ms: float
    adds: int
    searches: int


def look_at(incidents: int) -> Kept:
    """Measure one store; it is made first where it is not there."""
    added, asked = linking_speed.run(incidents), browsing.run(incidents).asked["search"]
    return Kept(
        incidents=incidents,
        adding_ms=fmean(added.cpu),
        search_p50_ms=percentile(asked, 50),
        search_p95_ms=percentile(asked, 95),
        adds=len(added.cpu),
        searches=len(asked),
    )


def measure(few: int, many: int) -> Iterator[Figure]:
    """The larger store beside the smaller one."""
    reading = {reader: measure_reading(READ, workers=(), dask=False, reader=reader, seed=1)[0].each_ms for reader in ("rules", "learned")}
    small, large = look_at(few), look_at(many)
    for kept in (small, large):
        of = f" in {kept.incidents:,}"
        yield Figure(f"keeping and linking one report more{of}, CPU time", kept.adding_ms, "ms", None, kept.adds, better="lower", noise=10.0)
        yield Figure(f"search{of}, p50", kept.search_p50_ms, "ms", None, kept.searches, better="lower", noise=20.0)
        yield Figure(f"search{of}, p95", kept.search_p95_ms, "ms", None, kept.searches, better="lower", noise=50.0)
    for reader, read_ms in reading.items():
        longer = (read_ms + large.adding_ms) / (read_ms + small.adding_ms)
        yield Figure(f"taking in a report, {reader}, times as long as in the smaller", longer, "times", MOST, large.adds, better="lower", noise=0.1)
    alone = large.adding_ms / small.adding_ms
    yield Figure("keeping and linking alone, times as long", alone, "times", MOST, large.adds, better="lower", noise=0.3)
    yield Figure("search p95, times as long", large.search_p95_ms / small.search_p95_ms, "times", MOST, large.searches, better="lower", noise=0.5)


def measure_stored() -> Iterator[Figure]:
    """A million beside ten thousand."""
    yield from measure(FEW, MANY)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--few", type=int, default=FEW)
    told = parser.parse_args()
    for figure in measure(told.few, told.many):
        print(f"{figure.name:70} {figure.value:10.3f} {figure.unit}")


if __name__ == "__main__":
    main()
