"""What a number counts, and which happening it belongs to."""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, drafts_of, parse
from waqai.reading.measures import Measured, Measurer
from waqai.reading.quantities import find_quantities


def measured_in(text: str) -> list[Measured | None]:
    measurer = Measurer(LEXICON, drafts_of(text))
    return [measurer.find_measure(q) for q in find_quantities(parse(text), lexicon=LEXICON)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Twelve prisoners escaped.", "subj of escape"),
        ("The escape of 20 inmates was told.", "of of the trigger"),
        ("The army shelled a village. The death toll rose to 12.", "words beside the number: killed"),
        ("The governor pledged $5 million in aid.", "money of an aid account"),
    ],
)
def test_the_rule_says_how_a_measure_was_told(text: str, rule: str) -> None:
    (measured,) = measured_in(text)
    assert measured is not None and measured.rule == rule


@pytest.mark.parametrize("text", ["Twelve people lived there.", "The governor spent $5 million.", "Rebels seized the town. Six men were hidden."])
def test_a_number_without_a_happening_that_takes_it_has_no_measure(text: str) -> None:
    assert measured_in(text) == [None]


def test_the_nearest_happening_of_the_sentence_takes_the_number() -> None:
    text = "The army shelled a village. Gunmen stormed the prison and 12 guards were hurt."
    (measured,) = measured_in(text)
    assert measured is not None and drafts_of(text)[measured.draft].type == "jailbreak"
