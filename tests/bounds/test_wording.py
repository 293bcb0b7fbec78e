"""What words tell beside names."""

from __future__ import annotations

import pytest

from waqai.bounds.wording import iter_days, iter_few, iter_points


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("at 36.5021, 40.7471.", ["36.5021, 40.7471"]),
        ("36°30'07\"N", ["36°30'07\"N"]),
        ("grid 37S DA 12345 67890", ["37S DA 12345 67890"]),
        ("3.25 million of 12.50 dollars", []),
    ],
)
def test_points_finer_than_a_tenth_of_a_degree_are_found(words: str, found: list[str]) -> None:
    assert [span.of(words) for span in iter_points(words)] == found


@pytest.mark.parametrize("day", ["5 March", "March 5", "5th of March", "2021-03-05", "05/03/2021", "Friday", "yesterday", "the 5th"])
def test_days_are_found(day: str) -> None:
    words = f"it was {day} when they fled in March 2021"
    assert [span.of(words) for span in iter_days(words)] == [day]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("two of them fled", ["two"]),
        ("killing two, wounding one.", ["two", "one"]),
        ("2 soldiers and 12 men", ["2"]),
        ("a former prisoner fled", ["a"]),
        ("two hundred men fled", []),
        ("one of the largest attacks of the two years", []),
        ("on page 2.1 of 12 inmates", []),
    ],
)
def test_one_or_two_persons_are_found(words: str, found: list[str]) -> None:
    assert [span.of(words) for span in iter_few(words)] == found
