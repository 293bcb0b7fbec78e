"""Runs that go on while a person looks at a page: what came in is read, linked and kept by one thread, one run after the other. Others fetch what has to be
fetched, so that a slow site holds up nobody else."""

from __future__ import annotations

import secrets
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain, islice
from threading import Event, Lock
from typing import Literal, TypeAlias

from waqai.core import Incoming, Notice, NotPossible, Report, WaqaiError
from waqai.flow.add import Summary, add_reports
from waqai.flow.clock import now
from waqai.flow.doors import ignored_notices
from waqai.flow.parts import Chain
from waqai.store import Store

Stage: TypeAlias = Literal["waits", "fetches", "loads", "reads", "settles", "done", "failed"]
MOST_KEPT = 50
"""Runs that are remembered; the oldest that is over goes first."""
MOST_HELD = 400_000_000
"""Bytes that the files of all runs which are not over may have: they are held in memory until they are read."""
FETCHING = 4
"""Runs that fetch at once."""
Item: TypeAlias = Report | Incoming | Notice
Items: TypeAlias = Callable[[Counter[str]], Iterable[Item]]


@dataclass(slots=True, kw_only=True)
class Run:
    """What one run is at. Mutable: its thread writes, pages read. `read` reports are done of `of` (None: nobody knows); `error` says why it failed;
    its files hold `holds` bytes."""

    id: str
    name: str
    by: str
    began: datetime
    of: int | None = None
    holds: int = 0
    stage: Stage = "waits"
    read: int = 0
    summary: Summary | None = None
    error: str = ""
    reports: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.stage in ("done", "failed")


class Runs:
    """The runs of one desk. `chain` is loaded when the first report comes in."""

    def __init__(self, store: Store, chain: Callable[[], Chain]) -> None:
        self._store, self._chain = store, chain
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="waqai-add")
        self._fetching = ThreadPoolExecutor(max_workers=FETCHING, thread_name_prefix="waqai-fetch")
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._lock, self._closing = Lock(), Event()

    def start(self, items: Items, *, name: str, by: str, of: int | None = None, holds: int = 0, fetches: bool = False) -> Run:
        """Queue a run. `items` is called in its thread, with a counter for fields that are not read. `fetches`: the first item has to be fetched, which is done
        beside the runs before. Raises NotPossible where too much waits to be read."""
        run = Run(id=secrets.token_hex(8), name=name, by=by, began=now(), of=of, holds=holds)
        with self._lock:
            if holds + sum(one.holds for one in self._all() if not one.is_over) > MOST_HELD:
                raise NotPossible(f"more than {MOST_HELD // 1_000_000} MB of files wait to be read: add these when the runs before are done")
            self._runs[run.id] = run
            for old in [one.id for one in self._runs.values() if one.is_over][: max(0, len(self._runs) - MOST_KEPT)]:
                del self._runs[old]
            self._changed(run, at_once=True)
        ignored: Counter[str] = Counter()
        if fetches:
            self._fetching.submit(self._fetch, run, partial(items, ignored), ignored)
        else:
            self._pool.submit(self._go, run, partial(items, ignored), ignored)
        return run

    def find(self, id: str) -> Run | None:
        """The run of this id."""
        with self._lock:
            return self._runs.get(id)

    def newest(self) -> list[Run]:
        """All that are remembered, the newest first."""
        with self._lock:
            return self._all()[::-1]

    def close(self) -> None:
        """End the run that goes on after its report, and start no other."""
        self._closing.set()
        self._fetching.shutdown(wait=True, cancel_futures=True)
        self._pool.shutdown(wait=True, cancel_futures=True)

    # -- for runs that several processes tell of

    def _all(self) -> list[Run]:
        return list(self._runs.values())

    def _changed(self, run: Run, *, at_once: bool) -> None:
        """The run is at something else (`at_once`), or one report further."""

    def _turn(self) -> AbstractContextManager[None]:
        """Held while a run is read. Raises NotPossible where the desk is stopped before."""
        return nullcontext()

    # -- inside

    def _fetch(self, run: Run, items: Callable[[], Iterable[Item]], ignored: Counter[str]) -> None:
        """Have the first item, then queue the run."""
        with self._told_of(run):
            self._at(run, "fetches")
            coming = iter(items())
            first = [*islice(coming, 1)]
            self._check_open(run)
            self._at(run, "waits")
            self._pool.submit(self._go, run, lambda: chain(first, coming), ignored)

    def _go(self, run: Run, items: Callable[[], Iterable[Item]], ignored: Counter[str]) -> None:
        with self._told_of(run):
            with self._turn():
                self._read(run, items, ignored)
            self._at(run, "done")

    @contextmanager
    def _told_of(self, run: Run) -> Iterator[None]:
        """What goes wrong is told of the run: a fault of ours must not leave a page that waits for ever."""
        try:
            yield
        except Exception as error:
            run.error = str(error) if isinstance(error, WaqaiError) else f"{type(error).__name__}: {error}"
            self._at(run, "failed")

    def _read(self, run: Run, items: Callable[[], Iterable[Item]], ignored: Counter[str]) -> None:
        self._at(run, "loads")
        reading = self._chain()
        self._at(run, "reads")
        coming = self._while_open(run, items())
        run.summary = add_reports(coming, reading, self._store, on_report=lambda report: self._count(run, report), on_turn=lambda *_: self._at(run, "settles"))
        run.summary.notices += ignored_notices(ignored)

    def _at(self, run: Run, stage: Stage) -> None:
        if run.stage != stage:
            run.stage = stage
            self._changed(run, at_once=True)
        if stage == "settles":
            self._check_open(run)

    def _count(self, run: Run, report: Report) -> None:
        run.read += 1
        run.reports.append(report.id)
        self._changed(run, at_once=False)
        self._check_open(run)

    def _while_open(self, run: Run, items: Iterable[Item]) -> Iterator[Item]:
        """Of pages that cannot be had none is ever kept, and each may take half a minute to be given up."""
        for item in items:
            self._check_open(run)
            yield item

    def _check_open(self, run: Run) -> None:
        """Raises NotPossible where the desk is stopped: what was read is kept, and what was not settled is settled by the next run."""
        if self._closing.is_set():
            raise NotPossible(f"the desk was stopped when {run.read} reports were read, which are kept: add the same again, and the rest is read")


def chained(parts: Iterable[Iterable[Incoming | Notice]]) -> Iterator[Incoming | Notice]:
    """What all parts hold, each opened when its turn comes."""
    for part in parts:
        yield from part
