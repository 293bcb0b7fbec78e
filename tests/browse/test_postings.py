"""Which pairs of an incident and a row of the word index hold words: from the rows' numbers, and from what is known of frequent words."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from waqai.browse.postings import Postings, flags_of, no_flags
from waqai.folding.words import Term


def make_postings(pairs: list[tuple[int, int]]) -> Postings:
    ordered = sorted({(number, row) for row, number in pairs})
    rows, numbers = np.array([row for _, row in ordered], dtype=np.int32), np.array([number for number, _ in ordered], dtype=np.int64)
    return Postings(rows=rows, numbers=numbers, holds=no_flags(len(ordered), ()))


@pytest.mark.parametrize("share", [0.0, 0.001, 0.02, 0.2, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_pair_is_found_when_its_number_is_asked_for(share: float, seed: int) -> None:
    random = Random(seed)
    numbers = [random.getrandbits(62) for _ in range(2_000)]
    pairs = [(incident, number) for number in numbers for incident in {random.randrange(500) for _ in range(random.choice((1, 1, 1, 4)))}]
    asked = {number for number in numbers if random.random() < share} | {random.getrandbits(62) for _ in range(5)}
    postings = make_postings(pairs)
    found = postings.find(np.array(sorted(asked), dtype=np.int64))
    assert found.tolist() == [number in asked for number in postings.numbers.tolist()]
    assert all(postings.has(number, found) == (number in asked) for number in numbers)
    assert not postings.has(-1, np.ones_like(found)) and not postings.has(2**62, np.ones_like(found))


def test_of_frequent_words_it_is_known_which_pairs_hold_them_all() -> None:
    postings = make_postings([(0, 10), (1, 10), (2, 20), (3, 30)])
    words = [f"word{n}" for n in range(62)] + ["prison", "riot", "jail"]  # the highest bit of the eighth byte, and one more
    riot, prison, jail = (np.array(numbers, dtype=np.int64) for numbers in ([10, 30], [10, 20], [20, 30]))
    none = np.zeros(4, dtype=bool)
    known = postings.with_frequent(words, [*[none] * 62, *map(postings.find, (prison, riot, jail))])
    assert known.holding([Term(("riot",))]).tolist() == [True, True, False, True]
    assert known.holding([Term(("riot",)), Term(("prison",))]).tolist() == [True, True, False, False]
    assert known.holding([Term(("jail",)), Term(("riot",))]).tolist() == [False, False, False, True]
    assert known.holding([]).all() and not known.holding([Term(("word3",))]).any()
    assert known.is_frequent(Term(("riot",))) and not replace(known, frequent=()).is_frequent(Term(("riot",)))
    assert not any(known.is_frequent(term) for term in (Term(("riots",)), Term(("riot",), prefix=True), Term(("prison", "riot"))))
    assert [flags_of(text.split(), words).tolist() for text in ("a riot", "the prisons", "prison jail")] == [[*[0] * 7, 128, 0], [0] * 9, [*[0] * 7, 64, 1]]
