from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.schema.columns import escape_text, plain_json, unescape_text


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_stored_and_comes_back(text: str) -> None:
    stored = escape_text(text)
    assert "\x00" not in stored
    stored.encode()  # no lone surrogate is left
    assert unescape_text(stored) == text


def test_an_escape_that_stood_in_the_text_is_no_escape_of_ours() -> None:
    assert unescape_text(escape_text("\ue0000000")) == "\ue0000000"


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        plain_json(float("nan"))
