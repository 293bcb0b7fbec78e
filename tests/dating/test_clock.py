"""The day that a report counts from, given or inferred."""

from __future__ import annotations

from datetime import date

import pytest

from waqai.dating import TextClock, find_date_phrases


def clock(text: str, published: date | None = None) -> TextClock:
    return TextClock(text, published=published, phrases=find_date_phrases(text))


def test_the_day_of_publication_is_the_reference_and_the_latest_possible_day() -> None:
    found = clock("They fled on Sunday.", date(2023, 6, 20))
    assert (found.reference, found.latest_possible, found.exact) == (date(2023, 6, 20), date(2023, 6, 20), True)


def test_a_year_spoken_of_as_past_leaves_one_year_that_fits_the_weekday() -> None:
    found = clock("Since the town was retaken in 2019, cells have hidden. The monitor announced on Sunday,\nJune 18, that 25 men escaped.")
    assert found.reference == date(2023, 6, 18)
    assert "2019" in found.because


def test_an_office_holder_decides_between_years() -> None:
    text = "Since 2019 they hide. On Tuesday, March 5, 25 men escaped, said US Secretary of State Antony Blinken."
    assert clock(text).reference == date(2024, 3, 5)


def test_a_former_office_holder_decides_nothing() -> None:
    assert clock("Said the former US Secretary of State John Kerry on Sunday, June 18.").reference is None


def test_a_weekday_that_no_year_within_the_bounds_fits_leaves_no_reference_and_says_why() -> None:
    found = clock("Since 2019 they hide. On Monday, June 18, 25 men escaped, said US Secretary of State Antony Blinken.")
    assert found.reference is None
    assert all(word in found.because for word in ("Monday, June 18", "2018", "2029", "2019", "Blinken"))


def test_nothing_that_bounds_the_year_leaves_no_reference() -> None:
    assert clock("On Sunday, June 18, 25 men escaped.").reference is None


def test_two_weekdays_that_fit_no_common_year_leave_no_reference() -> None:
    assert clock("After 2019. On Sunday, June 18, they fled. On Sunday, June 20, they were caught.").reference is None


def test_several_weekdays_across_new_year_fit_together() -> None:
    assert clock("In 2020 it began. On Saturday, December 31, they fled. On Tuesday, January 3, they were caught.").reference == date(2023, 1, 3)


@pytest.mark.parametrize("head", ["BEIRUT, June 18, 2023 (Reuters) - ", "June 18, 2023\n\n", "Published: 18 June 2023\n"])
def test_a_dated_header_is_the_day_of_the_report(head: str) -> None:
    found = clock(head + "The men fled on Friday.")
    assert (found.reference, found.exact) == (date(2023, 6, 18), True)


def test_the_newest_full_date_is_an_inexact_reference() -> None:
    found = clock("On 24 September 2019 a deal was made. On 26 September 2019 it was kept.")
    assert (found.reference, found.exact) == (date(2019, 9, 26), False)


def test_a_full_date_told_as_long_ago_is_no_reference() -> None:
    assert clock("Since March 23, 2019, cells have hidden. On June 18 they came out.").reference is None


def test_a_year_still_to_come_bounds_nothing() -> None:
    assert clock("The plan is to leave by 2030. On Sunday, June 18, they met.").reference is None


@pytest.mark.parametrize(
    "text",
    [
        "On 7 October 2021 the gate was shut. On Sunday, October 3, men had come to it.",
        "They have fought since the night of 29 July 2023. A truce was announced on Monday, 31 July.",
    ],
)
def test_weekdays_that_are_right_about_the_newest_full_date_need_no_later_year(text: str) -> None:
    reference = clock(text).reference
    assert reference is not None
    assert reference.year in (2021, 2023)


def test_a_full_date_far_from_a_weekday_leaves_the_year_to_what_bounds_it() -> None:
    text = "Since March 23, 2019, they hide. On Sunday, June 18, they fled, said US Secretary of State Antony Blinken."
    assert clock(text).reference == date(2023, 6, 18)


@pytest.mark.parametrize(
    ("told", "reference"),
    [
        ("They fled on Sunday, June 25.", "2023-06-25"),
        ("They fled on Sunday, June 25, 2023.", "2023-06-25"),
        ("They fled on Tuesday, June 27.", "2023-06-27"),  # a week later
        ("They fled on Sunday, June 25. They were caught on Monday, June 26.", "2023-06-26"),
        ("They fled on Wednesday, June 28.", "2023-06-20"),  # more than a week later
        ("They fled on Monday, June 25.", "2023-06-20"),  # not its weekday
        ("They fled on Sunday, June 25, 2017.", "2023-06-20"),  # of another year
        ("They fled on June 25.", "2023-06-20"),  # without a weekday it is one of a year before
        ("They fled on Sunday.", "2023-06-20"),
        ("They will meet on Sunday, June 25.", "2023-06-20"),  # ahead
        ("They fled. The next talks are on Sunday, June 25.", "2023-06-20"),
    ],
)
def test_a_page_that_went_on_being_written_counts_from_the_last_day_that_it_tells_as_past(told: str, reference: str) -> None:
    found = clock(told, date(2023, 6, 20))
    assert str(found.reference) == str(found.latest_possible) == reference and found.exact
    assert str(found.published) == "2023-06-20" and ("tells of" in found.because) == (reference != "2023-06-20")


def test_the_last_day_of_all_is_followed_by_none() -> None:
    text = "They fled on Friday, December 31."
    assert TextClock(text, published=date(9999, 12, 31), phrases=find_date_phrases(text)).reference == date(9999, 12, 31)
