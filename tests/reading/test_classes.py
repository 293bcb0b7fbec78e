"""Word classes, tested on a noun."""

from __future__ import annotations

import pytest

from reading.parsing import CLASSES, token_of
from waqai.codebook.lexicon import TriggerRule


@pytest.mark.parametrize(
    ("text", "word", "name", "belongs"),
    [
        ("The inmates fled.", "inmates", "held", True),  # by its lemma
        ("The village burned.", "village", "held", False),
        ("A group of gunmen came.", "group", "outlaw", True),  # by the noun behind "of"
        ("The jail burned.", "jail", "facility", True),
        ("The detention centre burned.", "centre", "facility", True),  # with what makes it one
        ("The media centre burned.", "centre", "facility", False),
        ("Raqqa fell.", "Raqqa", "place_name", True),  # the gazetteer knows it
        ("Karim fell.", "Karim", "name", True),
        ("The man fell.", "man", "name", False),
    ],
)
def test_a_noun_belongs_to_its_classes(text: str, word: str, name: str, belongs: bool) -> None:
    assert CLASSES.has(token_of(text, word), name) is belongs


def test_a_class_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="no_such"):
        CLASSES.has(token_of("The jail burned.", "jail"), "no_such")


@pytest.mark.parametrize(
    ("conditions", "allowed"),
    [
        ({"slots": {"subj": ("outlaw",)}}, True),
        ({"slots": {"subj": ("held",)}}, False),
        ({"slots": {"subj": ("held", "outlaw")}}, True),  # either
        ({"slots": {"subj": ("!outlaw",)}}, False),
        ({"slots": {"subj": ("!held",)}}, True),
        ({"slots": {"obj": ("?",)}}, True),  # anything
        ({"slots": {"from": ("?",)}}, False),  # empty
        ({"slots": {"from": ("-",)}}, True),
        ({"slots": {"subj": ("-",)}}, False),
        ({"near": ("facility",)}, True),  # a word of the sentence
        ({"near": ("aircraft",)}, False),
        ({"not_near": ("facility",)}, False),
        ({}, True),
    ],
)
def test_a_rule_is_allowed_where_its_conditions_hold(conditions: dict[str, dict[str, tuple[str, ...]]], allowed: bool) -> None:
    text = "Gunmen stormed the jail."
    rule = TriggerRule(name="r", head="storm", rest=(), type="jailbreak", p=0.5, **conditions)  # type: ignore[arg-type]
    slots = {"subj": (token_of(text, "Gunmen"),), "obj": (token_of(text, "jail"),)}
    assert CLASSES.allows(rule, slots, list(token_of(text, "jail").sent)) is allowed


def test_the_agent_of_a_passive_counts_as_subject() -> None:
    text = "The jail was stormed by gunmen."
    rule = TriggerRule(name="r", head="storm", rest=(), type="jailbreak", p=0.5, slots={"subj": ("outlaw",)})
    assert CLASSES.allows(rule, {"by": (token_of(text, "gunmen"),)}, [])
