"""How words put a place name."""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, parse
from waqai.reading.placing import describe_standing


@pytest.mark.parametrize(
    ("text", "relation", "prep"),
    [
        ("Fighting raged in Raqqa.", "in", "in"),
        ("Troops moved near Raqqa.", "near", "near"),
        ("The prison lies in the countryside of Raqqa.", "countryside", "in"),
        ("Fighting in the suburbs of Raqqa went on.", "countryside", "in"),
        ("They went to the Raqqa countryside.", "countryside", "to"),  # behind the name
        ("The town is 20 km north of Raqqa.", "near", "of"),
        ("They stood within 25 kilometres of Raqqa.", "near", "of"),
        ("Troops moved in northern Raqqa.", "part", "in"),
        ("Troops moved in north-eastern Raqqa.", "part", "in"),  # which the tokeniser takes apart
        ("Guards came from the city of Raqqa.", "in", "from"),  # behind kind and "of"
        ("Raqqa was calm.", "in", ""),
        ("They fled. Raqqa was calm.", "in", ""),  # not over the end of a sentence
    ],
)
def test_the_words_around_a_name_say_how_it_is_meant(text: str, relation: str, prep: str) -> None:
    doc = parse(text)
    i = next(t.i for t in doc if t.text == "Raqqa")
    standing = describe_standing(doc[i : i + 1], LEXICON.places, part_of=False)
    assert (standing.relation, standing.prep) == (relation, prep)


def test_a_direction_inside_the_name_makes_it_a_part() -> None:
    assert describe_standing(parse("Raqqa was calm.")[0:1], LEXICON.places, part_of=True).relation == "part"
