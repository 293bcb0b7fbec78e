"""The nation of an office is read from words that are built like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.codebook.offices import find_nation

NATIONS = {"German": "de", "Germany": "de", "Norway": "no", "Sudan": "sd", "South Sudan": "ss"}


@pytest.mark.parametrize(
    ("words", "nation"),
    [
        ("German Minister for Economic Cooperation", "de"),
        ("Germany's deputy prime minister", "de"),
        ("the outgoing German chancellor", "de"),
        ("Ministry of Defence of Norway", "no"),
        ("President of South Sudan", "ss"),  # the longest name
        ("German", "de"),
    ],
)
def test_an_office_has_the_nation_before_it_or_after_of(words: str, nation: str) -> None:
    assert find_nation(words, NATIONS) == nation


@pytest.mark.parametrize("words", ["German hospital minister", "head of the Observatory of Norway", "minister in Norway", "German shepherd", "of Norway", ""])
def test_other_words_have_none(words: str) -> None:
    assert find_nation(words, NATIONS) is None


@given(st.text(max_size=60))
def test_any_words_are_taken(words: str) -> None:
    assert find_nation(words, NATIONS) in {None, *NATIONS.values()}
