from __future__ import annotations

import pytest

from waqai.places.kinds import level_of, split_direction, split_kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hasakah Governorate", ("Hasakah", "admin1")),
        ("the province of Saada", ("Saada", "admin1")),
        ("Chikun Local Government Area", ("Chikun", "admin2")),
        ("Ghweran prison", ("Ghweran", "facility")),
        ("Al-Waleed Border Crossing", ("Al-Waleed", "facility")),
        ("Syrian border", ("Syrian", "region")),
        ("Red Sea", ("Red", "sea")),
        ("Mosul", ("Mosul", None)),
    ],
)
def test_the_kind_word_comes_off_the_name(name: str, expected: tuple[str, str | None]) -> None:
    assert split_kind(name) == expected


def test_a_word_that_we_do_not_know_has_no_level() -> None:
    assert level_of("thing") is None
    assert level_of(None) is None
    assert level_of("") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("north-eastern Syria", ("Syria", "north-eastern")),
        ("the north of Syria", ("Syria", "north of")),
        ("Syrian northeast", ("Syrian", "northeast")),
        ("northern and eastern Syria", ("Syria", "northern and eastern")),
        ("the north of the country", ("", "north of the country")),
        ("Northampton", ("Northampton", None)),  # begins like a direction, and is none
    ],
)
def test_the_compass_word_comes_off_the_name(name: str, expected: tuple[str, str | None]) -> None:
    assert split_direction(name) == expected
