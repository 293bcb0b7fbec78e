"""Do happenings repeat near in place soon after? The answer in words; the test is in `patterns.recurrence`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from waqai.observing.answers import Answer, Table, list_left_out, not_testable, say_interval, to_figures
from waqai.observing.happenings import Happenings
from waqai.patterns.recurrence import Cell, NearRepeats, find_near_repeats
from waqai.patterns.testable import NotTestable
from waqai.plots import Picture, Range, make_ranges

TITLE = "Near in place, soon after?"
MOST_NAMED = 4


def ask_recurrence(found: Happenings, *, asked: str, seed: int = 1) -> Answer:
    """Whether happenings come near each other more often than chance gives. Those whose day or place is not exactly known take no part."""
    days = [(one.day.toordinal(), one.lat, one.lon) for one in found.all if one.day is not None and one.lat is not None and one.lon is not None]
    notes = list_left_out(found, {"whose day or place is not exactly known": len(found.all) - len(days)})
    table = np.array(days, dtype=float).reshape(-1, 3)
    result = find_near_repeats(table[:, 0].astype(np.int64), table[:, 1], table[:, 2], seed=seed, left_out=len(found.all) - len(days))
    if isinstance(result, NotTestable):
        return not_testable(TITLE, asked, result.why, notes)
    tables = (_table(result, "Pairs, for each one expected in blocks of days (* stands out)"), _global_table(result))
    return Answer(title=TITLE, asked=asked, says=tuple(_say(result)), tables=tables, picture=_picture(result), notes=notes, plain=to_figures(result))


def _say(found: NearRepeats) -> list[str]:
    repeats = sorted((one for one in found.cells if one.repeats), key=lambda one: -(one.ratio or 0))
    named = "; ".join(f"{_pair(one)} {one.ratio:.2f} times as many pairs as expected ({_interval(one)})" for one in repeats[:MOST_NAMED])
    more = f"; and {len(repeats) - MOST_NAMED} more of {found.tests} cells" if len(repeats) > MOST_NAMED else ""
    lead = (
        f"Happenings come near each other in place and time more often than chance gives: {named}{more}."
        if repeats
        else f"Happenings do not come near each other in place and time more often than chance gives, in none of {found.tests} cells."
    )
    fooled = sum(1 for one in found.cells if one.global_p <= 0.05)
    how = (
        f"From {found.happenings:,} happenings. Chance: their days were dealt out anew {found.permutations:,} times among those of the same {found.block_days} "
        f"days, and of the same {found.short_block_days}, as fighting moves from place to place. Dealt out over the whole record, as is usual, {fooled} of "
        f"{found.tests} cells would have seemed to stand out."
    )
    meaning = "The same place is the same town or site as the gazetteer has it. A curve of a region says nothing of what comes next, nor where."
    return [lead, how, meaning]


def _pair(one: Cell) -> str:
    return f"{_distance(one)}, {_days(one)}:"


def _distance(one: Cell) -> str:
    return "same place" if one.km_to == 0 else f"{one.km_from:g} to {one.km_to:g} km" if one.km_from else f"to {one.km_to:g} km"


def _days(one: Cell) -> str:
    if one.days_to == 0:
        return "same day"
    return f"{one.days_to} day{'' if one.days_to == 1 else 's'}" if one.days_from == one.days_to else f"{one.days_from} to {one.days_to} days"


def _interval(one: Cell) -> str:
    return "no interval" if one.low is None or one.high is None else say_interval(one.low, one.high)


def _by_distance(cells: Sequence[Cell]) -> list[tuple[str, list[Cell]]]:
    return [(name, list(members)) for name, members in groupby(cells, key=_distance)]


def _table(found: NearRepeats, title: str) -> Table:
    rows = [(name, *(f"{_ratio(one.ratio)}{'*' if one.repeats else ''}" for one in members)) for name, members in _by_distance(found.cells)]
    return Table(title=title, columns=("", *map(_days, _by_distance(found.cells)[0][1])), rows=tuple(rows))


def _global_table(found: NearRepeats) -> Table:
    rows = [(name, *(f"{_ratio(one.global_ratio)}{'*' if one.global_p <= 0.05 else ''}" for one in members)) for name, members in _by_distance(found.cells)]
    title = "The same against days dealt out over the whole record: what the usual test would claim"
    return Table(title=title, columns=("", *map(_days, _by_distance(found.cells)[0][1])), rows=tuple(rows))


def _ratio(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f}"


def _picture(found: NearRepeats) -> Picture | None:
    rows = [
        Range(
            label=f"{_distance(one)}, {_days(one)}",
            estimate=one.ratio,
            low=one.low,
            high=one.high,
            words=f"{one.observed:,} pairs",
            stands_out=one.repeats,
        )
        for one in found.cells
        if one.ratio is not None and one.low is not None and one.high is not None
    ]
    alt = f"Pairs of {found.happenings:,} happenings near in place and time, for each one expected, with 95 % intervals: {len(rows)} distances and times."
    return make_ranges(rows, title=TITLE, alt=alt, axis="pairs, for each one expected (1: as chance gives)", none_at=1.0)
