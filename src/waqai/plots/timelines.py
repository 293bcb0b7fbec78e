"""How many incidents of each family in every day, week, month or year, as stacked bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, TypeAlias, get_args

from waqai.bounds import Cleared
from waqai.core import Day
from waqai.plots.axes import choose_ticks
from waqai.plots.colours import FAINT, GRID, colour_of
from waqai.plots.picture import Area, Disc, Label, Picture, Shape, Stroke

Unit: TypeAlias = Literal["day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)
WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 14, 12, 26
MOST_BARS = 80
"""The finest unit is taken that needs no more bars than this."""
_IN_ROW = 4


def make_timeline(records: Sequence[Cleared], *, title: str, unit: Unit | None = None) -> Picture | None:
    """The bars of those of the records that have a day, each at its earliest; None where none has. Without a unit, the finest that fits is taken."""
    dated = [(one.incident.when.earliest, one.family) for one in records if one.incident.when is not None]
    if not dated:
        return None
    first, last = min(day for day, _ in dated), max(day for day, _ in dated)
    taken = unit if unit is not None else _finest(first, last)
    starts = _starts(first, last, taken)
    counts = Counter((_start_of(day, taken), family) for day, family in dated)
    families = sorted({family for _, family in dated})
    rows = -(-len(families) // _IN_ROW)
    shapes = (*_axes(starts, counts, taken), *_bars(starts, counts, families), *_legend(families))
    return Picture(width=WIDTH, height=HEIGHT + 8 + 20 * rows, title=title, alt=_alt(dated, records, taken), shapes=shapes)


def _finest(first: Day, last: Day) -> Unit:
    return next((one for one in UNITS if len(_starts(first, last, one)) <= MOST_BARS), UNITS[-1])


def _start_of(day: Day, unit: Unit) -> Day:
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _starts(first: Day, last: Day, unit: Unit) -> list[Day]:
    """The first days of all units from that of `first` to that of `last`; of what is finer than a year, no more than could be shown."""
    starts = [_start_of(first, unit)]
    while (after := _next(starts[-1], unit)) <= last and (unit == "year" or len(starts) <= 10 * MOST_BARS):
        starts.append(after)
    return starts


def _next(start: Day, unit: Unit) -> Day:
    if unit in ("day", "week"):
        return start + timedelta(days=1 if unit == "day" else 7)
    if unit == "month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return date(start.year + 1, 1, 1)


def _highest(starts: Sequence[Day], counts: Counter[tuple[Day, str]]) -> float:
    sums = Counter[Day]()
    for (start, _), n in counts.items():
        sums[start] += n
    return choose_ticks(max(sums.values()))[-1]


def _bars(starts: Sequence[Day], counts: Counter[tuple[Day, str]], families: Sequence[str]) -> Iterator[Shape]:
    top, step = _highest(starts, counts), (WIDTH - LEFT - RIGHT) / len(starts)
    wide = min(step * 0.8, 36)
    for n, start in enumerate(starts):
        x, y = LEFT + (n + 0.5) * step - wide / 2, float(HEIGHT - BOTTOM)
        for family in families:
            high = counts[start, family] / top * (HEIGHT - TOP - BOTTOM)
            if high:
                yield Area(points=((x, y), (x + wide, y), (x + wide, y - high), (x, y - high)), fill=colour_of(family), line="#ffffff", width=0.6)
                y -= high


def _axes(starts: Sequence[Day], counts: Counter[tuple[Day, str]], unit: Unit) -> Iterator[Shape]:
    top = _highest(starts, counts)
    for tick in choose_ticks(top):
        y = HEIGHT - BOTTOM - tick / top * (HEIGHT - TOP - BOTTOM)
        yield Stroke(points=((LEFT, y), (WIDTH - RIGHT, y)), line=GRID)
        yield Label(x=LEFT - 6, y=y + 4, words=f"{tick:,g}", size=10, anchor="end", colour=FAINT)
    step, every = (WIDTH - LEFT - RIGHT) / len(starts), -(-len(starts) * 74 // (WIDTH - LEFT - RIGHT))
    for n in range(0, len(starts), max(every, 1)):
        x = LEFT + (n + 0.5) * step
        yield Label(x=min(max(x, LEFT + 20), WIDTH - 36), y=HEIGHT - 8, words=_name(starts[n], unit), size=10, anchor="middle", colour=FAINT)


def _name(start: Day, unit: Unit) -> str:
    return start.isoformat()[: {"month": 7, "year": 4}.get(unit, 10)]


def _legend(families: Sequence[str]) -> Iterator[Shape]:
    for n, family in enumerate(families):
        x, y = 16 + (n % _IN_ROW) * WIDTH / _IN_ROW, HEIGHT + 14 + 20 * (n // _IN_ROW)
        yield Disc(x=x, y=y - 4, radius=5, fill=colour_of(family))
        yield Label(x=x + 11, y=y, words=family.replace("_", " "))


def _alt(dated: Sequence[tuple[Day, str]], records: Sequence[Cleared], unit: Unit) -> str:
    days = [day for day, _ in dated]
    told = f"Incidents by {unit}, {len(dated):,} of {len(records):,} with a day, {min(days).isoformat()} to {max(days).isoformat()}"
    return f"{told}; each at its earliest possible day."
