"""An address in any spelling becomes one in ASCII that leads where it says, or is refused before anything is looked up."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.core import FetchFailed
from waqai.fetching import tidy
from waqai.posting.address import Place, resolve_address
from waqai.posting.rule import PUBLIC_ONLY


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("https://a.example", "https://a.example/"),
        ("  HTTPS://A.Example:443/x?\n", "https://a.example/x"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("https://a.example/a/../../b/./c?d=../e", "https://a.example/b/c?d=../e"),
        ("https://a.example/%7Ea%2fb?q=%20#x", "https://a.example/%7Ea%2fb?q=%20"),
        ("https://مثال.example/خبر", "https://xn--mgbh0fb.example/%D8%AE%D8%A8%D8%B1"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://a。example/", "https://a.example/"),
        ("https://a.example./x", "https://a.example./x"),
        ('https://a.example/"<x>`{y}|^', "https://a.example/%22%3Cx%3E%60%7By%7D%7C%5E"),
        ("http://[2606:4700::1111]:80/", "http://[2606:4700::1111]/"),
        ("https://under_score.example/", "https://under_score.example/"),
    ],
)
def test_an_address_has_one_form(written: str, tidied: str) -> None:
    assert tidy(written) == tidied
    assert tidy(tidied) == tidied


NUMBERS = [
    "0x7f.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "127.0.1",
    "00.00.00.00",
    "1.2.3.04",
    "192.168.257",
    "999.1.1.1",
]


@pytest.mark.parametrize("host", NUMBERS)
def test_a_number_in_an_odd_form_is_refused(host: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        tidy(f"http://{host}/")
    assert caught.value.outcome == "bad address" and caught.value.permanent


@pytest.mark.parametrize(
    "written",
    [
        *("", "a.example/x", "//a.example/", "http:a.example", "http:///x", "http://", "https://:443/", "file:///etc/passwd", "javascript:alert(1)"),
        "data:text/html,x",
        *("ftp://a.example/", "gopher://127.0.0.1:6379/x", "http://a.example:0/", "http://a.example:65536/", "http://a.example:x/", "http://[::1", "http://[fe80::1%25eth0]/"),
        *("http://user@a.example/", "http://user:pass@a.example/", "http://a.example@127.0.0.1/", "http://a.example\\@127.0.0.1/", "http://127.0.0.1\\.a.example/"),
        *("http://a.example\r\nX: y/", "http://a.example/\0", "http://a.exa\tmple/", "http://a b/", "http://a%2eexample/", "http://127.0.0.1%2f@a.example/", "http://-a.example/"),
        *("http://a..example/", "http://.a.example/", "http://a.example\u2028/", f"http://{'a' * 64}.example/"),
        *(f"http://{'a.' * 130}example/", "https://a.example/" + "x" * 8_000),
        *("http://a℀b.example/", "http://xn--a.example\u200b.☃☃☃\ud800/", "http://a.example,b.example/", "http://<a>/", "http://ａ＠b.example/"),
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(written: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        tidy(written)
    assert caught.value.permanent and "pass@" not in str(caught.value)


@pytest.mark.parametrize(
    "host", ["１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[::127.0.0.1]"]
)
def test_this_machine_in_other_signs_is_this_machine(host: str) -> None:
    """The rule sees what the look-up sees: no reading of the address lies between them."""
    address = tidy(f"http://{host}/")
    to = resolve_address(address, place=Place(name="x", example="y", with_query=True))
    assert PUBLIC_ONLY.refusal(to) is not None


@pytest.mark.parametrize(
    ("location", "led_to"),
    [
        ("/b", "https://a.example/b"),
        ("b?c#d", "https://a.example/x/b?c"),
        ("//b.example/c", "https://b.example/c"),
        ("?q=ü", "https://a.example/x/y?q=%C3%BC"),
        ("HTTP://B.example", "http://b.example/"),
        ("", "https://a.example/x/y"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location: str, led_to: str) -> None:
    assert tidy(location, base="https://a.example/x/y") == led_to


PARTS = st.text(max_size=15) | st.text(st.sampled_from("a0./:@\\?#%[]x-_~&=;, "), max_size=15)


@given(
    st.one_of(
        st.text(max_size=40),
        st.builds("{}://{}/{}".format, st.sampled_from(["http", "https", "HTTP"]), PARTS, PARTS),
        st.builds("http://a.example/{}?{}#{}".format, PARTS, PARTS, PARTS),
    )
)
def test_whatever_is_written_is_one_address_in_ascii_or_an_error(written: str) -> None:
    try:
        tidied = tidy(written)
    except FetchFailed:
        return
    parts = urlsplit(tidied)
    assert tidied.isascii() and tidied.isprintable() and " " not in tidied and "\\" not in tidied
    assert parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.path.startswith("/") and not parts.fragment
    assert tidy(tidied) == tidied
