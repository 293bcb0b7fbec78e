"""Which number counts what, for which happening."""

from __future__ import annotations

import pytest

from reading.parsing import CLASSES, drafts_of, parse
from waqai.reading.counts import assign_counts


def counted(text: str) -> list[tuple[str, str, str | None, float, float | None]]:
    """(type, measure, of whom, low, high) of each count."""
    drafts = drafts_of(text)
    assigned = assign_counts(parse(text), drafts, CLASSES)
    return [(drafts[i].type, c.measure, c.of_whom, c.low, c.high) for i, counts in assigned.items() for c in counts]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Twelve prisoners escaped from the jail.", [("escape", "escaped", "prisoners", 12, 12)]),  # the verb
        ("Gunmen freed nine inmates from the prison.", [("jailbreak", "escaped", "inmates", 9, 9)]),  # freed by force: escaped
        ("The court freed nine inmates.", [("release", "released", "inmates", 9, 9)]),
        ("Police arrested three men.", [("arrest", "detained", "men", 3, 3)]),
        ("The escape of about 20 inmates was told.", [("escape", "escaped", "inmates", 18, 22)]),  # the trigger's own slot
        ("The army shelled a village. The attack killed six civilians.", [("shelling", "killed", "civilians", 6, 6)]),  # the act in reach
        ("The army shelled a village. Six were killed.", [("shelling", "killed", "people", 6, 6)]),  # nobody named
        ("The army shelled a village. The death toll rose to 12.", [("shelling", "killed", "people", 12, 12)]),  # the words before
        ("The army shelled a village, leaving six dead.", [("shelling", "killed", "people", 6, 6)]),  # the words behind
        ("Nine prisoners escaped from the jail. Six are still on the run.", [("escape", "escaped", "prisoners", 9, 9), ("escape", "at_large", "people", 6, 6)]),
        ("Jets carried out 20 strikes on the town.", [("air_strike", "strikes", "strikes", 20, 20)]),
        ("The governor pledged $5 million in aid.", [("aid", "amount", "USD", 5_000_000, 5_000_000)]),
        ("The prison holds 300 inmates.", [("detention", "held", "inmates", 300, 300)]),
        ("A policeman was killed when gunmen attacked a checkpoint.", [("clash", "killed", "policeman", 1, 1)]),  # one
        ("Another guard died when gunmen stormed the prison.", [("jailbreak", "killed", "guard", 1, 1)]),
        ("A crowd was killed when gunmen attacked a village.", []),  # not one
        ("Gunmen stormed the prison with six rifles.", []),  # things
        ("Twelve people lived in the house. The army shelled a village.", []),  # people of no happening
        ("Twelve prisoners escaped. All twelve prisoners escaped.", [("escape", "escaped", "prisoners", 12, 12)]),  # told twice
    ],
)
def test_a_number_counts_for_the_happening_that_its_words_tell(text: str, counts: list[tuple[str, str, str | None, float, float | None]]) -> None:
    assert counted(text) == counts


def test_a_sum_keeps_its_currency_as_unit() -> None:
    text = "The governor pledged $5 million in aid."
    (count,) = assign_counts(parse(text), drafts_of(text), CLASSES)[0]
    assert count.unit == "USD"


def test_a_happening_told_in_the_headline_alone_takes_no_number_of_the_text() -> None:
    assert counted("Prisoners escape from jail\nNine fugitives were seen in the hills.") == []
