"""Figures that are parts of another."""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, parse
from waqai.coding.part_figures import find_whole, is_part
from waqai.reading.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Twelve people were killed, five of them policemen.", [False, True]),
        ("Some 40 prisoners fled; 19 of these belonged to the gang.", [False, True]),
        ("Some 40 prisoners fled. Of these about 20 are fighters.", [False, True]),
        ("Some 40 prisoners fled. Of these prisoners 18 are civilians.", [False, True]),
        ("Some 40 people died. At least 25 belonged to the army.", [False, True]),  # without "of them"
        ("Some 40 people died. Of these 25 had links to the gang.", [False, True]),
        ("Some 40 prisoners fled. The other 60 stayed.", [False, False]),  # of those who were there
        ("Some 40 prisoners fled. Nine of them had confessed.", [False, False]),  # tells something else of the nine
        ("Some 40 prisoners fled. One of them is a poet.", [False, False]),  # a person, not a figure
        ("Some 40 prisoners fled and six were shot.", [False, False]),
    ],
)
def test_a_part_is_told_by_of_them_and_by_what_kind_of_people_they_are(text: str, parts: list[bool]) -> None:
    assert [is_part(q, text) for q in find_quantities(parse(text), lexicon=LEXICON)] == parts


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("There are 181 dead: 124 fighters, 50 soldiers, seven civilians.", [181, 181, 181]),
        ("There are 174 dead: 124 fighters and 50 soldiers.", [None, None]),  # two may add up by chance
        ("There are 190 dead: 124 fighters, 50 soldiers, seven civilians.", [None, None, None]),
    ],
)
def test_three_numbers_that_add_up_to_one_before_them_are_its_parts(text: str, wholes: list[float | None]) -> None:
    first, *parts = find_quantities(parse(text), lexicon=LEXICON)
    found = [find_whole(q, before=[first], beside=parts) for q in parts]
    assert [whole.best if whole is not None else None for whole in found] == wholes
