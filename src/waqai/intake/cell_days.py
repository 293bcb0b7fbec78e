"""The day in a table's cell. 03/04/2023 is a day only where the whole column, or a person, says which of the two numbers is the month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from waqai.core import Day
from waqai.core.columns import DateOrder
from waqai.intake.guard import show
from waqai.intake.records import parse_day

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may may", "june jun", "july jul", "august aug"),
            *("september sep sept", "october oct", "november nov", "december dec"),
        ),
        start=1,
    )
    for name in names.split()
}
_CLOCK = r"(?:[T ,]+\d{1,2}:\d{2}.*)?"
_NUMBERS = re.compile(rf"(\d{{1,2}})([./-])(\d{{1,2}})\2(\d{{4}}){_CLOCK}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})([./]?)(\d{{2}})\2(\d{{2}}){_CLOCK}")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -](\d{{4}}){_CLOCK}", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"([a-z]+)\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_CLOCK}", re.IGNORECASE)
_ORDERS: tuple[DateOrder, ...] = ("day_first", "month_first")


class CellDays:
    """Reads the cells of one column. Where the first cell needs it, `scan` gives the whole column, once, to tell how its numbers are meant."""

    def __init__(self, scan: Callable[[], Iterable[str]], *, order: DateOrder | None = None) -> None:
        self._scan = scan
        self._seen: frozenset[DateOrder] | None = frozenset([order]) if order else None

    def parse(self, written: str) -> Day:
        """The day of a cell. Raises ValueError, which says why it is none and what would help.

        >>> days = CellDays(lambda: ["03/04/2023", "18/06/2023"])
        >>> days.parse("03/04/2023"), days.parse("4 March 2023"), days.parse("2023-03-04T10:00:00Z")
        (datetime.date(2023, 4, 3), datetime.date(2023, 3, 4), datetime.date(2023, 3, 4))
        """
        words = " ".join(written.split())
        meant = meanings_of(words)
        if not meant:
            return _parse_plain(words)
        if len(set(meant.values())) == 1:
            return next(iter(meant.values()))
        if self._seen is None:
            self._seen = orders_of(self._scan())
        if len(self._seen) == 1 and (order := next(iter(self._seen))) in meant:
            return meant[order]
        raise ValueError(self._tell(words, meant))

    def _tell(self, words: str, meant: dict[DateOrder, Day]) -> str:
        both = " or ".join(day.isoformat() for day in meant.values())
        why = "its column holds dates of both orders" if self._seen else "no other date of its column tells which"
        return f"{show(words)} can be {both}, and {why}: write YYYY-MM-DD, or say how dates are meant (day first or month first)"


def meanings_of(words: str) -> dict[DateOrder, Day]:
    """The days that two numbers and a year can mean, by order; empty for words of another form, or that are no day in either order.

    >>> meanings_of("03/04/2023")["month_first"], meanings_of("18.6.2023")
    (datetime.date(2023, 3, 4), {'day_first': datetime.date(2023, 6, 18)})
    """
    found = _NUMBERS.fullmatch(words)
    if found is None:
        return {}
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    days: dict[DateOrder, Day | None] = {"day_first": _find_day(year, second, first), "month_first": _find_day(year, first, second)}
    return {order: day for order in _ORDERS if (day := days[order]) is not None}


def orders_of(column: Iterable[str]) -> frozenset[DateOrder]:
    """The orders for which a cell of the column speaks that can be meant in one only."""
    return frozenset(next(iter(meant)) for cell in column if len(meant := meanings_of(" ".join(cell.split()))) == 1)


def _parse_plain(words: str) -> Day:
    for pattern, year, month, day in ((_YEAR_FIRST, 1, 3, 4), (_DAY_MONTH, 3, 2, 1), (_MONTH_DAY, 3, 1, 2)):
        found = pattern.fullmatch(words)
        if found is not None:
            number = _MONTHS.get(found[month].lower(), 0) if found[month].isalpha() else int(found[month])
            made = _find_day(int(found[year]), number, int(found[day]))
            if made is not None:
                return made
    try:
        return parse_day(words)
    except ValueError as error:
        raise ValueError(f"{show(words)} is no day; write YYYY-MM-DD, or leave the cell empty") from error


def _find_day(year: int, month: int, day: int) -> Day | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
