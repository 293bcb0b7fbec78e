"""How long it takes, and how much memory, to write all incidents of a store into a file, as the public profile allows.

    python -m bench.exporting INCIDENTS [--store PATH] [--formats csv,parquet] [--tables incidents] [--profile public]

Each format is written by a process of its own, and nothing in the store changes, unless an older waqai made it: then it is folded again first. Time is told on
the clock and as CPU time, memory as the largest that the process had (resident). The gazetteer and the codebook are loaded inside.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.figures import ROOT, Figure, Skipped
from bench.linking_speed import find_store
from waqai.bounds import Bounds, get_profile
from waqai.codebook import load_actors, load_codebook
from waqai.export import Combiner, Making
from waqai.export.plan import make_plan, write_records
from waqai.flow import load_settings, now, open_gazetteer
from waqai.store import Filters, open_store

FORMATS = ("csv", "parquet", "geojson", "gpkg", "xlsx")
MOST_SECONDS, MOST_MB = 20, 300
"""For a hundred thousand incidents as csv; what is promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one process found, in seconds and MB; `rows` that it wrote, `held_back` incidents that stay."""

    format: str
    clock_s: float
    cpu_s: float
    peak_mb: float
    file_mb: float
    rows: int
    held_back: int


def measure_exporting() -> Iterator[Figure]:
    """A hundred thousand incidents."""
    yield from figures(100_000, [run(100_000, format=one) for one in FORMATS])


def measure_exporting_million() -> Iterator[Figure]:
    """A million, as csv."""
    yield from figures(1_000_000, [run(1_000_000, format="csv")])


def figures(incidents: int, found: Sequence[Measured]) -> Iterator[Figure]:
    for one in found:
        of = f"{incidents:,} incidents as {one.format}"
        promised = incidents == 100_000 and one.format == "csv"
        yield Figure(f"{of}, on the clock", one.clock_s, "seconds", MOST_SECONDS if promised else None, one.rows, better="lower", noise=10.0)
        yield Figure(f"{of}, CPU time", one.cpu_s, "seconds", None, one.rows, better="lower", noise=5.0)
        yield Figure(f"{of}, memory at the peak", one.peak_mb, "MB", MOST_MB if promised else None, one.rows, better="lower", noise=20.0)


def run(incidents: int, *, format: str, store: Path | None = None, tables: str = "incidents", profile: str = "public") -> Measured:
    """Measure one format in a process of its own. Raises Skipped when it fails."""
    path = store or find_store(incidents)
    asked = ["--store", str(path), "--formats", format, "--tables", tables, "--profile", profile, "--inside"]
    done = subprocess.run([sys.executable, "-m", "bench.exporting", str(incidents), *asked], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Skipped(f"{format} ended with {done.returncode}: {done.stderr[-400:]}")
    return Measured(**json.loads(done.stdout))


def inside(path: Path, *, format: str, tables: Sequence[str], profile: str) -> Measured:
    """Write one file."""
    began, worked = time.perf_counter(), time.process_time()
    codebook, actors = load_codebook(), load_actors()
    making = Making(codebook=codebook, combiner=Combiner(codebook=codebook, actors=actors))
    plan = make_plan(format, tables=() if format == "jsonl" else tables, out="", making=making)
    bounds = Bounds(get_profile(profile), places=open_gazetteer(load_settings(None)), actors=actors, at=now())
    with open_store(path, actors=actors) as store, tempfile.TemporaryFile() as file:
        about = write_records(store, Filters(), plan=plan, bounds=bounds, file=file, told={})
        size = file.seek(0, 2) / 1e6
    return Measured(
        format=format,
        clock_s=time.perf_counter() - began,
        cpu_s=time.process_time() - worked,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        file_mb=size,
        rows=sum(about.tally.rows.values()),
        held_back=sum(about.tally.held_back.values()),
    )


def render(found: Sequence[Measured]) -> Iterator[str]:
    """The table."""
    yield f"{'':8} {'clock s':>8} {'CPU s':>8} {'peak MB':>8} {'file MB':>8} {'rows':>9} {'held back':>9}"
    for one in found:
        yield f"{one.format:8} {one.clock_s:8.1f} {one.cpu_s:8.1f} {one.peak_mb:8.0f} {one.file_mb:8.1f} {one.rows:9,} {one.held_back:9,}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("incidents", type=int)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--tables", default="incidents")
    parser.add_argument("--profile", default="public")
    parser.add_argument("--inside", action="store_true")
    told = parser.parse_args()
    formats = told.formats.split(",")
    if told.inside:
        print(json.dumps(asdict(inside(told.store, format=formats[0], tables=told.tables.split(","), profile=told.profile))))
        return 0
    found = [run(told.incidents, format=one, store=told.store, tables=told.tables, profile=told.profile) for one in formats]
    print("\n".join(render(found)))
    return 1 if any(figure.reached is False for figure in figures(told.incidents, found)) else 0


if __name__ == "__main__":
    sys.exit(main())
