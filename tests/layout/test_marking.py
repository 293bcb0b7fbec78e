"""The text of a report is shown whole, whatever is marked in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waqai.core import Span
from waqai.layout.marking import Mark, cut_text


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(min_size=1, max_size=60))
    spans = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))), max_size=8))
    return text, [Mark(span=Span(start, end), key=f"k{n}", kind="what") for n, (start, end) in enumerate(spans) if start < end]


@given(marked())
def test_the_pieces_are_the_text_and_each_mark_covers_its_words(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    pieces = cut_text(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    for mark in marks:
        assert "".join(piece.text for piece in pieces if mark in piece.marks) == mark.span.of(text)
    begun = [key for piece in pieces for key in piece.begins]
    assert sorted(begun) == sorted(mark.key for mark in marks)
    assert all(text.startswith(piece.text, piece.start) for piece in pieces)
