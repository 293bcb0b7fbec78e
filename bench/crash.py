"""A run that is killed again and again ends where an undisturbed one does: the same rows, the same log, a chain that holds.

`waqai add` of 500 reports is killed (SIGKILL) at twenty moments, seeded and spread over the run, the first while the store is being made; then it runs to its
end. All rows but the log's hashes, whose salts are drawn anew, and all that the log says must equal those of one clean run. The clock is fixed, so that the
times of keeping are equal too. What a lost machine would do (power, disk) is not tried: a killed process leaves what the kernel took, written or not.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Protocol, TypeAlias

from bench.figures import ROOT, Figure, Skipped
from waqai.store import open_store

REPORTS, KILLS, SEED = 500, 20, 1
DATA = ("data/corpus/corpus.jsonl", "data/composed/reports")
NOW = "2024-01-01T00:00:00+00:00"
LOOK_S, JITTER_S = 0.005, 0.08
_ENTER = "from waqai.cli.main import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a store holds in the end, line by line; whether its log's chain holds; how often the run that made it was killed, and after how many reports."""

    lines: tuple[str, ...]
    holds: bool
    killed_after: tuple[int, ...] = ()


def measure_crash() -> Iterator[Figure]:
    """Kills survived, rows that differ, and whether `verify` passes."""
    with tempfile.TemporaryDirectory(prefix="waqai-crash-") as folder:
        incoming = Path(folder) / "reports.jsonl"
        incoming.write_text("".join(json.dumps(row) + "\n" for row in load_rows(REPORTS)), encoding="utf-8")
        start = partial(start_adding, incoming)
        clean = run_clean(start, Path(folder) / "clean.sqlite")
        killed = run_killed(start, Path(folder) / "killed.sqlite", kills=KILLS, of=REPORTS, seed=SEED)
    differing = len(set(clean.lines) ^ set(killed.lines))
    yield Figure("kills that a run went on after", len(killed.killed_after), f"of {KILLS}", KILLS, REPORTS)
    yield Figure("rows that differ from a clean run's", differing, f"of {len(clean.lines)}", 0, len(clean.lines), better="lower")
    yield Figure("the log's chain holds", float(killed.holds), "of 1", 1, 1)


def load_rows(reports: int) -> list[dict[str, object]]:
    """So many reports of the corpus and of the composed ones, by turns, as lines of JSON hold them. Raises Skipped where there are fewer."""
    corpus = [json.loads(line) for line in (ROOT / "data" / "corpus" / "corpus.jsonl").read_text(encoding="utf-8").splitlines() if line]
    composed = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "data" / "composed" / "reports").glob("*.json"))[:reports]]
    names = ("id", "url", "title", "publisher", "published", "language", "text")
    rows = [{name: row.get(name) for name in names} for row in (corpus + composed)[:reports]]
    if len(rows) < reports:
        raise Skipped(f"there are {len(rows)} reports in data/corpus and data/composed, {reports} are needed")
    Random(SEED).shuffle(rows)
    return rows


class Running(Protocol):
    """A process, as `subprocess.Popen` has it."""

    def poll(self) -> int | None: ...
    def kill(self) -> None: ...
    def wait(self) -> int: ...


Start: TypeAlias = Callable[[Path], Running]


def start_adding(incoming: Path, store: Path) -> Running:
    """`waqai add` of these reports to this store, with the rules as reader, under a fixed clock."""
    command = [sys.executable, "-c", _ENTER, "add", str(incoming), "--reader", "rules", "--store", str(store)]
    return subprocess.Popen(command, env=os.environ | {"WAQAI_NOW": NOW}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def run_clean(start: Start, store: Path) -> Outcome:
    """What one run leaves. Raises Skipped when it fails."""
    _finish(start, store)
    return _look(store)


def run_killed(start: Start, store: Path, *, kills: int, of: int, seed: int) -> Outcome:
    """What so many killed runs and one more leave. Raises Skipped when a run fails of itself."""
    random = Random(seed)
    killed: list[int] = []
    for goal in [0, *sorted(random.sample(range(1, of), kills - 1))]:
        process = start(store)
        while process.poll() is None and (not store.exists() or count_kept(store) < goal):
            time.sleep(LOOK_S)
        time.sleep(random.uniform(0, JITTER_S))
        process.kill()
        ended = process.wait()
        if ended > 0:
            raise Skipped(f"a run ended with {ended} before it was killed")
        if ended < 0:
            killed.append(count_kept(store))
    _finish(start, store)
    return _look(store, killed_after=tuple(killed))


def count_kept(store: Path) -> int:
    """Reports that a store holds by now, seen from outside; 0 while it is being made."""
    if not store.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True, timeout=1)) as connection:
            return int(connection.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def _finish(start: Start, store: Path) -> None:
    if (ended := start(store).wait()) != 0:
        raise Skipped(f"a run that nobody killed ended with {ended}")


def _look(path: Path, *, killed_after: tuple[int, ...] = ()) -> Outcome:
    with open_store(path) as store:
        rows = list(store.iter_dump(without=("runs", "log", "log_payloads")))
        said = [json.dumps([e.id, e.kind, e.subject, e.value, e.because, e.by, e.at.isoformat()], sort_keys=True, default=str) for e in store.iter_log()]
        return Outcome(lines=(*rows, *said), holds=store.verify().holds, killed_after=killed_after)


if __name__ == "__main__":
    for figure in measure_crash():
        print(f"{figure.name:45} {figure.value:g} {figure.unit}")
