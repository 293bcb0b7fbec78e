"""How long one more report takes in a store that holds many: kept, looked up among its near copies, linked, logged, committed.

    python -m bench.linking_speed INCIDENTS [--store PATH] [--adds N]

The store is made-up news (bench.synthetic_store), kept below .cache once made. What is measured runs in a process of its own; its reports stay in that store,
some hundreds more each time. Half of them tell of new happenings, half of known ones. Times are told twice: CPU time of the process, which a busy machine moves
little, and time on the clock, which holds the disk's work and that of whoever else wants the cores. Whether the right incident is among the candidates is
measured on second reports that are rolled back.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from statistics import median

from bench.figures import ROOT, Figure, Skipped
from bench.synthetic_copies import make_copies
from bench.synthetic_news import load_world, make_happening
from bench.synthetic_reports import Gaps, other_type, tell
from bench.synthetic_store import incident_id, make_store
from waqai.codebook import load_actors, load_codebook
from waqai.core import Reading, Report
from waqai.flow.add import Summary, add_one
from waqai.flow.parts import Chain, Ground
from waqai.flow.settings import shipped_settings
from waqai.schema.migrations import HEAD
from waqai.store import Store, open_store

SEED = 1
FOLDER = ROOT / ".cache" / "synthetic"
TOLD = 100_000
ADDS, ASKED = 300, 300
MILLISECONDS = {10_000: 20, 100_000: 20, 1_000_000: 40}
CASES = {
    "as reports are": None,
    "another day": Gaps(day="off"),
    "the place spelled otherwise": Gaps(place="spelled"),
    "no place": Gaps(place="none"),
    "no day": Gaps(day="none"),
    "another type": Gaps(type="other"),
    "a province, another day": Gaps(place="province", day="off"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one process found. Times in milliseconds, one for each report (`cpu`, `clock`: to add it; `candidates`: CPU time of finding them).

    `found` by case: of so many second reports, for how many the true incident was a candidate. `handed`: how many candidates there were, in the mean.
    `yardstick_ms`: CPU time of counting to a million, before and after.
    """

    start_s: float
    cpu: list[float]
    clock: list[float]
    candidates: list[float]
    peak_mb: float
    found: dict[str, tuple[int, int]]
    handed: float
    yardstick_ms: float


def measure_linking_speed() -> Iterator[Figure]:
    """Ten thousand and a hundred thousand incidents."""
    for incidents in (10_000, 100_000):
        yield from _figures(incidents, run(incidents))


def measure_linking_million() -> Iterator[Figure]:
    """A million."""
    yield from _figures(1_000_000, run(1_000_000))


def _figures(incidents: int, one: Measured) -> Iterator[Figure]:
    of, n = f" of {incidents:,}", len(one.cpu)
    target = MILLISECONDS.get(incidents)
    yield Figure(f"one report more{of}, CPU time, p50", median(one.cpu), "ms", None, n, better="lower", noise=5.0)
    yield Figure(f"one report more{of}, CPU time, p95", percentile(one.cpu, 95), "ms", target, n, better="lower", noise=10.0)
    yield Figure(f"one report more{of}, on the clock, p50", median(one.clock), "ms", None, n, better="lower", noise=50.0)
    yield Figure(f"one report more{of}, on the clock, p95", percentile(one.clock, 95), "ms", target, n, better="lower", noise=100.0)
    yield Figure(f"memory at the peak{of}", one.peak_mb, "MB", 1500, n, better="lower", noise=50.0)
    yield Figure(f"start of a run{of}", one.start_s, "seconds", None, 1, better="lower", noise=1.0)
    yield Figure(f"beside it, counting to a million{of}", one.yardstick_ms, "ms", None, 2, better="lower", noise=200.0)
    hits, asked = (sum(pair[i] for pair in one.found.values()) for i in (0, 1))
    yield Figure(f"second reports whose incident is a candidate{of}", hits / asked, "recall", 0.98, asked, noise=0.005)


def run(incidents: int, *, store: Path | None = None, adds: int = ADDS) -> Measured:
    """Measure in a process of its own. Raises Skipped when it fails."""
    path = store or find_store(incidents)
    command = [sys.executable, "-m", "bench.linking_speed", str(incidents), "--store", str(path), "--adds", str(adds), "--inside"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Skipped(f"{' '.join(command[1:])} ended with {done.returncode}: {done.stderr[-400:]}")
    return Measured(**json.loads(done.stdout))


def find_store(incidents: int) -> Path:
    """The made-up store with so many incidents, made first if it is not there."""
    path = FOLDER / f"{incidents}.{HEAD}.sqlite"  # a store of an older schema lacks what adding would have kept
    if not path.exists():
        _make(path, incidents)
    return path


def _make(path: Path, incidents: int) -> None:
    """More than TOLD happenings are copies of so many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new, base = path.with_suffix(".new"), path.with_suffix(".base")
    make_store(base, min(incidents, TOLD), seed=SEED)
    if incidents > TOLD:
        make_copies(base, new, incidents // TOLD)
        base.unlink()
    else:
        base.rename(new)
    new.rename(path)


def percentile(values: Sequence[float], rank: int) -> float:
    """The value that so many of a hundred do not exceed.

    >>> percentile([3, 1, 2, 4], 50), percentile([3, 1, 2, 4], 95)
    (2, 4)
    """
    return sorted(values)[max(0, -(-len(values) * rank // 100) - 1)]


# ---------------------------------------------------------------------------------------------- in the process


def inside(path: Path, incidents: int, *, adds: int) -> Measured:
    """Open, add, ask."""
    actors, chain = load_actors(), start_chain()
    load_world()
    counted = count_to_a_million()
    began = time.perf_counter()
    store = open_store(path, actors=actors)
    start = time.perf_counter() - began
    random, told = Random(store.last_entry()), min(incidents, TOLD)
    cpu, clock = [], []
    for report, reading in make_reports(random, told, adds, salt=store.last_entry()):
        began, worked = time.perf_counter(), time.process_time()
        add_one(report, reading, chain, store, Summary())
        clock.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    found: dict[str, tuple[int, int]] = {}
    asked: list[float] = []
    handed: list[int] = []
    for name, gaps in CASES.items():
        hits = 0
        for _ in range(ASKED // len(CASES)):
            hit, took, many = _ask(store, random, told, gaps)
            hits += hit
            asked.append(took)
            handed.append(many)
        found[name] = (hits, ASKED // len(CASES))
    return Measured(
        start_s=start,
        cpu=cpu,
        clock=clock,
        candidates=asked,
        peak_mb=int(peak.split()[1]) / 1024,
        found=found,
        handed=sum(handed) / len(handed),
        yardstick_ms=(counted + count_to_a_million()) / 2,
    )


def start_chain() -> Chain:
    """What links reports that are read already."""
    ground = Ground(settings=shipped_settings(), codebook=load_codebook(), actors=load_actors(), gazetteer=None)  # type: ignore[arg-type]
    return Chain(ground=ground, reader=None, resolver=None)  # type: ignore[arg-type]


def count_to_a_million() -> float:
    """CPU milliseconds of a loop that everybody can run."""
    began = time.process_time()
    for _ in range(1_000_000):
        pass
    return (time.process_time() - began) * 1000


def make_reports(random: Random, incidents: int, adds: int, *, salt: int) -> Iterator[tuple[Report, Reading]]:
    """By turns one of a new happening and one more of a known one."""
    for nth in range(adds):
        seed = SEED if nth % 2 else SEED + salt
        yield tell(make_happening(random.randrange(incidents), of=incidents, seed=seed), salt + nth, seed=SEED)


class _Back(Exception):
    """Raised to undo what was only asked."""


def _ask(store: Store, random: Random, incidents: int, gaps: Gaps | None) -> tuple[bool, float, int]:
    """(whether the incident is among the candidates of a second report, milliseconds, how many there are); nothing stays in the store."""
    happening = make_happening(random.randrange(incidents), of=incidents, seed=SEED)
    told = Gaps(day=gaps.day, place=gaps.place, type=other_type(happening.type, random)) if gaps is not None and gaps.type else gaps
    report, reading = tell(happening, 100_000 + random.randrange(10**9), seed=SEED, gaps=told)
    try:
        with store.transaction():
            store.add_report(report)
            store.add_reading(reading, family_of=load_world().families.__getitem__)
            (card,) = store.iter_cards(report=report.id)
            worked = time.process_time()
            found = [incident for incident, _ in store.find_unread_candidates(card)]
            took = (time.process_time() - worked) * 1000
            raise _Back
    except _Back:
        return incident_id(happening.number, seed=SEED) in found, took, len(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("incidents", type=int)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--adds", type=int, default=ADDS)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.inside:
        print(json.dumps(asdict(inside(told.store, told.incidents, adds=told.adds))))
        return
    one = run(told.incidents, store=told.store, adds=told.adds)
    for figure in _figures(told.incidents, one):
        print(f"{figure.name:70} {figure.value:10.3f} {figure.unit}")
    print(f"of it the candidates: p50 {median(one.candidates):.1f} ms, p95 {percentile(one.candidates, 95):.1f} ms; {one.handed:.0f} handed on")
    print("; ".join(f"{name} {hits}/{of}" for name, (hits, of) in one.found.items()))


if __name__ == "__main__":
    main()
