from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from waqai.folding.words import fold_name, fold_words, iter_folded, parse_query


@pytest.mark.parametrize(
    ("one", "other"),
    [("Serê Kaniyê", "SERE KANIYE"), ("Ra's al-ʿAin", "ra s al ain"), ("Ghweran  prison!", "ghweran PRISON"), ("سِجن", "سجن"), ("İstanbul", "istanbul")],
)
def test_spellings_that_differ_in_case_marks_and_punctuation_are_one(one: str, other: str) -> None:
    assert fold_words(one) == fold_words(other)


@example("\U0001f130")  # decomposes to a capital
@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_words(fold_words(text)) == fold_words(text)


@example("\U0001f210")  # a sign that is no letter and folds to one
@example("\u0633\u0650\u062c\u0646 cafe\u0301s")  # marks within words
@example("\ufb01re \u02bfAin")
@given(st.text())
def test_every_folded_word_stands_in_the_text(text: str) -> None:
    words = list(iter_folded(text))
    assert all(0 <= start < end <= len(text) for _, start, end in words)
    assert [word for word, _, _ in words] == fold_words(text).split()


@pytest.mark.parametrize("name", ["the prison", "Military base", "", "—", "central detention center"])
def test_a_name_of_general_words_ties_nothing_together(name: str) -> None:
    assert fold_name(name) is None


@given(st.text())
def test_a_query_of_any_kind_gives_folded_words_only(query: str) -> None:
    for term in parse_query(query):
        assert term.words
        assert all(word.isalnum() for word in term.words)
