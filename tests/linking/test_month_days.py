"""Days that a report tells without their year, held against those of another."""

from __future__ import annotations

import pytest

from linking.card_maker import make_report, tell
from waqai.linking import compare_tellings, make_telling
from waqai.linking.days import compare_month_days, likens
from waqai.linking.tellings import Telling


def undated(told: str, *, title: str = "") -> Telling:
    """News of a riot in a report without a day of publication."""
    return make_telling(tell(make_report(f"Inmates rioted {told}.", title=title), "prison_riot", "rioted"))


def dated(first: str, last: str | None = None, *, published: str | None = None) -> Telling:
    report = make_report("Prisoners rioted in Kuje.", published=published)
    return make_telling(tell(report, "prison_riot", "rioted", day=(first, last or first)))


@pytest.mark.parametrize(
    ("told", "other", "agree"),
    [
        ("on January 20", "2022-01-20", True),
        ("on January 20", "2022-01-21", True),  # the next day
        ("on Jan. 20", "2022-01-19", True),
        ("on January 20", "2022-01-22", False),
        ("on June 20", "2022-01-20", False),
        ("on 20 January", "2022-01-20", True),
        ("on the 20th of January", "2022-01-20", True),
        ("on December 31", "2022-01-01", True),  # around New Year
        ("on January 1", "2021-12-31", True),
        ("on January 1", "2021-12-30", False),
        ("on February 29", "2021-02-28", True),
        ("on February 30", "2021-02-28", None),  # no day
        ("on January 20, 2021", "2022-01-20", None),  # told with its year
        ("on 20 January 2021", "2022-01-20", None),
        ("on June 3 as on January 20, 2022", "2022-01-20", False),
        ("on Sunday", "2022-01-20", None),
        ("who may 20 days on", "2022-01-20", None),  # a verb
    ],
)
def test_a_day_told_without_its_year_is_held_against_the_day_of_another(told: str, other: str, agree: bool | None) -> None:
    assert compare_month_days(undated(told), dated(other)) is agree is compare_month_days(dated(other), undated(told))


@pytest.mark.parametrize(("last", "agree"), [("2022-01-22", True), ("2022-01-23", None)])
def test_three_days_are_held_against_it_and_more_are_no_days(last: str, agree: bool | None) -> None:
    assert compare_month_days(undated("on January 22"), dated("2022-01-20", last)) is agree


def test_two_undated_tellings_are_compared_by_what_their_words_name_and_two_dated_ones_are_not() -> None:
    assert compare_month_days(undated("on January 20"), undated("at night", title="Riot of January 20")) is True
    assert compare_month_days(undated("on January 20"), undated("on June 3")) is False
    assert compare_month_days(dated("2022-01-20"), dated("2022-01-20")) is None


def test_only_news_is_held_against_it() -> None:
    mention = make_telling(tell(make_report("Inmates rioted on January 20."), "prison_riot", "rioted"), news=False)
    assert compare_tellings(undated("on January 20"), dated("2022-01-20")).month_day is True
    assert compare_tellings(mention, dated("2022-01-20")).month_day is None


@pytest.mark.parametrize(
    ("told", "other", "liken"),
    [
        ("; it resembles the riot of May 3", "2020-05-03", True),
        ("; the riot resembles the one of May 3", "2020-05-03", True),
        (", worse than that on 3 May", "2020-05-04", True),  # by night
        ("; it resembles the riot of May 3", "2020-05-05", False),
        (". It began after the dinner of May 3", "2020-05-03", False),  # no likeness
        ("; it resembles the riot of last spring", "2020-05-03", False),
    ],
)
def test_what_likens_its_happening_to_that_of_another_day_is_another_one(told: str, other: str, liken: bool) -> None:
    assert likens(undated(told), dated(other)) is liken
    assert compare_tellings(undated(told), dated(other)).again is compare_tellings(dated(other), undated(told)).again is liken


def test_a_mention_is_likened_to_nothing_nor_news_to_what_has_no_day() -> None:
    mention = make_telling(dated("2020-05-03").lead, news=False)
    assert not likens(undated("; it resembles the riot of May 3"), mention)
    assert not likens(undated("; it resembles the riot of May 3"), undated("on May 3"))
