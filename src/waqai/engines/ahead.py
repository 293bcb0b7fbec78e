"""What comes in, some batches ahead of the run: these are with the workers while the run keeps and links what came before, in order.

The run takes items from here as from any other source, and its results, too: it does what it does without workers, so what it keeps is the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, Self

from waqai.core import Incoming, Notice, Report, StoreError, WaqaiError
from waqai.engines.attempts import finish, give_back, hand_out, quarantine
from waqai.engines.local import Engine, Ticket
from waqai.engines.orders import Order, Read, Result
from waqai.flow import Chain, Store, now

STAGE = "quarantine"
"""The stage of notices about reports that nobody reads, as they ended their readers."""


class Ahead:
    """An iterator over what comes in that has it read meanwhile. Mutable; the one thread of the run uses it.

    Where the store fails, `go_back` puts back what the run took and did not keep; what was read is still known.
    """

    def __init__(self, items: Iterable[Report | Notice | Incoming], store: Store, engine: Engine, order: Order) -> None:
        self._source, self._store, self._engine, self._order = iter(items), store, engine, order
        self._stamp = order.stamp
        self._pulled: list[Any] = []  # taken from the source, and not with the workers yet
        self._batches: deque[list[Any]] = deque()  # with the workers
        self._ready: deque[Any] = deque()  # of the next batch, for the run
        self._taken: list[Any] = []  # by the run, and not all kept
        self._kept = 0  # so many of these are done with
        self._tickets: dict[str, tuple[Ticket, int]] = {}  # by hash: the batch that it is in, its place there
        self._held: dict[str, int] = {}  # by hash: how often it was handed out
        self._read: dict[str, Read] = {}
        self._done: set[str] = set()  # whose rows may go
        self._failed: Exception | None = None

    def __iter__(self) -> Iterator[Any]:
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """The attempts of what is still with the workers do not count."""
        with suppress(StoreError):
            self.settle()
            give_back(self._held, self._store, stamp=self._stamp)

    def __next__(self) -> Any:
        if self._kept:
            self._taken, self._kept = [], 0
        if not self._ready:
            self._fill()
        if not self._ready:
            self._end()
        item = self._ready.popleft()
        self._taken.append(item)
        return item

    def keep(self, report: Report) -> None:
        """The run has kept this one, and what became of it."""
        place = next(i for i, item in enumerate(self._taken) if i >= self._kept and _same(report, item))
        self._kept = place + 1
        if report.sha256 in self._read:
            self._forget(report.sha256)

    def go_back(self) -> None:
        """The run takes again what it took and did not keep. Notices beside what it kept came with these."""
        rest = self._taken[self._kept :]
        again = [item for item in rest if not isinstance(item, Notice)] if self._kept else rest
        self._ready.extendleft(reversed(again))
        self._taken, self._kept = [], 0

    def read(self, reports: list[Report], _: Chain) -> list[Result]:
        """The results of these reports, in order, as soon as they are there."""
        missing = [r for r in reports if r.sha256 not in self._read and r.sha256 not in self._tickets]
        if missing:  # a text that came twice, and the first time gave no reading
            self._submit(missing)
        self._wait(reports)
        return [self._result(report) for report in reports]

    def settle(self) -> None:
        """What is done has no row any more."""
        finish(self._done, self._store, stamp=self._stamp)
        self._done.clear()

    # -- inside

    def _fill(self) -> None:
        """Have batches with the workers, as many as they should have, and the next one ready."""
        while self._failed is None and len(self._batches) <= self._engine.at_once:
            if not self._pulled:
                self._pull()
            if not self._pulled:
                break
            self._submit([report for item in self._pulled if (report := _report_of(item)) is not None and self._is_fresh(report)])
            self._batches.append(self._pulled)
            self._pulled = []
        if self._batches:
            self._ready.extend(self._batches.popleft())

    def _pull(self) -> None:
        """The next batch of the source. What it raises is raised when all that came before is kept, as it would be without workers."""
        try:
            self._pulled = list(islice(self._source, self._order.batch))
        except (WaqaiError, OSError, ValueError) as error:
            self._failed = error

    def _end(self) -> None:
        failed, self._failed = self._failed, None
        raise failed or StopIteration

    def _is_fresh(self, report: Report) -> bool:
        known = report.sha256 in self._read or report.sha256 in self._tickets
        return not known and not self._store.has_reading(report.sha256, reader=self._stamp) and self._store.find_tombstone(report.sha256) is None

    def _submit(self, reports: list[Report]) -> None:
        """Count the attempt, then hand them out: together, but what an ended run had in its hands alone, so that none is blamed for others."""
        fresh = {report.sha256: report for report in reports}
        if not fresh:
            return
        self.settle()
        handed = hand_out(list(fresh), self._store, stamp=self._stamp, most=self._order.bounds.attempts, at=now())
        self._read |= {sha256: Read(result=None, attempts=0, why=why) for sha256, why in handed.quarantined.items()}
        self._held |= handed.attempts
        together = [fresh[sha256] for sha256, number in handed.attempts.items() if number == 1]
        alone = [fresh[sha256] for sha256, number in handed.attempts.items() if number > 1]
        for some in ([together] if together else []) + [[report] for report in alone]:
            ticket = self._engine.submit((some, [self._held[report.sha256] for report in some]))
            self._tickets |= {report.sha256: (ticket, place) for place, report in enumerate(some)}

    def _wait(self, reports: list[Report]) -> None:
        """Know what became of these, and keep it of those that are given up."""
        asked = {r.sha256: self._tickets[r.sha256] for r in reports if r.sha256 in self._tickets}
        found = {sha256: ticket.result()[place] for sha256, (ticket, place) in asked.items()}
        given_up = {sha256: (read.attempts, read.why) for sha256, read in found.items() if read.result is None}
        if given_up:
            quarantine(given_up, self._store, stamp=self._stamp, at=now())
        self._read |= found
        for sha256 in found:
            del self._tickets[sha256]

    def _result(self, report: Report) -> Result:
        read = self._read[report.sha256]
        if read.result is not None:
            return read.result
        return Notice(record=report.id, stage=STAGE, reason=f"in quarantine: {read.why}; `waqai quarantine retry {report.id}` tries it again")

    def _forget(self, sha256: str) -> None:
        del self._read[sha256]
        if self._held.pop(sha256, None) is not None:
            self._done.add(sha256)


def _report_of(item: Report | Notice | Incoming) -> Report | None:
    if isinstance(item, Notice):
        return None
    return item.report if isinstance(item, Incoming) else item


def _same(report: Report, item: Report | Notice | Incoming) -> bool:
    return (mine := _report_of(item)) is not None and mine.sha256 == report.sha256
