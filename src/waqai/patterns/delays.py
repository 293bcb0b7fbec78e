"""How long until a happening is first reported, and so how much of the newest days is known yet.

Late happenings of the newest days are not in the record, so the delays that are there look shorter than they are. The reverse-time hazard takes that into
account: Lawless, J. F. (1994), Adjustments for reporting delays and the prediction of occurred but not reported events, Canadian Journal of Statistics 22(1),
15-31; Brookmeyer, R. and Damiano, A. (1989), Statistical methods for short-term projections of AIDS incidence, Statistics in Medicine 8(1), 23-34.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.special import stdtrit

from waqai.patterns.series import Floats, Ints, Period
from waqai.patterns.testable import NotTestable

LONGEST_DAYS = 90
HISTORY_DAYS = 365
MIN_DELAYS = 50
GROUPS = 20
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """The share of a period's happenings that are reported by now, of those reported within `longest_days` at all, with its 95 % interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Delays:
    """How delays are distributed, as known on `as_of`.

    `known` has shape (1 or 7, longest_days + 1): the share first reported at most so many days after; seven rows, from Monday's happenings on, where
    `weekly`. `without` has the same behind an axis of groups: without the happenings of one stretch of time each, for the interval. `happenings` were
    used; `later` more came after `longest_days`, `before` were reported before they happened.
    """

    as_of: date
    longest_days: int
    known: Floats
    without: Floats
    happenings: int
    later: int
    before: int

    @property
    def weekly(self) -> bool:
        """Whether reports come in a weekly rhythm, so that delays are told by the weekday of the happening."""
        return len(self.known) == 7

    def completeness(self, period: Period) -> Completeness:
        """How complete the period is; its days count alike, those after `as_of` not at all. A period wholly to come is complete to 0.

        The interval is a jackknife over stretches of time, of the logarithm: reports come in batches and habits change, so happenings are not independent.
        """
        days = np.arange(period.first.toordinal(), min(period.last, self.as_of).toordinal() + 1)
        if not len(days):
            return Completeness(share=0.0, low=0.0, high=0.0)
        ages, rows = np.minimum(self.as_of.toordinal() - days, self.longest_days), _weekdays(days) * self.weekly
        share, others = float(self.known[rows, ages].mean()), self.without[:, rows, ages].mean(axis=1)
        logs, n = np.log(np.maximum(others, 1e-6)), len(others)
        error = float(np.sqrt((n - 1) / n * ((logs - logs.mean()) ** 2).sum()))
        reach = float(np.exp(stdtrit(n - 1, (1 + LEVEL) / 2) * error))
        return Completeness(share=share, low=share / reach, high=min(1.0, share * reach))


def estimate_delays(happened: Ints, reported: Ints, *, as_of: date, longest_days: int = LONGEST_DAYS, history_days: int = HISTORY_DAYS) -> Delays | NotTestable:
    """The delays from `happened` to `reported` (days as ordinals, shape (n,), known to the day), as far as reports up to `as_of` show them.

    Only happenings of the `history_days` up to `as_of` are used, since habits of reporting change. Where one weekday has more than two sevenths of all first
    reports (a weekly digest), each weekday of happening has its delays: how much of last week is known then hangs on the weekday of `as_of`. NotTestable
    under 50 happenings, in a weekly rhythm 350.
    """
    now = as_of.toordinal()
    recent = (reported <= now) & (happened <= now) & (happened > now - history_days)
    delays, room = (reported - happened)[recent], (now - happened)[recent]
    usable = (delays >= 0) & (delays <= longest_days)
    weekly = bool(np.bincount(_weekdays(reported[recent][usable]), minlength=7).max() > 2 / 7 * usable.sum())
    if usable.sum() < MIN_DELAYS * (7 if weekly else 1):
        return NotTestable(why=_why_not(int(usable.sum()), weekly, history_days))
    order = np.argsort(happened[recent][usable], kind="stable")
    delay, room = delays[usable][order], np.minimum(room[usable][order], longest_days)
    day, group = happened[recent][usable][order], np.arange(len(delay)) * GROUPS // len(delay)
    at, within = _count_delays(delay, room, (group, _weekdays(day) * weekly), (GROUPS, 7 if weekly else 1, longest_days + 1))
    return Delays(
        as_of=as_of,
        longest_days=longest_days,
        known=_known_by(at.sum(axis=0), within.sum(axis=0)),
        without=_known_by(at.sum(axis=0) - at, within.sum(axis=0) - within),
        happenings=len(delay),
        later=int((delays > longest_days).sum()),
        before=int((delays < 0).sum()),
    )


def _count_delays(delay: Ints, room: Ints, rows: tuple[Ints, Ints], shape: tuple[int, int, int]) -> tuple[Ints, Ints]:
    """By group, weekday and delay d: happenings reported after exactly d days, and those reported within d of the happenings at least d days ago."""
    table = np.zeros((*shape, shape[-1]), dtype=np.int64)
    np.add.at(table, (*rows, delay, room), 1)
    within = np.diagonal(table.cumsum(axis=-2)[..., ::-1].cumsum(axis=-1)[..., ::-1], axis1=-2, axis2=-1)
    return table.sum(axis=-1), within


def _known_by(at: Ints, within: Ints) -> Floats:
    """Shares known by d days: the product over longer delays of 1 minus the reverse-time hazard (Lawless 1994)."""
    hazard = np.where(within > 0, at / np.maximum(within, 1), 0.0)
    longer = np.cumprod((1 - hazard)[..., ::-1], axis=-1)[..., ::-1]
    return np.concatenate([longer[..., 1:], np.ones_like(longer[..., :1])], axis=-1)


def _weekdays(days: Ints) -> Ints:
    """0 for Mondays; the first day of all, ordinal 1, was one."""
    return (days - 1) % 7


def _why_not(happenings: int, weekly: bool, history_days: int) -> str:
    rhythm = " in the weekly rhythm that most reports come in" if weekly else ""
    return (
        f"There are {happenings} happenings of the last {history_days} days with a known day and day of first report; how long reports take{rhythm} "
        f"cannot be told from so few, so nothing is said about how complete the newest counts are. It would take at least {MIN_DELAYS * (7 if weekly else 1)}."
    )
