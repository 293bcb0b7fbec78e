"""The incidents that hold words, found from the numbers of the rows that hold them: by whichever side is the shorter, the same."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from waqai.browse.picture import Picture, by_code
from waqai.browse.words import holding


@pytest.mark.parametrize("share", [0.0, 0.001, 0.02, 0.2, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_an_incident_is_found_when_one_of_its_numbers_is_a_hit(share: float, seed: int) -> None:
    random = Random(seed)
    numbers = [random.getrandbits(62) for _ in range(2_000)]
    pairs = [(incident, number) for number in numbers for incident in {random.randrange(500) for _ in range(random.choice((1, 1, 1, 4)))}]
    hits = {number for number in numbers if random.random() < share} | {random.getrandbits(62) for _ in range(5)}
    rows, codes = np.array([row for row, _ in pairs], dtype=np.int32), np.array([code for _, code in pairs], dtype=np.int64)
    picture = Picture(number=1, ids=[f"i-{row:03}" for row in range(500)], columns={}, pairs={"words": by_code(rows, codes)}, vocabularies={})
    found = holding(picture, np.array(sorted(hits), dtype=np.int64))
    assert set(np.flatnonzero(found).tolist()) == {incident for incident, number in pairs if number in hits}
