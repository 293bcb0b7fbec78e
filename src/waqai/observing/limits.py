"""What may be asked of patterns and what may not: by province and week at the finest, of nobody and of no facility (docs/safety.md).

A question that could be narrowed to a prison or a person by its words is refused, with the reason, before anything is computed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Literal, TypeAlias, get_args

from waqai.core import BeyondBounds, Day
from waqai.patterns.series import end_of, start_of
from waqai.store import Filters

Period: TypeAlias = Literal["week", "month"]
PERIODS = get_args(Period)
SHORTEST_DAYS = 7
"""A span that is asked about is no shorter: a week is the finest that is told."""
HAPPENED = ("occurred", "ongoing", "attempted", "foiled")
"""What is counted unless statuses are named: what took place or was tried, not what is planned, threatened or denied."""


def check_question(filters: Filters, *, actors: Collection[str], by: Period = "week") -> Filters:
    """The filters within the bounds; statuses are HAPPENED unless they name some, and the ends of a span are moved out to those of whole weeks (Monday to
    Sunday) or months: of two spans that differ by a day, the one taken from the other would tell of that day. `actors`: ids of the register's bodies.
    Raises BeyondBounds.
    """
    if filters.words is not None:
        raise BeyondBounds("patterns are not looked for by words, as words can name a facility or a person; ask by type, family, country or admin1")
    if filters.tag:
        raise BeyondBounds("patterns are not looked for by tag, as a tag can gather one facility or one person; ask by type, family, country or admin1")
    if filters.since is not None and filters.until is not None and (filters.until - filters.since).days + 1 < SHORTEST_DAYS:
        raise BeyondBounds(f"{filters.since} to {filters.until} is less than a week; patterns are told of weeks and longer, never of single days")
    other = next((one for one in filters.actor if one not in actors), None)
    if other is not None:
        raise BeyondBounds(f"{other!r} is no body of the register; patterns are not looked for by the name of a facility or a person, only by the id of a body")
    since, until = filters.since and start_of(filters.since, by=by), filters.until and end_of(filters.until, by=by)
    return replace(filters, status=filters.status or HAPPENED, since=since, until=until)


def nearest_week(day: Day) -> Day:
    """The Monday nearest to a day, from which a change is looked for.

    >>> [nearest_week(Day(2023, 6, day)).day for day in (14, 15, 16, 18, 19)]
    [12, 12, 19, 19, 19]
    """
    return start_of(day + timedelta(days=min(3, (Day.max - day).days)), by="week")


def say_moved(asked: Filters, checked: Filters, *, by: Period) -> tuple[str, ...]:
    """What is told of a span whose ends were moved; nothing where they were not."""
    ends = (("from", asked.since, checked.since), ("to", asked.until, checked.until))
    moved = [f"{word} {to} and not {day}" for word, day, to in ends if day != to]
    return (f"counted in whole {by}s, as what is finer is not told: {', '.join(moved)}",) if moved else ()


def check_period(period: str) -> Period:
    """`week` or `month`. Raises BeyondBounds for anything finer, as for what there is not.

    >>> check_period("month")
    'month'
    """
    if period not in PERIODS:
        raise BeyondBounds(f"patterns are told by week or month, not by {period!r}: what is finer could tell of hours, guards and routes")
    return "week" if period == "week" else "month"
