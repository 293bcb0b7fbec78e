"""What the words of a date phrase say, before anybody puts them on the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeAlias

from waqai.core import Day, Span

Kind: TypeAlias = Literal[
    "day",  # June 18 (2023), perhaps with its weekday
    "weekday",  # on Sunday
    "month",  # in May, mid-March, early in December 2021
    "year",  # in 2019, late 2014
    "year_modifier",  # the 2019 law: tells which law, not when something took place
    "season",  # the summer of 2016
    "quarter",  # the third quarter of 2019
    "relative_day",  # today, overnight
    "relative_period",  # last week, the past two days
    "ago",  # three weeks ago
    "anchored",  # the same day, two days earlier: counts from another happening
]
Part: TypeAlias = Literal[
    "early", "mid", "late", "earlier", "later", "first_half", "second_half", "first_week", "second_week", "third_week", "fourth_week", "last_week"
]
Direction: TypeAlias = Literal["last", "this", "next", "past", "coming", "recent", "same", "following", "previous", "before", "after"]
Unit: TypeAlias = Literal["hour", "day", "weekend", "week", "month", "quarter", "year"]
Bearing: TypeAlias = Literal["since", "until", "by", "before", "after", "from"]
Basis: TypeAlias = Literal["explicit", "relative_to_report", "weekday_resolved", "inherited_from_context", "announcement_date_as_proxy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The parts of a calendar date that the words give; the others are None. `weekday` counts from Monday, 0; `season` is 0 spring .. 3 winter."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: int | None = None
    quarter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HijriDate:
    """A month, or days of a month, of the lunar or the Solar Hijri calendar. `year` is of that calendar, or of ours from 1800 on; None: not told.

    `last_day` is the other end of a feast's days; `is_either`: a bare "Eid", which may be that of Fitr or that of Adha.
    """

    calendar: Literal["lunar", "solar"]
    month: int
    year: int | None = None
    day: int | None = None
    last_day: int | None = None
    is_either: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePhrase:
    """A stretch of the report that names a time of at least a day's size.

    `start` is what it names, `end` the other end of a range ("June 3-5"; for "3-5 June 2023" both ends carry month and year). `amount` counts `unit`s
    (low, high): "two weeks ago" is (2, 2), "a few days later" (3, 9). `year_shift` is -1 for "in August last year". `bearing` is the word before that
    makes the phrase a bound ("since", "until"). `night`: told of a night, which may reach into the next day. `header`: in a dateline or a line that
    holds nothing but a date, so the day of the report rather than of a happening. `names_anchor`: the words behind it name the happening that it counts
    from ("two days after the meeting"). `names_event`: the day is the name of an attack ("the October 7 massacre").
    `past`: the nearest verb tells of what has been.
    `ahead`: words of what is to come stand before it in its sentence ("will", "scheduled"); a hint, which only decides where the date itself leaves it open.
    `hijri` holds what a phrase of another calendar names ("15 Ramadan"), and then `start` names nothing. `time` is the time of day told beside a day, as ISO
    writes it ("T09:00") or by its part ("TMO", "TAF", "TEV", "TNI"). `words` is the quote with white space folded.
    """

    span: Span
    words: str
    kind: Kind
    start: Named = Named()
    end: Named | None = None
    part: Part | None = None
    direction: Direction | None = None
    unit: Unit | None = None
    amount: tuple[float, float] | None = None
    year_shift: int | None = None
    bearing: Bearing | None = None
    night: bool = False
    header: bool = False
    names_anchor: bool = False
    names_event: bool = False
    ahead: bool = False
    past: bool = False
    hijri: HijriDate | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRange:
    """The days that a phrase can mean, both ends included; how we know (`basis`, a time basis of the codebook; `rule`), and how sure we are (`p`)."""

    earliest: Day
    latest: Day
    basis: Basis
    rule: str
    p: float


class Dated(Protocol):
    """Anything with a first and a last day: a `When`, a `DayRange`."""

    @property
    def earliest(self) -> date: ...

    @property
    def latest(self) -> date: ...
