"""A question about patterns, from whatever door it comes, and its answer: held to the bounds, counted, tested, told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Literal, TypeAlias, get_args

from waqai.bounds import Profile
from waqai.core import BadQuestion, Day
from waqai.observing.answers import Answer, count_of, describe_filters
from waqai.observing.happenings import Happening, Happenings, load_happenings
from waqai.observing.keeping import Kept, state_of
from waqai.observing.limits import Period, check_period, check_question, nearest_week, say_moved
from waqai.store import Filters, Store

Kind: TypeAlias = Literal["rates", "changes", "since", "recurrence", "excitation", "after", "forecast"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WINDOWS_DAYS = (7, 14, 28)
_BLANK = Happening("", "", "", "", None, None, None, None, None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of which happenings. `by`: for counts; `by_type`: which type raises which; `after` or `dates`, and `windows_days`: for what is raised after
    them."""

    kind: Kind
    filters: Filters
    by: Period = "month"
    day: Day | None = None
    by_type: bool = False
    after: Filters = field(default_factory=Filters)
    dates: tuple[Day, ...] = ()
    windows_days: tuple[int, ...] = WINDOWS_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is asked: a store, as a profile lets it be counted at an instant; `actors`: ids of the register's bodies. `kept`: forecasts that were made."""

    store: Store
    profile: Profile
    at: datetime
    actors: Collection[str]
    kept: Kept | None = None

    def load(self, filters: Filters, *, by: Period = "week") -> tuple[Happenings, Filters]:
        """The happenings that pass, and by which filters: their span is made of whole weeks or months. Raises BeyondBounds."""
        checked = check_question(filters, actors=self.actors, by=by)
        found = load_happenings(self.store, checked, profile=self.profile, at=self.at)
        return replace(found, notes=say_moved(filters, checked, by=by)), checked


def put_question(question: Question, record: Record) -> Answer:
    """The answer. Raises BeyondBounds for what nobody is told, and BadQuestion for what has no answer."""
    check_period(question.by)
    return _ASKED[question.kind](question, record)


def _after(question: Question, record: Record) -> Answer:
    from waqai.observing.after import ask_after  # scipy takes a second to load

    if not question.dates and question.after == Filters():
        raise BadQuestion("say after what: a type, family or country of other happenings, or days of your own")
    counted, checked = record.load(question.filters)
    if question.dates:
        references, of = _given(question.dates), count_of(len(set(question.dates)), "given date")
    else:
        references, after = record.load(question.after)
        of = describe_filters(after)
    told = f"{describe_filters(checked)}; after {of}"
    return ask_after(counted, references, asked=told, windows_days=question.windows_days, since=checked.since, until=checked.until)


def _rates(question: Question, record: Record) -> Answer:
    from waqai.observing.rates import ask_rates

    found, checked = record.load(question.filters, by=question.by)
    return ask_rates(found, asked=describe_filters(checked), by=question.by, since=checked.since, until=checked.until)


def _changes(question: Question, record: Record) -> Answer:
    from waqai.observing.changes import ask_changes

    found, checked = record.load(question.filters, by=question.by)
    return ask_changes(found, asked=describe_filters(checked), by=question.by, since=checked.since, until=checked.until)


def _since(question: Question, record: Record) -> Answer:
    from waqai.observing.changes import ask_since

    if question.day is None:
        raise BadQuestion("say since which day: 2023-06-18")
    found, checked = record.load(question.filters)
    day = nearest_week(question.day)
    moved = () if day == question.day else (f"counted from Monday {day} on and not {question.day}, as what is finer than a week is not told",)
    found = replace(found, notes=(*moved, *found.notes))
    return ask_since(found, asked=describe_filters(checked), day=day, since=checked.since, until=checked.until)


def _recurrence(question: Question, record: Record) -> Answer:
    from waqai.observing.recurrence import ask_recurrence

    found, checked = record.load(question.filters)
    return ask_recurrence(found, asked=describe_filters(checked))


def _excitation(question: Question, record: Record) -> Answer:
    from waqai.observing.excitation import ask_excitation, ask_raises

    found, checked = record.load(question.filters)
    ask = ask_raises if question.by_type else ask_excitation
    return ask(found, asked=describe_filters(checked))


def _forecast(question: Question, record: Record) -> Answer:
    from waqai.forecasting import check_scope
    from waqai.observing.forecasts import ask_forecast

    asked = question.filters
    if replace(asked, family=(), country=(), admin1=()) != Filters():
        raise BadQuestion("forecasts count families, in a country or province: name a family, not a type, a day or an actor")
    if max(len(asked.country), len(asked.admin1)) > 1 or (asked.admin1 and not asked.country and "/" not in asked.admin1[0]):
        raise BadQuestion("a forecast is of one country (SY) or one province with its country (SY and Aleppo, or SY/Aleppo); name one, or none for all")
    scope = check_scope(level="admin1" if asked.admin1 else "country", families=asked.family)
    unit = next((one for one in asked.admin1 if "/" in one), "/".join((*asked.country, *asked.admin1))) or None
    if record.kept is None:
        return ask_forecast(record.store, scope=scope, unit=unit, at=record.at)
    made = partial(ask_forecast, record.store, scope=scope, unit=unit, at=record.at)
    return record.kept.keep((scope, unit), made, state=(record.at.date(), state_of(record.store)))  # of the instant it is the day that counts


def _given(dates: Collection[Day]) -> Happenings:
    """Days of a person's own, as references."""
    return Happenings(all=tuple(_BLANK._replace(id=f"given {day}", earliest=day, latest=day) for day in sorted(set(dates))))


_ASKED: Mapping[Kind, Callable[[Question, Record], Answer]] = {
    "rates": _rates,
    "changes": _changes,
    "since": _since,
    "recurrence": _recurrence,
    "excitation": _excitation,
    "after": _after,
    "forecast": _forecast,
}
