"""Days told by their number alone."""

from __future__ import annotations

from datetime import date

import pytest

from waqai.core import UnresolvedDate
from waqai.dating import DayRange, TextClock, find_date_phrases, resolve_in_order

PRESS = date(2023, 6, 20)


def last_of(text: str, published: date | None = PRESS) -> DayRange | UnresolvedDate:
    phrases = find_date_phrases(text)
    return resolve_in_order(phrases, clock=TextClock(text, published=published, phrases=phrases))[-1]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("On June 12 it began. On the 14th two died.", "2023-06-14", "2023-06-14"),
        ("On June 3 it began; from the 4th to the 6th they fought.", "2023-06-04", "2023-06-06"),
        ("On June 3 it began; on the 4th and 5th they fought.", "2023-06-04", "2023-06-05"),
        ("On the 25th/26th they came.", "2023-05-25", "2023-05-26"),  # the latest before press
        ("In the night of the 3rd, they left.", "2023-06-03", "2023-06-04"),
        ("They will meet on the 29th.", "2023-06-29", "2023-06-29"),
    ],
)
def test_a_numbered_day_has_the_month_of_its_story(text: str, earliest: str, latest: str) -> None:
    found = last_of(text)
    assert isinstance(found, DayRange)
    assert (str(found.earliest), str(found.latest)) == (earliest, latest)


@pytest.mark.parametrize("text", ["They fled on the 5th floor.", "It hit a base of the 3rd Brigade.", "He came by the 2nd gate, on the 1st try."])
def test_a_number_that_counts_something_else_is_no_day(text: str) -> None:
    assert find_date_phrases(text) == ()


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("On the 14th two died.", None),
        ("On June 12 it began. On the 31st two died.", PRESS),  # June has none
        ("In 2019, on May 2, it began. On the 14th two died.", date(2020, 1, 20)),  # that May, or this January
        ("On June 12 it began. On the 30th two died.", PRESS),  # not yet
    ],
)
def test_a_numbered_day_of_no_certain_month_is_refused(text: str, published: date | None) -> None:
    assert isinstance(last_of(text, published), UnresolvedDate)
