"""How firmly a number is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.reading.bounds import read_bounds, read_range


@pytest.mark.parametrize(
    ("before", "low", "high", "kind"),
    [
        ("", 30, 30, "exact"),
        ("killed ", 30, 30, "exact"),
        ("at least ", 30, None, "at_least"),
        ("More than ", 30, None, "at_least"),
        ("no fewer than ", 30, None, "at_least"),
        ("fewer than ", 0, 30, "at_most"),  # not the end of "no fewer than"
        ("up to ", 0, 30, "at_most"),
        ("about ", 27, 33, "approx"),
        ("about another ", 27, 33, "approx"),
        ("nearly ", 27, 30, "approx"),
        ("close to ", 27, 30, "approx"),  # as coders write it
        ("for over ", 30, None, "at_least"),
        ("handsome ", 30, 30, "exact"),  # the end of a word is no modifier
    ],
)
def test_the_words_before_a_number_bound_it(before: str, low: float, high: float | None, kind: str) -> None:
    bounds = read_bounds(before + "30 men", len(before), 30)
    assert (bounds.low, bounds.high, bounds.kind) == (low, high, kind)


def test_the_phrase_starts_with_its_modifier() -> None:
    text = "They said that at least 30 men fled"
    assert text[read_bounds(text, text.index("30"), 30).start :] == "at least 30 men fled"


@pytest.mark.parametrize(
    ("before", "range_"),
    [
        ("between 10 and ", (10, 15)),
        ("10 to ", (10, 15)),
        ("10-", (10, 15)),
        ("ten or ", (10, 15)),
        ("10 and ", None),  # two numbers
        ("15 to ", None),  # no range
        ("20 to ", None),
        ("men to ", None),
        ("", None),
    ],
)
def test_a_number_closes_a_range_that_another_opens(before: str, range_: tuple[float, float] | None) -> None:
    bounds = read_range(before + "15 men", len(before), 15)
    assert (None if bounds is None else (bounds.low, bounds.high)) == range_


@given(st.sampled_from(["", "about ", "nearly ", "up to ", "at least ", "some "]), st.integers(0, 10**9))
def test_the_number_printed_lies_within_its_bounds(before: str, value: int) -> None:
    bounds = read_bounds(f"{before}{value}", len(before), value)
    assert bounds.low <= value and (bounds.high is None or value <= bounds.high)
