"""Worker processes of this machine: each is led by a thread of the run, which waits for it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Protocol, Self, TypeAlias

from waqai.core import Report
from waqai.engines.apart import ReaderProcess, read_apart
from waqai.engines.orders import Order, Read

Batch: TypeAlias = tuple[list[Report], list[int]]
"""Reports, and how often each was handed out."""


class Ticket(Protocol):
    """What stands for a batch that is being read."""

    def result(self) -> list[Read]:
        """What became of each report, in order, once it is known. Raises NoWorkers."""


class Engine(Protocol):
    """Something that reads many batches at once."""

    @property
    def at_once(self) -> int:
        """So many batches should be with it."""

    def submit(self, batch: Batch) -> Ticket:
        """Have a batch read. Raises NoWorkers."""

    def close(self) -> None:
        """End what is being read."""


class LocalEngine:
    """So many processes of this machine. Raises NoWorkers at once where they cannot read by the order."""

    def __init__(self, order: Order, *, workers: int) -> None:
        self._all = [ReaderProcess(order) for _ in range(workers)]
        self._free: SimpleQueue[ReaderProcess] = SimpleQueue()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reading")
        try:
            for started in [self._threads.submit(process.start) for process in self._all]:
                started.result()
        except BaseException:
            self.close()
            raise
        for process in self._all:
            self._free.put(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def at_once(self) -> int:
        """One batch for each process, and one that waits for it."""
        return 2 * len(self._all)

    @property
    def pids(self) -> list[int]:
        """Of the processes that are there."""
        return [process.pid for process in self._all if process.pid is not None]

    def submit(self, batch: Batch) -> Future[list[Read]]:
        """Have a batch read by the next process that is free."""
        return self._threads.submit(self._read, batch)

    def close(self) -> None:
        """End the processes, in the middle of a report too."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.stop()
        self._threads.shutdown(wait=True)
        for process in self._all:
            process.close()

    def _read(self, batch: Batch) -> list[Read]:
        process = self._free.get()
        try:
            return read_apart(batch[0], process, attempts=batch[1])
        finally:
            self._free.put(process)
