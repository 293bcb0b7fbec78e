"""Terms that forbid to pass a report on."""

from __future__ import annotations

import pytest

from waqai.bounds import forbids_passing_on


@pytest.mark.parametrize(
    "terms", ["no redistribution", "Not for publication", "confidential", "internal use only", "ACLED terms of use", "Do not redistribute", "embargoed"]
)
def test_terms_that_say_so_forbid(terms: str) -> None:
    assert forbids_passing_on(terms)


@pytest.mark.parametrize("terms", ["CC BY 4.0", "facts restated in our own words", "public domain", "", None])
def test_other_terms_do_not(terms: str | None) -> None:
    assert not forbids_passing_on(terms)
