import pytest

from linking.card_maker import days_later, make_report, tell
from waqai.core import Card
from waqai.linking import make_telling
from waqai.linking.days import compare_times, compare_weekdays, dates_of
from waqai.linking.tellings import SIEGE

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


@pytest.mark.parametrize(("weekday", "agree"), [("Saturday", False), ("Sunday", True), ("Monday", True), ("Tuesday", False)])
def test_a_night_has_the_weekdays_of_both_its_days(weekday: str, agree: bool) -> None:
    undated = make_report(f"Inmates rose on {weekday} in a jail.", title="Riot")
    night = riot(day=("2020-03-29", "2020-03-30"))
    assert compare_weekdays(make_telling(tell(undated, "prison_riot", "rose")), night) is agree
    assert compare_weekdays(make_telling(tell(undated, "prison_riot", "rose")), riot(day=("2020-03-28", "2020-03-30"))) is None  # no night


def siege(*, days: int):
    """A riot of March 29 that a report tells of with its end so many days later."""
    return make_telling(tell(REPORT, "prison_riot", "rioted", day="2020-03-29"), parts=[_end(days)])


def _end(days: int) -> Card:
    return tell(REPORT, "clash", "prison", order=1, day=days_later("2020-03-29", days))


@pytest.mark.parametrize("days", [-SIEGE, -4, 4, SIEGE])
def test_of_a_siege_each_day_counts_and_the_nearest_one_is_compared(days: int) -> None:
    assert [dated.earliest for dated in dates_of(siege(days=days))] == [riot(day="2020-03-29").lead.earliest, _end(days).earliest]
    other = riot(day=days_later("2020-03-29", days))
    assert compare_times(siege(days=days), other) == compare_times(other, siege(days=days)) == ("same day", 0)
    assert compare_times(siege(days=days), riot(day="2020-03-29")) == ("same day", 0)


def test_a_day_of_a_siege_that_a_report_could_know_of_is_the_one_compared() -> None:
    """A report without a day, published between the storm and the end, tells of the storm."""
    undated = make_telling(tell(make_report("They rioted.", published="2020-03-31"), "prison_riot", "rioted"))
    ended = make_telling(tell(REPORT, "clash", "prison", day="2020-04-03"), parts=[tell(REPORT, "prison_riot", "rioted", order=1, day="2020-03-29")])
    assert compare_times(ended, undated)[0] == "fresh"


@pytest.mark.parametrize("days", [-SIEGE - 1, SIEGE + 1])
def test_what_lies_farther_off_than_a_siege_lasts_is_no_day_of_it(days: int) -> None:
    assert len(dates_of(siege(days=days))) == 1
    assert compare_times(siege(days=days), riot(day=days_later("2020-03-29", days))) == ("a fortnight apart", SIEGE + 1)


def test_a_part_of_the_same_day_adds_no_day() -> None:
    assert len(dates_of(siege(days=0))) == 1
