"""What a count that runs up to the report says of its year."""

from __future__ import annotations

from datetime import date

import pytest

from waqai.dating import TextClock, find_date_phrases

COUNT = "The monitor has recorded 104 attacks since January 2025."


def reference(text: str) -> date | None:
    return TextClock(text, published=None, phrases=find_date_phrases(text)).reference


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"On June 1 three men died. {COUNT}", date(2025, 6, 1)),
        ("On 31 August he was taken, on 4 September she. From 2018 to April 2024 the centre counted 10,332 such cases.", date(2024, 9, 4)),
        ("Since the beginning of 2024, 75 attacks have been documented. On 3 May a man died.", date(2024, 5, 3)),
    ],
)
def test_a_count_leaves_one_year(text: str, day: date) -> None:
    assert reference(text) == day


@pytest.mark.parametrize(
    "text",
    [
        f"On December 5 three men died. {COUNT}",  # in that year, or just before it
        "On June 1 three men died. Since January 2025 they hide there.",  # no count
        "On June 1 three men died. The monitor has recorded 104 attacks since March 2019.",  # began in the middle of a year: nobody knows how long ago
        f"On June 1 three men died. {COUNT} In 2026 it ended.",  # told later than the count
        f"On June 1 three men died, on December 5 four. {COUNT}",
        COUNT,
    ],
)
def test_a_count_that_leaves_several_years_or_none_gives_no_day(text: str) -> None:
    assert reference(text) is None


def test_the_clock_says_that_it_went_by_a_count() -> None:
    text = f"On June 1 three men died. {COUNT}"
    clock = TextClock(text, published=None, phrases=find_date_phrases(text))
    assert not clock.exact
    assert "counts up to its own time" in clock.because
