"""Texts that a spreadsheet would take for formulas."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waqai.export.guard import guard, make_whole, make_xml, unguard

STARTS = ("=", "+", "-", "@", "\t", "\r")
texts = st.text() | st.builds("".join, st.lists(st.sampled_from([*STARTS, "'", "a", "1"]), max_size=6))


@given(texts)
def test_no_guarded_text_begins_as_a_formula_does(text: str) -> None:
    assert not guard(text).startswith(STARTS)


@given(texts)
def test_a_guarded_text_can_be_had_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.text(alphabet=st.characters(categories=["L", "N"])))
def test_words_and_numbers_stay_as_they_are(text: str) -> None:
    assert guard(text) == text


def test_half_a_pair_becomes_a_sign_that_utf_8_holds() -> None:
    assert make_whole("a\ud800b").encode("utf-8") == "a\ufffdb".encode()


def test_what_xml_forbids_is_left_out() -> None:
    assert make_xml("a\x00\x0b\ud800\uffffb\tc\n") == "ab\tc\n"
