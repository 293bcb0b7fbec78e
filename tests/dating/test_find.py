"""Which words are dates, and what they name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.core import Span
from waqai.dating import DatePhrase, Named, find_date_phrases, overlapping_phrases


def words(text: str) -> list[str]:
    return [phrase.words for phrase in find_date_phrases(text)]


def only(text: str) -> DatePhrase:
    (phrase,) = find_date_phrases(text)
    return phrase


@pytest.mark.parametrize(
    "written",
    [
        "June 18, 2023",
        "June 18 2023",
        "June 18th, 2023",
        "18 June 2023",
        "18th of June, 2023",
        "the 18th of June 2023",
        "2023-06-18",
        "06/18/2023",
        "6/18/23",
        "18/06/2023",
        "18.06.2023",
        "Jun. 18, 2023",
        "18-Jun-2023",
    ],
)
def test_every_usual_spelling_of_a_full_date_names_the_same_day(written: str) -> None:
    assert only(f"It happened on {written}.").start == Named(year=2023, month=6, day=18)


@pytest.mark.parametrize(
    "written",
    [
        "Sunday, June 18",
        "Sunday,\nJune 18",
        "Sunday, 18 June",
        "Sunday June 18",
        "Sunday (June 18)",
        "Sunday\u00a0June\u00a018",
        "June 18, Sunday",
        "Sun, June 18",
        "Sunday the 18th of June",
        "June 18, a Sunday",
        "June 18, a Sunday night",
    ],
)
def test_a_weekday_beside_a_date_is_one_phrase_with_it(written: str) -> None:
    assert only(f"announced on {written}, that 25 fled").start == Named(month=6, day=18, weekday=6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Sunday", "Sunday"),
        ("Sunday night", "Sunday night"),
        ("last Thursday", "last Thursday"),
        ("Wednesday’s attack", "Wednesday"),  # curly apostrophe
        ("late on Tuesday night", "late on Tuesday night"),
        ("in mid-March", "mid-March"),
        ("in late 2014", "late 2014"),
        ("the summer of 2016", "the summer of 2016"),
        ("Early in December", "Early in December"),
        ("June 3–5", "June 3-5"),  # en dash
        ("between 3 and 5 June", "3 and 5 June"),
        ("from March to May 2020", "March to May 2020"),
        ("on Monday and Tuesday", "Monday and Tuesday"),
        ("20 to 26 January", "20 to 26 January"),
        ("between July 1, 2019 and April 30, 2021", "July 1, 2019 and April 30, 2021"),
        ("in 2011 and 2012", "2011 and 2012"),
        ("from 2011-2015", "2011-2015"),
        ("two days earlier", "two days earlier"),
        ("three days ago", "three days ago"),
        ("the following day", "the following day"),
        ("hours later", "hours later"),
        ("in recent days", "in recent days"),
        ("the past week", "the past week"),
        ("overnight", "overnight"),
        ("in August last year", "August last year"),
        ("January 4 of this year", "January 4 of this year"),
        ("over the weekend", "over the weekend"),
        ("on New Year's Eve", "New Year's Eve"),
        ("between July 28 and August 7", "July 28 and August 7"),
        ("from 28 July to 7 August", "28 July to 7 August"),
        ("on 17-23 July 2021", "17-23 July 2021"),
        ("the night of 12 to 13 May", "12 to 13 May"),
        ("overnight Saturday to Sunday", "overnight Saturday to Sunday"),
        ("from Saturday into Sunday", "Saturday into Sunday"),
        ("in the first week of June", "the first week of June"),
        ("the last week of March 2020", "the last week of March 2020"),
        ("the second half of 2019", "the second half of 2019"),
        ("in the early 2000s", "the early 2000s"),
        ("during the late nineties", "the late nineties"),
        ("in nineteen ninety-seven", "nineteen ninety-seven"),
        ("in March nineteen ninety-seven", "March nineteen ninety-seven"),
        ("in two thousand and three", "two thousand and three"),
        ("by the end of the month", "the end of the month"),
        ("by year-end", "year-end"),
        ("over the summer", "the summer"),
        ("this past spring", "this past spring"),
        ("day before yesterday", "day before yesterday"),
        ("during Ramadan", "Ramadan"),
        ("on 15 Ramadan 1445", "15 Ramadan 1445"),
        ("on the 10th of Muharram", "the 10th of Muharram"),
        ("on the first day of Eid al-Adha", "the first day of Eid al-Adha"),
        ("on 20 Khordad 1402", "20 Khordad 1402"),
        ("on 5 Tishrin al-Awwal", "5 Tishrin al-Awwal"),
        ("Early on August 23", "Early on August 23"),
        ("today, Wednesday,", "today, Wednesday"),
    ],
)
def test_a_date_phrase_is_found_whole_and_without_its_preposition(text: str, expected: str) -> None:
    assert words(text) == [expected.replace("’", "'")]


@pytest.mark.parametrize(
    "text",
    [
        "They may go and 18 may stay.",
        "We march on; the march 18 km long.",
        "Theresa May spoke to April Jones.",
        "The Sun and the Sunday Times wrote of it.",
        "A man aged 25 with $2000 and 2,019 goats.",
        "It took 24 hours in World War II, like 9/11.",
        "Resolution 2254 freed 2000 prisoners in 2000 villages.",
        "They pray every Friday and rest on Mondays.",
        "At 2015 GMT the score was 3-2.",
        "Day after day of war.",
        "06/07/2023 can be read both ways.",
        "It rose by 3.5 percent, by 3.5%, by 3.5 points, by 2.5 km and on 1.5 acres.",
        "A note in the chapter on 2.1 says more.",
        "The vote stood at 20.1 and fell by 20.13, by 1.2,500 and by 0.5.",
        "On 20.1.22 and on 32.1 they met by 1.2.3 rules.",
        "March for peace",
        "may 18 people",
        "A man in his nineties met two thousand and three of them.",
        "Twenty twenty-pound notes in the spring offensive.",
        "Ramadan Abdullah, Tariq Ramadan and Eid Mohammed were there.",
        "The Ashura Brigades met near Newroz Square, Mehr News said on Rajab Street.",
        "Half of the year ago figure of 9/1/01 and 123456 men.",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text: str) -> None:
    assert words(text) == []


def test_a_number_behind_a_date_is_no_second_day_when_it_counts_people() -> None:
    assert words("On June 18 and 25 prisoners escaped") == ["June 18"]


def test_days_that_do_not_follow_each_other_stay_two_phrases() -> None:
    assert words("on Monday and Thursday") == ["Monday", "Thursday"]


def test_a_year_that_names_a_law_is_no_happening_date() -> None:
    assert only("under the 2019 law").kind == "year_modifier"


def test_a_blank_line_ends_a_phrase() -> None:
    assert words("He left on Sunday\n\nJune 18 was hot") == ["Sunday", "June 18"]


@pytest.mark.parametrize(
    ("text", "bearing"), [("since May", "since"), ("until March", "until"), ("by Tuesday", "by"), ("from October 21 on", "since"), ("in May", None)]
)
def test_the_word_before_a_phrase_says_how_it_bounds(text: str, bearing: str | None) -> None:
    assert only(text).bearing == bearing


@pytest.mark.parametrize(
    "text",
    [
        "BEIRUT, June 18 (Reuters) - A jail fell.",
        "HASAKAH, Syria, 18 June 2023 -- A jail fell.",
        "Published: 18 June 2023\nA jail fell.",
        "A jail fell\nJune 18, 2023\nThe men fled.",
    ],
)
def test_a_dateline_is_the_day_of_the_report(text: str) -> None:
    assert find_date_phrases(text)[0].header


def test_a_date_in_a_sentence_is_no_dateline() -> None:
    assert not only("The men fled on June 18 (a holiday) and hid.").header


def test_words_behind_after_are_known_to_name_what_it_counts_from() -> None:
    assert only("a few days after the meeting").names_anchor
    assert not only("a few days after, they fled").names_anchor


def test_an_amount_of_hours_before_a_period_is_no_distance() -> None:
    assert words("they fought for two hours earlier this week") == ["earlier this week"]


def test_overlapping_phrases_are_those_that_share_a_character() -> None:
    phrases = find_date_phrases("on Sunday and in 2019")
    assert [p.words for p in overlapping_phrases(phrases, Span(0, 4))] == ["Sunday"]


_PIECES = [
    "on ",
    "Sunday",
    ",",
    " ",
    "\n",
    "\n\n",
    "June",
    "18",
    "2023",
    "May",
    "may",
    " to ",
    "-",
    "and ",
    "last ",
    "week",
    "the same ",
    "day",
    "a",
    "few ",
    "days after",
    "(",
    ")",
    "early ",
    "since ",
    "٣",
    "’s",
    "Q3 ",
    "of ",
    "30 February ",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_phrases_come_in_order_apart_and_quote_the_text(text: str) -> None:
    phrases = find_date_phrases(text)
    assert all(left.span.end <= right.span.start for left, right in pairwise(phrases))
    assert all(" ".join(p.span.of(text).replace("’", "'").split()) == p.words for p in phrases)


def test_an_upper_case_march_of_people_is_no_month() -> None:
    assert words("THE MARCH WAS BANNED AND MAY BE HELD LATER") == []


def test_published_in_the_middle_of_a_sentence_is_no_header() -> None:
    assert not only("In the paper that he published on October 19 he says so.").header


@pytest.mark.parametrize(
    "text",
    [
        "KABUL, Aug 26 (Reuters) - A jail fell.",
        "LAST UPDATED: August 26, 2021\nA jail fell.",
        "Published: 26 August 2021 09:14 GMT\nA jail fell.",
        "Source: Xinhua| 2019-07-07 21:05:12|Editor: someone\nA jail fell.",
        "By a reporter | Aug. 26, 2021\nA jail fell.",
        "890826\nA jail fell.",
    ],
)
def test_the_stamps_of_wires_and_pages_are_headers(text: str) -> None:
    assert find_date_phrases(text)[0].header


def test_a_day_in_brackets_by_another_clock_is_no_second_date() -> None:
    assert words("It blew up on Tuesday at 1 a.m. local time (2200 GMT Monday), police said.") == ["Tuesday"]
    assert words("It blew up on Tuesday. The siege (it began at 2200 GMT Monday) held.") == ["Tuesday", "Monday"]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("at 9 a.m. Tuesday", "T09:00"),
        ("on Tuesday at 0100 GMT", "T01:00"),
        ("noon Thursday", "T12:00"),
        ("on Friday morning", "TMO"),
        ("at 2023-06-18T21:15Z", "T21:15"),
        ("in May", None),
    ],
)
def test_a_time_of_day_rides_along_with_its_day(text: str, time: str | None) -> None:
    assert only(text).time == time


def test_what_happens_at_some_time_of_day_keeps_the_words_of_its_day() -> None:
    assert words("at about 10:35 a.m. on Friday, June 2, the wall fell") == ["Friday, June 2"]


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("On 20.1 gunmen came.", 1, 20),
        ("It was over by 25.1.", 1, 25),
        ("Since 05.02, they fled", 2, 5),
        ("It lasted until 3.12", 12, 3),
    ],
)
def test_a_day_with_a_dot_before_its_month_is_one_behind_a_word_of_time(text: str, month: int, day: int) -> None:
    assert only(text).start == Named(month=month, day=day)
