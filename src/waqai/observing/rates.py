"""How many in each week or month, and whether the newest is lower or higher than those before; the counting is in `patterns.rates`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from waqai.core import Day
from waqai.observing.answers import Answer, Counts, Table, count_of, list_left_out, not_testable, say_interval, say_p, to_figures
from waqai.observing.happenings import Happening, Happenings
from waqai.observing.limits import Period
from waqai.patterns.delays import Delays, estimate_delays
from waqai.patterns.rates import COMPLETE, Rate, Rates, compare_newest, count_rates
from waqai.patterns.series import Ints, end_of, start_of
from waqai.patterns.testable import NotTestable
from waqai.plots import Column, Picture, make_columns

TITLE = "How many?"
MOST_ROWS = 24
LONGEST_YEARS = 60
"""A day before that is taken to be a slip of a report, not the beginning of the record."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dated:
    """Happenings with days: ordinals, shape (n,); the record's days, and what is known of delays or why not. `undated`: without any day."""

    earliest: Ints
    latest: Ints
    first: date
    last: date
    delays: Delays | None
    why_no_delays: str | None
    undated: int
    too_early: int


def date_all(found: Happenings, *, by: Period, since: Day | None, until: Day | None) -> Dated | None:
    """What has days, over the record's days: from `since`, else the week or month of the first happening, to `until`, else the last report of anything (else
    the week or month of the last happening): on which day one was, is not told. None where nothing has."""
    dated = [one for one in found.all if one.earliest is not None and one.latest is not None]
    if not dated:
        return None
    ends = [day for day in (until, found.known_until) if day is not None]
    last = min(ends) if ends else end_of(max(one.latest for one in dated if one.latest), by=by)
    floor = since or last.replace(year=max(last.year - LONGEST_YEARS, 1), day=1)
    kept = [one for one in dated if one.latest and one.latest >= floor and one.earliest and one.earliest <= last]
    if not kept:
        return None
    first = since or start_of(min(one.earliest for one in kept if one.earliest), by=by)
    delays = _delays(kept, as_of=found.known_until or last)
    return Dated(
        earliest=_ordinals([one.earliest for one in kept]),
        latest=_ordinals([one.latest for one in kept]),
        first=first,
        last=max(last, first),
        delays=None if isinstance(delays, NotTestable) else delays,
        why_no_delays=delays.why if isinstance(delays, NotTestable) else None,
        undated=len(found.all) - len(dated),
        too_early=0 if since else sum(1 for one in dated if one.latest and one.latest < floor),
    )


def ask_rates(found: Happenings, *, asked: str, by: Period, since: Day | None = None, until: Day | None = None) -> Answer:
    """The counts with their intervals."""
    dated = date_all(found, by=by, since=since, until=until)
    if dated is None:
        return not_testable(TITLE, asked, "There is no happening with a day.", list_left_out(found, {"without any day": len(found.all)}))
    rates = count_rates(dated.earliest, dated.latest, first=dated.first, last=dated.last, by=by, delays=dated.delays)
    return Answer(
        title=TITLE,
        asked=f"{asked}, by {by}",
        says=tuple(_say(rates, dated)),
        tables=(_table(rates),),
        picture=_picture(rates),
        counts=_counts(rates),
        notes=note_left_out(found, dated),
        plain=to_figures({"rates": rates, "newest": compare_newest(rates, at=_newest_whole(rates))}),
    )


def note_left_out(found: Happenings, dated: Dated) -> tuple[str, ...]:
    """What was not counted, and what is not known of delays."""
    more = {"without any day": dated.undated, f"over {LONGEST_YEARS} years before the last; name a first day to count them": dated.too_early}
    return (*list_left_out(found, more), *([dated.why_no_delays] if dated.why_no_delays else []))


def name_period(rate: Rate, by: Period) -> str:
    """A month as 2023-06, a week by its first day."""
    return rate.period.first.isoformat()[: 7 if by == "month" else 10]


def is_ripe(rate: Rate) -> bool:
    """Whether all that happened in it is probably reported."""
    return rate.completeness is None or rate.completeness.share >= COMPLETE


def _delays(kept: list[Happening], *, as_of: date) -> Delays | NotTestable:
    known = [(one.day, one.told) for one in kept if one.day is not None and one.told is not None]
    return estimate_delays(_ordinals([day for day, _ in known]), _ordinals([told for _, told in known]), as_of=as_of)


def _ordinals(days: list[date] | list[date | None]) -> Ints:
    return np.array([day.toordinal() for day in days if day is not None], dtype=np.int64)


def _newest_whole(rates: Rates) -> int:
    """The newest period that is whole; the last where none is."""
    return next((n for n in range(len(rates.rates) - 1, -1, -1) if rates.rates[n].period.whole), len(rates.rates) - 1)


def _say(rates: Rates, dated: Dated) -> list[str]:
    surely = sum(one.surely for one in rates.rates)
    vague = len(dated.earliest) - surely - rates.outside
    lead = f"{count_of(surely, 'happening')} in {count_of(len(rates.rates), rates.by)}, from {dated.first.isoformat()} to {dated.last.isoformat()}"
    lead += f"; {vague:,} more are known only to a longer time, and are counted as what may lie in a {rates.by}." if vague else "."
    return [lead, _say_newest(rates), _say_spread(rates)]


def _say_newest(rates: Rates) -> str:
    newest = compare_newest(rates, at=_newest_whole(rates))
    if isinstance(newest, NotTestable):
        return f"Whether the newest {rates.by} differs from those before it is not testable. {newest.why}"
    name = newest.period.first.isoformat()[: 7 if rates.by == "month" else 10]
    told = f"{newest.observed:,} where {newest.expected:,.1f} are expected by now after the {newest.before} {rates.by}s before"
    late = f", of which {newest.completeness.share:.0%} are probably reported" if newest.completeness and newest.completeness.share < COMPLETE else ""
    p = say_p(2 * min(newest.p_lower, newest.p_higher, 0.5))
    if not newest.differs:
        return f"The newest whole {rates.by}, {name}, differs no more from those before it than they do from each other: {told}{late} (p {p})."
    way = "fewer" if newest.p_lower < newest.p_higher else "more"
    return f"The newest whole {rates.by}, {name}, has {way} than those before it would let expect: {told}{late} (p {p})."


def _say_spread(rates: Rates) -> str:
    if rates.dispersion is None:
        return f"Intervals are those of pure chance (Poisson), as there are too few {rates.by}s to see how much counts vary; they are likely too narrow."
    if rates.dispersion <= 1:
        return f"Neighbouring {rates.by}s vary as by chance alone (Poisson), and so are the intervals."
    return f"Neighbouring {rates.by}s vary {rates.dispersion:.1f} times as much as by chance alone; the intervals (95 %) allow for it."


def _table(rates: Rates) -> Table:
    shown = rates.rates[-MOST_ROWS:]
    rows = [
        (
            name_period(one, rates.by) + ("" if one.period.whole else " (part)"),
            f"{one.surely:,}",
            f"{one.maybe:,}" if one.maybe else "",
            "too new" if one.low is None or one.high is None else say_interval(one.low, one.high, digits=1),
            "" if is_ripe(one) or one.completeness is None else f"{one.completeness.share:.0%}",
        )
        for one in shown
    ]
    less = f", the last {MOST_ROWS} of {len(rates.rates)}" if len(rates.rates) > MOST_ROWS else ""
    return Table(title=f"By {rates.by}{less}", columns=(rates.by, "happenings", "may lie in it", "95 % interval", "reported by now"), rows=tuple(rows))


def _counts(rates: Rates) -> Counts:
    return Counts(
        by=rates.by,
        days=tuple(one.period.first.isoformat() for one in rates.rates),
        surely=tuple(one.surely for one in rates.rates),
        maybe=tuple(one.maybe for one in rates.rates),
        low=tuple(one.low for one in rates.rates),
        high=tuple(one.high for one in rates.rates),
    )


def _picture(rates: Rates) -> Picture | None:
    columns = [
        Column(label=name_period(one, rates.by), sure=one.surely, may=one.maybe, low=one.low, high=one.high, unripe=not is_ripe(one)) for one in rates.rates
    ]
    alt = (
        f"Happenings by {rates.by}, {columns[0].label} to {columns[-1].label}, with 95 % intervals; the most in one {max(one.surely for one in rates.rates):,}."
    )
    return make_columns(columns, title=TITLE, alt=alt)
