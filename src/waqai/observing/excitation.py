"""Do happenings raise the rate of the next ones? The answer in words; the fits are in `patterns.excitation` and, by type, in `patterns.raises`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from waqai.observing.answers import Answer, Table, list_left_out, not_testable, say_interval, say_p, to_figures
from waqai.observing.happenings import Happenings
from waqai.patterns.excitation import BaselineReading, SelfExcitation, measure_excitation
from waqai.patterns.raises import PairEffects, measure_raises
from waqai.patterns.series import count_days, end_of, start_of
from waqai.patterns.testable import NotTestable
from waqai.plots import Picture, Range, make_ranges

TITLE, RAISES = "Does one raise the rate of the next?", "Does one kind raise the rate of another?"
SURE = 0.05


def ask_excitation(found: Happenings, *, asked: str, seed: int = 1) -> Answer:
    """The range of the branching ratio over baselines. Happenings without a sure day take no part."""
    days = [one.day for one in found.all if one.day is not None]
    notes = list_left_out(found, {"without a sure day": len(found.all) - len(days)})
    if not days:
        return not_testable(TITLE, asked, "There is no happening of which the day is known.", notes)
    result = measure_excitation(count_days(days, first=min(days), last=max(days)).counts, seed=seed)
    if isinstance(result, NotTestable):
        return not_testable(TITLE, asked, result.why, notes)
    return Answer(
        title=TITLE,
        asked=f"{asked}, {span_of(days)}",
        says=tuple(_say(result)),
        tables=(_table(result),),
        picture=_picture(result),
        notes=notes,
        plain=to_figures(result),
    )


def ask_raises(found: Happenings, *, asked: str, seed: int = 1) -> Answer:
    """Whether happenings of one type are followed by more of another, or of their own, on later days: every pair of types with 50 or more."""
    days = [(one.type, one.day) for one in found.all if one.day is not None]
    notes = list_left_out(found, {"without a sure day": len(found.all) - len(days)})
    if not days:
        return not_testable(RAISES, asked, "There is no happening of which the day is known.", notes)
    first, last = min(day for _, day in days), max(day for _, day in days)
    counts = {kind: count_days([day for one, day in days if one == kind], first=first, last=last).counts for kind in sorted({kind for kind, _ in days})}
    result = measure_raises(counts, seed=seed)
    if isinstance(result, NotTestable):
        return not_testable(RAISES, asked, result.why, notes)
    left_out = tuple(f"left out: {kind.replace('_', ' ')}, {why}" for kind, why in result.left_out.items())
    said, told = (_say_raises(result), *_MEANING), f"{asked}, {span_of((first, last))}"
    return Answer(title=RAISES, asked=told, says=said, tables=(_pairs_table(result),), notes=(*notes, *left_out), plain=to_figures(result))


_MEANING = (
    "The range spans all ways to draw the trend that fit; what falls on the same day has no order and is left out; p is held for all pairs together (Holm).",
    "That more follow is an association in time, which has many reasons.",
)


def _say_raises(found: PairEffects) -> str:
    raised = [one for one in found.pairs if one.holm_p < SURE and one.low > 0]
    told = "; ".join(f"each {one.source.replace('_', ' ')} by {say_interval(one.low, one.high)} more of {one.receiver.replace('_', ' ')}" for one in raised)
    return (
        f"On later days more follow than a changing rate explains: {told}."
        if raised
        else f"In none of {found.tests} pairs do more follow than a trend explains."
    )


def _pairs_table(found: PairEffects) -> Table:
    rows = [
        (
            f"{one.source.replace('_', ' ')} → {one.receiver.replace('_', ' ')}",
            f"{one.likeliest:.2f}",
            say_interval(one.low, one.high),
            f"up to {one.trend_only_high:.2f}",
            say_p(one.holm_p),
        )
        for one in found.pairs
    ]
    columns = ("of → followed by", "likeliest", "range", "where there is none", "p, held for all")
    return Table(title="More on later days, for each happening", columns=columns, rows=tuple(rows))


def span_of(days: Iterable[date]) -> str:
    """From when to when, in words: the first day of the first week to the last of the last, as no day of a happening is told.

    >>> span_of([date(2023, 6, 20), date(2023, 6, 14)])
    '2023-06-12 to 2023-06-25'
    """
    told = sorted(days)
    return f"{start_of(told[0], by='week')} to {end_of(told[-1], by='week')}"


def _say(found: SelfExcitation) -> list[str]:
    ends = say_interval(found.low, found.high)
    lead = (
        f"More happenings come soon after happenings than a changing rate explains: for each one {ends} more follow, over all ways to draw the trend that fit."
        if found.low > 0
        else f"Whether one raises the rate of the next cannot be told from a changing rate: for each one {ends} more follow, and that range covers none."
    )
    plain = found.readings[0]
    usual = (
        f"The usual fit, with a constant rate, would have said {plain.branching:.2f}; on made-up happenings with this trend and nothing else it says "
        f"{plain.trend_only:.2f}. In {found.trend_only_runs} made-up records of that kind a rise as large as here, or larger, comes with p "
        f"{say_p(found.trend_only_p)}."
    )
    soon = (
        f"By the trend that fits best ({found.best}) what follows is halved in {found.half_life_days:.1f} days, and {found.later_days:.0%} of it comes "
        "on later days; on the same day, one operation told as several looks alike. "
    )
    fit = f"Goodness of fit: p {say_p(found.goodness.uniform_p)} and, of neighbours, {say_p(found.goodness.independent_p)}. {found.goodness.caution}"
    slow = "What is halved more slowly than in four days counts as trend."
    jumps = "The trend that bends fastest fits best, so that this may be a rate that jumps from day to day rather than one raising the next. "
    return [lead, usual, f"{soon if found.low > 0 else ''}{jumps if found.finest_is_best else ''}{slow} {fit}"]


def _table(found: SelfExcitation) -> Table:
    rows = [
        (
            one.baseline,
            f"{one.branching:.2f}",
            "does not fit" if one.low is None or one.high is None else say_interval(one.low, one.high),
            f"{one.trend_only:.2f} (up to {one.trend_only_high:.2f})",
            f"{min(one.aic, one.aic_trend_only):,.0f}",
        )
        for one in found.readings
    ]
    columns = ("trend drawn as", "plain fit", "range, corrected", "plain fit where there is none", "AIC")
    return Table(title="Happenings that follow for each one, by how the trend is drawn", columns=columns, rows=tuple(rows))


def _picture(found: SelfExcitation) -> Picture | None:
    rows = [_row(one, found.low > 0) for one in found.readings]
    alt = f"For each of {found.events:,} happenings, how many follow: over {len(rows)} ways to draw the trend, beside what a trend alone gives."
    return make_ranges(rows, title=TITLE, alt=alt, axis="happenings that follow for each one (0: none)", none_at=0.0)


def _row(one: BaselineReading, stands_out: bool) -> Range:
    """A trend that does not fit has its plain fit alone, as other tools print it."""
    fits = one.low is not None and one.high is not None and one.corrected is not None
    return Range(
        label=one.baseline,
        estimate=one.corrected if fits and one.corrected is not None else one.branching,
        low=one.low if fits and one.low is not None else one.branching,
        high=one.high if fits and one.high is not None else one.branching,
        chance=(0.0, one.trend_only_high),
        words="" if fits else "does not fit",
        stands_out=fits and stands_out,
    )
