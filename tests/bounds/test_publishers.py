"""Publishers are named unless their name is plainly a private person's."""

from __future__ import annotations

import pytest

from waqai.bounds.publishers import Publishers, is_outlet


@pytest.mark.parametrize(
    ("name", "hosts", "stays"),
    [
        ("Daily Trust", (), True),  # a word of the trade
        ("UMMnews (MEMO)", (), True),  # one as the end of a word
        ("Rudaw", (), True),  # one word
        ("Enab Baladi", ("english.enabbaladi.net",), True),  # its host is called so
        ("Kurdistan 24", ("www.kurdistan24.net",), True),  # one word with a number
        ("Karim Haddad", (), False),
        ("Karim Haddad", ("example.org",), False),
        ("Abu Ali", ("ali.example.org",), False),  # a part of the name is not enough
    ],
)
def test_a_publisher_stays_where_a_word_or_its_host_says_that_it_is_one(name: str, hosts: tuple[str, ...], stays: bool) -> None:
    assert is_outlet(name, hosts) is stays


def test_only_publishers_of_the_store_are_held() -> None:
    publishers = Publishers({"Rudaw": ["rudaw.net"], "Karim Haddad": ["example.org"]})
    assert [publishers.holds(name) for name in ("Rudaw", "Karim Haddad", "Hossam")] == [True, False, False]
