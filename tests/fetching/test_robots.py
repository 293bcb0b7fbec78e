"""robots.txt is read as RFC 9309 has it, as another reader of it does, and quickly whatever stands there."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from waqai.fetching.robots import MOST_BYTES, read_rules

SITE = "https://a.example"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/x", True),
        ("User-agent: *\nDisallow:", "/x", True),  # nothing is disallowed
        ("User-agent: *\nDisallow: /", "/", False),
        ("user-AGENT : * # all\n dis\nDISALLOW:/a#b", "/ab", False),
        ("User-agent: other\nDisallow: /", "/x", True),  # said to somebody else
        ("User-agent: WAQAI\nAllow: /\n\nUser-agent: *\nDisallow: /", "/x", True),  # to us, whatever is said to all
        ("User-agent: *\nDisallow: /\n\nUser-agent: waqai/0.1\nDisallow: /a", "/x", True),
        ("User-agent: waqaibot\nDisallow: /", "/x", True),  # another's name that begins with ours
        ("User-agent: x\nUser-agent: waqai\nDisallow: /a", "/a", False),  # said to two at once
        ("User-agent: waqai\nDisallow: /a\nUser-agent: y\nDisallow: /b\nUser-agent: waqai\nDisallow: /c", "/c", False),  # said in two places
        ("User-agent: waqai\nDisallow: /a\nUser-agent: y\nDisallow: /b\nUser-agent: waqai\nDisallow: /c", "/b", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),  # the longer rule
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),  # of two as long the one that allows
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?y", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a1b2c3", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*/a$", "/a", True),
        ("User-agent: *\nDisallow: /ü?q=", "/%C3%BC?q=1", False),
        ("User-agent: *\nDisallow: /%7ea", "/~a", False),
        ("Disallow: /", "/x", True),  # said to nobody
        ("\ufeffUser-agent: *\rDisallow: /a", "/a", False),
        ("<!doctype html><html>not found</html>", "/x", True),
        ("User-agent: *\nCrawl-delay: 5\nUser-agent: bad\nDisallow: /", "/x", True),
    ],
)
def test_a_rule_is_read_as_the_standard_has_it(text: str, path: str, allowed: bool) -> None:
    assert read_rules(text.encode()).allows(SITE + path) is allowed


@pytest.mark.parametrize(("said", "seconds"), [("10", 10), ("0.5", 0.5), ("-3", 0), ("1e999", 0), ("nan", 0), ("999999999", 86_400), ("soon", 0)])
def test_the_pause_that_a_site_wants_is_read(said: str, seconds: float) -> None:
    assert read_rules(f"User-agent: *\nCrawl-delay: {said}".encode()).delay_s == seconds


PIECES = st.text(st.sampled_from("ab/*"), max_size=7)
LINES = st.one_of(
    st.sampled_from(["User-agent: *", "User-agent: waqai", "User-agent: other", "", "# note"]),
    st.builds(lambda word, piece, end: f"{word}: /{piece}{end}", st.sampled_from(["Allow", "Disallow"]), PIECES, st.sampled_from(["", "$"])),
)


@given(st.lists(LINES, max_size=12).map("\n".join), st.text(st.sampled_from("ab/"), max_size=8))
def test_ours_says_what_protego_says(text: str, path: str) -> None:
    """Another reader, by other people, of the same standard."""
    address = f"{SITE}/{path}"
    assert read_rules(text.encode()).allows(address) == Protego.parse(text).can_fetch(address, "waqai"), text


@given(st.binary(max_size=300), st.text(st.sampled_from("a/?%*$.~"), max_size=20))
def test_whatever_stands_there_something_comes_out(content: bytes, path: str) -> None:
    assert read_rules(b"User-agent: *\nDisallow: " + content).allows(f"{SITE}/{path}") in (True, False)


@pytest.mark.parametrize(
    "content",
    [
        b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*b\n" * 18_000,
        b"User-agent: *\nDisallow: /" + b"*a" * 250_000 + b"b",
        b"".join(b"User-agent: x%d\n" % n for n in range(15_000)) + b"User-agent: *\n" + b"Disallow: /a*b\n" * 14_000,
        b"User-agent: *\n" * 36_000 + b"Disallow: /b",
        b" " * MOST_BYTES,
        b"User-agent " * 40_000,
        b"Disallow: /" + b"%" * MOST_BYTES,
    ],
    ids=["many wildcards", "one long pattern", "many names, many rules", "one name again and again", "blanks", "no colon", "percents"],
)
def test_no_file_costs_more_than_a_second(content: bytes) -> None:
    began = time.process_time()
    assert read_rules(content).allows(f"{SITE}/{'a' * 7_900}")
    assert time.process_time() - began < 1
