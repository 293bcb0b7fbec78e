"""Whether a clause tells of what is still to come."""

from __future__ import annotations

import pytest

from waqai.dating import find_date_phrases


@pytest.mark.parametrize(
    "text",
    [
        "Talks will resume on Friday.",
        "The court, which had met twice, is due to rule on Friday.",
        "On Friday the court is expected to rule.",
        "The dividend is payable Dec. 15 to holders of record Nov. 20.",
        "They have until Friday to leave.",
        "The truce was extended by two days to Friday.",
        "Asked to answer by Friday, he kept silent.",
        "The May 3 deadline stands.",
    ],
)
def test_it_points_ahead(text: str) -> None:
    assert find_date_phrases(text)[0].ahead


@pytest.mark.parametrize(
    "text",
    [
        "Talks resumed on Friday.",
        "Troops who will leave were told so on Friday.",
        "It had been expected to end on Friday.",
        "He might have fled on Friday.",
        "Shells fell next to the school on Friday.",
        "The number of people taken in May was told in June.",
        "They will come. He fled on Friday.",
        "Friday was calm.",
        "By Friday the town was lost.",
        "It began to be visible on Friday.",
        "They gave chase next morning and on Friday came up with them.",
        "Shots could be heard on Friday.",
        "Nobody would say so, but on Friday it fell.",
        "Of their own will they came on Friday.",
        "The state of alarm was extended to the whole province on Friday.",
    ],
)
def test_it_does_not(text: str) -> None:
    assert not find_date_phrases(text)[-1].ahead
