"""Small numbers and children."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factories import make_count, make_report
from waqai.bounds.counts import is_small, speaks_of_children, tell_few

REPORT = make_report("12 prisoners escaped.")


@pytest.mark.parametrize(
    ("low", "high", "best", "small"),
    [(1, 1, 1, True), (2, 2, 2, True), (3, 3, 3, False), (0, 0, 0, False), (1, None, None, True), (2, 9, None, False), (1, 2, None, True)],
)
def test_a_figure_is_small_where_it_may_be_one_or_two(low: float, high: float | None, best: float | None, small: bool) -> None:
    count = make_count(low, report=REPORT, words="12", best=best)
    assert is_small(replace(count, high=high)) is small


def test_money_and_strikes_are_no_persons() -> None:
    assert not is_small(make_count(1, report=REPORT, words="12", unit="USD")) and not is_small(make_count(2, report=REPORT, words="12", measure="strikes"))


def test_few_are_told_without_a_best_figure() -> None:
    few = tell_few(make_count(2, report=REPORT, words="12"))
    assert (few.low, few.best, few.high) == (1, None, 2)


@pytest.mark.parametrize(
    ("words", "children"),
    [("two boys", True), ("a 14-year-old", True), ("aged 9", True), ("schoolgirls", True), ("a 41-year-old", False), ("Boyd's men", False), (None, False)],
)
def test_children_are_known_by_words_and_ages(words: str | None, children: bool) -> None:
    assert speaks_of_children(words) is children
