from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.folding.words import parse_query
from waqai.store.find import SNIPPET_LENGTH, choose_snippet, mark_words

TEXT = "Guards in Ra's al-Ain fired. Prisoners ran; a prisoner fell."


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("prisoner", ["prisoner"]),
        ("prisoner*", ["Prisoners", "prisoner"]),
        ('"al-ain fired"', ["al-Ain fired"]),
        ("ra", ["Ra"]),
        ("nothing", []),
    ],
)
def test_found_words_are_marked_where_they_stand(query: str, marked: list[str]) -> None:
    assert [span.of(TEXT) for span in mark_words(TEXT, parse_query(query))] == marked


def test_a_snippet_stands_around_the_first_mark_and_is_cut_between_words() -> None:
    text = "before " * 100 + "needle" + " after" * 100
    marks = mark_words(text, parse_query("needle"))
    span = choose_snippet(text, marks)
    assert span is not None
    assert span.covers(marks[0])
    assert span.of(text).startswith("before ")
    assert span.of(text).endswith(" after")
    assert len(span.of(text)) <= SNIPPET_LENGTH


@given(st.text(min_size=1, max_size=600), st.text(max_size=5))
def test_a_snippet_always_quotes_the_text_and_covers_its_first_mark(text: str, query: str) -> None:
    marks = mark_words(text, parse_query(query))
    span = choose_snippet(text, marks)
    assert span is not None
    assert span.end <= len(text)
    assert not marks or span.covers(marks[0])
