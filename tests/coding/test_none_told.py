"""Nought told of prisoners as a figure."""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, parse, triggers_of
from waqai.coding.none_told import find_none_told


def none_in(text: str) -> list[tuple[str, str]]:
    """(measure, words) of each nought."""
    triggers = {t.token.i: t for t in triggers_of(text)}
    found = list(find_none_told(parse(text), lexicon=LEXICON, triggers=triggers))
    assert all((q.low, q.high, q.best, q.kind) == (0, 0, 0, "none_reported") for q, _ in found)
    return [(measure, q.phrase.of(text)) for q, measure in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nobody escaped.", [("escaped", "Nobody")]),
        ("No one got out of the jail.", [("escaped", "No one")]),
        ("Not one person had fled.", [("escaped", "Not one person")]),
        ("Not a single one left Belo.", [("escaped", "Not a single one")]),
        ("No prisoner has escaped.", [("escaped", "No prisoner")]),
        ("So far nobody has been caught again.", [("recaptured", "nobody")]),
        ("He said that no escape had occurred.", [("escaped", "no escape")]),
        ("The army denied that any prisoner had escaped.", [("escaped", "denied that any prisoner had escaped")]),
    ],
)
def test_that_nobody_escaped_or_was_caught_is_nought(text: str, found: list[tuple[str, str]]) -> None:
    assert none_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Nobody was hurt.",  # not coded
        "Nobody could escape.",  # not told as done
        "Nobody leaves the jail without a paper.",
        "Seven recruits, none of them old, slipped away.",  # the seven did
        "The army denied that 20 prisoners had escaped.",  # perhaps it was another number
        "The army did not deny that prisoners had escaped.",
        "He gave no number of fugitives.",
        "One prisoner escaped.",
        "As for the attackers, not one was caught.",  # no prisoners
    ],
)
def test_other_noughts_are_none(text: str) -> None:
    assert none_in(text) == []
