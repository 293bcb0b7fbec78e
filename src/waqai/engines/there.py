"""What a Dask worker does: it leads processes that read, one for each of its threads, and keeps them for the next batch of the same order."""

from __future__ import annotations

import asyncio
import threading

from waqai import __version__
from waqai.core import NoWorkers, Report
from waqai.engines.apart import ReaderProcess, read_apart
from waqai.engines.orders import Order, Read

_lock = threading.Lock()
_free: dict[Order, list[ReaderProcess]] = {}


def read_there(order: Order, reports: list[Report], attempts: list[int]) -> list[Read]:
    """What became of each report, in order. Raises NoWorkers where this machine cannot read by the order."""
    process = _take(order)
    try:
        return read_apart(reports, process, attempts=attempts)
    finally:
        _give_back(process)


async def find_misfit_there(order: Order) -> str | None:
    """Why this machine cannot read by the order, as a sentence; None where it can. Starts a process, which is then ready.

    In a thread: in the worker's own loop it would keep the worker from answering anybody for as long as a process takes to start.
    """
    return await asyncio.to_thread(_find_misfit, order)


def _find_misfit(order: Order) -> str | None:
    if __version__ != order.waqai:
        return f"it has waqai {__version__}, and this run has {order.waqai}: install the same one"
    process = _take(order)
    try:
        process.start()
    except NoWorkers as error:
        return str(error)
    finally:
        _give_back(process)
    return None


def _take(order: Order) -> ReaderProcess:
    """A process for this order. Those that wait for another order end."""
    with _lock:
        for other in [known for known in _free if known != order]:
            for process in _free.pop(other):
                process.close()
        waiting = _free.get(order, [])
        return waiting.pop() if waiting else ReaderProcess(order)


def _give_back(process: ReaderProcess) -> None:
    with _lock:
        _free.setdefault(process.order, []).append(process)
