"""Counts by unit and month, with what they are counts of and from when the knowledge is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from waqai.core import BadQuestion
from waqai.forecasting.months import last_day, name_month
from waqai.forecasting.scope import Scope

Counts: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """`counts` is (units, months), from `first_month` on, each month whole. `known_on`: all of it is as it was known when that day (UTC) ended; `last_entry`
    is the newest entry of the log by then (None: the counts are no store's). `units` are country codes, or "COUNTRY/NAME" of admin1 units."""

    scope: Scope
    units: tuple[str, ...]
    first_month: int
    counts: Counts
    known_on: date
    last_entry: int | None = None

    @property
    def months(self) -> int:
        """How many months it holds."""
        return int(self.counts.shape[1])

    @property
    def last_month(self) -> int:
        return self.first_month + self.months - 1

    def until(self, month: int) -> Panel:
        """The panel as if it ended with that month: for counts that are not corrected afterwards. Raises BadQuestion for a month that it does not hold."""
        if not self.first_month <= month <= self.last_month:
            raise BadQuestion(f"the panel holds {name_month(self.first_month)} to {name_month(self.last_month)}, not {name_month(month)}")
        return replace(self, counts=self.counts[:, : month - self.first_month + 1], known_on=min(self.known_on, last_day(month)))

    def in_months(self, months: Sequence[int], *, units: Sequence[str]) -> Counts:
        """The counts of these units in these months, (units, months); a unit that is not in the panel has none. Raises BadQuestion for a month beyond it."""
        beyond = [month for month in months if not self.first_month <= month <= self.last_month]
        if beyond:
            raise BadQuestion(f"the panel holds {name_month(self.first_month)} to {name_month(self.last_month)}, not {name_month(beyond[0])}")
        place = {unit: row for row, unit in enumerate(self.units)}
        columns = [month - self.first_month for month in months]
        rows = [self.counts[place[unit], columns] if unit in place else np.zeros(len(columns), np.int64) for unit in units]
        return np.array(rows, dtype=np.int64).reshape(len(units), len(columns))


def make_panel(counts: ArrayLike, *, units: Sequence[str], first_month: int, scope: Scope, known_on: date | None = None) -> Panel:
    """A panel of counts that came from elsewhere; `known_on` is the end of its last month unless given.

    Raises BadQuestion for counts that are no whole numbers from 0 on, units named twice, and shapes that do not fit.
    """
    values = np.asarray(counts)
    if values.ndim != 2 or len(units) != values.shape[0] or not values.shape[1]:
        raise BadQuestion(f"a panel needs a row of counts for each unit, and a month at least; there are {len(units)} units and counts of shape {values.shape}")
    if not (np.isfinite(values).all() and (values >= 0).all() and (values == np.floor(values)).all()):
        raise BadQuestion("a panel holds whole numbers from 0 on; leave out units with months that nobody counted")
    if len(set(units)) < len(units):
        raise BadQuestion("a unit stands twice in the panel; each has one row")
    known = known_on or last_day(first_month + values.shape[1] - 1)
    return Panel(scope=scope, units=tuple(units), first_month=first_month, counts=values.astype(np.int64), known_on=known)
