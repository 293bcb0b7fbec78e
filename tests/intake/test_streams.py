"""Bounded reading loses nothing within its bounds."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.core import UnreadableReport
from waqai.intake.streams import Stream


@given(st.binary(max_size=200))
def test_looking_at_the_beginning_loses_no_byte(raw: bytes) -> None:
    assert Stream(BytesIO(raw)).read_all(200) == raw


@given(st.lists(st.binary(max_size=20), max_size=10))
def test_lines_are_those_between_line_feeds_that_are_not_blank(parts: list[bytes]) -> None:
    raw = b"\n".join(parts)
    expected = [(number, line) for number, line in enumerate(raw.split(b"\n"), start=1) if line.strip()]
    assert [(n, line.removesuffix(b"\n")) for n, line in Stream(BytesIO(raw)).iter_lines(1000) if line is not None] == expected


def test_a_line_too_long_is_none_and_the_next_one_is_whole() -> None:
    raw = b"first\n" + b"x" * 200_000 + b"\nlast"
    assert list(Stream(BytesIO(raw)).iter_lines(100)) == [(1, b"first\n"), (2, None), (3, b"last")]
    assert list(Stream(BytesIO(b"x" * 200_000 + b"\nlast")).iter_lines(100)) == [(1, None), (2, b"last")]


def test_content_over_the_limit_is_refused_and_content_at_the_limit_is_read() -> None:
    assert len(Stream(BytesIO(b"x" * 100)).read_all(100)) == 100
    with pytest.raises(UnreadableReport, match="more than 100 bytes"):
        Stream(BytesIO(b"x" * 101)).read_all(100)


def test_the_beginning_goes_to_the_first_line_that_says_something() -> None:
    assert Stream(BytesIO(b"\n \r\n<html>\nmore")).head == b"\n \r\n<html>\n"
