"""Numbers that count people, strikes or money, and those that do not."""

from __future__ import annotations

import pytest

from reading.parsing import LEXICON, parse
from waqai.reading.bounds import Quantity
from waqai.reading.quantities import find_quantities


def quantities_of(text: str) -> tuple[Quantity, ...]:
    return find_quantities(parse(text), lexicon=LEXICON)


@pytest.mark.parametrize(
    ("text", "phrase", "best"),
    [
        ("Twelve men fled.", "Twelve men", 12),
        ("2m refugees fled.", "2m refugees", 2_000_000),
        ("Twenty-five prisoners fled.", "Twenty-five prisoners", 25),
        ("1,300 inmates fled.", "1,300 inmates", 1300),
        ("Two hundred villagers fled.", "Two hundred villagers", 200),
        ("One hundred and four people died.", "One hundred and four people", 104),  # begins with "one", counts all the same
        ("A hundred men fled.", "A hundred men", 100),
        ("Six were killed.", "Six", 6),  # counts nobody by name
        ("Three of the guards died.", "Three of the guards", 3),
        ("At least 30 inmates escaped.", "At least 30 inmates", 30),  # with its modifier
        ("A 12-man cell was arrested.", "12-man", 12),
        ("The toll rose to 12.", "12", 12),
        ("Forty inmates sneaked out of a jail.", "Forty inmates", 40),  # the model takes it for a date
        ("Yaounde has announced that another 2000 soldiers will go to the Extreme North.", "2000 soldiers", 2000),  # no year
        ("AMMAN - Twenty-seven smugglers were killed.", "Twenty-seven smugglers", 27),  # behind the dash of a dateline
        ("Half a dozen civilians died.", "Half a dozen civilians", 6),
        ("The war forced half a million from their homes.", "half a million", 500_000),
        ("Of these the forces have caught only 18, which leaves the rest to be found.", "18", 18),  # a date to the model, but it is caught
        ("On Sunday the chief accounted for 70 who were brought in at first.", "70", 70),
        ("According to the Correctional Service 879 inmates got out.", "879 inmates", 879),  # not the service's number
        ("By the army's reckoning 374 of these had links to the gang.", "374", 374),  # not the reckoning's number
        ("On 7 May 30 prisoners escaped from a jail.", "30 prisoners", 30),  # a part of the date to the model
        ("On the 7th of May 30 prisoners escaped from a jail.", "30 prisoners", 30),
        ("On 5 March 2023 twelve prisoners escaped from a jail in Raqqa, the Observatory said.", "twelve prisoners", 12),
        ("In May 2021 30 prisoners escaped from a jail.", "30 prisoners", 30),
        ("Earlier the same day four persons were killed.", "four persons", 4),  # no "day 4"
    ],
)
def test_a_number_of_people_is_found_with_its_words(text: str, phrase: str, best: float) -> None:
    (quantity,) = quantities_of(text)
    assert (quantity.phrase.of(text), quantity.best) == (phrase, best)


@pytest.mark.parametrize(
    "text",
    [
        "They fled through a tunnel of 360m, officials say.",
        "The tunnel was 320m long.",
        "In 2019 the army left.",  # a year
        "On June 18 the army left.",  # a day
        "Article 5 of the law was passed.",  # a name
        "No one was hurt.",  # a pronoun
        "The unit lost six vehicles.",  # things
        "The road is 15 km long.",  # a length
        "She is 25 years old.",  # an age
        "A 5-year-old child died.",
        "On 20.1 suicide bombers drove at the gate.",  # a day
        "The men left.",
    ],
)
def test_a_number_that_counts_no_people_is_left_out(text: str) -> None:
    assert quantities_of(text) == ()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Some 10 to 15 guards died.", 10, 15),
        ("Five to seven men fled.", 5, 7),  # in words
        ("Two or three men fled.", 2, 3),
        ("Between 20 and 30 jihadist prisoners had made their escape.", 20, 30),
    ],
)
def test_a_range_is_one_quantity_without_a_best(text: str, low: float, high: float) -> None:
    (quantity,) = quantities_of(text)
    assert (quantity.low, quantity.high, quantity.best, quantity.kind) == (low, high, None, "range")


def test_quantities_come_in_the_order_of_the_text() -> None:
    text = "Six guards and dozens of inmates died and $3 million burned."
    assert [q.phrase.of(text) for q in quantities_of(text)] == ["Six guards", "dozens of inmates", "$3 million"]


def test_the_digits_of_a_sum_are_no_number_of_people() -> None:
    (quantity,) = quantities_of("The state gave 40,000 euros to the families.")
    assert quantity.unit == "EUR"


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("The monitor said on Thursday 7 November that dozens of inmates had fled.", None),
        ("The monitor reported on Saturday, June 9 that 25 prisoners of different nationalities had got out.", 25),
    ],
)
def test_a_number_behind_a_date_is_none_of_its_days(text: str, best: float | None) -> None:
    assert [q.best for q in quantities_of(text)] == [best]
