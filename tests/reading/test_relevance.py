"""Is this report about conflict at all?"""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, parse
from waqai.reading.relevance import find_other_world


@pytest.mark.parametrize(
    ("text", "world"),
    [
        ("The striker and the goalkeeper of the league met in the stadium. The coach spoke of an attack.", "sport"),
        ("In the film the hero, an actor of Hollywood, breaks out of prison. The director makes a sequel.", "screen"),
        ("The investor sold his shares. The stock fell with the index and the bond yield.", "market"),
        ("Gunmen attacked the prison. Soldiers shot a militant near the stadium.", None),  # of one world a single word
        (
            "The coach of the league, a soldier, was shot by gunmen near the stadium. Militants and rebels clash with troops.",
            None,
        ),  # words of conflict outweigh
        ("The mayor opened a bridge.", None),
        ("", None),
    ],
)
def test_a_report_belongs_to_the_world_whose_words_outweigh_those_of_conflict(text: str, world: str | None) -> None:
    assert find_other_world(parse(text), LEXICON) == world
