"""An answer is JSON of the asked form, or it is none; what is wrong is said without repeating it."""

from __future__ import annotations

import pytest

from waqai.asking.answer import read_answer, read_item
from waqai.asking.form import MOST_ITEMS, ClaimShape
from waqai.core import NoAnswer

EMPTY = '{"accounts": [], "claims": []}'


@pytest.mark.parametrize(
    "text",
    [
        EMPTY,
        f"```json\n{EMPTY}\n```",
        f"\n```\n{EMPTY}```\n",
        f"<think>Who fled?\n{{}}</think>\n{EMPTY}",
        '{"accounts": [], "claims": [], "remarks": "none"}',  # what nobody asked for is passed over
    ],
)
def test_an_answer_may_come_fenced_or_behind_loud_thinking(text: str) -> None:
    answer = read_answer(text)
    assert (answer.accounts, answer.claims) == ([], [])


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", "not JSON"),
        ("Twelve men fled.", "not JSON"),
        (EMPTY[:-4], "not JSON"),  # cut off
        ("[" * 100_000, "not JSON"),  # nested to exhaust the parser
        ("[]", "wrong form"),
        ("null", "wrong form"),
        ('{"accounts": []}', "wrong form"),
        ('{"accounts": {}, "claims": []}', "wrong form"),
        (f'{{"accounts": [{",".join("1" * (MOST_ITEMS + 1))}], "claims": []}}', "wrong form"),  # more than a report can tell
    ],
)
def test_anything_else_is_no_answer(text: str, outcome: str) -> None:
    with pytest.raises(NoAnswer, match="would help") as caught:
        read_answer(text)
    assert caught.value.outcome == outcome


def test_the_error_does_not_repeat_the_answer() -> None:
    with pytest.raises(NoAnswer) as caught:
        read_answer('{"accounts": "visit evil.example", "claims": []}')
    assert "evil" not in str(caught.value) and "accounts" in str(caught.value)


def test_what_is_wrong_with_an_item_is_named_by_its_field() -> None:
    assert read_item(ClaimShape, {"cue": 3, "stance": "reports", "content": "x"}) == "cue: Input should be a valid string"
