"""Workers of a Dask cluster. Dask moves the batches and tries them again where a machine dies; what ends a reader is found on that machine, as on this one.

The cluster keeps nothing that matters: when its scheduler dies, this run waits for another at the same address, and hands out again what it had handed out.
"""

from __future__ import annotations

import logging
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
_ANSWER_S = 5.0  # how long a scheduler may take to count them
_CHECK_S = 300.0  # the least time that all workers have to say that they fit: each starts a process for it, 4 s on an idle machine, 40 s on a busy one
_SAY_S = 60.0  # how often a run that waits for a result says so
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
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it complains of is told in our words
        self._order, self._address, self._patience_s, self._on_wait = order, address, patience_s, on_wait
        self._open: list[ClusterTicket] = []
        self._threads, self._counted = 1, 0.0
        self._client: Any = None  # Dask's
        try:
            self._join(patience_s=min(patience_s, 30.0))
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
        began, said = time.monotonic(), 0.0
        while True:
            try:
                if ticket.future is None:
                    raise CancelledError
                found: list[Read] = ticket.future.result(timeout=_LOOK_S)
            except self._dask.KilledWorker as error:
                self._open.remove(ticket)
                return self._part(ticket.batch, error)
            except (CancelledError, self._dask.CancelledError, self._dask.core.CommClosedError, OSError) as error:  # TimeoutError is an OSError
                if ticket.future is not None and ticket.future.status == "error":
                    raise NoWorkers(f"a worker of the cluster at {self._address!r} failed: {_words(error)}; what was read is kept") from error
                if ticket.future is None or not isinstance(error, TimeoutError):
                    self._reconnect()
                    began, said = time.monotonic(), 0.0  # it was handed out anew
                    continue
                alone_since = self._look(alone_since)
                said = self._watch(ticket.batch, time.monotonic() - began, said)
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

    def _watch(self, batch: Batch, waited: float, said: float) -> float:
        """When it was last said that no result came, in seconds of waiting. Raises NoWorkers where none came in a time in which each report could have been
        tried as often as may be: a worker that is stopped or hangs looks alive for long."""
        if waited >= self._longest_s(batch):
            raise NoWorkers(
                f"the cluster at {self._address!r} has had a batch of {len(batch[0])} for {waited:.0f} s without a result, though it has workers: look at "
                "what they do. What was read is kept: run the same command again, and it goes on"
            )
        if waited - said < _SAY_S:
            return said
        self._tell(f"the cluster at {self._address} has no result yet of a batch of {len(batch[0])}", waited)
        return waited

    def _longest_s(self, batch: Batch) -> float:
        """For each try of each report its own time and that of the process that is started anew for it; and the patience for who else uses the cluster."""
        bounds = self._order.bounds
        return self._patience_s + len(batch[0]) * bounds.attempts * (bounds.seconds + _LOOK_S)

    def _hand_out(self, ticket: ClusterTicket) -> None:
        reports, attempts = ticket.batch
        ticket.future = None
        if self._is_connected():
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
                self._client = self._make_client(timeout_s=max(0.5, min(5.0, patience_s)))
                return
            except (OSError, TimeoutError, ValueError, TypeError) as error:  # the last one: a tls:// address, and no keys are set up
                waited = time.monotonic() - began
                if waited >= patience_s or isinstance(error, (ValueError, TypeError)):
                    raise NoWorkers(
                        f"no scheduler answers at {self._address!r} ({_words(error)}); start one there with `dask scheduler`, "
                        "or look at the address. What was read is kept: run the same command again, and it goes on"
                    ) from error
                self._tell(f"no scheduler answers at {self._address}", waited)
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_S)

    def _make_client(self, *, timeout_s: float) -> Any:
        """Dask's client. One that fails on its way counts as closed: else it waits for itself when Python throws it away, and complains that nobody came."""
        client = self._dask.Client.__new__(self._dask.Client)
        try:
            client.__init__(self._address, timeout=timeout_s, set_as_default=False, name="waqai")
        except BaseException:
            client.status = "closed"
            raise
        return client

    def _check(self) -> None:
        """Somebody is there, and everybody fits the order. Raises NoWorkers."""
        self._await_workers()
        assert self._client is not None, "it is connected first"
        within = max(_CHECK_S, self._patience_s)  # without a bound, a worker that is stopped or hangs holds the run for ever
        said = self._client.sync(self._client._run, find_misfit_there, self._order, on_error="return", callback_timeout=within)
        for worker, why in said.items():
            if why is not None and not isinstance(why, OSError):  # an OSError: it is gone meanwhile
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
        self._join(patience_s=self._patience_s)
        for ticket in self._open:
            self._hand_out(ticket)

    def _join(self, *, patience_s: float) -> None:
        """A client of a cluster that fits, though it goes away again meanwhile. Raises NoWorkers."""
        began = time.monotonic()
        while True:
            self.close()
            self._connect(patience_s=patience_s)
            try:
                return self._check()
            except NoWorkers:
                raise
            except (OSError, TimeoutError, RuntimeError, CancelledError) as error:
                if time.monotonic() - began >= patience_s:
                    raise NoWorkers(
                        f"the scheduler at {self._address!r} goes away again and again, or its workers do not answer ({_words(error)}); what was read is kept"
                    ) from error

    def _look(self, alone_since: float | None) -> float | None:
        """Since when there has been no worker; None where there are some. Raises NoWorkers after too long."""
        if self._count():
            return None
        since = time.monotonic() if alone_since is None else alone_since
        if time.monotonic() - since >= self._patience_s:
            self._await_workers()
        return since

    def _is_connected(self) -> bool:
        """Whether the client has a scheduler; it gives up by itself some seconds after that is gone."""
        return self._client is not None and self._client.status == "running" and self._client.scheduler is not None

    def _count(self) -> int:
        """The cluster's threads; 0 also where it does not answer."""
        if not self._is_connected():
            return 0
        try:
            return sum(self._client.nthreads(callback_timeout=_ANSWER_S).values())
        except (OSError, TimeoutError, RuntimeError, AttributeError):  # the last one where the client loses its scheduler at this moment
            return 0

    def _tell(self, why: str, seconds: float) -> None:
        if self._on_wait is not None:
            self._on_wait(why, seconds)


def _words(error: BaseException) -> str:
    """What an error says, else what it is called: that time was up often has no words.

    >>> _words(TimeoutError()), _words(OSError("cut"))
    ('TimeoutError', 'cut')
    """
    return str(error) or type(error).__name__
