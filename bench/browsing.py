"""How long a person waits for lists, facets, maps, timelines and searches over many incidents, and what it takes to keep up with new reports.

    python -m bench.browsing INCIDENTS [--store PATH] [--asks N]

The store is the one of made-up news that `bench.linking_speed` measures on; PATH may be a postgresql:// address. What is measured runs in a process of its own.
No two questions have the same filters, which are drawn from what the facets list (seeded): nothing is answered from what was kept for the one before. Times are
on the clock; beside them counting to a million says how busy the machine was.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from bench.figures import ROOT, Figure, Skipped
from bench.linking_speed import SEED, count_to_a_million, find_store, make_reports, percentile, start_chain
from waqai.browse import Browser, Facet
from waqai.codebook import load_actors
from waqai.flow.add import Summary, add_one
from waqai.store import Filters, Store, open_store

ASKS, ADDS = 60, 20
ON_A_PAGE = 50
MOST_MS = 150
"""What the desk is to hold at the 95th percentile, its own work included."""
WORDS = ("prison", "police", "killed", "two guards", '"people died"', "escap*", "border market", "court", "strike", "militia homs")
SEVERAL_WORDS = tuple(" ".join(words) for many in (1, 2) for words in combinations(WORDS, many))
"""One or two of them: what searches ask for."""
Times = dict[str, list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one process found: milliseconds of each question by its kind; of the first question after one more report (`again`); seconds of
    loading, for all but searches and for these."""

    load_s: float
    words_s: float
    asked: Times
    again: list[float]
    picture_mb: float
    yardstick_ms: float


def measure_browsing() -> Iterator[Figure]:
    """A hundred thousand incidents."""
    yield from _figures(100_000, run(100_000))


def _figures(incidents: int, one: Measured) -> Iterator[Figure]:
    of = f" of {incidents:,}"
    for name, times in one.asked.items():
        yield Figure(f"{name}{of}, p50", median(times), "ms", None, len(times), better="lower", noise=20.0)
        yield Figure(f"{name}{of}, p95", percentile(times, 95), "ms", MOST_MS, len(times), better="lower", noise=50.0)
    yield Figure(f"a list after one more report{of}, p95", percentile(one.again, 95), "ms", MOST_MS, len(one.again), better="lower", noise=50.0)
    yield Figure(f"loading{of}", one.load_s, "seconds", 1.5, 1, better="lower", noise=1.0)
    yield Figure(f"loading for searches{of}", one.words_s, "seconds", 1.5, 1, better="lower", noise=1.0)
    yield Figure(f"memory of what is loaded{of}", one.picture_mb, "MB", None, 1, better="lower", noise=20.0)
    yield Figure(f"beside it, counting to a million{of}", one.yardstick_ms, "ms", None, 2, better="lower", noise=200.0)


def run(incidents: int, *, store: str | None = None, asks: int = ASKS) -> Measured:
    """Measure in a process of its own. Raises Skipped when it fails."""
    address = store or str(find_store(incidents))
    command = [sys.executable, "-m", "bench.browsing", str(incidents), "--store", address, "--asks", str(asks), "--inside"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Skipped(f"{' '.join(command[1:])} ended with {done.returncode}: {done.stderr[-400:]}")
    return Measured(**json.loads(done.stdout))


# ---------------------------------------------------------------------------------------------- in the process


def inside(address: str | Path, incidents: int, *, asks: int) -> Measured:
    """Open, load, ask, add, ask."""
    counted = count_to_a_million()
    with open_store(address, actors=load_actors()) as store:
        browser, before, began = Browser(store, actors=load_actors()), _memory_mb(), time.perf_counter()
        browser.page(Filters())
        load = time.perf_counter() - began
        browser.warm_up()
        words, memory = time.perf_counter() - began - load, _memory_mb() - before
        asked = ask_all(browser, asks)
        again = list(_ask_again(browser, store, incidents))
    return Measured(load_s=load, words_s=words, asked=asked, again=again, picture_mb=memory, yardstick_ms=(counted + count_to_a_million()) / 2)


def ask_all(browser: Browser, asks: int) -> Times:
    """Milliseconds of each kind of question, by turns."""
    draw = Draw(browser.facets(Filters(), most=60))
    found: Times = {}
    for nth in range(asks):
        for name, ask in _QUESTIONS.items():
            found.setdefault(name, []).append(_took(partial(ask, browser, draw, nth)))
    return found


class Draw:
    """Filters and views of a map, drawn by chance from what the facets list, each once."""

    def __init__(self, facets: tuple[Facet, ...]) -> None:
        self.random, self.drawn = Random(SEED), {Filters()}
        self.facets = {facet.name: [value.value for value in facet.values] for facet in facets if facet.name != "period"}

    def filters(self) -> Filters:
        """One to three filters, of one or two values."""
        while True:
            names = self.random.sample(sorted(self.facets), self.random.choice((1, 1, 2, 3)))
            chosen: dict[str, Any] = {name: tuple(self.random.sample(self.facets[name], min(2, len(self.facets[name])))) for name in names}
            if self.random.random() < 0.3:
                chosen["since"] = date(self.random.randrange(2012, 2022), 1, 1)
            filters = Filters(**chosen)
            if filters not in self.drawn:
                self.drawn.add(filters)
                return filters

    def view(self) -> dict[str, Any]:
        """The world, or a part of it as a screen shows it."""
        zoom = self.random.choice((2, 3, 4, 5, 6, 8))
        if zoom == 2:
            return {"west": -180.0, "east": 180.0, "south": -80.0, "north": 80.0, "zoom": zoom}
        wide = 360 * 1400 / (256 * 2**zoom)
        west, south = self.random.uniform(-20, 60), self.random.uniform(-10, 40)
        return {"west": west, "east": west + wide, "south": south, "north": min(85.0, south + wide / 2), "zoom": zoom}


def _list(browser: Browser, draw: Draw, _: int) -> None:
    browser.load(browser.page(draw.filters(), size=ON_A_PAGE).ids)


def _search(browser: Browser, draw: Draw, nth: int) -> None:
    """By one word or phrase, or two; among all incidents, or those that pass filters."""
    filters = replace(Filters() if nth % 2 else draw.filters(), words=SEVERAL_WORDS[nth % len(SEVERAL_WORDS)])
    page = browser.page(filters, size=ON_A_PAGE)
    browser.load(page.ids)
    browser.snippets(page.ids, filters.words or "")


_QUESTIONS: dict[str, Callable[[Browser, Draw, int], object]] = {
    "list": _list,
    "facets": lambda browser, draw, _: browser.facets(draw.filters()),
    "map": lambda browser, draw, _: browser.cells(draw.filters(), **draw.view()),
    "timeline": lambda browser, draw, _: browser.timeline(draw.filters()),
    "search": _search,
}


def _ask_again(browser: Browser, store: Store, incidents: int) -> Iterator[float]:
    """A list after each of some reports more, which stay in the store."""
    chain, random = start_chain(), Random(store.last_entry())
    for report, reading in make_reports(random, incidents, ADDS, salt=store.last_entry()):
        add_one(report, reading, chain, store, Summary())
        yield _took(lambda: browser.page(Filters(), size=ON_A_PAGE))


def _took(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _memory_mb() -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("incidents", type=int)
    parser.add_argument("--store")
    parser.add_argument("--asks", type=int, default=ASKS)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.inside:
        print(json.dumps(asdict(inside(told.store, told.incidents, asks=told.asks))))
        return
    for figure in _figures(told.incidents, run(told.incidents, store=told.store, asks=told.asks)):
        print(f"{figure.name:70} {figure.value:10.3f} {figure.unit}")


if __name__ == "__main__":
    main()
