"""Many reports into a store: read by an engine, kept and linked by one run, which waits where the database does not answer, and goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from waqai.core import Incoming, Notice, Report, StoreError
from waqai.engines.ahead import Ahead
from waqai.engines.attempts import sweep
from waqai.engines.local import Engine
from waqai.engines.orders import make_order
from waqai.flow import Again, Chain, Store, Summary, add_reports

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 8.0
_GONE = ("57P01", "57P02", "57P03", "53300")  # PostgreSQL: shut down, crashed, starting up or stopping, too many connections


def add_many(
    items: Iterable[Report | Notice | Incoming],
    chain: Chain,
    store: Store,
    engine: Engine,
    *,
    again: Again | None = None,
    on_report: Callable[[Report], None] | None = None,
    on_turn: Callable[[int, int], None] | None = None,
    on_wait: Callable[[str, float], None] | None = None,
) -> Summary:
    """As `add_reports`, and the same in the store; `engine` reads. `on_wait` is told why and for how many seconds it has waited for the database.

    Raises NoWorkers where the engine is gone, and StoreError where the database does not come back within the patience that the settings name: what was kept
    stays, and the same call goes on from there.
    """
    patience = Patience(store, seconds=chain.ground.settings.workers.patience_seconds, on_wait=on_wait)
    summary, order = Summary(), make_order(chain)
    patience.through(lambda: sweep(store))
    with Ahead(items, store, engine, order) as ahead:
        mark = mark_of(summary)

        def kept(report: Report) -> None:
            nonlocal mark
            ahead.keep(report)
            mark = mark_of(summary)
            patience.goes_on()
            if on_report is not None:
                on_report(report)

        def turned(number: int, of: int) -> None:
            patience.goes_on()
            if on_turn is not None:
                on_turn(number, of)

        def run() -> None:
            nonlocal mark
            try:
                add_reports(ahead, chain, store, again=again, on_report=kept, on_turn=turned, read=ahead.read, summary=summary)
            except StoreError:
                ahead.go_back()
                back_to(mark, summary)
                raise

        patience.through(run)
        patience.through(ahead.settle)
    return summary


@dataclass(slots=True)
class Patience:
    """How a run waits for a database that is cut off: it tries again, at growing intervals, for so many seconds in which nothing goes on. Mutable."""

    store: Store
    seconds: float
    on_wait: Callable[[str, float], None] | None = None
    _since: float | None = None  # nothing went on
    _pause_s: float = _FIRST_PAUSE_S

    def through(self, step: Callable[[], None]) -> None:
        """Do the step, again and again while the database is gone. The step must be one that can be repeated. Raises StoreError."""
        while True:
            try:
                step()
                return self.goes_on()
            except StoreError as error:
                if not is_cut_off(error):
                    raise
                self._wait(error)

    def goes_on(self) -> None:
        """Something of the step is done: what is waited for from here on is another wait."""
        self._since, self._pause_s = None, _FIRST_PAUSE_S

    def _wait(self, error: StoreError) -> None:
        """Until the database answers; where it answered, and the step failed again, at least a pause: it may be the step that cuts it off."""
        again = self._since is not None
        self._since = since = time.monotonic() if self._since is None else self._since
        while again or not self._answers():
            waited = time.monotonic() - since
            if waited >= self.seconds:
                raise StoreError(f"{error}; waited {waited:.0f} s for it. What was kept is kept: run the same command again, and it goes on") from error
            if self.on_wait is not None:
                self.on_wait(str(error), waited)
            time.sleep(min(self._pause_s, max(0.05, self.seconds - waited)))
            self._pause_s, again = min(2 * self._pause_s, _LONGEST_PAUSE_S), False

    def _answers(self) -> bool:
        try:
            with self.store.writing() as connection:
                connection.execute(sa.text("SELECT 1"))
        except StoreError as error:
            if not is_cut_off(error):
                raise
            return False
        return True


def is_cut_off(error: StoreError) -> bool:
    """Whether the database was not there, or was held by another writer: it may be back later."""
    cause = error.__cause__
    if isinstance(cause, sa.exc.PendingRollbackError):  # it was cut off before this step of the same transaction
        return True
    if not isinstance(cause, sa.exc.DBAPIError):
        return False
    if cause.connection_invalidated or "locked" in str(cause.orig) or "lock timeout" in str(cause.orig):
        return True
    if not isinstance(cause, sa.exc.OperationalError) or type(cause.orig).__module__.startswith("sqlite3"):
        return False
    state = getattr(cause.orig, "sqlstate", None)
    return state is None or state in _GONE or state.startswith("08")


Mark = dict[str, Any]


def mark_of(summary: Summary) -> Mark:
    """How far a summary is: its numbers, and how long its lists are."""
    return {one.name: len(value) if isinstance(value := getattr(summary, one.name), list) else value for one in fields(summary)}


def back_to(mark: Mark, summary: Summary) -> None:
    """The summary as it was: what was counted for what the store did not keep is not counted. Changes it.

    >>> summary = Summary(accounts=2)
    >>> mark = mark_of(summary)
    >>> summary.accounts, summary.notices = 5, [Notice(record="r", stage="reading", reason="cut")]
    >>> back_to(mark, summary)
    >>> summary.accounts, summary.notices
    (2, [])
    """
    for name, value in mark.items():
        now = getattr(summary, name)
        if isinstance(now, list):
            del now[value:]
        else:
            setattr(summary, name, value)
