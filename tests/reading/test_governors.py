"""The verbs and nouns whose slots a noun fills."""

from __future__ import annotations

import pytest

from reading.parsing import token_of
from waqai.reading.governors import iter_governors


@pytest.mark.parametrize(
    ("text", "word", "governor"),
    [
        ("Six men fled.", "men", ("subj", "fled")),
        ("Six men were shot.", "men", ("obj", "shot")),  # of a passive
        ("Gunmen shot six men.", "men", ("obj", "shot")),
        ("Gunmen shot six.", "six", ("obj", "shot")),  # a number alone
        ("Gunmen shot a guard and six men.", "men", ("obj", "shot")),  # the second of two
        ("The escape of six men was told.", "men", ("of", "escape")),
        ("A group of six men fled.", "men", ("subj", "fled")),  # an amount stands for what it is of
        ("He was shot by six men.", "men", ("by", "shot")),
        ("They fired at six men.", "men", ("at", "fired")),
        ("There were six men who fled.", "men", ("subj", "fled")),  # a relative clause
        ("They found six men shot by gunmen.", "men", ("obj", "shot")),  # a participle
        ("Six men fled and were caught.", "men", ("obj", "caught")),  # the verb that goes on
        ("The blast left six men dead.", "men", ("obj", "left")),
        ("Of 54 men held in the camp 41 were ill.", "41", ("subj", "were")),  # a number that the parser hung on another verb
        ("Around 300 have been caught.", "300", ("obj", "caught")),  # "around" taken for a preposition
    ],
)
def test_a_noun_fills_a_slot_of_what_stands_above_it(text: str, word: str, governor: tuple[str, str]) -> None:
    assert governor in [(slot, t.text) for slot, t in iter_governors(token_of(text, word))]


def test_the_nearest_governor_comes_first() -> None:
    found = [t.text for _, t in iter_governors(token_of("Six men who fled were caught.", "men"))]
    assert found == ["fled", "caught"]
