"""Is one kind of happening raised in the days after another? The answer in words; the test is in `patterns.event_study`."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from datetime import date
from typing import Any

from waqai.core import Day
from waqai.observing.answers import Answer, Table, count_of, list_left_out, not_testable, say_interval, say_p, to_figures
from waqai.observing.happenings import Happenings
from waqai.patterns.event_study import AfterWindow, EventStudy, study_incidents
from waqai.patterns.testable import NotTestable
from waqai.plots import Picture, Range, make_ranges

TITLE = "Raised in the days after?"
SURE = 0.05


def ask_after(
    counted: Happenings,
    references: Happenings,
    *,
    asked: str,
    windows_days: Sequence[int],
    since: Day | None = None,
    until: Day | None = None,
    seed: int = 1,
) -> Answer:
    """Whether what is counted is raised after the references. Only happenings of which the day is known take part. Raises BadQuestion."""
    days, dates = _dated(counted), _dated(references)
    notes = list_left_out(counted, {"of what is counted have no sure day": len(counted.all) - len(days), **_few(references, dates)})
    if not days or not dates:
        which = "nothing that is counted" if not days else "no reference"
        return not_testable(TITLE, asked, f"There is {which} of which the day is known.", notes)
    first, last = _span(counted, days.values(), since=since, until=until)
    found = study_incidents(days, dates, first=first, last=last, seed=seed, windows_days=windows_days)
    if isinstance(found, NotTestable):
        return not_testable(TITLE, asked, found.why, notes)
    return Answer(
        title=TITLE,
        asked=asked,
        says=tuple(_say(found)),
        tables=(_table(found),),
        picture=_picture(found),
        notes=(*notes, *_notes(found)),
        plain=_figures(found),
    )


def _span(counted: Happenings, days: Collection[date], *, since: Day | None, until: Day | None) -> tuple[date, date]:
    """The days of the record: it goes on behind the last happening, for as long as something is reported. That nothing came after a reference date counts."""
    ends = [day for day in (until, counted.known_until) if day is not None]
    first = since or min(days)
    return first, max(first, min(ends) if ends else max(days))


def _dated(found: Happenings) -> dict[Hashable, date]:
    return {one.id: one.day for one in found.all if one.day is not None}


def _figures(found: EventStudy) -> dict[str, Any]:
    """The figures, with how many reference dates there were in place of the dates: they are days of happenings."""
    told: dict[str, Any] = to_figures(found)
    return told | {"references": len(found.references), "without_room": len(found.without_room)}


def _few(references: Happenings, dates: dict[Hashable, date]) -> dict[str, int]:
    return {"references have no sure day": len(references.all) - len(dates)}


def _say(found: EventStudy) -> list[str]:
    raised = [one for one in found.windows if one.p_holm < SURE]
    lead = (
        f"They are more frequent after the reference dates than near them: {'; '.join(map(_say_one, raised))}."
        if raised
        else f"No rise after the reference dates that chance would not give: {'; '.join(map(_say_one, found.windows))}."
    )
    how = (
        f"Each of the {len(found.references)} reference dates was moved by up to {found.shift_days} days, {found.permutations:,} times, so that waves of "
        f"violence are in both; p is held for all {count_of(found.tests, 'window')} together (Holm)."
    )
    meaning = "A rise would be an association in time, which has many reasons; that nothing was found does not show that nothing is there."
    return [lead, how, meaning]


def _say_one(one: AfterWindow) -> str:
    return f"within {one.window_days} days {one.observed:,} where {one.expected:,.1f} are expected (ratio {one.ratio:.2f}, {say_interval(one.low, one.high)})"


def _table(found: EventStudy) -> Table:
    columns = ("days after", "counted", "expected near", "ratio", "95 % interval", "p, raised", "p, held for all")
    rows = [
        (
            f"1 to {one.window_days}",
            f"{one.observed:,}",
            f"{one.expected:,.1f}",
            f"{one.ratio:.2f}",
            say_interval(one.low, one.high),
            say_p(one.p_raised),
            say_p(one.p_holm),
        )
        for one in found.windows
    ]
    return Table(title="After the reference dates, and near them", columns=columns, rows=tuple(rows))


def _picture(found: EventStudy) -> Picture | None:
    rows = [
        Range(
            label=f"days 1 to {one.window_days} after",
            estimate=one.ratio,
            low=one.low,
            high=one.high,
            chance=_chance(one),
            words=f"p {say_p(one.p_holm)}",
            stands_out=one.p_holm < SURE,
        )
        for one in found.windows
    ]
    alt = f"Happenings in the days after {count_of(len(found.references), 'reference date')}, against what is expected near them, with 95 % intervals."
    return make_ranges(rows, title=TITLE, alt=alt, axis="happenings after, for each one expected near (1: no more, no fewer)", none_at=1.0)


def _chance(one: AfterWindow) -> tuple[float, float] | None:
    """What moved dates give, for each one expected: the interval of the ratio is made of the same bounds."""
    return (max(one.observed, 0.5) / one.high / one.expected, one.observed / one.low / one.expected) if one.low else None


def _notes(found: EventStudy) -> tuple[str, ...]:
    near = [f"left out: {count_of(len(found.without_room), 'reference date')}, too near an end of the record"] if found.without_room else []
    same = [f"counted as references only, as they are on both sides: {count_of(found.same_incidents, 'incident')}"] if found.same_incidents else []
    return (*near, *same, *(f"{k} days: {one.why}" for k, one in found.not_testable.items()))
