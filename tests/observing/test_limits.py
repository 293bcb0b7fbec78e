"""What may be asked of patterns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from waqai.core import BeyondBounds
from waqai.observing.limits import HAPPENED, check_period, check_question
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
def test_a_span_of_less_than_a_week_is_refused_and_a_week_is_not(days: int) -> None:
    first = date(2023, 6, 18)
    with pytest.raises(BeyondBounds, match="less than a week"):
        check_question(Filters(since=first, until=first + timedelta(days=days - 1)), actors=ACTORS)
    assert check_question(Filters(since=first, until=first + timedelta(days=6)), actors=ACTORS).until == date(2023, 6, 24)
