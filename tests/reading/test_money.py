"""Sums of money."""

from __future__ import annotations

import pytest

from reading.parsing import parse
from waqai.reading.money import find_money


@pytest.mark.parametrize(
    ("text", "phrase", "value", "unit"),
    [
        ("They gave $148.7 million.", "$148.7 million", 148_700_000, "USD"),
        ("They gave US$5m.", "US$5m", 5_000_000, "USD"),
        ("They gave 40,000 euros.", "40,000 euros", 40_000, "EUR"),
        ("They gave about 2 million dollars.", "about 2 million dollars", 2_000_000, "USD"),
        ("They gave £900 thousand.", "£900 thousand", 900_000, "GBP"),
    ],
)
def test_a_sum_has_its_value_and_currency(text: str, phrase: str, value: float, unit: str) -> None:
    (quantity,) = find_money(parse(text))
    assert (quantity.phrase.of(text), quantity.best, quantity.unit) == (phrase, value, unit)


def test_about_bounds_a_sum_too() -> None:
    (quantity,) = find_money(parse("They gave about $200."))
    assert (quantity.low, quantity.high) == (180, 220)


def test_a_number_without_a_currency_is_no_sum() -> None:
    assert list(find_money(parse("They gave 40,000 loaves."))) == []
