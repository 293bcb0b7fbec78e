"""Words are found where they stand, whole, and nowhere else; offsets are the report's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.asking.quotes import Quotes
from waqai.core import Span

TEXT = "He said: \u201cTwelve\u00a0men\n   fled \u2013 all\u201d of them.\nA man in a woman\u2019s coat; 25,000 people, 1.25 tons, 25 men."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Twelve men fled", "Twelve\u00a0men\n   fled"),  # other white space
        ('"Twelve men', "\u201cTwelve\u00a0men"),  # straight quotation marks for curly ones
        ("fled - all", "fled \u2013 all"),  # a hyphen for a dash
        ("woman's coat", "woman\u2019s coat"),
        ("  of them ", "of them"),  # white space around
        ("25,000 people", "25,000 people"),
    ],
)
def test_words_are_found_with_the_offsets_of_the_text(words: str, found: str) -> None:
    span = Quotes(TEXT).find(words)
    assert span is not None and span.of(TEXT) == found


@pytest.mark.parametrize(
    "words",
    [
        "twelve men",  # another case
        "Twelve women",  # another word
        "welve men",  # the end of a word
        "Twelve me",  # the beginning of one
        "fled all",  # a sign left out
        "000",  # a part of a number
        "1",  # a part of a fraction
        "",
        " \n ",
        "\u200b",
    ],
)
def test_words_that_do_not_stand_there_as_they_are_are_not_found(words: str) -> None:
    assert Quotes(TEXT).find(words) is None


def test_a_number_is_not_found_inside_a_longer_one() -> None:
    span = Quotes(TEXT).find("25")
    assert span is not None and TEXT[span.start - 2 : span.end + 4] == ", 25 men"


def test_of_several_places_the_first_or_the_nearest_is_taken() -> None:
    quotes = Quotes("men here, men there, men again")
    assert quotes.find("men") == Span(0, 3)
    assert quotes.find("men", near=12) == Span(10, 13)
    assert quotes.find("men", near=30) == Span(21, 24)


def test_a_search_keeps_inside_one_span_and_clear_of_another() -> None:
    quotes = Quotes("men here, men there")
    assert quotes.find("men", within=Span(5, 19)) == Span(10, 13)
    assert quotes.find("men", outside=Span(0, 9)) == Span(10, 13)
    assert quotes.find("men", within=Span(4, 12)) is None


def test_signs_that_nobody_sees_do_not_stand_between_words() -> None:
    span = Quotes("Ghw\u00ader\u200ban prison").find("Ghweran prison")
    assert span == Span(0, 16)


@given(st.text(alphabet="ab1 ,.\n\u201c\u2019\u200b\u00a0", max_size=40), st.data())
def test_whatever_is_found_reads_like_what_was_sought(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    for span in Quotes(text).iter_all(words):
        assert _plain(span.of(text)) == _plain(words)


def _plain(words: str) -> str:
    return " ".join(words.replace("\u200b", "").replace("\u201c", '"').replace("\u2019", "'").split())
