"""When a happening may be told of, and how exactly."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from waqai.bounds.profiles import FRESH_HOURS
from waqai.core import Day, When


def is_fresh(when: When | None, *, since: Day | None, at: datetime) -> bool:
    """Whether less than 72 hours have gone by since the last day on which it can have taken place ended (else since the day it was first published).

    Of what nobody knows when it was, nor when it was published, nothing is held back.
    """
    last = when.latest if when is not None else since
    return last is not None and datetime.combine(last, time(), UTC) + timedelta(days=1, hours=FRESH_HOURS) > at


def to_month(when: When) -> When:
    """The months that its days lie in, whole."""
    last = monthrange(when.latest.year, when.latest.month)[1]
    return replace(when, earliest=when.earliest.replace(day=1), latest=when.latest.replace(day=last), rule="coarsened")
