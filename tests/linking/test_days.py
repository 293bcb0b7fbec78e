import pytest

from linking.card_maker import days_later, make_report, tell
from waqai.linking import make_telling
from waqai.linking.days import compare_times

REPORT = make_report("Inmates rioted in a prison.", title="Riot", published="2020-05-05")


def riot(**facts: object):
    return make_telling(tell(REPORT, "prison_riot", "rioted", **facts))


@pytest.mark.parametrize(
    ("gap", "state"),
    [(0, "same day"), (1, "same day"), (2, "days apart"), (5, "a week apart"), (12, "a fortnight apart"), (34, "weeks apart"), (700, "months apart")],
)
def test_days_between_two_days_have_a_name(gap: int, state: str) -> None:
    assert compare_times(riot(day="2020-03-29"), riot(day=days_later("2020-03-29", gap))) == (state, gap)


def test_a_month_that_holds_the_day_is_the_same_period_and_no_more() -> None:
    assert compare_times(riot(day=("2020-03-01", "2020-03-31")), riot(day="2020-03-29")) == ("same period", 0)


def test_a_report_cannot_tell_of_what_came_after_it() -> None:
    assert compare_times(riot(day="2020-06-01"), riot())[0] == "after press"


def test_without_days_the_press_dates_say_what_they_can() -> None:
    assert compare_times(riot(), riot())[0] == "fresh"
    assert compare_times(riot(day="2020-03-29"), riot())[0] == "late"
    assert compare_times(riot(day="2019-03-29"), riot())[0] == "stale"


def test_a_press_date_says_nothing_on_an_undated_earlier_act() -> None:
    assert compare_times(riot(background=True), riot(day="2020-05-04"))[0] == "unknown"
