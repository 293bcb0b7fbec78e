"""The process that reads: `python -m waqai.engines.child`. It gets an order, then batches of reports, and gives back each result when it is made.

What kills it, or makes it hang or grow, costs the run nothing but this process. A frame is a length of eight bytes and a pickle: both ends are one program.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from waqai import __version__
from waqai.core import Report, WaqaiError
from waqai.engines.orders import Order, Result, settings_of
from waqai.flow import Chain, build_chain
from waqai.flow.read import iter_placed, read_batch

LENGTH = struct.Struct(">Q")
OUT_OF_MEMORY = 77
"""The exit status of a process whose report wanted more memory than it may."""
_LOOK_S = 1.0  # how often it looks whether whoever started it is still there


def send(stream: IO[bytes], value: Any) -> None:
    """One frame."""
    pickled = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(pickled)) + pickled)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next frame. Raises EOFError where the other end is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    length = LENGTH.unpack(head)[0]
    pickled = stream.read(length)
    if len(pickled) < length:
        raise EOFError
    return pickle.loads(pickled)


def read_each(reports: list[Report], chain: Chain) -> Iterator[Result]:
    """A result for each report, in order and as soon as it is made. One on which the reader fails is a notice. Raises MemoryError."""
    made = 0
    try:
        for result in iter_placed(reports, chain):
            yield result
            made += 1
        return
    except MemoryError:
        raise
    except Exception:
        if made == 0:
            yield from read_batch(reports, chain)
            return
    yield from read_batch([reports[made]], chain)
    yield from read_each(reports[made + 1 :], chain)


def bound_memory(megabytes: int) -> None:
    """From now on this process may take so much more address space than it has. Does nothing where the system does not say how much that is."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    most = pages * resource.getpagesize() + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Serve until the other end closes, or is gone."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    try:
        _serve(orders, answers)
    except (EOFError, BrokenPipeError):
        os._exit(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    order: Order = receive(orders)
    try:
        chain = build_chain(settings_of(order), store=order.store)
    except WaqaiError as error:
        send(answers, str(error))
        return
    send(answers, (__version__, chain.reader.stamp))
    bound_memory(order.bounds.megabytes)
    while True:
        reports = receive(orders)
        _end_within(order.bounds.first_s(len(reports)))
        for result in read_each(reports, chain):
            send(answers, result)
            _end_within(order.bounds.seconds)
        _end_within(0)


def _end_within(seconds: float) -> None:
    """Have the system end this process when it takes far longer than whoever leads it waits; 0: no more. Whoever leads it may have been killed, and a pattern
    or a library that never comes back lets no thread of Python's look for that."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, 2 * seconds + 1 if seconds else 0)


def _end_with(parent: int) -> None:
    """End this process when whoever started it has ended, in the middle of a report too."""
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    os._exit(0)


if __name__ == "__main__":
    main()
