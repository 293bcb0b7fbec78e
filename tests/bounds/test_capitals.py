"""Rows of capitals."""

from __future__ import annotations

import pytest

from waqai.bounds.capitals import begins_sentence, iter_capitals, iter_runs, iter_words


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("Ahmed\nAli", [["Ahmed", "Ali"]]),  # a line may break within a name
        ("Ahmed\n\nAli", [["Ahmed"], ["Ali"]]),  # a paragraph does not
        ("Lt. Gen. Omar", [["Lt", "Gen", "Omar"]]),
        ("the M4 and South24", []),  # no letters beside digits
        ("Omar bin and", [["Omar"]]),  # a particle ends no name
        ("de la Torre", [["Torre"]]),  # nor begins one
        ("O'Malley-Smith's", [["O'Malley-Smith's"]]),
    ],
)
def test_capitals_in_a_row_are_a_run(words: str, rows: list[list[str]]) -> None:
    assert [[word.text for word in run] for run in iter_runs(words)] == rows


def test_a_word_knows_its_form_without_a_possessive() -> None:
    assert [(word.low, word.is_capital, word.is_possessive) for word in iter_words("al-Hol’s men")] == [("al-hol", True, True), ("men", False, False)]
    assert [word.text for word in iter_capitals("Omar of al-Hol")] == ["Omar", "al-Hol"]


def test_any_word_begins_with_a_capital_behind_a_full_stop_a_quote_or_a_bracket() -> None:
    text = 'He. She "They (It Omar'
    assert [begins_sentence(text, text.index(word)) for word in ("He", "She", "They", "It", "Omar")] == [True, True, True, True, False]
