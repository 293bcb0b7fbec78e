"""An end in good order: SIGTERM, which systemd, containers and `kill` send, is taken as a wish to stop, and what goes on may end its report."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Timer, current_thread, main_thread
from types import FrameType

from waqai.operating.logs import tell

WITHIN_S = 25.0
"""Seconds for what tidies up; with the three that the server gives its last answers, all is over within 30."""
OVERDUE = 70
"""The exit status of a process that was not done by then."""


@contextmanager
def stops_in_order(*, signals: Sequence[signal.Signals] = (signal.SIGTERM,), within_s: float = WITHIN_S) -> Iterator[None]:
    """Inside, the first of these signals raises SystemExit(0), so that what tidies up does, and others after it do nothing. What is not done in time is broken
    off: the store keeps whole transactions only, so that nothing is half written.

    For the main thread; elsewhere, where no process is to be stopped, it does nothing.
    """
    if current_thread() is not main_thread():
        yield
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        for one in signals:
            signal.signal(one, signal.SIG_IGN)
        last = Timer(within_s, _break_off)
        last.daemon = True
        last.start()
        raise SystemExit(0)

    before = {one: signal.signal(one, stop) for one in signals}
    try:
        yield
    finally:
        for one, handler in before.items():
            if signal.getsignal(one) is stop:  # else it came, and the end of the process is near
                signal.signal(one, handler)


def _break_off() -> None:
    tell("stopped before all was done", level="error", exit=OVERDUE)
    os._exit(OVERDUE)
