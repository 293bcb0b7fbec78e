"""What many reports cost: by one process, by workers of this machine, by a Dask cluster; and how a store grows by them.

    python -m bench.scale N [--workers 1,2] [--dask] [--reader NAME] [--whole] [--seed S]
    python -m bench.scale --sizes STORE          # bytes of each table of a store, for a report
    python -m bench.scale N --chaos [--poison 5] # a cluster whose workers, scheduler, network and database die: bench.scale_chaos

N reports are the composed ones, each read again under another number where there are not enough. Reading is measured apart from starting: processes are ready
before the clock runs. CPU time is that of this process and all that it started. `--whole` measures `waqai add` into a new store instead.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import psutil

from bench.figures import ROOT, Figure
from waqai.core import Report, text_sha256
from waqai.engines import Engine, LocalEngine, Order, add_many, make_order
from waqai.engines.cluster import ClusterEngine
from waqai.flow import Chain, add_reports, build_chain, open_named_store
from waqai.flow.read import read_batch
from waqai.flow.settings import Settings, shipped_settings

COMPOSED = ROOT / "data" / "composed" / "reports"
REPORTS = 640  # twenty batches: of few, one that is left over at the end shows
WARM = 16  # reports that are read before the clock runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What reading so many reports took: seconds on the clock, and CPU seconds of all processes."""

    way: str
    reports: int
    clock_s: float
    cpu_s: float

    @property
    def rate(self) -> float:
        """Reports a second."""
        return self.reports / self.clock_s

    @property
    def each_ms(self) -> float:
        """CPU milliseconds for a report."""
        return 1000 * self.cpu_s / self.reports


def make_reports(number: int, *, seed: int = 1) -> list[Report]:
    """So many reports of the composed ones, shuffled; from the second time on each has a line more."""
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(COMPOSED.glob("*.json"))]
    Random(seed).shuffle(rows)
    return [_report(rows[i % len(rows)], i // len(rows)) for i in range(number)]


def _report(row: dict[str, Any], time_round: int) -> Report:
    text = row["text"] + (f"\n\nEdition {time_round}." if time_round else "")
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    name = f"{row['id']}-{time_round}" if time_round else row["id"]
    return Report(id=name, text=text, sha256=text_sha256(text), title=row.get("title"), publisher=row.get("publisher"), published=published)


def settings_with(reader: str) -> Settings:
    """The shipped settings with this reader."""
    settings = shipped_settings()
    return settings.model_copy(update={"reader": settings.reader.model_copy(update={"name": reader})})


def cpu_seconds() -> float:
    """CPU time of this process and of all that it started and that are there."""
    here = psutil.Process()
    total = 0.0
    for process in [here, *here.children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


@contextmanager
def timed(way: str, reports: int, costs: list[Cost]) -> Iterator[None]:
    """Add what the block cost."""
    cpu, clock = cpu_seconds(), time.perf_counter()
    yield
    costs.append(Cost(way=way, reports=reports, clock_s=time.perf_counter() - clock, cpu_s=cpu_seconds() - cpu))


def batches_of(reports: Sequence[Report], batch: int) -> list[list[Report]]:
    """The reports by batches."""
    return [list(reports[start : start + batch]) for start in range(0, len(reports), batch)]


def read_here(reports: Sequence[Report], chain: Chain) -> None:
    """All of them, in this process."""
    for some in batches_of(reports, chain.batch):
        read_batch(some, chain)


def read_by(engine: Engine, reports: Sequence[Report], batch: int) -> None:
    """All of them, by an engine."""
    for ticket in [engine.submit((some, [1] * len(some))) for some in batches_of(reports, batch)]:
        ticket.result()


@contextmanager
def local_engine(order: Order, workers: int) -> Iterator[Engine]:
    """Worker processes."""
    with LocalEngine(order, workers=workers) as engine:
        yield engine


@contextmanager
def cluster_engine(order: Order, workers: int) -> Iterator[Engine]:
    """A cluster of so many workers on this machine, each a process; its scheduler is in this one."""
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1", silence_logs=50) as cluster,
        ClusterEngine(order, address=cluster.scheduler_address, patience_s=60) as engine,
    ):
        yield engine


def measure_reading(number: int, *, workers: Sequence[int], dask: bool, reader: str, seed: int) -> list[Cost]:
    """What reading costs by each way; the one process first."""
    chain, costs = build_chain(settings_with(reader)), list[Cost]()
    reports, warm, order = make_reports(number, seed=seed), make_reports(WARM, seed=seed + 1), make_order(chain)
    read_here(warm, chain)
    with timed("one process", number, costs):
        read_here(reports, chain)
    ways: list[tuple[str, Callable[[Order, int], Any], int]] = [(f"{n} worker{'s' * (n > 1)}", local_engine, n) for n in workers]
    ways += [(f"Dask, {n} worker{'s' * (n > 1)}", cluster_engine, n) for n in workers if dask]
    for name, make, n in ways:
        with make(order, n) as engine:
            read_by(engine, warm * n, chain.batch)
            with timed(name, number, costs):
                read_by(engine, reports, chain.batch)
    return costs


def measure_whole(number: int, *, workers: Sequence[int], reader: str, seed: int) -> list[Cost]:
    """What reading, keeping and linking into a new store costs."""
    chain, costs, reports = build_chain(settings_with(reader)), list[Cost](), make_reports(number, seed=seed)
    read_here(make_reports(WARM, seed=seed + 1), chain)
    with tempfile.TemporaryDirectory(prefix="waqai-scale-") as folder:
        for n in (0, *workers):
            with open_named_store(str(Path(folder) / f"{n}.sqlite"), must_exist=False) as store:
                if n == 0:
                    with timed("one process, whole", number, costs):
                        add_reports(reports, chain, store)
                    continue
                with LocalEngine(make_order(chain), workers=n) as engine, timed(f"{n} worker{'s' * (n > 1)}, whole", number, costs):
                    add_many(reports, chain, store, engine)
        print_sizes(Path(folder) / "0.sqlite")
    return costs


def measure_scale() -> Iterator[Figure]:
    """Reading with either reader: two workers beside one, and a cluster on this machine beside the one process."""
    for reader in ("rules", "learned"):
        costs = {cost.way: cost for cost in measure_reading(REPORTS, workers=(1, 2), dask=True, reader=reader, seed=1)}
        one, n = costs["one process"], REPORTS
        yield Figure(f"CPU time for a report, one process, {reader}", one.each_ms, "ms", None, n, better="lower", noise=50.0)
        faster = costs["2 workers"].rate / costs["1 worker"].rate
        yield Figure(f"two workers, times the speed of one, {reader}", faster, "times", 1.8, n, noise=0.1)
        for way in ("Dask, 1 worker", "Dask, 2 workers"):
            yield Figure(f"{way}, times the CPU of one process, {reader}", costs[way].each_ms / one.each_ms, "times", 1.35, n, better="lower", noise=0.1)


def print_costs(costs: Sequence[Cost]) -> None:
    """A line for each way, beside the first."""
    load = os.getloadavg()[0]
    first = costs[0]
    print(f"load {load:.1f} on {os.cpu_count()} cores")
    print(f"{'way':<24}{'reports':>9}{'a second':>10}{'CPU ms each':>13}{'CPU, of one':>13}{'speed, of one':>15}")
    for cost in costs:
        print(f"{cost.way:<24}{cost.reports:>9,}{cost.rate:>10.1f}{cost.each_ms:>13.1f}{cost.each_ms / first.each_ms:>13.2f}{cost.rate / first.rate:>15.2f}")


def print_sizes(path: Path) -> None:
    """Bytes of each table with its indexes, in all and for a report."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as connection:  # nobody else is writing: nothing is locked
        reports = connection.execute("SELECT count(*) FROM reports").fetchone()[0] or 1
        owners = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master").fetchall())
        sizes: dict[str, int] = {}
        for name, size in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            owner = "search" if name.startswith("search") else owners.get(name, name)
            sizes[owner] = sizes.get(owner, 0) + size
    print(f"{path.name}: {reports:,} reports, {sum(sizes.values()) / 1e6:,.0f} MB, {sum(sizes.values()) / reports:,.0f} bytes for a report")
    for owner, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        if size / reports >= 1:
            print(f"  {owner:<20}{size / 1e6:>12,.1f} MB{size / reports:>12,.0f} B")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=int, nargs="?", default=1000)
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--reader", default="learned")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--sizes", type=Path)
    parser.add_argument("--chaos", action="store_true")
    parser.add_argument("--poison", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    workers = [int(number) for number in told.workers.split(",")]
    if told.sizes is not None:
        print_sizes(told.sizes)
    elif told.chaos:
        from bench.scale_chaos import run_chaos

        run_chaos(told.reports, poison=told.poison)
    elif told.whole:
        print_costs(measure_whole(told.reports, workers=workers, reader=told.reader, seed=told.seed))
    else:
        print_costs(measure_reading(told.reports, workers=workers, dask=told.dask, reader=told.reader, seed=told.seed))


if __name__ == "__main__":
    main()
