"""A figure is what our own code reads in the quoted words; the model says only what it counts."""

from __future__ import annotations

import pytest

from asking.answers import TEXT, account, answer, read, reasons
from waqai.core import Count, Reading

MONEY = "Donors pledged $148.7 million for 300 families; between 10 and 15 guards and dozens of inmates fled, and a policeman was killed."


def counted(*counts: object, text: str = TEXT, trigger: str = "escaped", **fields: object) -> Reading:
    return read(answer(account(trigger, counts=list(counts), **fields)), text)


def only(reading: Reading) -> Count:
    (count,) = reading.accounts[0].counts
    return count


@pytest.mark.parametrize(
    ("words", "measure", "low", "high", "best", "kind"),
    [
        ("at least 25 prisoners", "escaped", 25, None, 25, "at_least"),
        ("25 prisoners", "escaped", 25, None, 25, "at_least"),  # "at least" stands before it in the report, whatever was quoted
        ("25", "escaped", 25, None, 25, "at_least"),
        ("three men", "killed", 3, 3, 3, "exact"),
    ],
)
def test_number_and_kind_are_read_from_the_report(words: str, measure: str, low: float, high: float | None, best: float, kind: str) -> None:
    count = only(counted({"measure": measure, "words": words}))
    assert (count.measure, count.low, count.high, count.best, count.kind) == (measure, low, high, best, kind)


@pytest.mark.parametrize(
    ("words", "measure", "low", "high", "of_whom"),
    [
        ("$148.7 million", "amount", 148_700_000, 148_700_000, "USD"),
        ("between 10 and 15 guards", "escaped", 10, 15, "guards"),
        ("dozens of inmates", "escaped", 24, 99, "inmates"),
        ("a policeman", "killed", 1, 1, "policeman"),  # one person is a count of one
    ],
)
def test_ranges_vague_words_money_and_single_persons_are_read(words: str, measure: str, low: float, high: float, of_whom: str) -> None:
    count = only(counted({"measure": measure, "words": words}, text=MONEY, trigger="fled"))
    assert (count.low, count.high, count.of_whom) == (low, high, of_whom)


def test_a_number_that_the_model_gives_beside_the_words_is_not_looked_at() -> None:
    count = only(counted({"measure": "escaped", "words": "25 prisoners", "min": 900, "max": 900, "value": 900}))
    assert count.low == 25


@pytest.mark.parametrize(
    ("count", "why"),
    [
        ({"measure": "escaped", "words": "250 prisoners"}, "'250 prisoners': its words are not in the report"),
        ({"measure": "escaped", "words": "5 prisoners"}, "not in the report"),  # a part of 25
        ({"measure": "vanished", "words": "25 prisoners"}, "the codebook has no measure 'vanished'"),
        ({"measure": "escaped", "words": "prisoners"}, "no number can be read in it"),  # the number beside it was not pointed at
        ({"measure": "amount", "words": "three men"}, "no sum of money"),
        (
            {"measure": "killed", "words": "25 prisoners escaped from Ghweran prison in Hasakah, Syria, on Sunday.\n\nGuards of the SDF killed three men"},
            "several",
        ),
        ({"measure": "killed", "words": 3}, "another form"),
    ],
)
def test_a_count_that_does_not_hold_is_set_aside_by_name(count: object, why: str) -> None:
    reading = counted(count)
    assert reading.accounts[0].counts == () and why in reasons(reading.notices)


def test_a_figure_told_twice_is_one_count_and_two_figures_are_two() -> None:
    twice = {"measure": "escaped", "words": "25 prisoners"}
    assert len(counted(twice, twice, {"measure": "escaped", "words": "40 prisoners"}).accounts[0].counts) == 2


@pytest.mark.parametrize(
    ("text", "words", "low"),
    [
        ("On 28 May 28 people were killed in Raqqa.", "28 people", 28),  # the parser takes it for a part of the date
        ("In the attack of May 3, no fewer than 73 people, most of them women, were killed.", "73 people", 73),
        ("On the third day 48 suspected ISIS members were killed.", "48 suspected ISIS members", 48),
        ("* BAGHDAD - Two civilians were killed by a bomb.", "Two civilians", 2),
    ],
)
def test_a_number_that_is_pointed_at_is_read_whatever_the_parser_took_it_for(text: str, words: str, low: float) -> None:
    assert only(counted({"measure": "killed", "words": words}, text=text, trigger="killed")).low == low


@pytest.mark.parametrize("words", ["42-year-old", "in 2019", "2019", "Article 5", "5", "30 percent", "30", "9:30"])
def test_a_number_that_counts_nobody_is_no_count_although_it_is_pointed_at(words: str) -> None:
    text = "A 42-year-old fled under Article 5 in 2019 at 9:30 with 30 percent of the rifles."
    reading = counted({"measure": "killed", "words": words}, text=text, trigger="fled")
    assert reading.accounts[0].counts == () and "no number" in reasons(reading.notices)
