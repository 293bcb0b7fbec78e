"""Whatever stands in a header, something comes out that can be kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.fetching.headers import LONGEST_REST_S, clean_headers, find_validator, is_validator, parse_content_type, parse_retry_after

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "parsed"),
    [
        ("text/html", ("text/html", None)),
        ("TEXT/HTML;Charset=UTF-8", ("text/html", "utf-8")),
        ('text/html; x=y; charset="ISO-8859-6"', ("text/html", "iso8859-6")),
        ("text/html; charset='koi8-r'", ("text/html", "koi8-r")),
        ("text/html;; charset=latin1;", ("text/html", "iso8859-1")),
        ("application/ld+json", ("application/ld+json", None)),
        ("html", ("", None)),
        ("text/html, text/plain", ("", None)),
        ("; charset=utf-8", ("", "utf-8")),
        ("text/html; charset=hex", ("text/html", None)),  # Python's codecs that make no text of bytes
        ("text/html; charset=rot13", ("text/html", None)),
        ("text/html; charset=idna", ("text/html", None)),
        ("text/html; charset=utf_7", ("text/html", None)),
        ("text/html; charset=undefined", ("text/html", None)),
        ("text/html; charset=../../etc/passwd", ("text/html", None)),
        ("", ("", None)),
        (None, ("", None)),
    ],
)
def test_the_kind_of_bytes_and_their_encoding_are_read(value: str | None, parsed: tuple[str, str | None]) -> None:
    assert parse_content_type(value) == parsed


@given(st.text(max_size=80) | st.builds("text/html; charset={}".format, st.text(max_size=30)))
def test_an_encoding_that_comes_out_makes_text_of_bytes(value: str) -> None:
    media_type, charset = parse_content_type(value)
    assert media_type == media_type.lower() and media_type.isascii()
    if charset is not None:
        assert isinstance(b"abc".decode(charset, "replace"), str)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(("0", 0), ("7", 7), (" 7 ", 7), ("9" * 300, LONGEST_REST_S), ("-1", None), ("1.5", None), ("٣", None)),
        ("Sat, 28 Nov 2026 12:01:00 GMT", 60),
        ("Sat, 28 Nov 2026 12:01:00", 60),
        ("Sat, 28 Nov 2026 11:00:00 GMT", 0),
        ("Sat, 28 Nov 9999 11:00:00 GMT", LONGEST_REST_S),
        ("Sat, 99 Nov 2026 11:00:00 +9999", None),
        (None, None),
    ],
)
def test_when_to_come_again_is_read(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, at=AT) == seconds


@given(st.text(max_size=60))
def test_whatever_it_says_it_is_at_most_a_day(value: str) -> None:
    found = parse_retry_after(value, at=AT)
    assert found is None or 0 <= found <= LONGEST_REST_S


@given(st.lists(st.tuples(st.binary(max_size=10), st.binary(max_size=30)), max_size=6))
def test_what_is_kept_of_headers_is_text_of_one_line(raw: list[tuple[bytes, bytes]]) -> None:
    for name, value in clean_headers(raw):
        assert value.isprintable() and name == name.lower()
    found = find_validator(clean_headers(raw), "etag")
    assert found is None or is_validator(found)


def test_cookies_and_names_that_are_ours_to_give_are_not_kept() -> None:
    assert clean_headers([(b"SET-cookie", b"id=1"), (b"Waqai-Robots", b"ignored"), (b"A", b"1"), (b"A", b"2")]) == (("a", "1"), ("a", "2"))
