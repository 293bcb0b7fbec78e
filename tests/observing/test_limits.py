"""What may be asked of patterns."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from waqai.core import BeyondBounds
from waqai.observing.limits import HAPPENED, Period, check_period, check_question, say_moved
from waqai.store import Filters

ACTORS = frozenset({"sdf"})


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(words="Qalat prison"), "by words"),
        (Filters(tag=("qalat",)), "by tag"),
        (Filters(actor=("Qalat prison",)), "'Qalat prison' is no body of the register"),
        (Filters(actor=("sdf", "Karim Aziz")), "'Karim Aziz' is no body"),
    ],
)
def test_a_question_that_could_be_narrowed_to_a_facility_or_a_person_is_refused_with_the_reason(filters: Filters, said: str) -> None:
    with pytest.raises(BeyondBounds, match=said):
        check_question(filters, actors=ACTORS)


def test_what_took_place_or_was_tried_is_counted_unless_statuses_are_named() -> None:
    assert check_question(Filters(actor=("sdf",)), actors=ACTORS).status == HAPPENED
    assert check_question(Filters(status=("planned",)), actors=ACTORS).status == ("planned",)


@pytest.mark.parametrize("period", ["day", "hour", "weekday", "Week", ""])
def test_nothing_is_told_by_what_is_finer_than_a_week(period: str) -> None:
    with pytest.raises(BeyondBounds, match="week or month"):
        check_period(period)


@pytest.mark.parametrize("days", [1, 6])
def test_a_span_of_less_than_a_week_is_refused(days: int) -> None:
    first = date(2023, 6, 18)
    with pytest.raises(BeyondBounds, match="less than a week"):
        check_question(Filters(since=first, until=first + timedelta(days=days - 1)), actors=ACTORS)


def spans(by: Period) -> set[tuple[date | None, date | None]]:
    """What is counted for every span within some months, with both ends and with one."""
    days = [date(2023, 6, 1) + timedelta(days=n) for n in range(70)]
    asked = [Filters(since=one, until=other) for one in (None, *days) for other in (None, *days) if None in (one, other) or (other - one).days >= 6]  # type: ignore[operator]
    return {(checked.since, checked.until) for checked in (check_question(one, actors=ACTORS, by=by) for one in asked)}


@pytest.mark.parametrize(("by", "least"), [("week", 7), ("month", 28)])
def test_no_two_spans_differ_by_less_than_a_week_or_month(by: Period, least: int) -> None:
    for ends in zip(*spans(by), strict=True):
        days = sorted({day for day in ends if day is not None})
        assert len(days) > 1 and all((later - day).days >= least for day, later in pairwise(days))
    assert all(since.weekday() == 0 for since, _ in spans("week") if since) and all(until.weekday() == 6 for _, until in spans("week") if until)


def test_a_span_that_was_moved_is_told_and_one_of_whole_weeks_stays() -> None:
    asked = Filters(since=date(2023, 6, 14), until=date(2023, 6, 25))
    checked = check_question(asked, actors=ACTORS)
    assert (checked.since, checked.until) == (date(2023, 6, 12), date(2023, 6, 25))
    assert say_moved(asked, checked, by="week") == ("counted in whole weeks, as what is finer is not told: from 2023-06-12 and not 2023-06-14",)
    assert check_question(checked, actors=ACTORS) == checked and say_moved(checked, checked, by="week") == ()
    assert check_question(Filters(since=date.min, until=date.max), actors=ACTORS).until == date.max
