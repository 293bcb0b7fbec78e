from __future__ import annotations

import pytest

from places.words import labelled, plain_words
from waqai.places import Gazetteer
from waqai.places.candidates import iter_candidates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They left North Sinai.", [("North Sinai", "name")]),  # the longest name, not Sinai
        ("They swam in the Koton River.", [("Koton River", "water")]),  # unknown, but a river
        ("They live in Orange County.", [("Orange County", "area")]),
        ("The Dublin City Schools met.", [("Dublin", "name")]),  # the City is the schools'
        ("The Kansas City Schools met.", [("Kansas City", "name")]),  # here it is the town's
        ("A Syrian left.", [("Syrian", "people")]),
        ("They met in March.", [("March", "name")]),  # a town in England: the clues will say no
        ("nothing here", []),
    ],
)
def test_candidates_are_the_longest_names(gazetteer: Gazetteer, text: str, found: list[tuple[str, str]]) -> None:
    words = plain_words(text)
    named = [(text[words[c.first].start : words[c.last - 1].end], c.kind) for c in iter_candidates(text, words, gazetteer)]
    assert named == found


def test_what_the_parser_calls_a_place_is_one_without_a_row(gazetteer: Gazetteer) -> None:
    text = "They left Qwertyville."
    (candidate,) = iter_candidates(text, labelled(plain_words(text), "GPE", "Qwertyville"), gazetteer)
    assert (candidate.name, candidate.places) == ("Qwertyville", ())
