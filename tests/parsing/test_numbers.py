"""What number words are worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.parsing.numbers import TENS, UNITS, parse_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("six", 6),
        ("twenty-five", 25),
        ("twenty five", 25),
        ("1,300", 1300),
        ("1.5", 1.5),
        ("two hundred", 200),
        ("one hundred and four", 104),
        ("a dozen", 12),
        ("three thousand two hundred", 3200),
        ("1.3 million", 1_300_000),
        ("hundred", 100),  # the article stood before it
    ],
)
def test_digits_and_number_words_have_their_value(words: str, value: float) -> None:
    assert parse_number(words) == value


@pytest.mark.parametrize("words", ["", "many", "six men", "a man", "twenty a five", "...", "9" * 400])
def test_other_words_have_none(words: str) -> None:
    assert parse_number(words) is None


@given(st.integers(0, 999_999_999))
def test_a_number_with_thousands_commas_is_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@given(st.sampled_from(sorted(TENS)), st.sampled_from(sorted(UNITS)[:9]))
def test_tens_and_units_add_up(tens: str, unit: str) -> None:
    assert parse_number(f"{tens}-{unit}") == TENS[tens] + UNITS[unit]
