from __future__ import annotations

import pytest

from waqai.core import Span
from waqai.places.long_names import long_name, written_name


@pytest.mark.parametrize(
    ("name", "long"),
    [
        ("Ill.", "Illinois"),
        ("W. Va.", "West Virginia"),
        ("D.C.", "District of Columbia"),
        ("L.A.", "L.A."),
        ("La.", "Louisiana"),
        ("Africans", "Africa"),
        ("Mosul", "Mosul"),
    ],
)
def test_short_names_are_written_out(name: str, long: str) -> None:
    assert long_name(name) == long


def test_two_capitals_are_a_state_behind_a_comma_only() -> None:
    assert written_name("Salem, OR, today", Span(7, 9)) == "Oregon"
    assert written_name("now OR never", Span(4, 6)) == "OR"


def test_a_full_stop_behind_the_mention_counts() -> None:
    assert written_name("Salem, Ore. today", Span(7, 10)) == "Oregon"
