"""A machine that reads for others: workers of a Dask cluster, started again whenever its scheduler was away."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

from waqai.core import MissingPart

_PAUSE_S = 2.0
_END_S = 10.0  # so long a worker has to end in order


def serve(address: str, *, workers: int, told: Callable[[str], None] | None = None) -> None:
    """Be so many workers of the scheduler at this address, until interrupted. A worker ends when its scheduler is gone; another one then waits for the next."""
    if find_spec("distributed") is None:
        raise MissingPart("a worker needs the library Dask; `pip install 'waqai[dask]'` brings it")
    options = ["--nworkers", str(workers), "--nthreads", "1", "--no-dashboard", "--memory-limit", "0", "--death-timeout", "60"]
    while True:
        process = subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_worker", address, *options])
        try:
            status = process.wait()
        except BaseException:
            _end(process)
            raise
        if told is not None:
            told(f"the scheduler at {address} went away (exit status {status}); looking for it again")
        time.sleep(_PAUSE_S)


def _end(process: subprocess.Popen[bytes]) -> None:
    """In order, or at last by force: its own processes end when it is gone."""
    process.terminate()
    try:
        process.wait(_END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
