"""Workers of a Dask cluster. Dask moves the batches and tries them again where a machine dies; what ends a reader is found on that machine, as on this one.

The cluster keeps nothing that matters: when its scheduler dies, this run waits for another at the same address, and hands out again what it had handed out.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any, Self

from waqai.core import MissingPart, NoWorkers
from waqai.engines.local import Batch
from waqai.engines.orders import Order, Read
from waqai.engines.there import find_misfit_there, read_there

_LOOK_S = 2.0  # how often a run that waits for a result looks whether anybody is there
_COUNT_S = 5.0  # how often the cluster's threads are counted
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 8.0


class ClusterTicket:
    """A batch that is with the cluster, or was with one that died. Mutable: it may be handed out several times."""

    def __init__(self, engine: ClusterEngine, batch: Batch) -> None:
        self._engine, self._batch = engine, batch
        self.future: Any = None  # Dask's
        self._found: list[Read] | None = None

    def result(self) -> list[Read]:
        """What became of each report, in order, once it is known. Raises NoWorkers."""
        if self._found is None:
            self._found = self._engine.wait(self)
        return self._found

    @property
    def batch(self) -> Batch:
        """Its reports, and how often each was handed out."""
        return self._batch


class ClusterEngine:
    """The cluster whose scheduler is at this address.

    Raises MissingPart without Dask, and NoWorkers where nobody is there, or somebody who does not fit the order.
    """

    def __init__(self, order: Order, *, address: str, patience_s: float, on_wait: Callable[[str, float], None] | None = None) -> None:
        try:
            import distributed
        except ImportError as error:
            raise MissingPart(f"--dask needs the library Dask ({error}); `pip install 'waqai[dask]'` brings it") from error
        self._dask: Any = distributed
        self._order, self._address, self._patience_s, self._on_wait = order, address, patience_s, on_wait
        self._open: list[ClusterTicket] = []
        self._threads, self._counted = 1, 0.0
        self._client: Any = None  # Dask's
        try:
            self._connect(patience_s=min(patience_s, 30.0))
            self._check()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def at_once(self) -> int:
        """One batch for each thread of the cluster, and one that waits for it."""
        if time.monotonic() - self._counted > _COUNT_S:
            self._threads, self._counted = max(1, self._count()), time.monotonic()
        return 2 * self._threads

    def submit(self, batch: Batch) -> ClusterTicket:
        """Have a batch read by whoever is free."""
        ticket = ClusterTicket(self, batch)
        self._open.append(ticket)
        self._hand_out(ticket)
        return ticket

    def wait(self, ticket: ClusterTicket) -> list[Read]:
        """The results of a batch. Raises NoWorkers when the cluster is away for longer than the run's patience."""
        alone_since: float | None = None
        while True:
            try:
                if ticket.future is None:
                    raise CancelledError
                found: list[Read] = ticket.future.result(timeout=_LOOK_S)
            except self._dask.KilledWorker as error:
                self._open.remove(ticket)
                return self._part(ticket.batch, error)
            except TimeoutError:
                alone_since = self._look(alone_since)
            except (CancelledError, self._dask.CancelledError, self._dask.core.CommClosedError, OSError):
                self._reconnect()
            else:
                self._open.remove(ticket)
                return found

    def close(self) -> None:
        """Leave the cluster; what it reads for this run ends."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(OSError, TimeoutError, RuntimeError):
                client.close(timeout=2)

    # -- inside

    def _hand_out(self, ticket: ClusterTicket) -> None:
        reports, attempts = ticket.batch
        ticket.future = None
        if self._client is not None:
            with suppress(RuntimeError, OSError):  # the client was closed meanwhile: whoever waits for the result connects again
                ticket.future = self._client.submit(read_there, self._order, reports, attempts, pure=False)

    def _part(self, batch: Batch, error: Exception) -> list[Read]:
        """A batch whose machines died, several times: its halves, or the one report tried again until it was tried often enough."""
        reports, attempts = batch
        if len(reports) == 1 and attempts[0] >= self._order.bounds.attempts:
            return [Read(result=None, attempts=attempts[0], why=f"the workers of the cluster that read it died ({error})")]
        half = (len(reports) + 1) // 2
        again = [number + 1 for number in attempts]
        parts = [(reports[cut], again[cut]) for cut in (slice(half), slice(half, None)) if reports[cut]]
        return [read for ticket in [self.submit(part) for part in parts] for read in ticket.result()]

    def _connect(self, *, patience_s: float) -> None:
        """A client, within so many seconds. Raises NoWorkers."""
        began, pause = time.monotonic(), _FIRST_PAUSE_S
        while True:
            try:
                self._client = self._dask.Client(self._address, timeout=max(0.5, min(5.0, patience_s)), set_as_default=False, name="waqai")
                return
            except (OSError, TimeoutError, ValueError) as error:
                waited = time.monotonic() - began
                if waited >= patience_s or isinstance(error, ValueError):
                    raise NoWorkers(
                        f"no scheduler answers at {self._address!r} ({error or type(error).__name__}); start one there with `dask scheduler`, "
                        "or look at the address. What was read is kept: run the same command again, and it goes on"
                    ) from error
                self._tell(f"no scheduler answers at {self._address}", waited)
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_S)

    def _check(self) -> None:
        """Somebody is there, and everybody fits the order. Raises NoWorkers."""
        self._await_workers()
        assert self._client is not None, "it is connected first"
        said = self._client.run(find_misfit_there, self._order, on_error="return")
        for worker, why in said.items():
            if why is not None:
                told = why if isinstance(why, str) else f"it cannot run waqai: {why}"
                raise NoWorkers(f"the worker at {worker} cannot read for this run: {told}")

    def _await_workers(self) -> None:
        began = time.monotonic()
        while not self._count():
            waited = time.monotonic() - began
            if waited >= self._patience_s:
                raise NoWorkers(
                    f"the scheduler at {self._address!r} has had no worker for {waited:.0f} s; start some with `waqai worker {self._address}`. "
                    "What was read is kept: run the same command again, and it goes on"
                )
            self._tell(f"the scheduler at {self._address} has no worker", waited)
            time.sleep(1.0)

    def _reconnect(self) -> None:
        """The scheduler died, or was away: find one again, and hand out again what it had."""
        self.close()
        self._connect(patience_s=self._patience_s)
        self._check()
        for ticket in self._open:
            self._hand_out(ticket)

    def _look(self, alone_since: float | None) -> float | None:
        """Since when there has been no worker; None where there are some. Raises NoWorkers after too long."""
        if self._count():
            return None
        since = time.monotonic() if alone_since is None else alone_since
        if time.monotonic() - since >= self._patience_s:
            self._await_workers()
        return since

    def _count(self) -> int:
        """The cluster's threads; 0 also where it does not answer."""
        if self._client is None:
            return 0
        try:
            return sum(self._client.nthreads().values())
        except (OSError, TimeoutError, RuntimeError):
            return 0

    def _tell(self, why: str, seconds: float) -> None:
        if self._on_wait is not None:
            self._on_wait(why, seconds)
