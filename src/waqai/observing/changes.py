"""When did the level change, and has level or mix changed since a day? The answers in words; the tests are in `patterns.changes`, `since` and `mix`."""

from __future__ import annotations

from datetime import date

import numpy as np

from waqai.core import Day
from waqai.observing.answers import Answer, Table, count_of, not_testable, say_interval, say_p, to_figures
from waqai.observing.happenings import Happenings
from waqai.observing.limits import Period
from waqai.observing.rates import Dated, date_all, is_ripe, note_left_out
from waqai.patterns.changes import Changes, find_changes
from waqai.patterns.mix import MixSince, compare_mixes
from waqai.patterns.rates import count_rates
from waqai.patterns.series import DailyCounts, count_days, list_periods, sum_periods
from waqai.patterns.since import LevelSince, compare_levels
from waqai.patterns.testable import NotTestable
from waqai.plots import Column, Picture, Piece, make_columns

TITLE, SINCE = "When did the level change?", "Has it changed since?"
SURE = 0.05


def ask_changes(found: Happenings, *, asked: str, by: Period, since: Day | None = None, until: Day | None = None, seed: int = 1) -> Answer:
    """Where the level changed, as far as the record is completely reported."""
    dated = date_all(found, by=by, since=since, until=until)
    if dated is None:
        return not_testable(TITLE, asked, "There is no happening with a day.")
    series, left = _series(dated, by)
    result = find_changes(series, seed=seed, by=by)
    notes = (*note_left_out(found, dated), *left)
    if isinstance(result, NotTestable):
        return not_testable(TITLE, f"{asked}, by {by}", result.why, notes)
    return Answer(
        title=TITLE,
        asked=f"{asked}, by {by}",
        says=tuple(_say(result)),
        tables=(_table(result),),
        picture=_picture(result, series),
        notes=notes,
        plain=to_figures(result),
    )


def ask_since(found: Happenings, *, asked: str, day: Day, since: Day | None = None, until: Day | None = None, seed: int = 1) -> Answer:
    """Whether the level, or the mix of types, differs from `day` on."""
    dated = date_all(found, by="week", since=since, until=until)
    asked = f"{asked}, since {day.isoformat()}"
    if dated is None:
        return not_testable(SINCE, asked, "There is no happening with a day.")
    series, left = _series(dated, "week")
    known = [(one.day, one.type) for one in found.all if one.day is not None and series.first <= one.day <= series.last]
    level = compare_levels(series, since=day, seed=seed)
    mix = compare_mixes([one for one, _ in known], [kind for _, kind in known], since=day, first=series.first, last=series.last, seed=seed)
    return Answer(
        title=SINCE,
        asked=asked,
        says=(_say_level(level, day), _say_mix(mix, day), "What changed on a day that was picked because something had changed looks more certain than it is."),
        testable=not (isinstance(level, NotTestable) and isinstance(mix, NotTestable)),
        tables=() if isinstance(mix, NotTestable) else (_kinds_table(mix),),
        notes=(*note_left_out(found, dated), *left),
        plain=to_figures({"level": level, "mix": mix}),
    )


def _series(dated: Dated, by: Period) -> tuple[DailyCounts, list[str]]:
    """The days of what surely lies in one period, up to the last that is completely reported; and what was cut off, in words."""
    rates = count_rates(dated.earliest, dated.latest, first=dated.first, last=dated.last, by=by, delays=dated.delays)
    ripe = [one for one in rates.rates if is_ripe(one)]
    last = ripe[-1].period.last if ripe else dated.last
    starts = np.array([one.first.toordinal() for one in list_periods(first=dated.first, last=dated.last, by=by)])
    one_period = np.searchsorted(starts, dated.earliest, side="right") == np.searchsorted(starts, dated.latest, side="right")
    days = [date.fromordinal(int(day)) for day in dated.earliest[one_period]]
    cut = [f"left out: the days after {last.isoformat()}, of which reports may still come"] if last < dated.last else []
    vague = int((~one_period).sum())
    return count_days(days, first=dated.first, last=last), cut + ([f"left out: {vague:,} that lie in no one {by} for sure"] if vague else [])


def _say(found: Changes) -> list[str]:
    told = [
        f"about {one.at.first.isoformat()} (between {one.earliest.first.isoformat()} and {one.latest.last.isoformat()}) to {one.ratio:.2f} times as many "
        f"({say_interval(one.low, one.high)})"
        for one in found.changes
    ]
    lead = (
        f"The level changed {_times(len(told))}: {'; '.join(told)}."
        if told
        else f"No change of level in {count_of(found.periods, found.by)} that a record of one level, which wanders as this one does, would not show."
    )
    how = (
        f"Of {found.simulations} made-up records of one level, with the same scatter and persistence, {found.null_share:.0%} show as many changes or more. "
        if told
        else f"Held against {found.simulations} made-up records of one level with the same scatter and persistence. "
    )
    return [lead, f"{how}A change of level in what is reported may be one in what is reported on.".strip()]


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _table(found: Changes) -> Table:
    rows = [
        (f"{one.first.first.isoformat()} to {one.last.last.isoformat()}", f"{one.level:,.1f}", say_interval(one.low, one.high, digits=1))
        for one in found.pieces
    ]
    return Table(title=f"Happenings a {found.by}, by stretches of one level", columns=("from, to", "level", "95 % interval"), rows=tuple(rows))


def _picture(found: Changes, series: DailyCounts) -> Picture | None:
    periods = [one for one in list_periods(first=series.first, last=series.last, by=found.by) if one.whole]
    counts, place = sum_periods(series, periods), {one.first: n for n, one in enumerate(periods)}
    columns = [Column(label=one.first.isoformat()[: 7 if found.by == "month" else 10], sure=int(n)) for one, n in zip(periods, counts, strict=True)]
    pieces = [Piece(first=place[one.first.first], last=place[one.last.first], level=one.level, low=one.low, high=one.high) for one in found.pieces]
    alt = f"Happenings by {found.by} with {count_of(len(found.pieces), 'stretch')} of one level."
    return make_columns(columns, title=TITLE, alt=alt.replace("stretchs", "stretches"), pieces=pieces)


def _say_level(found: LevelSince | NotTestable, day: date) -> str:
    if isinstance(found, NotTestable):
        return f"Whether the level changed is not testable. {found.why}"
    told = (
        f"{found.after:.1f} a week in the {found.weeks_after} weeks from {day.isoformat()} on, {found.before:.1f} in the {found.weeks_before} before "
        f"(ratio {found.ratio:.2f}, {say_interval(found.low, found.high)}; p {say_p(found.p)})"
    )
    others = "" if found.elsewhere is None else f" At {found.elsewhere:.0%} of other days of the record the same comparison gives as large a difference."
    return f"The level {'differs' if found.p < SURE else 'does not differ more than it wanders by itself'}: {told}.{others}"


def _say_mix(found: MixSince | NotTestable, day: date) -> str:
    if isinstance(found, NotTestable):
        return f"Whether the mix of types changed is not testable. {found.why}"
    moved = [one for one in found.kinds if one.p_holm < SURE]
    named = "; ".join(f"{one.kind.replace('_', ' ')} from {one.before:.0%} to {one.after:.0%}" for one in moved)
    if found.p >= SURE:
        return f"The mix of types does not differ more than it wanders by itself (p {say_p(found.p)})."
    return f"The mix of types differs (p {say_p(found.p)}){f': {named}' if named else ', though of no single type for sure'}."


def _kinds_table(found: MixSince) -> Table:
    rows = [
        (one.kind.replace("_", " "), f"{one.n_before:,}", f"{one.n_after:,}", f"{one.before:.0%}", f"{one.after:.0%}", say_p(one.p_holm)) for one in found.kinds
    ]
    columns = ("type", "before", "after", "share before", "share after", "p, held for all")
    return Table(title="Types before and after", columns=columns, rows=tuple(rows))
