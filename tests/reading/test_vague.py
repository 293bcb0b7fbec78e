"""Words for a number that nobody gives."""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, parse
from waqai.codebook import load_codebook
from waqai.reading.vague import find_number_of, find_vague


@pytest.mark.parametrize(
    ("text", "phrase", "bounds"),
    [
        ("Dozens of inmates fled.", "Dozens of inmates", (24, 99)),
        ("A few men fled.", "A few men", (3, 9)),
        ("A couple of guards died.", "A couple of guards", (2, 2)),
        ("Several soldiers were wounded.", "Several soldiers", (3, 9)),
        ("Tens of thousands of people fled.", "Tens of thousands of people", (20_000, 99_999)),
        ("Hundreds of thousands of people fled.", "Hundreds of thousands of people", (200_000, 999_999)),
        ("Several dozen people died.", "Several dozen people", (24, 99)),  # times twelve
        ("Several hundred men fled.", "Several hundred men", (200, 999)),
        ("Dozens were killed.", "Dozens", (24, 99)),  # stands alone
    ],
)
def test_a_vague_number_has_bounds_and_no_best(text: str, phrase: str, bounds: tuple[float, float]) -> None:
    (quantity,) = find_vague(parse(text), lexicon=LEXICON)
    assert (quantity.phrase.of(text), (quantity.low, quantity.high), quantity.best, quantity.kind) == (phrase, bounds, None, "vague")


@pytest.mark.parametrize(
    "text",
    [
        "Few men fled.",  # hardly anybody
        "Several villages burned.",  # things
        "They left several days ago.",  # time
    ],
)
def test_a_vague_number_of_other_things_is_left_out(text: str) -> None:
    assert list(find_vague(parse(text), lexicon=LEXICON)) == []


def test_the_bounds_are_the_codebooks() -> None:
    (quantity,) = find_vague(parse("Scores of men fled."), lexicon=LEXICON)
    assert (quantity.low, quantity.high) == (load_codebook().vague["scores"].low, load_codebook().vague["scores"].high)


@pytest.mark.parametrize(("text", "found"), [("A number of prisoners fled.", [("A number of prisoners", 2, None)]), ("The number of prisoners fell.", [])])
def test_a_number_of_people_are_at_least_two(text: str, found: list[tuple[str, float, float | None]]) -> None:
    assert [(q.phrase.of(text), q.low, q.high) for q in find_number_of(parse(text))] == found
