"""When a report was written: the day that its bare dates count from.

Given its day of publication, that is the day. Without one the text bounds itself: a dated header or dateline is the day; else a weekday with day and
month ("Sunday, June 18") fits one year in five or six, and the years that the text speaks of as past and the office holders that it names leave few of
those. Where they leave one, it is taken; where they leave none or several, the clock has no reference and says why.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from waqai.core import Day
from waqai.dating.bounds import Bounds, find_bounds, full_day, is_ahead, is_current, told_long_ago
from waqai.dating.days import day_or_none
from waqai.dating.phrase import DatePhrase, Named
from waqai.dating.tallies import own_time, year_by_count
from waqai.dating.words import fold

# A report that drops the year is written within so many years of the newest year that it names. Six: a weekday's date comes back after five, six or eleven.
_YEARS_OPEN = 6
_PARAGRAPH = re.compile(r"\n\s*\n")
_WRITTEN_ON = 7  # days after its day of publication to which a page may have been written on
_NEAR_DAYS = 183  # a weekday with day and month is told of the half year before the newest full date
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    reference: date | None
    exact: bool
    because: str


class TextClock:
    """The day a report counts from.

    `reference` is that day, None when it cannot be told; `exact` says that it is the day of the report itself and not merely the newest day that it tells
    of. The report was not written before `earliest_possible`, and no happening told as past lies after `latest_possible` (None: not known). `because` is a
    sentence for a person. `anchors` are the days of a month that the text names, each behind its offset in the text; `full` are those told with their year.

    >>> from waqai.dating.find import find_date_phrases
    >>> text = "Beaten in 2019, they freed 25 men on Sunday, June 18, said US Secretary of State Antony Blinken."
    >>> TextClock(text, published=None, phrases=find_date_phrases(text)).reference
    datetime.date(2023, 6, 18)
    """

    __slots__ = ("_paragraphs", "anchors", "because", "earliest_possible", "exact", "full", "latest_possible", "published", "reference")

    def __init__(self, text: str, *, published: Day | None, phrases: Sequence[DatePhrase]) -> None:
        bounds = find_bounds(text, phrases)
        found = _from_publication(published, phrases) if published else _find_reference(text, phrases, bounds)
        self.published = published
        self.reference: date | None = found.reference
        self.exact = found.exact
        self.because = found.because
        self.earliest_possible = published or bounds.floor
        self.latest_possible: date | None = found.reference if found.exact and found.reference else bounds.ceiling
        self.anchors = _anchors_of(phrases, found.reference)
        self.full = tuple((phrase.span.start, day) for phrase in phrases if not phrase.header and phrase.bearing != "since" and (day := full_day(phrase)))
        self._paragraphs = tuple(match.start() for match in _PARAGRAPH.finditer(text))

    def __repr__(self) -> str:
        return f"TextClock(reference={self.reference!r}, exact={self.exact!r}, because={self.because!r})"

    def nearest_anchor(self, offset: int) -> date | None:
        """The dated day whose phrase stands nearest to the offset, or None."""
        at = bisect_left(self.anchors, offset, key=lambda anchor: anchor[0])
        return min(self.anchors[max(0, at - 1) : at + 1], key=lambda anchor: abs(anchor[0] - offset), default=(0, None))[1]

    def full_before(self, offset: int) -> date | None:
        """The last day told with its year before the offset in the same paragraph, or None."""
        at = bisect_left(self.full, offset, key=lambda told: told[0])
        if not at or bisect_left(self._paragraphs, self.full[at - 1][0]) != bisect_left(self._paragraphs, offset):
            return None
        return self.full[at - 1][1]


def name_day(day: date) -> str:
    """The day as a report would write it.

    >>> name_day(date(2023, 6, 18))
    'June 18, 2023'
    """
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def name_weekday(weekday: int) -> str:
    return _WEEKDAYS[weekday]


def _from_publication(published: Day, phrases: Sequence[DatePhrase]) -> _Found:
    """The day of publication; of a page that went on being written, the last day that it tells of as past with its right weekday, in the week after."""
    told = [phrase.start for phrase in phrases if phrase.kind == "day" and phrase.past and not phrase.ahead and phrase.end is None]
    after = [published + timedelta(days=n) for n in range(1, min(_WRITTEN_ON, (date.max - published).days) + 1)]
    days = [day for day in after if any(_is_day(named, day) for named in told)]
    if not days:
        return _Found(reference=published, exact=True, because=f"published on {published}")
    return _Found(reference=max(days), exact=True, because=f"published on {published}, but tells of {name_day(max(days))}")


def _is_day(named: Named, day: date) -> bool:
    """Whether month, day and weekday, all three, name it."""
    return (named.month, named.day, named.weekday) == (day.month, day.day, day.weekday()) and named.year in (None, day.year)


def _find_reference(text: str, phrases: Sequence[DatePhrase], bounds: Bounds) -> _Found:
    """The writing day without a day of publication: a dated header, else weekdays that fit, else the newest full date."""
    plain = fold(text)
    for phrase in phrases:
        if phrase.header and (day := full_day(phrase)):
            return _Found(reference=day, exact=True, because=f"the report is headed {phrase.words!r}")
    checked = [phrase for phrase in phrases if phrase.kind == "day" and phrase.start.weekday is not None and phrase.start.year is None]
    newest = max((day for phrase in phrases if (day := full_day(phrase)) and is_current(plain, phrase, bounds)), default=None)
    near = _near_newest(checked, max((day for phrase in phrases if (day := full_day(phrase)) and not is_ahead(plain, phrase)), default=None))
    found = near or (_fit_weekdays(checked, plain, phrases, bounds) if checked else _from_newest(newest, bounds))
    if found.reference is None and not checked:
        found = _from_counts(plain, phrases) or found
    return _with_dateline(found, phrases)


def _from_counts(plain: str, phrases: Sequence[DatePhrase]) -> _Found | None:
    """The newest bare date in the year to which a count of the text runs, where only one year is left."""
    window = own_time(plain, phrases)
    bare = [phrase for phrase in phrases if phrase.kind in ("day", "month") and phrase.start.month and phrase.direction is None and phrase.year_shift is None]
    bare = [phrase for phrase in bare if (phrase.end or phrase.start).year is None and not phrase.ahead]
    day = year_by_count(bare, window) if window else None
    if day is None or window is None:
        return None
    return _Found(reference=day, exact=False, because=f"the text counts up to its own time, {window[0]}..{window[1]}, and {day} is its newest date in it")


def _near_newest(checked: Sequence[DatePhrase], newest: date | None) -> _Found | None:
    """The newest full date, where every weekday of the text is right in the half year that leads up to it."""
    if newest is None or not checked:
        return None
    days = []
    for phrase in checked:
        named = phrase.end or phrase.start
        years = (newest.year + shift for shift in (-1, 0, 1))
        right = [day for year in years if (day := day_or_none(year, named.month or 0, named.day or 0)) and day.weekday() == phrase.start.weekday]
        days += [day for day in right if -_NEAR_DAYS <= (day - newest).days <= _NEAR_DAYS // 6][:1]
    if len(days) < len(checked):
        return None
    return _Found(reference=max(newest, *days), exact=False, because=f"the newest full date in the text is {newest}, and its weekdays are right about it")


def _from_newest(newest: date | None, bounds: Bounds) -> _Found:
    if newest is None:
        reasons = f" ({'; '.join(bounds.because)})" if bounds.because else ""
        return _Found(reference=None, exact=False, because=f"no day of publication is given and the text fixes no year{reasons}")
    return _Found(reference=newest, exact=False, because=f"the newest full date in the text is {newest}")


def _fit_weekdays(checked: Sequence[DatePhrase], plain: str, phrases: Sequence[DatePhrase], bounds: Bounds) -> _Found:
    """The one year within the bounds in which every weekday of the text is right."""
    words = " and ".join([*(repr(phrase.words) for phrase in checked[:3]), *([f"{len(checked) - 3} more"] if len(checked) > 3 else [])])
    if bounds.floor is None:
        return _Found(reference=None, exact=False, because=f"nothing in the text bounds the year of {words}")
    floor, last_year = bounds.floor, bounds.floor.year + _YEARS_OPEN
    if bounds.ceiling is not None:
        last_year = min(last_year, bounds.ceiling.year)
    fits = {year: day for year in range(floor.year, last_year + 1) if (day := _latest_fit(checked, year)) and floor <= day <= (bounds.ceiling or date.max)}
    if len(fits) > 1 and _is_long_ago(floor.year, plain, phrases):
        fits.pop(floor.year, None)
    told = "; ".join(bounds.because)
    if len(fits) == 1:
        year, day = next(iter(fits.items()))
        return _Found(reference=day, exact=False, because=f"{words} fits {year} alone: {told}")
    if fits:
        return _Found(reference=None, exact=False, because=f"{words} fits {', '.join(map(str, fits))}, and the text does not say which ({told})")
    near = [year for year in range(floor.year - 10, floor.year + 13) if _latest_fit(checked, year)]
    where = f"is right only in {', '.join(map(str, near))}" if near else "fits no year near"
    return _Found(reference=None, exact=False, because=f"{words} {where}, but {told}")


def _is_long_ago(year: int, plain: str, phrases: Sequence[DatePhrase]) -> bool:
    """Whether the text speaks of the year as one before its own: "since ... in 2019"."""
    named = [phrase for phrase in phrases if phrase.start.year == year and phrase.kind in ("year", "month", "day")]
    return any(told_long_ago(plain, phrase) for phrase in named)


def _latest_fit(checked: Sequence[DatePhrase], year: int) -> date | None:
    """The latest day when all of them are right in a report of that year (those later in the calendar may be of the year before), else None."""
    days = [(phrase, day_or_none(year, phrase.start.month or 0, phrase.start.day or 0)) for phrase in checked]
    fitting = [day for phrase, day in days if day and day.weekday() == phrase.start.weekday]
    if not fitting:
        return None
    newest = max(fitting)
    for phrase, day in days:
        if day in fitting and day is not None and day.weekday() == phrase.start.weekday:
            continue
        earlier = day_or_none(year - 1, phrase.start.month or 0, phrase.start.day or 0)
        if earlier is None or earlier.weekday() != phrase.start.weekday or (earlier.month, earlier.day) <= (newest.month, newest.day):
            return None
    return newest


def _with_dateline(found: _Found, phrases: Sequence[DatePhrase]) -> _Found:
    """A dateline without a year ("BEIRUT, June 18 (Reuters)") is the report's own day once the year is known."""
    for phrase in phrases:
        if phrase.header and found.reference and phrase.start.year is None and phrase.start.month and phrase.start.day:
            days = [d for year in (-1, 0, 1) if (d := day_or_none(found.reference.year + year, phrase.start.month, phrase.start.day))]
            if not days:  # "February 29" of no year near
                continue
            reference = found.reference
            return _Found(reference=min(days, key=lambda d: abs(d - reference)), exact=True, because=f"the report is headed {phrase.words!r}; {found.because}")
    return found


def _anchors_of(phrases: Sequence[DatePhrase], reference: date | None) -> tuple[tuple[int, date], ...]:
    """Offset and day of the phrases that name a day of a month, those without a year in the year nearest to the reference."""
    anchors = []
    for phrase in phrases:
        day = full_day(phrase)
        named = phrase.end or phrase.start
        if day is None and reference and phrase.kind == "day" and named.year is None and named.month and named.day and not phrase.direction:
            days = [d for shift in (-1, 0, 1) if (d := day_or_none(reference.year + shift, named.month, named.day))]
            day = min((d for d in days if named.weekday in (None, d.weekday())), key=lambda d: abs(d - reference), default=None)
        if day is not None:
            anchors.append((phrase.span.start, day))
    return tuple(anchors)
