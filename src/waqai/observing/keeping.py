"""Answers that took long, kept for whoever asks the same again: the pictures of a page are asked for one by one, each by its own address.

An answer holds until the store tells something else or the day is another one; then all are let go.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import sqlalchemy as sa

from waqai.observing.answers import Answer
from waqai.schema import forecasts, tables
from waqai.store import Store

MOST_KEPT = 32
"""Answers of one state of the store: some tens of kilobytes each."""


class Kept:
    """The last answers, by question. Threads may share it; two that ask the same at once both work it out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: Hashable = None
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()

    def keep(self, question: Hashable, work_out: Callable[[], Answer], *, state: Hashable) -> Answer:
        """The answer that was kept since the store was in this state, else one that is worked out."""
        with self._lock:
            if state != self._state:
                self._answers.clear()
                self._state = state
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        answer = work_out()
        with self._lock:
            if state == self._state:  # else somebody has seen a newer one meanwhile
                self._answers[question] = answer
                while len(self._answers) > MOST_KEPT:
                    self._answers.popitem(last=False)
        return answer


def state_of(store: Store) -> Hashable:
    """What forecasts are made from, in some numbers that are read in a moment: with one of them another, an answer may be another too.

    The log; the views, which change with terms that a copy came in under; the newest report; what was registered, scored and tested.
    """
    asked = (
        sa.select(sa.func.max(tables.log.c.id)),
        sa.select(sa.func.max(tables.changes.c.number)),
        sa.select(sa.func.max(tables.reports.c.published)),
        *(sa.select(sa.func.count()).select_from(table) for table in (forecasts.forecasts, forecasts.scores, forecasts.backtests)),
    )
    with store.committed() as connection:
        return tuple(connection.scalar(one) for one in asked)
